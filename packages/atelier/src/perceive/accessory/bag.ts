import { fillHoles } from '../../pixels/components.ts';
import type { Mask } from '../../pixels/image.ts';
import { median } from '../../pixels/scalar.ts';
import type { BagForm } from './form.ts';
import { boxOf, runsOf } from './shape.ts';

/** Share of the height that handle or strap takes at least. */
const LEAST_HANDLE = 0.15;
/** How full of bag the rows below the handle are. */
const FULL = 0.8;
/** Rows above the parting of handle or strap, over its thickness: a hanger's hook stands higher. */
const ARCH = 2.5;

/** A body that fills its width, below two strands that meet on top; null for anything else. */
export function readBag(mask: Mask): BagForm | null {
  const box = boxOf(mask);
  if (!box) return null;
  const height = box.bottom - box.top;
  const filled = fillHoles(mask, 0.004 * height * (box.right - box.left));
  const rows = Array.from({ length: height }, (_, k) => runsOf(filled, box.top + k, 2));
  const parted = rows.flatMap((runs, k) => (runs.length === 2 ? [k] : []));
  if (parted.length < LEAST_HANDLE * height) return null;
  const [first] = parted;
  const last = parted.at(-1) ?? first;
  if (first === 0 || last - first > 1.15 * parted.length) return null;
  const body = rows.slice(last + 2);
  const width = Math.max(...body.map(([run]) => (run ? run.to - run.from : 0)));
  const covered = body.reduce((sum, runs) => sum + runs.reduce((s, r) => s + r.to - r.from, 0), 0);
  if (body.length < 0.2 * height || covered < FULL * width * body.length) return null;
  const strands = rows[last];
  const strap = median(
    parted.map((k) => Math.min(rows[k][0].to - rows[k][0].from, rows[k][1].to - rows[k][1].from)),
  );
  const apart = Math.max(...parted.map((k) => rows[k][1].to - rows[k][0].from));
  if (strap > 0.25 * width || width < 0.8 * apart || first > ARCH * strap) return null;
  const top = rows[0][0] ?? strands[0];
  const y = box.top + last;
  return {
    what: 'bag',
    grip: [(top.from + top.to - 1) / 2, box.top + strap / 2],
    roots: {
      left: [(strands[0].from + strands[0].to - 1) / 2, y],
      right: [(strands[1].from + strands[1].to - 1) / 2, y],
    },
    bottom: [(box.left + box.right - 1) / 2, box.bottom - 1],
    width,
    strap,
  };
}
