import { createPlane, type Mask, type Plane } from '../../pixels/image.ts';

/**
 * Distance of every pixel to the nearest pixel on the other side of the mask's edge, exact up to `reach` and `reach + 1`
 * beyond it: positive inside the mask, negative outside.
 */
export function edgeDistance(mask: Mask, reach: number): Plane {
  const { width, height, data } = mask;
  const result = createPlane(width, height);
  for (let i = 0; i < data.length; i++) result.data[i] = data[i] ? reach + 1 : -reach - 1;
  const radius = Math.ceil(reach);
  const stamp = (x: number, y: number): void => {
    const inside = data[y * width + x] === 1;
    for (let dy = -radius; dy <= radius; dy++) {
      const py = y + dy;
      if (py < 0 || py >= height) continue;
      for (let dx = -radius; dx <= radius; dx++) {
        const px = x + dx;
        const i = py * width + px;
        if (px < 0 || px >= width || (data[i] === 1) === inside) continue;
        const distance = Math.hypot(dx, dy);
        if (distance < Math.abs(result.data[i])) result.data[i] = inside ? -distance : distance;
      }
    }
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const edge =
        (x > 0 && data[i - 1] !== data[i]) ||
        (x < width - 1 && data[i + 1] !== data[i]) ||
        (y > 0 && data[i - width] !== data[i]) ||
        (y < height - 1 && data[i + width] !== data[i]);
      if (edge) stamp(x, y);
    }
  }
  return result;
}
