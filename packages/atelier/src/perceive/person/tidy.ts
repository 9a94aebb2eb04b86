import type { Vec } from '../../geometry/vector.ts';
import { components } from '../../pixels/components.ts';
import { createMask, type Plane } from '../../pixels/image.ts';
import { type Body, facePlace, inside } from './body.ts';
import { HAIR, labelCount, SKIN } from './labels.ts';

/** Hair grows from the head: dark patches that do not touch the hair there are given to the next likely label. */
export function keepHairOnHead(shares: readonly Plane[], matte: Plane, body: Body): void {
  const { width, height } = matte;
  const hair = shares[HAIR].data;
  const mask = createMask(width, height);
  for (let i = 0; i < hair.length; i++) {
    mask.data[i] = hair[i] > 0.3 && matte.data[i] > 0.2 ? 1 : 0;
  }
  const { labels, areas } = components(mask);
  const grown = new Uint8Array(areas.length);
  for (let i = 0; i < hair.length; i++) {
    if (!labels[i] || hair[i] < 0.6) continue;
    const { ratio, over } = facePlace(body.face, centreOf(i, width));
    if (ratio > 0.9 && ratio < 2 && over > (body.faceSeen ? 0.05 : -0.4)) grown[labels[i]] = 1;
  }
  for (let i = 0; i < hair.length; i++) {
    if (hair[i] > 0 && labels[i] && !grown[labels[i]]) giveAway(shares, HAIR, i);
  }
}

/** Everything within the face's outline below the brows is face: eyes, lips, beards and shade. */
export function fillFace(shares: readonly Plane[], body: Body): void {
  if (!body.faceSeen) return;
  const { width, height } = shares[0];
  const xs = body.face.outline.map((point) => point[0]);
  const ys = body.face.outline.map((point) => point[1]);
  const right = Math.min(width - 1, Math.ceil(Math.max(...xs)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(...xs))); x <= right; x++) {
      const point: Vec = [x + 0.5, y + 0.5];
      const { over, ratio } = facePlace(body.face, point);
      if (over > 0.27 || ratio > 1.02 || !inside(body.face.outline, point)) continue;
      const i = y * width + x;
      for (let k = 0; k < labelCount; k++) shares[k].data[i] = k === SKIN ? 1 : 0;
    }
  }
}

const centreOf = (i: number, width: number): Vec => [
  (i % width) + 0.5,
  Math.floor(i / width) + 0.5,
];

/** Shares a label's part of a pixel out among the others, in proportion. */
function giveAway(shares: readonly Plane[], label: number, i: number): void {
  const rest = 1 - shares[label].data[i];
  if (rest < 1e-4) {
    shares[label].data[i] = 0;
    shares[SKIN].data[i] = 1;
    return;
  }
  for (let k = 0; k < labelCount; k++) {
    shares[k].data[i] = k === label ? 0 : shares[k].data[i] / rest;
  }
}
