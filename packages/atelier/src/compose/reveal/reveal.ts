import { blur } from '../../pixels/box-filter.ts';
import { boxAround, cutMask, cutPlane, eachCutPixel } from '../../pixels/cut.ts';
import { createPlane, type Mask, maskToPlane, type Plane, threshold } from '../../pixels/image.ts';
import { copyFloats, inRegion } from '@toile/memory';
import { randomFrom } from '../../pixels/random.ts';
import { lerp } from '../../pixels/scalar.ts';
import { growRim, shrinkRim } from '../../pixels/soften.ts';
import { sleevesOf, type WornGarment } from '../dressing.ts';
import { limbCores } from '../limb-colours.ts';
import type { Scene } from '../scene.ts';
import { type BareBody, bareBody } from './bare-body.ts';
import { cropScene } from './crop-scene.ts';
import { hiddenFlesh } from './hidden-flesh.ts';
import { keptShare } from './kept-share.ts';
import { either, those } from './masks.ts';
import { paintBeneath } from './paint-beneath.ts';
import { reachOfOld, residueShare, wholly } from './residue.ts';
import { shownSkin } from './skin.ts';
import { slivers } from './slivers.ts';
import { staysOn, tuckedArms } from './tucked.ts';

/** The person's picture without the old clothes. */
export interface Revealed {
  readonly colours: readonly Plane[];
  /** The scene as it then is: with the person's new outline and arms. */
  readonly scene: Scene;
}

/** What the new clothes hide, as coverage: nothing needs revealing there. */
export interface Hiding {
  readonly body: Plane;
  /** Arms lie in front of everything but sleeves. */
  readonly arms: Plane;
  readonly garments: readonly WornGarment[];
}

/** Coverage that lets nothing through. */
const WHOLE = 0.995;
/** How much around the open places is worked on, in shoulder widths: skin and surfaces are carried on from there. */
const SURROUNDINGS = 0.4;

/**
 * The person without the old clothes, where the new ones leave it open: skin, a garment that is kept on, the background
 * beside the body. Elsewhere the photo, untouched.
 *
 * @param seed of everything drawn at random
 */
export function revealBeneath(scene: Scene, hiding: Hiding, seed: number): Revealed {
  const copy = (plane: Plane): Plane => ({ ...plane, data: copyFloats(plane.data) });
  const colours = scene.colours.map(copy);
  const nearOld = reachOfOld(scene);
  const inSleeve = tuckedArms(scene, sleevesOf(hiding), hiding.arms, hiding.body);
  const tucked = inRegion(() => either(inSleeve, hiddenFlesh(scene, hiding.garments, nearOld)));
  const beside = those(growRim(tucked, 3), (i) => !staysOn(scene, i));
  const reach = either(nearOld, beside);
  const uncovered = those(reach, (i) => hiding.arms.data[i] < WHOLE);
  const cut = boxAround(uncovered, Math.round(SURROUNDINGS * scene.unit));
  if (!cut) return { colours, scene };
  const found = inRegion(() =>
    whatLiesBeneath(
      cropScene(scene, cut),
      {
        reach: cutMask(reach, cut),
        uncovered: cutMask(uncovered, cut),
        inSleeve: cutMask(inSleeve, cut),
        tucked: cutMask(tucked, cut),
        coverage: cutPlane(hiding.body, cut),
      },
      seed,
    ),
  );
  const arms = copy(scene.arms);
  const matte = copy(scene.matte);
  eachCutPixel(cut, scene.image.width, (at, from) => {
    const share = found.share.data[from];
    const arm = Math.max(arms.data[at], found.arms.data[from] * share);
    arms.data[at] = inSleeve.data[at] ? 0 : arm;
    if (share < 0.01) return;
    matte.data[at] = lerp(matte.data[at], found.inside.data[from], share);
    for (let c = 0; c < 3; c++) {
      colours[c].data[at] = lerp(colours[c].data[at], found.colours[c].data[from], share);
    }
  });
  return { colours, scene: { ...scene, arms, matte } };
}

