import { mix, type Vec } from '../../geometry/vector.ts';
import { mixtureDistance } from './cloth-kinds.ts';
import { indexAt, type NeckWindow, normalAt } from './neck-window.ts';

/** Cloth that is patterned less than this tells nothing by the mixture of its colours. */
const PATTERNED = 0.5;
/** Height of the strips above and below that are compared, over the neck's width. */
const STRIP = 0.2;
const DEPTHS = 10;
/** How many times more it must differ from the front than from the inside. */
const PLAINLY = 2;

/**
 * Whether what lies between two curves may be the inside, as it is above both. On patterned cloth it has to differ from
 * what is below both: else the deeper one is an edge of the pattern.
 *
 * @param width of the neck, pixels
 */
export function insideBetween(
  higher: readonly Vec[],
  deeper: readonly Vec[],
  window: NeckWindow,
  width: number,
): boolean {
  if (window.patterned < PATTERNED) return true;
  const { kinds, count } = window.cloth;
  const [above, between, below] = [0, 1, 2].map(() => new Float64Array(count));
  const note = (heap: Float64Array, [x, y]: Vec): void => {
    const kind = kinds[indexAt(window, x, y)];
    if (kind < count) heap[kind]++;
  };
  for (let i = 1; i < higher.length - 1; i++) {
    const [from, to] = [
      higher[i],
      deeper[Math.round((i * (deeper.length - 1)) / (higher.length - 1))],
    ];
    const [hx, hy] = normalAt(higher, i);
    for (let k = 0; k < DEPTHS; k++) {
      const share = (k + 0.5) / DEPTHS;
      const reach = 1.5 + STRIP * width * share;
      note(above, [from[0] - hx * reach, from[1] - hy * reach]);
      note(between, mix(from, to, share));
      note(below, [to[0] + hx * reach, to[1] + hy * reach]);
    }
  }
  return mixtureDistance(between, below) >= PLAINLY * mixtureDistance(between, above);
}
