import { createMask, createPlane, type Mask, type Plane, threshold } from '../../pixels/image.ts';
import { giveBack, inRegion } from '@toile/memory';
import { lerp } from '../../pixels/scalar.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { pointAt } from '../blend.ts';
import { takeLimbColours } from '../limb-colours.ts';
import type { Scene } from '../scene.ts';
import type { BareBody } from './bare-body.ts';
import { continueSurface } from './continue.ts';
import { fineDetail } from './detail.ts';
import { keptSeeds } from './kept-share.ts';
import { those } from './masks.ts';
import { paintSkin, type ShownSkin } from './skin.ts';

/** What is known of the places from which old clothes were taken. */
export interface Uncovered {
  readonly body: BareBody;
  readonly shown: ShownSkin;
  /** Where something is to be painted. */
  readonly open: Mask;
  /** Share of the person. */
  readonly inside: Plane;
  /** Share of a garment that stays on. */
  readonly keptHere: Plane;
  /** What surely shows a limb. */
  readonly cores: Mask;
}

/** Skin, a garment that stays on and the background, each carried on over the open places, by their shares; and the share of skin. */
export function paintBeneath(
  scene: Scene,
  { body, shown, open, inside, keptHere, cores }: Uncovered,
  random: () => number,
): { readonly colours: readonly Plane[]; readonly bare: Plane } {
  const { width, height } = scene.image;
  const fine = fineDetail(scene);
  const skin = inRegion(() => paintSkin(scene, body, shown, open, fine, random));
  const withinArms = shrinkRim(threshold(body.arms, 0.98), Math.max(2, EDGE * scene.unit));
  const limbEdges = those(
    open,
    (i) =>
      scene.arms.data[i] > 0.02 &&
      !cores.data[i] &&
      !withinArms.data[i] &&
      !joinsTrunk(scene, body, i),
  );
  takeLimbColours(scene, cores, limbEdges, scene.colours, skin);
  const keptHole = those(open, (i) => inside.data[i] * keptHere.data[i] > 0);
  const kept = inRegion(() => continueSurface(scene, keptSeeds(scene), keptHole, fine, random));
  for (let i = 0; i < open.data.length; i++) {
    if (!open.data[i]) continue;
    for (let c = 0; c < 3; c++) {
      skin[c].data[i] = lerp(skin[c].data[i], kept[c].data[i], keptHere.data[i]);
    }
  }
  giveBack(...kept.map((plane) => plane.data));
  const behindHole = those(open, (i) => inside.data[i] < 1);
  const behind = inRegion(() =>
    continueSurface(scene, backgroundSeeds(scene), behindHole, fine, random),
  );
  const colours = scene.colours.map(() => createPlane(width, height));
  const bare = createPlane(width, height);
  for (let i = 0; i < open.data.length; i++) {
    if (!open.data[i]) continue;
    bare.data[i] = inside.data[i] * (1 - keptHere.data[i]);
    for (let c = 0; c < 3; c++) {
      colours[c].data[i] = lerp(behind[c].data[i], skin[c].data[i], inside.data[i]);
    }
  }
  return { colours, bare };
}

/** Deeper than this within an arm, in shoulder widths, the edge of what shows of it is the old sleeve's, not its own. */
const EDGE = 0.012;
/** Where arms spring from the trunk, their side towards it is no edge; by share of the upper arm's length. */
const ROOT = 0.55;

/** Whether an arm's pixel lies where arm and trunk are one surface. */
function joinsTrunk(scene: Scene, body: BareBody, i: number): boolean {
  if (body.trunk.data[i] < 0.98) return false;
  const point = pointAt(scene, i);
  const arm = scene.limbs[scene.trunk.locate(point).across < 0 ? 'left' : 'right'];
  return arm.locate(point).run < ROOT * arm.upperLength;
}

function backgroundSeeds(scene: Scene): Mask {
  const near = growRim(threshold(scene.matte, 0.05), Math.max(4, scene.unit * 0.03));
  const seeds = createMask(near.width, near.height);
  for (let i = 0; i < seeds.data.length; i++) seeds.data[i] = near.data[i] ? 0 : 1;
  return seeds;
}
