/**
 * Sets the time of every entry of a ZIP archive to 1 January 1980, the format's zero, so that the same paper gives the
 * same bytes (PKWARE APPNOTE 4.3.7, 4.3.12). Changes the bytes in place. Throws RangeError when they are not a ZIP.
 */
export function fixZipTimes(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1
  if (end < 0) throw new RangeError('not a ZIP archive')
  let entry = view.getUint32(end + 16, true)
  for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
    if (view.getUint32(entry, true) !== 0x02014b50) throw new RangeError('broken ZIP directory')
    const local = view.getUint32(entry + 42, true)
    // Time 0, date 0x0021: day 1, month 1, year 1980.
    view.setUint32(entry + 12, 0x00210000, true)
    view.setUint32(local + 10, 0x00210000, true)
    entry += 46 + view.getUint16(entry + 28, true) + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true)
  }
  return bytes
}
