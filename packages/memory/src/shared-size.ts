/** How many bytes of shared memory a value of plain data holds. */
export function sharedSize(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (ArrayBuffer.isView(value)) {
    return value.buffer instanceof SharedArrayBuffer ? value.byteLength : 0;
  }
  let bytes = 0;
  for (const part of Object.values(value)) bytes += sharedSize(part);
  return bytes;
}
