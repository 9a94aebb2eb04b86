import { add, distance, dot, mix, normalize, subtract, type Vec } from '../../geometry/vector.ts';
import { faceOval, facePoint, type RawFace } from '../../nets/face.ts';

/** Outline of the face and the measures that the head is built from. */
export interface FaceShape {
  readonly outline: readonly Vec[];
  readonly centre: Vec;
  readonly chin: Vec;
  /** Unit vector from the chin to the forehead. */
  readonly up: Vec;
  /** From the chin to the hairline, pixels. */
  readonly height: number;
  /** Half the breadth of the outline, pixels. */
  readonly halfWidth: number;
  /** Height of the brows' upper edge over the face's middle, in face heights. */
  readonly brow: number;
  /** Whether the mesh was found; otherwise the outline is an ellipse about eyes and mouth. */
  readonly measured: boolean;
}

const LEAST_SCORE = 0.5;
/** Mesh points along the upper edges of both brows. */
const BROWS = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300];

export function shapeFace(eyes: Vec, mouth: Vec, face: RawFace | undefined): FaceShape {
  const unit = Math.max(1, distance(eyes, mouth));
  const up = normalize(subtract(eyes, mouth));
  if (face && face.score >= LEAST_SCORE) {
    const chin = face.points[facePoint.chin];
    const top = face.points[facePoint.foreheadTop];
    const outline = faceOval.map((index) => face.points[index]);
    const height = distance(chin, top);
    if (distance(chin, mouth) < 2.2 * unit && height > unit) {
      const axis = normalize(subtract(top, chin));
      const centre = mix(chin, top, 0.5);
      const brows = BROWS.map((index) => dot(subtract(face.points[index], centre), axis) / height);
      return {
        outline,
        centre,
        chin,
        up: axis,
        height,
        halfWidth: breadth(outline, axis) / 2,
        brow: Math.max(...brows) + 0.02,
        measured: true,
      };
    }
  }
  return ellipse(add(eyes, up, 1.05 * unit), add(mouth, up, -0.72 * unit), up, unit);
}

function breadth(outline: readonly Vec[], up: Vec): number {
  const across = outline.map((point) => point[0] * -up[1] + point[1] * up[0]);
  return Math.max(...across) - Math.min(...across);
}

function ellipse(top: Vec, chin: Vec, up: Vec, unit: number): FaceShape {
  const centre = mix(top, chin, 0.5);
  const height = distance(top, chin);
  const halfWidth = unit * 0.98;
  const side: Vec = [-up[1], up[0]];
  const outline = Array.from({ length: 36 }, (_, i): Vec => {
    const angle = (i / 36) * 2 * Math.PI;
    return add(add(centre, up, (Math.cos(angle) * height) / 2), side, Math.sin(angle) * halfWidth);
  });
  return { outline, centre, chin, up, height, halfWidth, brow: 0.2, measured: false };
}
