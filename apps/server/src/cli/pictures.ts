import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Atelier, Control, Effort, Outcome, Picture, TryOnTask, Wear } from '@toile/atelier';
import { readPicture, writePicture } from './picture-files.ts';
import { CommandProblem } from './problems.ts';
import { startProgress } from './progress.ts';

const sizes = ['s', 'm', 'l', 'xl'] as const;
const efforts = ['fast', 'balanced', 'quality'] as const;
const kinds = ['auto', 'tops', 'bottoms', 'one-pieces', 'accessories'] as const;

interface TryOnOptions {
  readonly output: string;
  readonly kind: TryOnTask['garmentKind'];
  readonly seed: number;
  readonly size: NonNullable<Wear['size']>;
  readonly tucked: boolean;
  readonly effort: Effort;
}

/** The offline engine without any server: files in, a file out. */
export function addPictureCommands(program: Command): void {
  program
    .command('tryon')
    .description('dress the person of one picture in the garment of another')
    .argument('<person>', 'a photo of one person, standing and facing the camera')
    .argument(
      '<garments...>',
      'photos of garments, laid flat or worn, from the innermost to the outermost',
    )
    .addOption(outputOption())
    .addOption(
      new Option('--kind <kind>', 'what the first garment is').choices(kinds).default('auto'),
    )
    .addOption(new Option('--size <size>', 'm is the size that fits').choices(sizes).default('m'))
    .option('--tucked', "tuck a top's hem under the waistband", false)
    .addOption(
      new Option('--effort <effort>', 'how much time to take').choices(efforts).default('balanced'),
    )
    .option('--seed <number>', 'the same seed gives the same picture', parseSeed, 42)
    .action((person: string, garments: readonly string[], options: TryOnOptions) =>
      tryOn(person, garments, options),
    );
  program
    .command('cutout')
    .description('cut the subject of a picture out of its background')
    .argument('<picture>', 'a photo of one product or person')
    .addOption(outputOption())
    .action((picture: string, { output }: { output: string }) => cutOut(picture, output));
}

const outputOption = (): Option =>
  new Option(
    '-o, --output <file>',
    'where to write; .png and .webp keep transparency, .jpg does not',
  ).makeOptionMandatory();

function parseSeed(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 4_294_967_295) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 4294967295.');
  }
  return Number(text);
}

async function tryOn(
  personFile: string,
  garmentFiles: readonly string[],
  { output, kind, seed, size, tucked, effort }: TryOnOptions,
): Promise<void> {
  const [person, [garment, ...further]] = await Promise.all([
    readPicture(personFile),
    Promise.all(garmentFiles.map(readPicture)),
  ]);
  if (!garment) throw new CommandProblem('Name at least one garment.');
  const wear = { size, tucked };
  const task = { person, garment, further, wear, garmentKind: kind, seeds: [seed], effort };
  await draw(output, (atelier, control) => atelier.tryOn(task, control));
}

async function cutOut(file: string, output: string): Promise<void> {
  const image = await readPicture(file);
  await draw(output, (atelier, control) => atelier.cutOut({ image }, control));
}

async function draw(
  output: string,
  task: (atelier: Atelier, control: Control) => Promise<Outcome<Picture>>,
): Promise<void> {
  assertWritableFormat(output);
  const { openAtelier } = await import('@toile/atelier');
  const atelier = openAtelier({ workers: 1, niceness: 0 });
  const progress = startProgress();
  try {
    const outcome = await task(atelier, { onProgress: progress.update });
    progress.stop();
    if (!outcome.ok) throw new CommandProblem(outcome.problem.message);
    const [picture] = outcome.value.images;
    if (!picture) throw new Error('the engine answered no picture');
    await writePicture(output, picture);
    for (const warning of outcome.value.warnings) process.stderr.write(`Note: ${warning}\n`);
    process.stderr.write(`${output}: ${picture.width} x ${picture.height}\n`);
  } finally {
    progress.stop();
    await atelier.close();
  }
}

function assertWritableFormat(output: string): void {
  if (!/\.(png|jpe?g|webp)$/i.test(output))
    throw new CommandProblem(`${output} must end in .png, .jpg or .webp.`);
}
