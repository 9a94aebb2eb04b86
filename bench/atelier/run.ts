/**
 * Times the offline engine, stage by stage, on any two photos:
 *
 *   node bench/atelier/run.ts PERSON GARMENT [--runs 7]
 *
 * Prints medians as a markdown table. The first run, which loads the models, is reported apart.
 */
import { parseArgs } from 'node:util';
import { openAtelier, type Outcome, type Picture, type Pixels } from '@toile/atelier';
import sharp from 'sharp';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '7' } },
});
const [personFile, garmentFile] = positionals;
if (!personFile || !garmentFile) throw new Error('usage: node bench/atelier/run.ts PERSON GARMENT');

async function open(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file)
    .rotate()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

async function bench(name: string, work: () => Promise<Outcome<Picture>>): Promise<void> {
  const walls: number[] = [];
  const stages = new Map<string, number[]>();
  for (let run = 0; run <= Number(values.runs); run++) {
    const start = performance.now();
    const outcome = await work();
    const wall = performance.now() - start;
    if (!outcome.ok) throw new Error(outcome.problem.message);
    if (run === 0) {
      console.log(`\n${name}, first run with nothing loaded: ${wall.toFixed(0)} ms\n`);
      continue;
    }
    walls.push(wall);
    for (const [stage, ms] of Object.entries(outcome.value.timings)) {
      stages.set(stage, [...(stages.get(stage) ?? []), ms]);
    }
  }
  console.log(`| ${name} | median ms |\n|---|---|`);
  for (const [stage, list] of stages) console.log(`| ${stage} | ${median(list).toFixed(0)} |`);
  console.log(`| whole | ${median(walls).toFixed(0)} |`);
}

const person = await open(personFile);
const garment = await open(garmentFile);
console.log(`person ${person.width}x${person.height}, garment ${garment.width}x${garment.height}`);
const atelier = openAtelier();
await bench('try-on', () => atelier.tryOn({ person, garment, garmentKind: 'auto', seeds: [42] }));
await bench('cut-out', () => atelier.cutOut({ image: person }));
console.log(`\nresident memory after the runs: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
await atelier.close();
