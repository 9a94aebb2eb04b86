import type { Mask } from '../../pixels/image.ts';

/** Share of a side of the picture that cloth must touch to run on beyond it. */
const TOUCHES = 0.08;
/** From these shares of its own height or width on, a garment that touches one side of the picture is cut there. */
const CUT = { left: 0.3, right: 0.3, top: 0.5, bottom: 0.5 } as const;
/** A picture trimmed to its garment leaves as little room on the other side. */
const TRIMMED = 0.02;

type Edge = keyof typeof CUT;

/** How a garment lies in its picture's frame. */
export interface Framing {
  /** Whether it may run on beyond the picture. */
  readonly touches: boolean;
  /** The side at which the picture surely ends before the garment does; null for none. */
  readonly cutAt: Edge | null;
}

/** Tells a garment that its picture cuts off from one that the picture was trimmed to. */
export function framingOf({ width, height, data }: Mask): Framing {
  const rows = new Float64Array(height);
  const columns = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y] += data[y * width + x];
      columns[x] += data[y * width + x];
    }
  }
  const [top, bottom] = extent(rows);
  const [left, right] = extent(columns);
  const contact = {
    left: columns[0],
    right: columns[width - 1],
    top: rows[0],
    bottom: rows[height - 1],
  };
  const room = {
    left: left / width,
    right: (width - 1 - right) / width,
    top: top / height,
    bottom: (height - 1 - bottom) / height,
  };
  const own = { across: right - left + 1, down: bottom - top + 1 };
  const cut = (edge: Edge, opposite: Edge, size: number): boolean =>
    contact[edge] > CUT[edge] * size && room[opposite] > TRIMMED;
  const cutAt = cut('left', 'right', own.down)
    ? 'left'
    : cut('right', 'left', own.down)
      ? 'right'
      : cut('top', 'bottom', own.across)
        ? 'top'
        : cut('bottom', 'top', own.across)
          ? 'bottom'
          : null;
  const touches =
    Math.max(contact.top, contact.bottom) > TOUCHES * width ||
    Math.max(contact.left, contact.right) > TOUCHES * height;
  return { touches, cutAt };
}

/** First and last place that holds anything. */
function extent(counts: Float64Array): readonly [number, number] {
  let first = 0;
  let last = counts.length - 1;
  while (first < last && counts[first] === 0) first++;
  while (last > first && counts[last] === 0) last--;
  return [first, last];
}
