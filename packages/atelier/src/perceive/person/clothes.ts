import { lerp } from '../../pixels/scalar.ts';
import { type Clothes, type Parts, type Pose, sides } from '../person.ts';

/** What is worn below the waist, told by what covers thighs and shins. */
export function readClothes(pose: Pose, parts: Parts): Clothes {
  const along = (from: 'root' | 'middle', share: number): { cloth: number; skin: number } => {
    let cloth = 0;
    let skin = 0;
    for (const side of sides) {
      const leg = pose.legs[side];
      const a = leg[from].at;
      const b = leg[from === 'root' ? 'middle' : 'end'].at;
      const x = Math.round(lerp(a[0], b[0], share));
      const y = Math.round(lerp(a[1], b[1], share));
      const { width, height } = parts.legs;
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      cloth += parts.lowerGarment.data[y * width + x] / 2;
      skin += parts.legs.data[y * width + x] / 2;
    }
    return { cloth, skin };
  };
  const thigh = along('root', 0.5);
  const shin = along('middle', 0.5);
  const seen = Math.max(thigh.cloth + thigh.skin, shin.cloth + shin.skin);
  const value =
    seen < 0.3
      ? 'unseen'
      : shin.cloth > shin.skin
        ? 'trousers'
        : thigh.cloth > thigh.skin
          ? 'shorts'
          : 'none';
  return {
    onePiece: { value: false, confidence: 0.5 },
    lower: { value, confidence: value === 'unseen' ? 0.3 : 0.6 },
  };
}
