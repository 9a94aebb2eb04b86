import type { Vec } from '../geometry/vector.ts';
import { floats } from '@toile/memory';
import { clamp, smoothstep } from '../pixels/scalar.ts';
import type { ClothMesh } from './mesh.ts';
import { smoothEdge } from './smooth-edge.ts';
import type { ClothTexture } from './texture.ts';

/** A picture of one layer of cloth on the person's picture, cut to its bounding box. Colours 0..255, coverage 0..1. */
export interface ClothLayer {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly coverage: Float32Array;
}

/**
 * Draws the mesh at `zoom` times the person's working size into a picture of width x height.
 * Where cells overlap (a fold) the later cell in reading order lies on top, if it has the larger coverage.
 */
export function renderCloth(
  mesh: ClothMesh,
  texture: ClothTexture,
  zoom: number,
  width: number,
  height: number,
): ClothLayer {
  const layer = emptyLayer(mesh, zoom, width, height);
  const { columns, rows, vertices, places, step } = mesh;
  const corner = (vertex: number): Vec => [
    places[2 * vertex] * zoom,
    places[2 * vertex + 1] * zoom,
  ];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const a = vertices[at];
      const b = vertices[at + 1];
      const c = vertices[at + columns];
      const d = vertices[at + columns + 1];
      if (a < 0 || b < 0 || c < 0 || d < 0) continue;
      const x = column * step;
      const y = row * step;
      const [pa, pb, pc, pd] = [corner(a), corner(b), corner(c), corner(d)];
      drawTriangle(
        layer,
        texture,
        [pa, pb, pd],
        [
          [x, y],
          [x + step, y],
          [x + step, y + step],
        ],
      );
      drawTriangle(
        layer,
        texture,
        [pa, pd, pc],
        [
          [x, y],
          [x + step, y + step],
          [x, y + step],
        ],
      );
    }
  }
  return smoothEdge(layer);
}

function emptyLayer(mesh: ClothMesh, zoom: number, width: number, height: number): ClothLayer {
  let left = width;
  let top = height;
  let right = 0;
  let bottom = 0;
  for (let i = 0; i < mesh.places.length; i += 2) {
    left = Math.min(left, mesh.places[i] * zoom);
    right = Math.max(right, mesh.places[i] * zoom);
    top = Math.min(top, mesh.places[i + 1] * zoom);
    bottom = Math.max(bottom, mesh.places[i + 1] * zoom);
  }
  left = clamp(Math.floor(left) - 1, 0, width);
  top = clamp(Math.floor(top) - 1, 0, height);
  const boxWidth = Math.max(0, clamp(Math.ceil(right) + 1, 0, width) - left);
  const boxHeight = Math.max(0, clamp(Math.ceil(bottom) + 1, 0, height) - top);
  const size = boxWidth * boxHeight;
  return {
    left,
    top,
    width: boxWidth,
    height: boxHeight,
    red: floats(size),
    green: floats(size),
    blue: floats(size),
    coverage: floats(size),
  };
}

type Triangle = readonly [Vec, Vec, Vec];

function drawTriangle(
  layer: ClothLayer,
  texture: ClothTexture,
  place: Triangle,
  source: Triangle,
): void {
  const [p, q, r] = place;
  const area = (q[0] - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (q[1] - p[1]);
  if (Math.abs(area) < 1e-6) return;
  const x0 = Math.max(layer.left, Math.ceil(Math.min(p[0], q[0], r[0]) - 0.5));
  const x1 = Math.min(layer.left + layer.width - 1, Math.floor(Math.max(p[0], q[0], r[0]) + 0.5));
  const y0 = Math.max(layer.top, Math.ceil(Math.min(p[1], q[1], r[1]) - 0.5));
  const y1 = Math.min(layer.top + layer.height - 1, Math.floor(Math.max(p[1], q[1], r[1]) + 0.5));
  const slack = -1e-4;
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const second = ((x - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (y - p[1])) / area;
      const third = ((q[0] - p[0]) * (y - p[1]) - (x - p[0]) * (q[1] - p[1])) / area;
      const first = 1 - second - third;
      if (first < slack || second < slack || third < slack) continue;
      const u = source[0][0] * first + source[1][0] * second + source[2][0] * third;
      const v = source[0][1] * first + source[1][1] * second + source[2][1] * third;
      paint(layer, (y - layer.top) * layer.width + x - layer.left, texture, u, v);
    }
  }
}

/** Weights of the four samples around a position across and down, filled anew for every pixel. */
const across4 = new Float64Array(4);
const down4 = new Float64Array(4);

/** Catmull-Rom weights for the four samples around a position. */
function setCubic(weights: Float64Array, t: number): void {
  const t2 = t * t;
  const t3 = t2 * t;
  weights[0] = -0.5 * t + t2 - 0.5 * t3;
  weights[1] = 1 - 2.5 * t2 + 1.5 * t3;
  weights[2] = 0.5 * t + 2 * t2 - 1.5 * t3;
  weights[3] = -0.5 * t2 + 0.5 * t3;
}

/** Coverage at a place of the garment's picture: bilinear, with its edge made crisp. */
function coverageAt({ coverage, coverageScale, edge }: ClothTexture, u: number, v: number): number {
  const { width, height, data } = coverage;
  // Garment coordinates name pixel centres, so half a pixel moves with the scale.
  const x = clamp((u + 0.5) * coverageScale - 0.5, 0, width - 1);
  const y = clamp((v + 0.5) * coverageScale - 0.5, 0, height - 1);
  const left = Math.min(Math.floor(x), width - 2);
  const top = Math.min(Math.floor(y), height - 2);
  const share = x - left;
  const i = top * width + left;
  const above = data[i] + (data[i + 1] - data[i]) * share;
  const below = data[i + width] + (data[i + width + 1] - data[i + width]) * share;
  return smoothstep(0.5 - edge, 0.5 + edge, above + (below - above) * (y - top));
}

function paint(layer: ClothLayer, at: number, texture: ClothTexture, u: number, v: number): void {
  const cover = coverageAt(texture, u, v);
  if (cover <= 0 || cover < layer.coverage[at]) return;
  layer.coverage[at] = cover;
  const { colours, scale } = texture;
  const { width, height, data } = colours;
  const x = clamp((u + 0.5) * scale - 0.5, 0, width - 1);
  const y = clamp((v + 0.5) * scale - 0.5, 0, height - 1);
  const left = Math.min(Math.floor(x), width - 2);
  const top = Math.min(Math.floor(y), height - 2);
  setCubic(across4, x - left);
  setCubic(down4, y - top);
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let j = 0; j < 4; j++) {
    const row = clamp(top + j - 1, 0, height - 1) * width;
    for (let k = 0; k < 4; k++) {
      const weight = across4[k] * down4[j];
      const o = (row + clamp(left + k - 1, 0, width - 1)) * 3;
      red += weight * data[o];
      green += weight * data[o + 1];
      blue += weight * data[o + 2];
    }
  }
  layer.red[at] = clamp(red, 0, 255);
  layer.green[at] = clamp(green, 0, 255);
  layer.blue[at] = clamp(blue, 0, 255);
}
