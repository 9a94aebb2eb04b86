import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { Seen } from '@toile/atelier';
import { readPicture, writePicture } from './picture-files.ts';
import { CommandProblem } from './problems.ts';

/** `toile inspect`: what the offline engine sees in a picture, for whoever wonders about an answer. */
export function addInspectCommand(program: Command): void {
  program
    .command('inspect')
    .description('draw what the offline engine sees in a picture, stage by stage')
    .argument('<picture>', 'a photo of a person or of a garment')
    .requiredOption('-o, --output <folder>', 'where to write the pictures and report.json')
    .action((picture: string, { output }: { output: string }) => inspect(picture, output));
}

async function inspect(file: string, folder: string): Promise<void> {
  const image = await readPicture(file);
  const { openAtelier } = await import('@toile/atelier');
  const atelier = openAtelier({ workers: 1, niceness: 0 });
  try {
    const outcome = await atelier.inspect(image);
    if (!outcome.ok) throw new CommandProblem(outcome.problem.message);
    const { person, garment } = outcome.value;
    await mkdir(folder, { recursive: true });
    for (const seen of [person, garment]) await writeViews(seen, folder);
    const report = { person: person.report, garment: garment.report };
    await writeFile(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
    const count = person.views.length + garment.views.length;
    process.stderr.write(`${folder}: ${count} pictures and report.json\n`);
  } finally {
    await atelier.close();
  }
}

async function writeViews({ views }: Seen, folder: string): Promise<void> {
  for (const { name, picture } of views) {
    await writePicture(path.join(folder, `${name}.png`), picture);
  }
}
