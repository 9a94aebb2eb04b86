/** The formats that intake reads. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

/** `refused` is a picture or document that we know and do not take. */
export type Sniffed =
  | { readonly kind: 'image'; readonly format: ImageFormat }
  | { readonly kind: 'refused'; readonly format: string }
  | { readonly kind: 'unknown' };

/** Tells a file's format by its first bytes, whatever its name or Content-Type claims. */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const format = imageFormat(head);
  if (format !== null) return { kind: 'image', format };
  const refused = refusedFormat(head);
  return refused === null ? { kind: 'unknown' } : { kind: 'refused', format: refused };
}

function imageFormat(head: string): ImageFormat | null {
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (brandsOf(head).some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return null;
}

function refusedFormat(head: string): string | null {
  if (head.startsWith('II*\0') || head.startsWith('MM\0*') || head.startsWith('II+\0'))
    return 'TIFF';
  if (head.startsWith('MM\0+')) return 'TIFF';
  if (head.startsWith('%PDF-')) return 'PDF';
  if (head.startsWith('8BPS')) return 'Photoshop';
  if (head.startsWith('BM') && head.slice(6, 10) === '\0\0\0\0') return 'BMP';
  if (head.startsWith('\xff\x0a') || head.slice(4, 12) === 'JXL \r\n\x87\n') return 'JPEG XL';
  if (head.slice(4, 8) === 'jP  ') return 'JPEG 2000';
  if (brandsOf(head).some((brand) => heicBrands.has(brand))) return 'HEIC';
  if (
    /^(\xef\xbb\xbf)?\s*(<\?xml|<!--|<!doctype svg|<svg)/i.test(head) &&
    /<(!doctype )?svg/i.test(head)
  ) {
    return 'SVG';
  }
  return null;
}

const heicBrands: ReadonlySet<string> = new Set([
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'mif1',
  'msf1',
]);

/** The brands of an ISO media file (ISO/IEC 14496-12, `ftyp`), the major one first. */
function brandsOf(head: string): readonly string[] {
  if (head.slice(4, 8) !== 'ftyp') return [];
  const size = Math.min(Buffer.from(head.slice(0, 4), 'latin1').readUInt32BE(0), head.length);
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(head.slice(at, at + 4));
  return brands;
}
