import {
  add,
  distance,
  mix,
  normalize,
  perpendicular,
  subtract,
  type Vec,
} from '../../geometry/vector.ts';
import type { Plane } from '../../pixels/image.ts';
import { clamp, lerp, median, smoothstep } from '../../pixels/scalar.ts';
import type { Section } from './strip.ts';

/** Half-widths of a bare limb by its length: 0 at the root joint, 1 at elbow or knee, 2 at wrist or ankle. */
export type Profile = readonly (readonly [along: number, halfWidth: number])[];

/** What is known of a limb that clothes may hide, in pixels of the person's reading. */
export interface HiddenLimb {
  /** Root, middle, end and a point beyond the end, to where the limb is drawn. */
  readonly joints: readonly [Vec, Vec, Vec, Vec];
  /** Half-widths on the sides against and along `perpendicular` of the limb's direction, in `unit`. */
  readonly profile: { readonly back: Profile; readonly front: Profile };
  /** The side that faces away from the trunk. */
  readonly outer: 'back' | 'front';
  /** How far outwards of its joints the limb may lie, in `unit`: clothes hang on its outer side. */
  readonly hang: Profile;
  /** Pixels a unit of the profile. */
  readonly unit: number;
  /** Share of the limb's own skin. */
  readonly skin: Plane;
  /** Share of limb or of the clothes on it. */
  readonly silhouette: Plane;
}

const PER_BONE = 14;

/**
 * The bare limb's outline: measured where its skin shows, by proportion where clothes hide it, scaled to the part that
 * shows and kept inside the clothes' silhouette.
 */
export function outlineLimb(limb: HiddenLimb): Section[] {
  const [root, middle, end, beyond] = limb.joints;
  const bones = [distance(root, middle), distance(middle, end)];
  const places: { along: number; centre: Vec; direction: Vec }[] = [];
  const last = 2 + clamp(distance(end, beyond) / (bones[1] || 1), 0, 1);
  const count = Math.round(last * PER_BONE);
  for (let k = 0; k <= count; k++) {
    const along = (k / count) * last;
    const reach = 0.16;
    const before = along < reach ? root : pointOn(limb.joints, along - reach, bones[1]);
    const after = pointOn(limb.joints, along + reach, bones[1]);
    const bent = Math.abs(along - 1) < reach ? 1 - Math.abs(along - 1) / reach : 0;
    const straight = pointOn(limb.joints, along, bones[1]);
    places.push({
      along,
      centre: mix(straight, mix(before, after, 0.5), 0.6 * bent),
      direction: normalize(subtract(after, along < reach ? straight : before)),
    });
  }
  const seen = withoutSlivers(limb, places);
  const build = buildOf(limb, places, seen);
  const sections = places.map((place, k) => sectionAt(limb, place, seen[k], build));
  return smoothSections(meetSeen(sections, seen));
}

function pointOn(joints: HiddenLimb['joints'], along: number, lower: number): Vec {
  if (along < 1) return mix(joints[0], joints[1], along);
  if (along < 2) return mix(joints[1], joints[2], along - 1);
  return add(joints[2], normalize(subtract(joints[3], joints[2])), (along - 2) * lower);
}

function widthAt(profile: Profile, along: number): number {
  for (let k = 1; k < profile.length; k++) {
    const [from, low] = profile[k - 1];
    const [to, high] = profile[k];
    if (along <= to) return lerp(low, high, clamp((along - from) / (to - from), 0, 1));
  }
  return profile[profile.length - 1][1];
}

interface Measured {
  /** Whether skin, not cloth, was seen on the middle line or right beside it. */
  readonly bare: boolean;
  /** Pixels from the middle line to the end of the silhouette; infinite where it does not end within reach. */
  readonly back: number;
  readonly front: number;
}

/** A section as narrow as this share of its neighbours is a slanting cuff's corner, and says nothing of the limb. */
const SLIVER = 0.75;

/** All sections measured; what a slanting cuff leaves of the first one that shows counts as hidden. */
function withoutSlivers(limb: HiddenLimb, places: readonly Way[]): Measured[] {
  const seen = places.map((place) => measure(limb, place, true));
  const widthOf = (k: number): number => (seen[k]?.bare ? seen[k].back + seen[k].front : 0);
  return seen.map((one, k) => {
    const beside = Math.max(...[-2, -1, 1, 2].map((step) => widthOf(k + step)));
    const isSliver = one.bare && Number.isFinite(beside) && widthOf(k) < SLIVER * beside;
    return isSliver ? measure(limb, places[k], false) : one;
  });
}

/** A place on a limb's middle line. */
interface Way {
  readonly centre: Vec;
  readonly direction: Vec;
}

function measure(limb: HiddenLimb, { centre, direction }: Way, mayBeBare: boolean): Measured {
  const across = perpendicular(direction);
  const most = 0.42 * limb.unit;
  const beside = mayBeBare ? besideMiddle(limb, centre, across) : null;
  const bare = beside !== null;
  const plane = bare ? limb.skin : limb.silhouette;
  const from = add(centre, across, beside ?? 0);
  // Something else covers the limb here: what its outline is, the picture does not say.
  if (at(plane, from) < 0.5) return { bare: false, back: Infinity, front: Infinity };
  const reach = (sign: number): number => {
    for (let run = 0; run < most; run++) {
      const value = at(plane, add(from, across, sign * run));
      if (value < 0.5) return value < 0 ? Infinity : run;
    }
    return Infinity;
  };
  return { bare, back: reach(-1) - (beside ?? 0), front: reach(1) + (beside ?? 0) };
}

