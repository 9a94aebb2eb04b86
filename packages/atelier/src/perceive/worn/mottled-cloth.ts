import { mix, toSegment, type Vec } from '../../geometry/vector.ts';
import { components } from '../../pixels/components.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';
import { copyFloats } from '@toile/memory';
import { smoothstep } from '../../pixels/scalar.ts';
import { growRim, shrinkRim, soften } from '../../pixels/soften.ts';
import { type PartName, type Parts, type PersonReading, type Pose, sides } from '../person.ts';

/** Half of the widest patch of a print that is taken for skin, in shoulder widths; arms and necks are wider. */
const PATCH = 0.055;
/** Share of such patches over the cloth from which it is patterned in the colours of skin. */
const MOTTLED = 0.08;
/** Whether cloth is patterned is looked at on every so many pixels. */
const LOOKED_AT = 3;
/** How far around a patch the garment is looked for that it belongs to, in shoulder widths. */
const AROUND = 0.08;
/** Narrower than twice this, in shoulder widths, not even the tip of a neckline is skin. */
const TIP = 0.016;
/** Half of a hand's breadth, in shoulder widths, and its length over that to the knuckles: fingers are narrow as patches. */
const HAND = 0.14;
const FINGERS = 1.7;
/** Half of a forearm's breadth, whose wrist is narrow too. */
const FOREARM = 0.07;
/** Raggedness of the border that is left between the pattern and skin, in shoulder widths. */
const RAGGED = 0.03;

const skinNames = ['neck', 'leftArm', 'rightArm', 'legs'] as const satisfies readonly PartName[];
const takenNames = [...skinNames, 'hair', 'accessory'] as const satisfies readonly PartName[];

/**
 * A print that holds the colours of skin or hair comes out of the parse full of holes. What is too narrow for a limb and
 * lies between cloth is then cloth; a wearer of plain cloth is handed back as read.
 */
export function claimMottled(wearer: PersonReading): PersonReading {
  const { parts, pose } = wearer;
  const unit = pose.shoulderWidth;
  if (patchShare(parts, unit) < MOTTLED) return wearer;
  const cloth = maskOf(parts, ['upperGarment', 'lowerGarment']);
  const reach = Math.max(1, Math.round(PATCH * unit));
  const closed = shrinkRim(growRim(cloth, reach), reach);
  const skin = maskOf(parts, skinNames);
  const broad = growRim(shrinkRim(skin, reach), reach + 1);
  const flesh = fleshOf(parts, pose, skin, broad);
  const crumbs = crumbsOf(skin, flesh, closed, 3 * reach);
  for (let i = 0; i < flesh.data.length; i++) {
    closed.data[i] = flesh.data[i] === 0 && (closed.data[i] || crumbs.data[i]) ? 1 : 0;
  }
  return { ...wearer, parts: givenTo(parts, closed, unit) };
}

/** Share of narrow patches of skin among cloth over the cloth, on every third pixel of every third row. */
function patchShare(parts: Parts, unit: number): number {
  const cloth = maskOf(parts, ['upperGarment', 'lowerGarment'], LOOKED_AT);
  const skin = maskOf(parts, skinNames, LOOKED_AT);
  const reach = Math.max(1, Math.round((PATCH * unit) / LOOKED_AT));
  const closed = shrinkRim(growRim(cloth, reach), reach);
  const broad = growRim(shrinkRim(skin, reach), reach + 1);
  let patches = 0;
  let all = 0;
  for (let i = 0; i < skin.data.length; i++) {
    all += cloth.data[i];
    if (closed.data[i] && skin.data[i] && !broad.data[i]) patches++;
  }
  return patches / Math.max(1, all);
}

/** What of the skin colours is skin: limbs and neck, the tip of the neckline, and hands as they were read. */
function fleshOf(parts: Parts, pose: Pose, skin: Mask, broad: Mask): Mask {
  const { width, height } = skin;
  const unit = pose.shoulderWidth;
  const reach = PATCH * unit;
  const neck = maskOf(parts, ['neck']);
  const tip = Math.max(1, Math.round(TIP * unit));
  const open = growRim(shrinkRim(neck, tip), tip + 1);
  const near = growRim(broad, 2 * reach);
  const arms = sides.map((side) => pose.arms[side]);
  const flesh = createMask(width, height);
  for (let i = 0; i < flesh.data.length; i++) {
    if (!skin.data[i]) continue;
    const place: Vec = [i % width, Math.floor(i / width)];
    const inHand = arms.some(
      ({ middle, end, tip: hand }) =>
        toSegment(place, end.at, mix(end.at, hand.at, FINGERS)).distance < HAND * unit ||
        toSegment(place, middle.at, end.at).distance < FOREARM * unit,
    );
    const inNeck = neck.data[i] && open.data[i] && near.data[i];
    if (broad.data[i] || inNeck || inHand) flesh.data[i] = 1;
  }
  const { labels, areas } = components(flesh);
  const least = (4 * reach) ** 2;
  for (let i = 0; i < labels.length; i++) if (areas[labels[i]] < least) flesh.data[i] = 0;
  return flesh;
}

