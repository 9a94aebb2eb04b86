import { smoothstep } from '../../pixels/scalar.ts';

/*
 * Soft anatomy of bare skin, as change of log luminance under light from above and in front. Places on the trunk are in
 * shoulder widths: x from the middle line, y down from the line of the shoulder joints.
 */

const bump = (distance: number, width: number): number => {
  const share = distance / width;
  return share > 3 || share < -3 ? 0 : Math.exp(-share * share);
};

/** Height of the collar bone above the shoulder line, by distance from the middle: it rises outwards in a flat S. */
const collarBone = (aside: number): number =>
  -0.085 - 0.13 * Math.max(0, aside - 0.06) ** 0.9 - 0.012 * Math.sin(9 * (aside - 0.06));

/**
 * Neck and chest under light from above: the notch of the neck, collar bones with the hollows above and below them, the
 * groove of the breastbone between the breast muscles, the lit upper chest and the shade below it, the fold before the armpit.
 */
export function trunkRelief(x: number, y: number): number {
  if (y < -0.35 || y > 1.1) return 0;
  const aside = Math.abs(x);
  return bones(aside, y) + muscles(aside, y);
}

function bones(aside: number, y: number): number {
  const below = y - collarBone(aside);
  const head = smoothstep(0.025, 0.06, aside);
  const bone = head * smoothstep(0.46, 0.34, aside);
  const hollow = smoothstep(0.08, 0.15, aside) * smoothstep(0.4, 0.26, aside);
  return (
    (0.075 - 0.03 * smoothstep(0.1, 0.3, aside)) * bone * bump(below, 0.017) -
    0.11 * hollow * bump(below + 0.05, 0.034) -
    0.1 * bone * bump(below - 0.036 - 0.03 * aside, 0.024 + 0.03 * aside) -
    0.15 * bump(aside, 0.034) * bump(y + 0.105, 0.032)
  );
}

function muscles(aside: number, y: number): number {
  const chest = smoothstep(-0.06, 0.04, y) * smoothstep(0.75, 0.45, y);
  const groove = bump(aside, 0.035 + 0.02 * smoothstep(0.1, 0.4, y));
  const deeper = 0.055 + 0.09 * smoothstep(0.12, 0.42, y);
  const swell = bump(aside - 0.15 - 0.06 * smoothstep(0.1, 0.4, y), 0.1);
  const arm = aside - 0.43 + 0.25 * Math.max(0, 0.28 - y);
  return (
    chest * (0.05 * swell - deeper * groove) +
    0.06 * bump(y - 0.1, 0.13) * smoothstep(0.4, 0.1, aside) -
    0.1 * smoothstep(0.22, 0.55, y) * smoothstep(1.1, 0.6, y) -
    0.09 * bump(aside - 0.3, 0.05) * bump(y - 0.02, 0.08) -
    0.07 * bump(arm, 0.03) * smoothstep(0, 0.2, y) * smoothstep(0.36, 0.28, y)
  );
}

/**
 * The crease of the elbow, the shallow furrow under the deltoid, and the shade on the side towards the trunk, which
 * takes a part of the light; `across` and `along` as in a limb's strip, `inward` as `across`, growing towards the trunk.
 */
export function armRelief(across: number, along: number, inward: number): number {
  return (
    -0.035 * bump(along - 1.02, 0.035) * smoothstep(0.95, 0.3, Math.abs(across)) -
    0.025 * bump(along - 0.42 - 0.06 * Math.abs(across), 0.06) -
    0.1 * smoothstep(0, 1, inward) * smoothstep(0.3, 0.6, along)
  );
}

/** Knee cap with its shade below and beside, and the shin's light edge. */
export function legRelief(across: number, along: number): number {
  const aside = Math.abs(across);
  return (
    0.03 * bump(aside, 0.35) * bump(along - 0.98, 0.05) -
    0.05 * bump(aside - 0.1, 0.4) * bump(along - 1.075, 0.03) -
    0.04 * bump(aside - 0.55, 0.16) * bump(along - 1, 0.07) +
    0.022 * bump(aside - 0.08, 0.12) * smoothstep(1.12, 1.25, along) * smoothstep(1.9, 1.6, along)
  );
}
