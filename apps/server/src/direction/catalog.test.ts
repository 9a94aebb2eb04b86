import { describe, expect, it } from 'vitest';
import { directionSchema } from '../capabilities/direction.ts';
import { presetCatalog } from './catalog.ts';

const colour = /^#[0-9a-f]{6}$/;
const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;

describe('presets', () => {
  it('have ids that a direction takes, and words without quotes', () => {
    for (const [field, { presets }] of Object.entries(presetCatalog)) {
      for (const [id, { words }] of Object.entries(presets)) {
        const direction = field === 'light.preset' ? { light: { preset: id } } : { [field]: id };
        expect(directionSchema.safeParse(direction).success, id).toBe(true);
        expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(words, id).not.toMatch(/["\n]|^\s|\s$/);
      }
    }
  });

  it('light from somewhere, with a colour, and leave something to be seen', () => {
    for (const [id, { atelier }] of Object.entries(presetCatalog['light.preset'].presets)) {
      if (atelier === null) continue;
      const { azimuth, elevation, color, softness, fill, exposure } = atelier;
      expect(within(azimuth, -180, 180) && within(elevation, 0, 90), id).toBe(true);
      expect(typeof color === 'string' ? colour.test(color) : within(color, 1500, 15_000), id).toBe(
        true,
      );
      expect(within(softness, 0, 1) && within(fill, 0, 1) && within(exposure, 0.5, 1.5), id).toBe(
        true,
      );
    }
  });

  it('grade gently, crop a part of a body, and paint in colours', () => {
    for (const [id, { atelier }] of Object.entries(presetCatalog.style.presets)) {
      if (atelier === null) continue;
      const { contrast, saturation, warmth, vignette, grain } = atelier;
      expect(within(contrast, 0.7, 1.4) && within(saturation, 0, 1.5), id).toBe(true);
      expect(within(warmth, -1, 1) && within(vignette, 0, 1) && within(grain, 0, 1), id).toBe(true);
    }
    for (const [id, { atelier }] of Object.entries(presetCatalog.framing.presets)) {
      expect(atelier !== null && atelier.from < atelier.to, id).toBe(true);
    }
    for (const [id, { atelier }] of Object.entries(presetCatalog.background.presets)) {
      const colours =
        atelier?.kind === 'plain'
          ? [atelier.color]
          : atelier?.kind === 'gradient'
            ? [atelier.top, atelier.bottom]
            : [];
      expect(
        colours.every((each) => colour.test(each)),
        id,
      ).toBe(true);
    }
  });
});