/** How far beside the line of its joints a limb's skin may begin, in `unit`: joints are placed no better. */
const ASTRAY = 0.07;

/** Where across the middle line the limb's skin is that lies nearest to it, pixels; null when none is near. */
function besideMiddle(limb: HiddenLimb, centre: Vec, across: Vec): number | null {
  for (let run = 0; run < ASTRAY * limb.unit; run++) {
    for (const aside of [run, -run]) {
      if (at(limb.skin, add(centre, across, aside)) > 0.5) return aside;
    }
  }
  return null;
}

/** Value of the pixel at a point; below 0 outside the picture. */
function at(plane: Plane, [x, y]: Vec): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= plane.width || row >= plane.height) return -1;
  return plane.data[row * plane.width + column];
}

interface Place {
  readonly along: number;
  readonly centre: Vec;
}

/** How much stouter or leaner than the profile the part of the limb is that shows; 0.95 when none does. */
function buildOf(limb: HiddenLimb, places: readonly Place[], seen: readonly Measured[]): number {
  const ratios: number[] = [];
  for (const [k, { along }] of places.entries()) {
    const { bare, back, front } = seen[k];
    const usual = widthAt(limb.profile.back, along) + widthAt(limb.profile.front, along);
    const ratio = (back + front) / (usual * limb.unit);
    if (bare && along < 2 && ratio > 0.55 && ratio < 1.6) ratios.push(ratio);
  }
  return ratios.length >= 3 ? clamp(median(ratios), 0.75, 1.3) : 0.95;
}

function sectionAt(
  limb: HiddenLimb,
  place: { readonly along: number; readonly centre: Vec; readonly direction: Vec },
  seen: Measured,
  build: number,
): Section {
  const usual = {
    back: widthAt(limb.profile.back, place.along) * limb.unit * build,
    front: widthAt(limb.profile.front, place.along) * limb.unit * build,
  };
  const { along, centre, direction } = place;
  const both = seen.back + seen.front;
  if (seen.bare && both < 1.5 * (usual.back + usual.front) && both > 0.6 * usual.back) {
    return { along, centre, direction, hidden: false, back: seen.back, front: seen.front };
  }
  const moved = towardsCloth(limb, along, usual, seen);
  return {
    along,
    centre,
    direction,
    hidden: !seen.bare,
    back: clamp(usual.back - moved, -0.5 * usual.back, Math.max(1, 0.96 * seen.back)),
    front: clamp(usual.front + moved, -0.5 * usual.front, Math.max(1, 0.96 * seen.front)),
  };
}

interface Reach {
  readonly back: number;
  readonly front: number;
}

/** How far along `perpendicular` the limb lies from the line of its joints, by where the clothes on it end. */
function towardsCloth(limb: HiddenLimb, along: number, usual: Reach, seen: Reach): number {
  const sign = limb.outer === 'front' ? 1 : -1;
  const most = widthAt(limb.hang, along) * limb.unit;
  const outwards = 0.95 * seen[limb.outer] - usual[limb.outer];
  const inner = limb.outer === 'front' ? 'back' : 'front';
  const inwards = usual[inner] - 0.95 * seen[inner];
  const wish = Number.isFinite(outwards) ? outwards : 0;
  return sign * clamp(Math.max(wish, inwards), -0.4 * usual.back, most);
}

/** Length over which a hidden part passes into the part that shows, in bones. */
const PASSING = 0.5;

/** Draws hidden sections towards where the limb's edges lie in the parts beside them that show, so that no step tells where a sleeve ended. */
function meetSeen(sections: readonly Section[], seen: readonly Measured[]): Section[] {
  const moved = sections.map((section) => ({ ...section }));
  for (const step of [-1, 1]) {
    for (let k = 0; k < sections.length; k++) {
      const beside = sections[k + step];
      if (sections[k].hidden || !beside?.hidden) continue;
      const [back, front] = [sections[k].back - beside.back, sections[k].front - beside.front];
      for (let j = k + step; sections[j]?.hidden; j += step) {
        const away = Math.abs(sections[j].along - sections[k].along);
        if (away > PASSING) break;
        const share = 1 - smoothstep(0, PASSING, away);
        moved[j].back = Math.min(moved[j].back + share * back, Math.max(1, 0.98 * seen[j].back));
        moved[j].front = Math.min(
          moved[j].front + share * front,
          Math.max(1, 0.98 * seen[j].front),
        );
      }
    }
  }
  return moved;
}

/** Measured and proportional sections pass into each other over a few neighbours. */
function smoothSections(sections: readonly Section[]): Section[] {
  return sections.map((section, k) => {
    let back = 0;
    let front = 0;
    for (let j = -2; j <= 2; j++) {
      const other = sections[clamp(k + j, 0, sections.length - 1)];
      back += ((3 - Math.abs(j)) / 9) * other.back;
      front += ((3 - Math.abs(j)) / 9) * other.front;
    }
    return { ...section, back, front };
  });
}
