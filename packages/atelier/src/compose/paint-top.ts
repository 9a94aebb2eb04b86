import { inRegion } from '@toile/memory';
import { outward } from '../fit/arm.ts';
import { signOf } from '../fit/trunk.ts';
import { dot, subtract, type Vec } from '../geometry/vector.ts';
import { type Side, sides } from '../perceive/person.ts';
import { createPlane, type Plane } from '../pixels/image.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import { soften } from '../pixels/soften.ts';
import { blendCloth, pointAt } from './blend.ts';
import type { WornTop } from './dressing.ts';
import { roundness } from './light.ts';
import { inFrontOf } from './limb-colours.ts';
import { matchCloth } from './match.ts';
import { lookOf } from './photo-look.ts';
import { eachLayerPixel, type Scene, softShape } from './scene.ts';

/** Paints a top or dress from back to front: its shadows, its body, the arms in front of it, its sleeves. */
export function paintTop(
  scene: Scene,
  drawn: WornTop,
  colours: readonly Plane[],
  light: Plane,
): void {
  const look = lookOf(scene.person);
  const top = {
    ...drawn,
    body: matchCloth(drawn.body, look),
    sleeves: drawn.sleeves.map((sleeve) => ({ ...sleeve, layer: matchCloth(sleeve.layer, look) })),
  };
  const front = armsInFront(scene, top);
  castShadows(scene, top, colours, front);
  const armShade = soften(front, 0.03 * scene.unit);
  paintBody(scene, top, colours, light, front, armShade);
  for (const sleeve of top.sleeves) paintSleeve(scene, sleeve, colours, light);
}

/** Bare arms and hands that lie over the garment's body: everything below the sleeve's end or the armhole. */
function armsInFront(scene: Scene, top: WornTop): Plane {
  const { arms } = scene;
  const plane = createPlane(arms.width, arms.height);
  const begins = {
    left: whereArmsBegin(scene, top, 'left'),
    right: whereArmsBegin(scene, top, 'right'),
  };
  for (let i = 0; i < plane.data.length; i++) {
    if (arms.data[i] < 0.02) continue;
    const point = pointAt(scene, i);
    // An arm may cross the trunk to the other side.
    for (const side of sides) {
      const { run, share } = scene.limbs[side].locate(point);
      if (share >= FARTHEST || run < begins[side].highest) continue;
      const along = begins[side].below(point, run);
      const front = inFrontOf(arms.data[i]) * smoothstep(FARTHEST, 1.25, share) * along;
      plane.data[i] = Math.max(plane.data[i], front);
    }
  }
  return plane;
}

/** Share of an arm's half-width beyond which nothing belongs to it. */
const FARTHEST = 1.5;

/** How much higher an armhole ends at the arm's outer side, in upper arms. */
const ARMHOLE = 0.25;

interface ArmBegin {
  /** Above this length along the arm nothing of it lies in front. */
  readonly highest: number;
  /** How far a point of the arm, at this length along it, lies below the sleeve's end or the armhole; 0 to 1. */
  below(point: Vec, run: number): number;
}

function whereArmsBegin(scene: Scene, top: WornTop, side: Side): ArmBegin {
  const arm = scene.limbs[side];
  const unit = arm.upperLength;
  const soft = (edge: number, run: number): number =>
    smoothstep(edge - 0.03 * unit, edge + 0.01 * unit, run);
  const sleeve = top.sleeves.find((candidate) => candidate.side === side);
  if (sleeve) {
    const start = Math.max(0.45 * unit, 0.9 * sleeve.hemRun);
    return { highest: start - 0.03 * unit, below: (_, run) => soft(start, run) };
  }
  // An armhole runs from the shoulder's outer end down to the armpit at the arm's inner side.
  const start = clamp(arm.locate(top.armpits[side]).run, 0.4 * unit, 0.8 * unit);
  return {
    highest: start - (ARMHOLE + 0.03) * unit,
    below(point, run) {
      if (run > start + 0.01 * unit) return 1;
      const place = arm.at(run);
      const out = dot(subtract(point, place.point), outward(side, place.direction));
      const higher = ARMHOLE * clamp(0.5 + (0.5 * out) / arm.halfWidth(run), 0, 1);
      return soft(start - higher * unit, run);
    },
  };
}

/** Cloth darkens what lies just below its edges; the background is too far away to take a shadow. */
function castShadows(scene: Scene, top: WornTop, colours: readonly Plane[], front: Plane): void {
  const neck =
    Math.min(...sides.map((side) => scene.limbs[side].joints[0][1])) * scene.zoom - scene.origin[1];
  const layers = [
    { layer: top.body, onArms: false },
    ...top.sleeves.map((sleeve) => ({ layer: sleeve.layer, onArms: true })),
  ];
  for (const { layer, onArms } of layers) {
    const shape = inRegion(() => softShape(scene, layer, 0.02 * scene.unit, 0.02 * scene.unit));
    for (let i = 0; i < shape.data.length; i++) {
      if (shape.data[i] < 0.004) continue;
      const above = Math.floor(i / scene.image.width) < neck - 0.25 * scene.unit ? 0 : 1;
      const taken = scene.matte.data[i] * (onArms ? 1 : 1 - front.data[i]) * above;
      const factor = 1 - 0.3 * shape.data[i] * taken;
      for (const plane of colours) plane.data[i] *= factor;
    }
  }
}

function paintBody(
  scene: Scene,
  top: WornTop,
  colours: readonly Plane[],
  light: Plane,
  front: Plane,
  armShade: Plane,
): void {
  const layer = top.body;
  const sleeveShade = top.sleeves.map((sleeve) => ({
    shape: softShape(scene, sleeve.layer, 0.03 * scene.unit, 0),
  }));
  eachLayerPixel(layer, scene.image.width, (at, from) => {
    const { down, across } = scene.trunk.locate(pointAt(scene, at));
    const side = across < 0 ? 'left' : 'right';
    const edge =
      (across * signOf(side)) / (1.08 * scene.trunk.halfWidth(side, clamp(down, 0, 1.9)));
    // The shoulders face the light; the flanks below them turn away.
    let shade = light.data[at] * roundness(edge, 0.13 * smoothstep(0.15, 0.55, down));
    shade *= 1 - 0.25 * armShade.data[at] * (1 - front.data[at]);
    for (const { shape } of sleeveShade) shade *= 1 - 0.1 * shape.data[at];
    const cover = layer.coverage[from] * (1 - front.data[at]);
    blendCloth(colours, at, layer, from, shade, cover);
  });
}

function paintSleeve(
  scene: Scene,
  sleeve: WornTop['sleeves'][number],
  colours: readonly Plane[],
  light: Plane,
): void {
  const { layer } = sleeve;
  const arm = scene.limbs[sleeve.side];
  eachLayerPixel(layer, scene.image.width, (at, from) => {
    const { share, run } = arm.locate(pointAt(scene, at));
    const round = roundness(share / 1.25, 0.14 * smoothstep(0, 0.3 * arm.upperLength, run));
    const shade = lerp(1, light.data[at], 0.8) * round;
    blendCloth(colours, at, layer, from, shade, layer.coverage[from]);
  });
}
