import type { WornTop } from '../compose/dressing.ts';
import { textureAt, withoutBackground } from '../compose/texture.ts';
import type { Arm } from '../fit/arm.ts';
import { fitSleeve } from '../fit/fit-sleeve.ts';
import type { TopFit } from '../fit/fit-top.ts';
import type { Trunk } from '../fit/trunk.ts';
import { toSegment, type Vec } from '../geometry/vector.ts';
import type { TopReading } from '../perceive/garment.ts';
import { type PersonReading, type Side, sides } from '../perceive/person.ts';
import { keepLarge } from '../pixels/components.ts';
import { distanceTo } from '../pixels/distance.ts';
import { createPlane, type Mask, type Plane, type RgbImage, threshold } from '../pixels/image.ts';
import { sample } from '../pixels/resize.ts';
import { clamp, lerp, smoothstep } from '../pixels/scalar.ts';
import { growRim } from '../pixels/soften.ts';
import { carry, layCloth } from '../warp/mesh.ts';
import { printShare } from '../warp/print.ts';
import { type ClothLayer, renderCloth } from '../warp/render.ts';

/** Cells of the cloth grid down the garment's height: finer than the smallest bend that a sleeve makes. */
const GRID = 44;

/** Draws a top where its fit puts it: the body, and each sleeve as a layer of its own over it. */
export function drawTop(
  picture: RgbImage,
  person: PersonReading,
  garment: TopReading,
  trunk: Trunk,
  limbs: Readonly<Record<Side, Arm>>,
  fit: TopFit,
): WornTop {
  const zoom = picture.width / person.image.width;
  const step = Math.max(6, Math.round(garment.image.height / GRID));
  const print = printShare(garment);
  const cloth = {
    step,
    stiffness: (at: readonly [number, number]) => 1 + 5 * sample(print, at[0], at[1]),
    bending: 3,
  };
  const density = fit.scale * zoom;
  const texture = textureAt(withoutBackground(garment), density);
  const draw = (coverage: Plane, pins: TopFit['pins'], region: Mask): ClothLayer =>
    renderCloth(
      layCloth(region, pins, cloth),
      texture(coverage),
      zoom,
      picture.width,
      picture.height,
    );
  const whole = growRim(threshold(garment.matte, 0.02), 2);
  const toSleeve = {
    left: distanceTo(garment.sleeves.left),
    right: distanceTo(garment.sleeves.right),
  };
  const bodyMesh = layCloth(whole, fit.pins, cloth);
  const body = renderCloth(
    bodyMesh,
    texture(bodyCoverage(garment, toSleeve, density)),
    zoom,
    picture.width,
    picture.height,
  );
  const sleeves: { side: Side; layer: ClothLayer; hemRun: number }[] = [];
  for (const side of sides) {
    const source = garment.landmarks[side];
    if (!source.sleeve) continue;
    const sleeve = fitSleeve({
      source,
      sleeve: source.sleeve,
      piece: garment.sleeves[side],
      arm: limbs[side],
      anchors: fit.anchors[side],
      scale: fit.scale,
      shoulderWidth: trunk.shoulderWidth,
      shapes: { garment: garment.matte, person: person.matte },
      carrySeam: (point) => carry(bodyMesh, point),
    });
    const region = within(toSleeve[side], 2 * step);
    const layer = draw(sleeveCoverage(garment, toSleeve[side], density), sleeve.pins, region);
    sleeves.push({ side, layer, hemRun: sleeve.hemRun });
  }
  return { kind: 'top', body, sleeves };
}

function within(distance: Plane, reach: number): Mask {
  const { width, height } = distance;
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = distance.data[i] <= reach ? 1 : 0;
  return { width, height, data };
}

/** The front without its sleeves, continued a little beneath them so that no gap opens at the armhole. */
function bodyCoverage(
  garment: TopReading,
  toSleeve: Readonly<Record<Side, Plane>>,
  density: number,
): Plane {
  const { width, height } = garment.image;
  const coverage = createPlane(width, height);
  // A sleeve's mask and the soft matte never agree to the pixel: the rim between them is no part of the body.
  const rim = 3;
  // Answer pixels: a sleeve that turns at the shoulder would else open a slit beside the body.
  const beneath = 0.03 * density * width;
  const left = toSleeve.left.data;
  const right = toSleeve.right.data;
  const trunk: Mask = { width, height, data: new Uint8Array(width * height) };
  for (let i = 0; i < coverage.data.length; i++) {
    trunk.data[i] = garment.matte.data[i] > 0.5 && Math.min(left[i], right[i]) > rim ? 1 : 0;
  }
  const distance = distanceTo(keepLarge(trunk, 0.3)).data;
  for (let i = 0; i < coverage.data.length; i++) {
    if (garment.front.data[i] === 0 || distance[i] > rim + (beneath + 3) / density) continue;
    const under = distance[i] > 0 ? overlap(garment, [i % width, Math.floor(i / width)]) : 1;
    const reach = clamp(
      1 + (rim + lerp(2, beneath, under) / density - distance[i]) * 0.5 * density,
      0,
      1,
    );
    coverage.data[i] = garment.front.data[i] * reach;
  }
  return coverage;
}

/** How far the body goes on beneath a sleeve: not at the shoulder tip, where its corner would stick out. */
function overlap(garment: TopReading, point: Vec): number {
  const { left, right, centreX } = garment.landmarks;
  const { shoulderTip, armpit } = point[0] < centreX ? left : right;
  return smoothstep(0.03, 0.25, toSegment(point, shoulderTip, armpit).along);
}

/** One sleeve, with an edge about a pixel and a half soft along the armhole. */
function sleeveCoverage(garment: TopReading, toSleeve: Plane, density: number): Plane {
  const { width, height } = garment.image;
  const coverage = createPlane(width, height);
  for (let i = 0; i < coverage.data.length; i++) {
    const reach = clamp(1 + (1.6 / density - toSleeve.data[i]) * 0.7 * density, 0, 1);
    coverage.data[i] = garment.front.data[i] * reach;
  }
  return coverage;
}
