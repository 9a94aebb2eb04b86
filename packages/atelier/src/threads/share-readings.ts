import type { GarmentReading } from '../perceive/garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import type { Mask, Plane, RgbImage } from '../pixels/image.ts';

/**
 * Readings leave their thread with every plane on shared memory: handing them on then copies nothing, and the main
 * thread, through which they pass, is not held up by tens of megabytes.
 */
export function sharePerson(reading: PersonReading): PersonReading {
  const { parts } = reading;
  return {
    ...reading,
    image: shareImage(reading.image),
    matte: sharePlane(reading.matte),
    parts: {
      background: sharePlane(parts.background),
      hair: sharePlane(parts.hair),
      face: sharePlane(parts.face),
      neck: sharePlane(parts.neck),
      leftArm: sharePlane(parts.leftArm),
      rightArm: sharePlane(parts.rightArm),
      upperGarment: sharePlane(parts.upperGarment),
      lowerGarment: sharePlane(parts.lowerGarment),
      legs: sharePlane(parts.legs),
      shoes: sharePlane(parts.shoes),
      accessory: sharePlane(parts.accessory),
    },
  };
}

export function shareGarment(reading: GarmentReading): GarmentReading {
  const common = {
    image: shareImage(reading.image),
    matte: sharePlane(reading.matte),
    front: sharePlane(reading.front),
  };
  if (reading.shape === 'bottom') return { ...reading, ...common };
  const { left, right } = reading.sleeves;
  return { ...reading, ...common, sleeves: { left: shareMask(left), right: shareMask(right) } };
}

function sharePlane(plane: Plane): Plane {
  const data = new Float32Array(new SharedArrayBuffer(plane.data.byteLength));
  data.set(plane.data);
  return { ...plane, data };
}

function shareMask(mask: Mask): Mask {
  return { ...mask, data: shareBytes(mask.data) };
}

function shareImage(image: RgbImage): RgbImage {
  return { ...image, data: shareBytes(image.data) };
}

function shareBytes(bytes: Uint8Array): Uint8Array {
  const data = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
  data.set(bytes);
  return data;
}
