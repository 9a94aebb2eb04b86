import { signOf } from '../../fit/trunk.ts';
import { distance, mix, toSegment, type Vec } from '../../geometry/vector.ts';
import { type Side, sides } from '../../perceive/person.ts';
import { createMask, type Mask, type Plane } from '../../pixels/image.ts';
import { indexAt, pointAt } from '../blend.ts';
import type { WornGarment } from '../dressing.ts';
import { coverageOf, type Scene } from '../scene.ts';

/** Heights of the trunk are looked at in steps of this many trunk lengths, down to the lowest. */
const STEP = 0.01;
const LOWEST = 2.2;
/** Steps below armpits or waistband, and above a hem, within which a garment's outline may run aslant. */
const SLANT = 4;
/** Where beside the middle line the cloth must lie over the trunk, as a share of its half-width. */
const BESIDE = 0.6;
/** Farther from the middle line than this many half-widths nothing belongs to the trunk. */
const REACH = 1.7;
/** So many half-widths from an arm's middle line its flesh ends. */
const FLANK = 1.35;
/** Places along a leg that are looked at, and half its greatest width in shoulder widths. */
const PLACES = 60;
const LEG = 0.36;
/** Coverage that lets nothing through. */
const WHOLE = 0.995;

/**
 * Flesh and old clothes that stand out beside a garment between its upper edge and its hem. Within it there is no room for
 * them, so that what is behind the person takes their place: clothes narrower than the body or the clothes that they take
 * the place of would show scraps of both else. Arms, hands, hair and things carried lie in front and are left out.
 *
 * @param reach the old clothes and their surroundings
 */
export function hiddenFlesh(scene: Scene, garments: readonly WornGarment[], reach: Mask): Mask {
  const { width, height } = scene.image;
  const hidden = createMask(width, height);
  for (const garment of garments) {
    const layers = garment.kind === 'top' ? [garment.body] : garment.pieces.map((p) => p.layer);
    const coverage = coverageOf(scene, layers);
    const onTrunk = {
      left: trunkRows(scene, garment, coverage, 'left'),
      right: trunkRows(scene, garment, coverage, 'right'),
    };
    const onLegs = {
      left: legPlaces(scene, coverage, 'left'),
      right: legPlaces(scene, coverage, 'right'),
    };
    for (let i = 0; i < hidden.data.length; i++) {
      if (coverage.data[i] >= WHOLE || !mayHide(scene, reach, i)) continue;
      const point = pointAt(scene, i);
      const { down, across } = scene.trunk.locate(point);
      const side: Side = across < 0 ? 'left' : 'right';
      const row = Math.round(down / STEP);
      const beside = Math.abs(across) < REACH * scene.trunk.halfWidth(side, down);
      if ((beside && onTrunk[side][row]) || sides.some((leg) => onLegs[leg](point))) {
        hidden.data[i] = 1;
      }
    }
  }
  return hidden;
}

function mayHide(scene: Scene, reach: Mask, i: number): boolean {
  if (scene.matte.data[i] < 0.02 || (scene.skin.data[i] < 0.02 && !reach.data[i])) return false;
  if (scene.kept.data[i] > 0.02 || isArm(scene, i)) return false;
  return scene.hair.data[i] + scene.face.data[i] + scene.carried.data[i] < 0.3;
}

/** Whether a pixel surely shows an arm: what lies farther from its middle line is flank taken for it. */
function isArm(scene: Scene, i: number): boolean {
  if (scene.arms.data[i] < 0.95) return false;
  const point = pointAt(scene, i);
  return sides.some((side) => scene.limbs[side].locate(point).share < FLANK);
}

/** By steps down the trunk, whether the garment goes around it there. */
function trunkRows(scene: Scene, garment: WornGarment, coverage: Plane, side: Side): boolean[] {
  const { trunk } = scene;
  const rows = Array.from({ length: Math.ceil(LOWEST / STEP) }, (_, row) => {
    const down = row * STEP;
    const across = signOf(side) * BESIDE * trunk.halfWidth(side, down);
    return (
      isCovered(scene, coverage, trunk.place(down, across)) &&
      isCovered(scene, coverage, trunk.axis(down))
    );
  });
  const start =
    garment.kind === 'top'
      ? Math.max(...sides.map((s) => trunk.locate(garment.armpits[s]).down))
      : garment.fit.waist.down(signOf(side) * trunk.halfWidth(side, 0.9));
  return rows.map((_, row) => {
    if (row < start / STEP + SLANT) return false;
    for (let near = row - SLANT; near <= row + SLANT; near++) if (!rows[near]) return false;
    return true;
  });
}

/** Whether the garment goes around a leg at the place nearest to a point, if the point may belong to the leg. */
function legPlaces(scene: Scene, coverage: Plane, side: Side): (point: Vec) => boolean {
  const { root, middle, end } = scene.person.pose.legs[side];
  const upper = distance(root.at, middle.at);
  const lower = distance(middle.at, end.at);
  const total = upper + lower || 1;
  const at = (share: number): Vec => {
    const run = share * total;
    return run < upper
      ? mix(root.at, middle.at, run / (upper || 1))
      : mix(middle.at, end.at, (run - upper) / (lower || 1));
  };
  const covered: boolean[] = [];
  for (let k = 0; k < PLACES; k++) {
    const [x, y] = at(k / (PLACES - 1));
    const seen = y * scene.zoom - scene.origin[1] < coverage.height;
    // What leaves the picture goes on as it was.
    covered.push(seen ? isCovered(scene, coverage, [x, y]) : (covered[k - 1] ?? false));
  }
  if (!covered.includes(true)) return () => false;
  return (point) => {
    const thigh = toSegment(point, root.at, middle.at);
    const shin = toSegment(point, middle.at, end.at);
    const near = thigh.distance < shin.distance ? thigh : shin;
    if (near.distance > LEG * scene.trunk.shoulderWidth) return false;
    const run = near === thigh ? thigh.along * upper : upper + shin.along * lower;
    const place = Math.round((run / total) * (PLACES - 1));
    return covered[place] && (covered[place + 1] ?? true) && (covered[place + 2] ?? true);
  };
}

/** Whether a garment surely lies over a point of the person's reading. */
function isCovered(scene: Scene, coverage: Plane, point: Vec): boolean {
  const at = indexAt(scene, point);
  return at >= 0 && coverage.data[at] > 0.9;
}
