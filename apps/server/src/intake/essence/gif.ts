import type { Essence } from './essence.ts';

const block = { extension: 0x21, image: 0x2c, trailer: 0x3b };
const graphicControl = 0xf9;

/** The first frame of a GIF (GIF89a specification), with the transparency and timing that belong to it. */
export function gifEssence(bytes: Uint8Array): Essence {
  const globalTable = tableSize(bytes[10]);
  let at = 13 + globalTable;
  const parts: Uint8Array[] = [bytes.subarray(0, at)];
  for (;;) {
    const kind = bytes[at];
    if (kind === block.extension) {
      const end = afterSubBlocks(bytes, at + 2);
      if (end === null) return null;
      // A later control replaces an earlier one, so a flood of them comes to one.
      if (bytes[at + 1] === graphicControl) parts[1] = bytes.subarray(at, end);
      at = end;
    } else if (kind === block.image) {
      // Descriptor, local colours, code size, data.
      const end = afterSubBlocks(bytes, at + 10 + tableSize(bytes[at + 9]) + 1);
      if (end === null) return null;
      return [...parts, bytes.subarray(at, end), Uint8Array.of(block.trailer)];
    } else {
      return null;
    }
  }
}

/** Bytes of the colour table that a packed field announces. */
const tableSize = (packed = 0): number => ((packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1));

function afterSubBlocks(bytes: Uint8Array, from: number): number | null {
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return null;
    at += length + 1;
    if (length === 0) return at;
  }
}
