/**
 * Times the offline engine, stage by stage, on any two photos:
 *
 *   node bench/atelier/run.ts PERSON GARMENT [--runs 7] [--warm 8]
 *
 * Prints medians as a markdown table. The first run, which loads models and reads photos, is reported apart; V8 goes on
 * compiling better code for some eight pictures, which are left out.
 */
import { parseArgs } from 'node:util';
import { openAtelier, type Outcome, type Picture, type Pixels } from '@toile/atelier';
import sharp from 'sharp';
import { forget, restart } from '../../scripts/node-settings.mjs';

restart();
forget();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '7' }, warm: { type: 'string', default: '8' } },
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

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

async function bench(name: string, work: () => Promise<Outcome<Picture>>): Promise<void> {
  const walls: number[] = [];
  const stages = new Map<string, number[]>();
  const warm = Number(values.warm);
  peak = 0;
  for (let run = 0; run < warm + Number(values.runs); run++) {
    const start = performance.now();
    const outcome = await work();
    const wall = performance.now() - start;
    if (!outcome.ok) throw new Error(outcome.problem.message);
    if (run === 0) console.log(`\n${name}, first run: ${wall.toFixed(0)} ms\n`);
    if (run < warm) continue;
    walls.push(wall);
    for (const [stage, ms] of Object.entries(outcome.value.timings)) {
      stages.set(stage, [...(stages.get(stage) ?? []), ms]);
    }
  }
  console.log(`| ${name} | median ms |\n|---|---|`);
  for (const [stage, list] of stages) console.log(`| ${stage} | ${median(list).toFixed(0)} |`);
  console.log(`| whole | ${median(walls).toFixed(0)} |`);
  console.log(`\nresident memory: at most ${megabytes(peak)} MB`);
}

/** Sampled, because the system's own high-water mark also counts what came before. */
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);

const person = await open(personFile);
const garment = await open(garmentFile);
console.log(`person ${person.width}x${person.height}, garment ${garment.width}x${garment.height}`);
const atelier = openAtelier();
const task = { person, garment, garmentKind: 'auto', seeds: [42] } as const;
for (const effort of ['balanced', 'fast', 'quality'] as const) {
  await bench(`try-on, ${effort}, both photos new`, () => atelier.tryOn({ ...task, effort }));
}
// With a hash, what is read of a photo is kept; the first run reads it.
const known = {
  ...task,
  person: { ...person, hash: '0'.repeat(64) },
  garment: { ...garment, hash: '1'.repeat(64) },
};
await bench('try-on, balanced, both photos known', () => atelier.tryOn(known));
await bench('cut-out', () => atelier.cutOut({ image: person }));
clearInterval(watch);
console.log(`\n${megabytes(process.memoryUsage.rss())} MB after all runs`);
await atelier.close();
