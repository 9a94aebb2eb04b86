import type { Essence } from './essence.ts';

/** Kept once each, in the order they come. `ANMF` is a frame of an animation; the first one is enough. */
const needed: ReadonlySet<string> = new Set([
  'VP8X',
  'ICCP',
  'ANIM',
  'ANMF',
  'ALPH',
  'VP8 ',
  'VP8L',
  'EXIF',
]);
const pictures: ReadonlySet<string> = new Set(['ANMF', 'VP8 ', 'VP8L']);

/** Walks the chunks of a WebP (RFC 9649) within its RIFF frame and writes that frame's size anew. */
export function webpEssence(bytes: Uint8Array): Essence {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20) return null;
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length + 1) return null;
  const chunks = new Map<string, Uint8Array>();
  for (let at = 12; at + 8 <= Math.min(end, bytes.length);) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const next = at + 8 + size + (size % 2);
    // A last chunk of odd length may lack its padding.
    if (at + 8 + size > bytes.length) return null;
    if (needed.has(type) && !chunks.has(type))
      chunks.set(type, padded(bytes.subarray(at, next), size));
    at = next;
  }
  if (![...pictures].some((type) => chunks.has(type))) return null;
  const parts = [...chunks.values()];
  const header = Buffer.alloc(12);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  header.write('WEBP', 8, 'latin1');
  return [header, ...parts];
}

function padded(chunk: Uint8Array, size: number): Uint8Array {
  const whole = 8 + size + (size % 2);
  return chunk.length === whole
    ? chunk
    : Buffer.concat([chunk, Buffer.alloc(whole - chunk.length)]);
}
