import { inRegion } from '@toile/memory';
import type { WornBottom } from '../compose/dressing.ts';
import type { BottomFit } from '../fit/fit-bottom.ts';
import { carryBy, type Ladder } from '../fit/ladder.ts';
import type { LowerBody } from '../fit/lower-body.ts';
import { mix, type Vec } from '../geometry/vector.ts';
import type { BottomReading } from '../perceive/garment.ts';
import { type PersonReading, type Side, sides } from '../perceive/person.ts';
import { createMask, createPlane, type Mask, type Plane, type RgbImage } from '../pixels/image.ts';
import { clamp } from '../pixels/scalar.ts';
import { fitAffine } from '../warp/affine.ts';
import type { ClothMesh } from '../warp/mesh.ts';
import { renderCloth } from '../warp/render.ts';
import { openTexture } from '../warp/texture.ts';
import { shadeFolds } from './fold-shade.ts';

/** Cells of the cloth grid down the garment's height. */
const GRID = 60;

/** Draws trousers, shorts or a skirt where their fit puts them: each half a layer of its own, the nearer leg in front. */
export function drawBottom(
  picture: RgbImage,
  person: PersonReading,
  garment: BottomReading,
  body: LowerBody,
  fit: BottomFit,
): WornBottom {
  const pieces = inRegion(() => drawPieces(picture, person, garment, body, fit));
  return { kind: 'bottom', pieces, fit, body, sleeves: [] };
}

function drawPieces(
  picture: RgbImage,
  person: PersonReading,
  garment: BottomReading,
  body: LowerBody,
  fit: BottomFit,
): WornBottom['pieces'] {
  const zoom = picture.width / person.image.width;
  const step = Math.max(5, Math.round(garment.image.height / GRID));
  const density = fit.scale * zoom;
  const texture = openTexture(fit.folds ? shadeFolds(garment, fit.folds) : garment, density);
  const split = splitOf(garment);
  return backToFront(body).map((side, order) => {
    const over = order === 0 ? OVERLAP / density : 0;
    const coverage = halfCoverage(garment, split, side, over, density);
    const mesh = ladderMesh(fit.ladders[side], coverage, step);
    const layer = renderCloth(mesh, texture(coverage), zoom, picture.width, picture.height);
    return { side, layer };
  });
}

/** The half behind goes on beneath the half in front for so many answer pixels, so that no gap opens between them. */
const OVERLAP = 6;

/** The leg whose foot stands lower in the picture is nearer to the camera. */
function backToFront({ legs }: LowerBody): readonly Side[] {
  return legs.left.joints[2][1] > legs.right.joints[2][1] ? ['right', 'left'] : sides;
}

/** The line that parts the garment's halves: the middle of the seat, then the middle between the inner edges of the legs. */
function splitOf({ landmarks, image }: BottomReading): Float32Array {
  const { waist, crotch, left, right } = landmarks;
  const top = mix(waist[0], waist[waist.length - 1], 0.5);
  const line: Vec[] = [[top[0], 0], top];
  if (crotch) {
    line.push(crotch);
    const steps = 16;
    for (let k = 1; k <= steps; k++) {
      const at = (path: readonly Vec[]): Vec => path[Math.round((k / steps) * (path.length - 1))];
      line.push(mix(at(left.inner), at(right.inner), 0.5));
    }
  } else {
    line.push(mix(left.hem[left.hem.length - 1], right.hem[0], 0.5));
  }
  const xs = new Float32Array(image.height);
  let k = 0;
  for (let y = 0; y < image.height; y++) {
    while (k + 2 < line.length && line[k + 1][1] < y) k++;
    const [from, to] = [line[k], line[k + 1]];
    xs[y] = mix(from, to, clamp((y - from[1]) / (to[1] - from[1] || 1), 0, 1))[0];
  }
  return xs;
}

/** One half of the garment's front, cut sharply along the split, or going on `over` garment pixels beyond it. */
function halfCoverage(
  garment: BottomReading,
  split: Float32Array,
  side: Side,
  over: number,
  density: number,
): Plane {
  const { front } = garment;
  const plane = createPlane(front.width, front.height);
  const sign = side === 'left' ? 1 : -1;
  for (let y = 0; y < front.height; y++) {
    for (let x = 0; x < front.width; x++) {
      const i = y * front.width + x;
      if (front.data[i] === 0) continue;
      const inside = sign * (split[y] - x) + over;
      plane.data[i] = front.data[i] * clamp(0.5 + inside * density, 0, 1);
    }
  }
  return plane;
}

/** A mesh over the cells that hold cloth, each corner carried by the ladder. */
export function ladderMesh(ladder: Ladder, coverage: Plane, step: number): ClothMesh {
  const columns = Math.ceil(coverage.width / step) + 1;
  const rows = Math.ceil(coverage.height / step) + 1;
  const vertices = new Int32Array(columns * rows).fill(-1);
  const places: number[] = [];
  const cells = clothCells(coverage, step, columns, rows);
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      if (!cells.data[row * columns + column]) continue;
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ]) {
        const at = (row + dy) * columns + column + dx;
        if (vertices[at] >= 0) continue;
        vertices[at] = places.length / 2;
        places.push(...carryBy(ladder, [(column + dx) * step, (row + dy) * step]));
      }
    }
  }
  const pins = ladder.source.flatMap((rung, k) => [
    { source: rung.outer, target: ladder.target[k].outer, weight: 1 },
    { source: rung.inner, target: ladder.target[k].inner, weight: 1 },
  ]);
  return {
    step,
    columns,
    rows,
    vertices,
    places: Float64Array.from(places),
    rest: fitAffine(pins),
  };
}

function clothCells(coverage: Plane, step: number, columns: number, rows: number): Mask {
  const cells = createMask(columns, rows);
  for (let y = 0; y < coverage.height; y++) {
    for (let x = 0; x < coverage.width; x++) {
      if (coverage.data[y * coverage.width + x] > 0)
        cells.data[Math.floor(y / step) * columns + Math.floor(x / step)] = 1;
    }
  }
  return cells;
}
