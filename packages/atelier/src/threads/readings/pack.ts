import type {
  AccessoryReading,
  BottomReading,
  GarmentReading,
  TopReading,
} from '../../perceive/garment.ts';
import { type PartName, partNames, type Parts, type PersonReading } from '../../perceive/person.ts';
import type { Mask, Plane, RgbImage } from '../../pixels/image.ts';
import { bytes, copyBytes, floats, giveBack } from '@toile/memory';

/**
 * Readings as they are kept and handed between threads: every plane in 8 bits, which is what a picture's own alpha would
 * have. A person of 700,000 pixels takes 10 MB rather than 36.
 * Readings are always used packed and unpacked again, kept or not, so that a cache never changes a picture.
 */
export type PackedPerson = Omit<PersonReading, 'matte' | 'parts'> & {
  readonly shape: 'person';
  /** The matte, then every part, one after the other. */
  readonly planes: Uint8Array;
};

type PackedTop = Omit<TopReading, 'matte' | 'front' | 'sleeves'> & { readonly planes: Uint8Array };
type PackedBottom = Omit<BottomReading, 'matte' | 'front'> & { readonly planes: Uint8Array };
type PackedAccessory = Omit<AccessoryReading, 'matte' | 'front' | 'glass'> & {
  readonly planes: Uint8Array;
};
export type PackedGarment = PackedTop | PackedBottom | PackedAccessory;

export function packPerson({ matte, parts, ...rest }: PersonReading): PackedPerson {
  const planes = packPlanes([matte, ...partNames.map((name) => parts[name])]);
  return { ...rest, shape: 'person', image: copyOf(rest.image), planes };
}

/** The packed planes are given back. */
export function unpackPerson({ planes, ...rest }: PackedPerson): PersonReading {
  const plane = (index: number): Plane => unpackPlane(planes, index, rest.image);
  const part = (name: PartName): Plane => plane(1 + partNames.indexOf(name));
  const parts: Parts = {
    background: part('background'),
    hair: part('hair'),
    face: part('face'),
    neck: part('neck'),
    leftArm: part('leftArm'),
    rightArm: part('rightArm'),
    upperGarment: part('upperGarment'),
    lowerGarment: part('lowerGarment'),
    legs: part('legs'),
    shoes: part('shoes'),
    accessory: part('accessory'),
  };
  const matte = plane(0);
  giveBack(planes);
  return { ...rest, matte, parts };
}

export function packGarment(reading: GarmentReading): PackedGarment {
  const image = copyOf(reading.image);
  if (reading.shape === 'bottom') {
    const { matte, front, ...rest } = reading;
    return { ...rest, image, planes: packPlanes([matte, front]) };
  }
  if (reading.shape === 'accessory') {
    const { matte, front, glass, ...rest } = reading;
    return { ...rest, image, planes: packPlanes([matte, front, glass]) };
  }
  const { matte, front, sleeves, ...rest } = reading;
  return { ...rest, image, planes: packPlanes([matte, front, sleeves.left, sleeves.right]) };
}

/** The packed planes are given back. */
export function unpackGarment(packed: PackedGarment): GarmentReading {
  const reading = unpacked(packed);
  giveBack(packed.planes);
  return reading;
}

function unpacked({ planes, ...rest }: PackedGarment): GarmentReading {
  const plane = (index: number): Plane => unpackPlane(planes, index, rest.image);
  const covers = { matte: plane(0), front: plane(1) };
  if (rest.shape === 'bottom') return { ...rest, ...covers };
  if (rest.shape === 'accessory') return { ...rest, ...covers, glass: plane(2) };
  const sleeves = {
    left: unpackMask(planes, 2, rest.image),
    right: unpackMask(planes, 3, rest.image),
  };
  return { ...rest, ...covers, sleeves };
}

function packPlanes(planes: readonly (Plane | Mask)[]): Uint8Array {
  const size = planes[0].data.length;
  const packed = bytes(size * planes.length);
  planes.forEach(({ data }, index) => {
    const offset = index * size;
    if (data instanceof Uint8Array) packed.set(data, offset);
    else for (let i = 0; i < size; i++) packed[offset + i] = Math.round(data[i] * 255);
  });
  return packed;
}

function unpackPlane(planes: Uint8Array, index: number, { width, height }: RgbImage): Plane {
  const size = width * height;
  const data = floats(size);
  for (let i = 0; i < size; i++) data[i] = planes[index * size + i] / 255;
  return { width, height, data };
}

function unpackMask(planes: Uint8Array, index: number, { width, height }: RgbImage): Mask {
  const size = width * height;
  return { width, height, data: planes.slice(index * size, (index + 1) * size) };
}

/** Not every picture's own memory can be handed over, such as that of libvips. */
const copyOf = (image: RgbImage): RgbImage => ({ ...image, data: copyBytes(image.data) });
