import type { Vec } from '../../geometry/vector.ts';
import type { AccessoryForm } from '../accessory/form.ts';
import type { RgbImage } from '../../pixels/image.ts';
import { bytes } from '@toile/memory';
import type { BottomLandmarks, GarmentReading, GarmentSide, TopLandmarks } from '../garment.ts';

type Colour = readonly [number, number, number];

const MAGENTA: Colour = [255, 0, 255];
const GREY: Colour = [110, 110, 125];
const marks = {
  neck: [255, 220, 0],
  tip: [0, 200, 255],
  armpit: [255, 60, 60],
  edge: [40, 220, 80],
  sleeve: [255, 140, 0],
  neckline: [0, 90, 255],
  hem: [40, 220, 80],
} as const satisfies Record<string, Colour>;

/**
 * The garment on magenta, what the front neckline cuts away greyed, with landmarks: neck points yellow, tips cyan,
 * armpits red, side edges and hem green, sleeve axes with their widths orange, neckline blue.
 */
export function drawGarment(reading: GarmentReading): RgbImage {
  const { image, matte, front } = reading;
  const sleeves = reading.shape === 'top' ? reading.sleeves : null;
  const data = bytes(image.data.length);
  for (let i = 0; i < matte.data.length; i++) {
    const whole = matte.data[i];
    const ahead = front.data[i];
    const tinted = sleeves?.left.data[i] || sleeves?.right.data[i] ? 0.85 : 1;
    for (let c = 0; c < 3; c++) {
      const own = image.data[i * 3 + c] * (c === 2 ? 1 : tinted);
      const behind = 0.35 * own + 0.65 * GREY[c];
      data[i * 3 + c] = own * ahead + behind * (whole - ahead) + MAGENTA[c] * (1 - whole);
    }
  }
  const picture = { ...image, data };
  if (reading.shape === 'top') drawTopLandmarks(picture, reading.landmarks);
  else if (reading.shape === 'bottom') drawBottomLandmarks(picture, reading.landmarks);
  else drawForm(picture, reading.form);
  return picture;
}

/** What an accessory is worn by: ends yellow, middles red, a necklace's string blue. */
function drawForm(picture: RgbImage, form: AccessoryForm): void {
  const dots = (points: readonly Vec[], colour: Colour): void => {
    for (const point of points) drawDot(picture, point, colour, 5);
  };
  switch (form.what) {
    case 'glasses':
      dots([form.hinges.left, form.hinges.right], marks.neck);
      dots([form.lenses.left, form.lenses.right], marks.armpit);
      break;
    case 'hat':
      dots([form.ends.left, form.ends.right], marks.neck);
      drawPath(picture, [form.band.left, form.band.right], marks.neckline);
      dots([form.top, form.front], marks.armpit);
      break;
    case 'necklace':
      drawPath(picture, form.string, marks.neckline);
      dots([form.string[form.lowest]], marks.armpit);
      break;
    case 'bag':
      dots([form.roots.left, form.roots.right], marks.neck);
      dots([form.grip, form.bottom], marks.armpit);
      break;
  }
}

function drawTopLandmarks(picture: RgbImage, landmarks: TopLandmarks): void {
  drawPath(picture, landmarks.hem, marks.hem);
  drawPath(picture, landmarks.neckline.curve, marks.neckline);
  for (const side of [landmarks.left, landmarks.right]) drawSide(picture, side);
}

function drawBottomLandmarks(picture: RgbImage, landmarks: BottomLandmarks): void {
  drawPath(picture, landmarks.waist, marks.neckline);
  for (const side of [landmarks.left, landmarks.right]) {
    drawPath(picture, side.outer, marks.edge);
    drawPath(picture, side.inner, marks.sleeve);
    drawPath(picture, side.hem, marks.hem);
  }
  if (landmarks.crotch) drawDot(picture, landmarks.crotch, marks.armpit, 6);
}

function drawSide(picture: RgbImage, side: GarmentSide): void {
  drawPath(picture, [side.armpit, ...side.edge], marks.edge);
  for (const point of side.edge) drawDot(picture, point, marks.edge, 3);
  if (side.sleeve) {
    const { axis, halfWidths } = side.sleeve;
    drawPath(picture, axis, marks.sleeve);
    axis.forEach((at, i) => {
      const before = axis[Math.max(0, i - 1)];
      const after = axis[Math.min(axis.length - 1, i + 1)];
      const size = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
      const reach = halfWidths[i] / size;
      const across: Vec = [-(after[1] - before[1]) * reach, (after[0] - before[0]) * reach];
      drawPath(
        picture,
        [
          [at[0] - across[0], at[1] - across[1]],
          [at[0] + across[0], at[1] + across[1]],
        ],
        marks.sleeve,
      );
    });
  }
  drawDot(picture, side.neckPoint, marks.neck, 6);
  drawDot(picture, side.shoulderTip, marks.tip, 6);
  drawDot(picture, side.armpit, marks.armpit, 6);
}

function drawPath(picture: RgbImage, path: readonly Vec[], colour: Colour): void {
  for (let i = 1; i < path.length; i++) {
    const [ax, ay] = path[i - 1];
    const [bx, by] = path[i];
    const steps = Math.ceil(Math.hypot(bx - ax, by - ay)) + 1;
    for (let k = 0; k <= steps; k++) {
      drawDot(picture, [ax + ((bx - ax) * k) / steps, ay + ((by - ay) * k) / steps], colour, 1);
    }
  }
}

function drawDot(picture: RgbImage, [x, y]: Vec, colour: Colour, radius: number): void {
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      const px = Math.round(x) + dx;
      const py = Math.round(y) + dy;
      if (px < 0 || py < 0 || px >= picture.width || py >= picture.height) continue;
      if (dx * dx + dy * dy > radius * radius + 0.5) continue;
      picture.data.set(colour, (py * picture.width + px) * 3);
    }
  }
}
