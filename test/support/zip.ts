import { crc32, deflateRawSync } from 'node:zlib'
import { openZip } from '#electron/parsing/zip.ts'

/** A ZIP of deflated files, whose directory may promise another size. */
export function zipOf(files: Readonly<Record<string, string | { bytes: Buffer; size: number }>>): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content.bytes
    const size = typeof content === 'string' ? bytes.length : content.size
    const packed = deflateRawSync(bytes)
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(title.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, title, packed])
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 'latin1')
    common.copy(entry, 6)
    entry.writeUInt32LE(at, 42)
    list.push(entry, title)
    parts.push(local)
    at += local.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}

/** The same ZIP with some of its files changed or added; a text is given what stood there, empty where nothing did. */
export function rezipped(bytes: Uint8Array, changes: Readonly<Record<string, (was: string) => string>>): Buffer {
  const zip = openZip(Buffer.from(bytes))
  const files: Record<string, string | { bytes: Buffer; size: number }> = {}
  for (const name of zip.names) {
    const content = zip.read(name)
    files[name] = { bytes: content, size: content.length }
  }
  for (const [name, change] of Object.entries(changes))
    files[name] = change(zip.names.includes(name) ? zip.read(name).toString('utf8') : '')
  return zipOf(files)
}
