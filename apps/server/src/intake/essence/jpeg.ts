import type { Essence } from './essence.ts';

const marker = { startOfScan: 0xda, endOfImage: 0xd9, firstRestart: 0xd0, lastRestart: 0xd7 };
/** Each scan of a progressive file is one more pass over the picture; encoders write some ten of them. */
const mostScans = 64;
/** Colour profiles are split into at most 255 segments; nobody needs more than these. */
const mostSegments = 1_000;

/** Walks the markers of a JPEG (ITU T.81, annex B) to its end of image; what follows that is dropped. */
export function jpegEssence(bytes: Uint8Array): Essence {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let scans = 0;
  let at = 2;
  for (;;) {
    at = nextMarker(bytes, at);
    const code = bytes[at + 1];
    if (code === undefined) return null;
    if (code === marker.endOfImage) {
      parts.push(bytes.subarray(at, at + 2));
      return scans > 0 ? parts : null;
    }
    if (at + 4 > bytes.length) return null;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    at = end;
    if (code === marker.startOfScan) {
      scans += 1;
      at = nextMarker(bytes, end);
      parts.push(segment, bytes.subarray(end, at));
      if (scans > mostScans) return null;
    } else if (isNeeded(code, segment)) {
      parts.push(segment);
    }
    if (parts.length > mostSegments) return null;
  }
}

/** Where the next marker starts, at or after `from`; stuffed zeros, restarts, fill bytes and garbage are passed over. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) break;
    const isRestart = code >= marker.firstRestart && code <= marker.lastRestart;
    if (code !== 0x00 && code !== 0x01 && code !== 0xff && !isRestart) return at;
  }
  return bytes.length;
}

/** Of the application segments: JFIF, Exif (for the orientation), the colour profile and Adobe's colour transform. */
function isNeeded(code: number, segment: Uint8Array): boolean {
  const isApplication = code >= 0xe0 && code <= 0xef;
  const isComment = code === 0xfe;
  if (!isApplication) return !isComment;
  const label = Buffer.from(segment.subarray(4, 16)).toString('latin1');
  switch (code) {
    case 0xe0:
      return label.startsWith('JFIF\0');
    case 0xe1:
      return label.startsWith('Exif\0');
    case 0xe2:
      return label.startsWith('ICC_PROFILE\0');
    case 0xee:
      return label.startsWith('Adobe');
    default:
      return false;
  }
}
