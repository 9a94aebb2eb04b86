import { writeFile } from 'node:fs/promises';
import sharp from '@toile/memory/sharp';
import { drawings } from './drawings/index.ts';
import { pictureFile } from './samples.ts';

// Renders the drawings anew into `pictures/`; run it after a drawing was changed.
for (const [name, svg] of Object.entries(drawings)) {
  const rendered = await sharp(Buffer.from(svg))
    .removeAlpha()
    .webp({ quality: 92, effort: 6 })
    .toBuffer();
  await writeFile(pictureFile(name), rendered);
}
