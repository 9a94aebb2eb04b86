import { expect, test } from 'vitest';
import { blur } from '../pixels/box-filter.ts';
import { createPlane, type Plane } from '../pixels/image.ts';
import { randomFrom } from '../pixels/random.ts';
import type { ClothLayer } from '../warp/render.ts';
import { matchCloth } from './match.ts';
import { lookOfPicture, sharpness } from './photo-look.ts';

/** A picture of grey slabs with sharp edges, blurred and grained as asked. */
function slabs({ sigma = 0, grain = 0, light = 1 }): {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
} {
  const luma = createPlane(160, 160);
  for (let i = 0; i < luma.data.length; i++) {
    const [x, y] = [i % 160, Math.floor(i / 160)];
    luma.data[i] = (Math.floor(x / 20) + Math.floor(y / 20)) % 2 ? 0.9 : 0.45;
  }
  const soft = blur(luma, sigma);
  const random = randomFrom(5);
  const data = new Uint8Array(3 * luma.data.length);
  for (let i = 0; i < luma.data.length; i++) {
    const noise = 2 * grain * (random() + random() + random() - 1.5);
    for (let c = 0; c < 3; c++) {
      data[3 * i + c] = Math.round(255 * (light * soft.data[i] + noise));
    }
  }
  return { width: 160, height: 160, data };
}

const whole = [0, 0, 160, 160] as const;

function cloth(): ClothLayer {
  const { data } = slabs({});
  const channel = Float32Array.from({ length: 160 * 160 }, (_, i) => data[3 * i]);
  return {
    left: 0,
    top: 0,
    width: 160,
    height: 160,
    red: channel,
    green: channel,
    blue: channel,
    coverage: new Float32Array(160 * 160).fill(1),
  };
}

const plane = (layer: ClothLayer): Plane => ({
  width: layer.width,
  height: layer.height,
  data: layer.green.map((value) => value / 255),
});

test('cloth on a sharp, even, well lit photo stays as it is', () => {
  const look = lookOfPicture(slabs({}), whole);
  expect(look.softness).toBe(0);
  const layer = cloth();
  const matched = matchCloth(layer, look);
  expect(matched.red).toEqual(layer.red);
  expect(matched.blue).toEqual(layer.blue);
});

test('cloth on a soft photo becomes softer, but stays sharper than the photo', () => {
  const soft = slabs({ sigma: 2 });
  const matched = sharpness(plane(matchCloth(cloth(), lookOfPicture(soft, whole))));
  expect(matched).toBeLessThan(0.8 * sharpness(plane(cloth())));
  expect(matched).toBeGreaterThan(0.15);
});

test('grain and a dark exposure are found, and taken on only in part', () => {
  const look = lookOfPicture(slabs({ grain: 0.02, light: 0.6 }), whole);
  expect(look.grain).toBeGreaterThan(0.012);
  expect(look.grain).toBeLessThan(0.028);
  expect(look.exposure).toBeLessThan(0.9);
  expect(look.exposure).toBeGreaterThan(0.8);
});
