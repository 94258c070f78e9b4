import { inflateRawSync } from 'node:zlib'
import { fail } from '#shared/contract/errors.ts'

/** A bound for every quantity a hostile file can inflate (zip bombs): far above any list of enterprises or people. */
export const zipLimits = {
  entries: 1000,
  entryBytes: 96 * 1024 * 1024,
  totalBytes: 160 * 1024 * 1024,
  ratio: 250,
} as const

/** The files of a ZIP, read on demand; names as they stand in the directory. */
export interface ZipFile {
  readonly names: readonly string[]
  /** Errors: `parsing.zipMissing`, `parsing.zipBomb`, `parsing.zipBroken`. */
  read(name: string): Buffer
}

const endLength = 22

/** Opens a ZIP in memory (PKWARE APPNOTE 4.3). Errors: `parsing.zipBroken`, `parsing.zipBomb`, `parsing.encrypted`. */
export function openZip(bytes: Buffer): ZipFile {
  const broken = (): never => fail('parsing.zipBroken')
  let end = bytes.length - endLength
  const lowest = Math.max(0, end - 0xffff)
  while (end >= lowest && bytes.readUInt32LE(end) !== 0x06054b50) end -= 1
  if (end < lowest) broken()
  const count = bytes.readUInt16LE(end + 10)
  if (count > zipLimits.entries) fail('parsing.zipBomb', { limit: zipLimits.entries })
  const entries = new Map<string, { method: number; packed: number; size: number; at: number }>()
  let at = bytes.readUInt32LE(end + 16)
  let total = 0
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) broken()
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)]
    if (flags & 1) fail('parsing.encrypted')
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)]
    total += size
    // What the directory promises is judged first, what really comes out again while it is unpacked.
    if (size > zipLimits.entryBytes || total > zipLimits.totalBytes || size > 4096 + packed * zipLimits.ratio)
      fail('parsing.zipBomb', { limit: zipLimits.entryBytes })
    const length = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + length)
    if (entries.has(name)) broken()
    entries.set(name, { method, packed, size, at: bytes.readUInt32LE(at + 42) })
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name) ?? fail('parsing.zipMissing', { name: name.slice(0, 80) })
      if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== 0x04034b50) broken()
      const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28)
      const packed = bytes.subarray(from, from + entry.packed)
      if (packed.length !== entry.packed) broken()
      if (entry.method === 0) return entry.packed === entry.size ? packed : broken()
      if (entry.method !== 8) return broken()
      try {
        const whole = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) })
        return whole.length === entry.size ? whole : broken()
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
          fail('parsing.zipBomb', { limit: entry.size })
        return broken()
      }
    },
  }
}
