import type { Mask, Plane } from '../../pixels/image.ts';
import type { Backdrop } from './backdrop.ts';

export interface ShadowTest {
  /** Whether a pixel may be backdrop in shadow: darker, of the backdrop's tint, without a sharp edge. */
  like(i: number): boolean;
  /** A darkness of the backdrop's tint that the garment never shows, sharp edge or not. */
  strange(i: number): boolean;
  /** Whether the garment itself shows no such darkness without tint, so that a pixel like a shadow is one. */
  alien(i: number): boolean;
}

export const DARKEST_SHADOW = 48;
/** Share of the garment's pixels from which a darkness is its own. */
export const OWN_DARKNESS = 0.004;
/** How far from its usual darkness a grey garment may still be, at edges that catch the light. */
const GREY_REACH = 15;

/** Whether a pixel has the backdrop's tint and is no lighter. */
export const isShade = ({ darker, tint }: Backdrop, i: number): boolean =>
  tint.data[i] < 2.5 + 0.12 * Math.abs(darker.data[i]) && darker.data[i] > -1;

/** `core` is what is surely garment. */
export function shadowTest(backdrop: Backdrop, relief: Plane, core: Mask): ShadowTest {
  const { darker } = backdrop;
  const neutral = (i: number): boolean => isShade(backdrop, i);
  const counts = new Float64Array(DARKEST_SHADOW + 4);
  let inside = 0;
  let untinted = 0;
  for (let i = 0; i < core.data.length; i += 3) {
    if (!core.data[i]) continue;
    inside++;
    if (!neutral(i)) continue;
    untinted++;
    counts[Math.min(100, Math.max(0, Math.round(darker.data[i])))]++;
  }
  const reach = untinted > 0.3 * inside ? GREY_REACH : 1;
  const own = counts.map((_, k) =>
    Math.max(...counts.slice(Math.max(0, k - reach), k + reach + 1)),
  );
  const alien = (i: number): boolean =>
    own[Math.min(100, Math.max(0, Math.round(darker.data[i])))] < OWN_DARKNESS * inside;
  const like = (i: number): boolean =>
    neutral(i) &&
    darker.data[i] < DARKEST_SHADOW &&
    (alien(i) ? relief.data[i] < 5 : relief.data[i] < 1.6 && darker.data[i] < 20);
  return { alien, like, strange: (i) => darker.data[i] > 1.5 && neutral(i) && alien(i) };
}