/** Where something may have to be revealed. */
interface Openings {
  /** Old clothes and their surroundings. */
  readonly reach: Mask;
  /** What of that no sleeve hides. */
  readonly uncovered: Mask;
  /** Arms that there is no room for in a sleeve. */
  readonly inSleeve: Mask;
  /** These, and other flesh and old clothes beside the new ones for which there is no room in them. */
  readonly tucked: Mask;
  /** What the new clothes cover, but for arms in front of them. */
  readonly coverage: Plane;
}

interface Beneath {
  readonly colours: readonly Plane[];
  /** How much of the photo these colours replace. */
  readonly share: Plane;
  /** Share of the person in them. */
  readonly inside: Plane;
  /** Share of arms that the old clothes hid. */
  readonly arms: Plane;
}

function whatLiesBeneath(scene: Scene, openings: Openings, seed: number): Beneath {
  const { reach, uncovered, coverage } = openings;
  const shown = shownSkin(scene);
  const body = inRegion(() => bareBody(scene, either(uncovered, shown.bare)));
  // An arm that the old clothes hid lies in front.
  const tucked = those(openings.tucked, (i) => body.hiddenArms.data[i] < 0.02);
  const open = those(uncovered, (i) => coverage.data[i] < WHOLE || body.hiddenArms.data[i] > 0);
  const random = randomFrom(seed);
  const inside = inRegion(() => bodyShare(scene, body, tucked, open));
  for (let i = 0; i < open.data.length; i++) if (openings.inSleeve.data[i]) inside.data[i] = 0;
  const narrow = inRegion(() => slivers(scene, inside, coverage));
  for (let i = 0; i < open.data.length; i++) inside.data[i] *= 1 - narrow.data[i];
  const keptHere = inRegion(() => keptShare(scene, body, open));
  const cores = limbCores(scene);
  const beneath = { body, shown, open, inside, keptHere, cores };
  const { colours, bare } = inRegion(() => paintBeneath(scene, beneath, random));
  const share = inRegion(() => residueShare(scene, { open, reach }, { colours, bare, inside }));
  const gone = inRegion(() => blur(maskToPlane(tucked), 0.7));
  for (let i = 0; i < share.data.length; i++) {
    // What surely shows an arm that stays has its colour.
    const shown = cores.data[i] && inside.data[i] > WHOLE;
    if (open.data[i] && !shown) share.data[i] = Math.max(share.data[i], gone.data[i]);
  }
  return { colours, share, inside, arms: body.hiddenArms };
}

/**
 * What of each pixel is person without the old clothes: what is seen of it, and the body's shape beneath the clothes.
 * Limbs have outlines of their own, so that a ragged edge of the old sleeve does not become theirs; and white clothes on
 * a white wall may have left holes in the outline.
 */
function bodyShare(scene: Scene, body: BareBody, tucked: Mask, open: Mask): Plane {
  const plane = createPlane(open.width, open.height);
  const reach = Math.max(2, 0.05 * scene.unit);
  const closed = blur(
    maskToPlane(shrinkRim(growRim(threshold(scene.matte, 0.5), reach), reach)),
    0.7,
  );
  for (let i = 0; i < open.data.length; i++) {
    if (!open.data[i]) continue;
    const limb = scene.arms.data[i];
    if (tucked.data[i]) {
      plane.data[i] = limb;
      continue;
    }
    const matte = scene.matte.data[i];
    const old = scene.old.data[i]
      ? Math.max(0, matte - limb)
      : Math.min(matte, scene.oldShare.data[i] + mixedCarried(scene, i));
    const seen = Math.max(
      matte - old + old * body.share.data[i],
      body.sure.data[i] * closed.data[i],
    );
    plane.data[i] = lerp(seen, body.brim.data[i], body.brimSure.data[i]);
  }
  return plane;
}

/** Share of something carried, or a shoe, in a pixel that shows it only in part: right beside old clothes that may be they. */
function mixedCarried(scene: Scene, i: number): number {
  const carried = scene.carried.data[i];
  return carried * (1 - wholly(carried));
}
