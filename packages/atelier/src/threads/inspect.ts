import type { Nets } from '../nets/open-nets.ts';
import { drawGarment } from '../perceive/debug/garment.ts';
import { drawPerson } from '../perceive/debug/person.ts';
import { readGarment } from '../perceive/garment/read-garment.ts';
import { readPerson } from '../perceive/person/read-person.ts';
import { partNames } from '../perceive/person.ts';
import { withinSide } from '../pixels/codec-resize.ts';
import type { Plane, RgbImage } from '../pixels/image.ts';
import { apart, flatten } from './pixels.ts';
import type { Inspection, Outcome, Pixels, Seen } from './tasks.ts';

/** Reads a picture both ways, as a person's and as a garment's, and draws what each stage saw. */
export async function inspectTask(
  picture: Pixels,
  side: number,
  nets: Nets,
): Promise<Outcome<Inspection>> {
  const image = await withinSide(flatten(picture).image, side);
  const person = await seePerson(image, nets);
  const garment = await seeGarment(image, nets);
  return { ok: true, value: { person, garment } };
}

async function seePerson(image: RgbImage, nets: Nets): Promise<Seen> {
  const read = await readPerson(image, nets);
  if (!read.ok) return { views: [], report: { refused: read.problem } };
  const { image: _, matte, parts, ...report } = read.value;
  return {
    views: [
      { name: 'person', picture: apart(drawPerson(read.value)) },
      { name: 'person-matte', picture: grey(matte) },
      ...partNames.map((name) => ({ name: `person-part-${name}`, picture: grey(parts[name]) })),
    ],
    report: { ...report },
  };
}

async function seeGarment(image: RgbImage, nets: Nets): Promise<Seen> {
  const read = await readGarment(image, nets);
  if (!read.ok) return { views: [], report: { refused: read.problem } };
  const { image: cloth, matte, front, kind, photo, doubts, timings } = read.value;
  const landmarks = read.value.shape === 'accessory' ? read.value.form : read.value.landmarks;
  return {
    views: [
      { name: 'garment', picture: apart(drawGarment(read.value)) },
      { name: 'garment-cloth', picture: apart(cloth) },
      { name: 'garment-matte', picture: grey(matte) },
      { name: 'garment-front', picture: grey(front) },
    ],
    report: { landmarks, kind, photo, doubts, timings },
  };
}

/** A share as a grey picture. */
function grey({ width, height, data }: Plane): Pixels {
  const image = { width, height, data: new Uint8Array(width * height * 3) };
  for (let i = 0; i < data.length; i++)
    image.data.fill(Math.round(data[i] * 255), 3 * i, 3 * i + 3);
  return apart(image);
}
