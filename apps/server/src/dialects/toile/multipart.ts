/** The first file of a `multipart/form-data` body (RFC 7578), as a view into it; null when there is none. */
export function firstFile(body: Uint8Array, contentType: string): Uint8Array | null {
  const [, quoted, bare] =
    /;\s*boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return null;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  let start = bytes.indexOf(delimiter);
  while (start !== -1) {
    const headers = start + delimiter.byteLength;
    const content = bytes.indexOf('\r\n\r\n', headers);
    const end = bytes.indexOf(Buffer.concat([lineBreak, delimiter]), headers);
    if (content === -1 || end === -1 || content + 4 > end + 2) return null;
    const text = bytes.toString('latin1', headers, Math.min(content, headers + mostHeaderBytes));
    if (/content-disposition:[^\r\n]*;\s*filename\*?=/i.test(text)) {
      return bytes.subarray(content + 4, Math.max(content + 4, end));
    }
    start = end + lineBreak.byteLength;
  }
  return null;
}

const lineBreak = Buffer.from('\r\n');
const mostHeaderBytes = 8192;
