import type { Pixels } from '@toile/atelier';
import { CommandProblem } from './problems.ts';

/** Upright, in sRGB, without metadata, as the engine wants it. */
export async function readPicture(file: string): Promise<Pixels> {
  const { default: sharp } = await import('@toile/memory/sharp');
  try {
    const { data, info } = await sharp(file, { limitInputPixels: 80_000_000 })
      .autoOrient()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels === 3 || info.channels === 4)
      return { width: info.width, height: info.height, channels: info.channels, data };
  } catch (error) {
    throw new CommandProblem(
      `${file} can not be read as a picture: ${error instanceof Error ? error.message : 'unknown error'}`,
    );
  }
  throw new CommandProblem(`${file} is neither RGB nor RGBA.`);
}

export async function writePicture(
  file: string,
  { data, width, height, channels }: Pixels,
): Promise<void> {
  const { default: sharp } = await import('@toile/memory/sharp');
  const image = sharp(data, { raw: { width, height, channels } });
  await (
    /\.jpe?g$/i.test(file) ? image.flatten({ background: 'white' }).jpeg({ quality: 94 }) : image
  ).toFile(file);
}
