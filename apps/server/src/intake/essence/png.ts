import type { Essence } from './essence.ts';

/** Pixels, palette, transparency, colour and orientation. APNG's further frames are not among them. */
const needed: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'cICP',
  'sBIT',
  'eXIf',
]);

/** Walks the chunks of a PNG (W3C, section 5) to its `IEND`. Neighbouring chunks become one part. */
export function pngEssence(bytes: Uint8Array): Essence {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let start = 0;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!needed.has(type)) {
      if (start < at) parts.push(bytes.subarray(start, at));
      start = end;
    }
    if (type === 'IEND') {
      parts.push(bytes.subarray(start, end));
      return parts;
    }
    at = end;
  }
  return null;
}
