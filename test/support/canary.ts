import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

const runLength = 8
/** Read in pieces that overlap by more than the longest pattern. */
const piece = 8 * 1024 * 1024
const overlap = 256

/** Every 8-character run of the given texts, spaces and all. */
export function runsOf(texts: Iterable<string>): Set<string> {
  const runs = new Set<string>()
  for (const text of texts) {
    const characters = [...text]
    for (let at = 0; at + runLength <= characters.length; at += 1)
      runs.add(characters.slice(at, at + runLength).join(''))
  }
  return runs
}

/** Every string inside a JSON value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}

/** Every file below a folder; a file that vanishes while we look is no leak. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

/**
 * Finds the first run that stands in a file in the clear: UTF-8, UTF-16 of either byte order, or base64 of those at any
 * of the three alignments.
 */
export class CanarySearch {
  readonly #patterns = new Map<number, { bytes: Buffer; run: string }[]>()
  readonly #filter = new Uint8Array(1 << 24)

  constructor(runs: Iterable<string>) {
    for (const run of runs) {
      const utf8 = Buffer.from(run, 'utf8')
      const little = Buffer.from(run, 'utf16le')
      for (const bytes of [utf8, little, Buffer.from(little).swap16()]) {
        this.#add(bytes, run)
        for (const shifted of base64Forms(bytes)) this.#add(shifted, run)
      }
    }
  }

  #add(bytes: Buffer, run: string): void {
    const key = bytes.readUInt32BE(0)
    const known = this.#patterns.get(key)
    if (known) known.push({ bytes, run })
    else this.#patterns.set(key, [{ bytes, run }])
    this.#filter[key >>> 8] = 1
  }

  /** The run found, or null. */
  inFile(file: string): string | null {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    const handle = openSync(file, 'r')
    try {
      const buffer = Buffer.alloc(Math.min(size, piece) + overlap)
      for (let from = 0; from < size; from += piece) {
        const length = readSync(handle, buffer, 0, buffer.length, from)
        const found = this.#inBytes(buffer.subarray(0, length))
        if (found !== null) return found
      }
      return null
    } finally {
      closeSync(handle)
    }
  }

  #inBytes(bytes: Buffer): string | null {
    for (let at = 0; at + 16 <= bytes.length; at += 1) {
      const top = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
      if (this.#filter[top] === 0) continue
      for (const pattern of this.#patterns.get(bytes.readUInt32BE(at)) ?? []) {
        if (bytes.subarray(at, at + pattern.bytes.length).equals(pattern.bytes)) return pattern.run
      }
    }
    return null
  }
}

/** What stays of the bytes in a base64 text, whatever stands before and after them. */
function base64Forms(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const from = shift === 0 ? 0 : shift + 1
    const whole = Math.floor(((shift + bytes.length) * 8) / 6)
    return Buffer.from(text.slice(from, whole), 'latin1')
  })
}