/** Where parts prevail, every pixel of every row or every few. */
function maskOf(parts: Parts, names: readonly PartName[], stride = 1): Mask {
  const { width, height } = parts.neck;
  const mask = createMask(Math.ceil(width / stride), Math.ceil(height / stride));
  const planes = names.map((name) => parts[name].data);
  for (let y = 0, at = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride, at++) {
      let sum = 0;
      for (const plane of planes) sum += plane[y * width + x];
      mask.data[at] = sum > 0.5 ? 1 : 0;
    }
  }
  return mask;
}

/** Scraps of skin at the pattern's rim, where no cloth lies beyond them. */
function crumbsOf(skin: Mask, flesh: Mask, closed: Mask, side: number): Mask {
  const rest = createMask(skin.width, skin.height);
  for (let i = 0; i < rest.data.length; i++) {
    rest.data[i] = skin.data[i] && !flesh.data[i] && !closed.data[i] ? 1 : 0;
  }
  const { labels, areas } = components(rest);
  for (let i = 0; i < labels.length; i++) if (areas[labels[i]] > side ** 2) rest.data[i] = 0;
  return rest;
}

/** The parts with skin and hair within a place made cloth, each pixel of the garment that prevails around it. */
function givenTo(parts: Parts, place: Mask, unit: number): Parts {
  const around = (name: PartName): Float32Array => soften(parts[name], AROUND * unit).data;
  const upperAround = around('upperGarment');
  const lowerAround = around('lowerGarment');
  const skinAround = skinNames.map(around);
  const copy = (name: PartName): Plane => ({
    ...parts[name],
    data: copyFloats(parts[name].data),
  });
  const upper = copy('upperGarment');
  const lower = copy('lowerGarment');
  const taken = takenNames.map((name) => [name, copy(name)] as const);
  for (let i = 0; i < place.data.length; i++) {
    if (!place.data[i]) continue;
    let found = 0;
    for (const [, { data }] of taken) {
      found += data[i];
      data[i] = 0;
    }
    (upperAround[i] > lowerAround[i] ? upper : lower).data[i] += found;
  }
  const skins = taken.slice(0, skinNames.length).map(([, plane]) => plane.data);
  const share = clothAround(upper, lower, skins, RAGGED * unit);
  for (let i = 0; i < place.data.length; i++) {
    if (share[i] < 0.05 || share[i] > 0.95) continue;
    const cloth = upper.data[i] + lower.data[i];
    const own = skins.reduce((sum, data) => sum + data[i], cloth);
    const settled = own * smoothstep(0.4, 0.6, share[i]);
    const first = upperAround[i] > lowerAround[i];
    upper.data[i] = first ? settled : 0;
    lower.data[i] = first ? 0 : settled;
    const most = skinAround.reduce(
      (best, data, k) => (data[i] > skinAround[best][i] ? k : best),
      0,
    );
    for (const [k, data] of skins.entries()) data[i] = k === most ? own - settled : 0;
  }
  return { ...parts, ...Object.fromEntries(taken), upperGarment: upper, lowerGarment: lower };
}

/** Share of cloth among cloth and skin around every place. */
function clothAround(
  upper: Plane,
  lower: Plane,
  skins: readonly Float32Array[],
  sigma: number,
): Float32Array {
  const cloth = { ...upper, data: upper.data.map((share, i) => share + lower.data[i]) };
  const own = { ...upper, data: copyFloats(cloth.data) };
  for (const data of skins) for (let i = 0; i < data.length; i++) own.data[i] += data[i];
  const [clothHere, ownHere] = [cloth, own].map((plane) => soften(plane, sigma).data);
  return clothHere.map((share, i) => share / Math.max(1e-3, ownHere[i]));
}
