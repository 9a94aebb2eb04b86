import type { InboundBody } from '../dialect.ts';
import { pictureForms, shown } from '../fields.ts';
import { accept, refuse } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { PictureReader } from '../read-pictures.ts';

type Inputs = Readonly<Record<string, unknown>>;

/** Turns the picture strings among the inputs into sources. Inputs that are null, and pictures that are empty, count as left out. */
export function readImages(
  inputs: Inputs,
  names: readonly string[],
  pictures: InboundBody['pictures'],
  reader: PictureReader,
): Parsed<Inputs> {
  const read = new Map<string, unknown>();
  for (const [name, value] of Object.entries(inputs)) {
    if (value === null || value === undefined) continue;
    if (!names.includes(name)) {
      if (typeof value === 'string' && pictures.has(value)) {
        return refuse(`inputs.${name} must not be a picture.`);
      }
      read.set(name, value);
      continue;
    }
    if (value === '') continue;
    if (typeof value !== 'string') return refuse(notAPicture(name, value));
    const source = reader.read(`inputs.${name}`, value);
    if (!source.ok) return source;
    read.set(name, source.value);
  }
  return accept(Object.fromEntries(read));
}

function notAPicture(name: string, value: unknown): string {
  return `inputs.${name} must be ${pictureForms}; received ${shown(value)}.`;
}
