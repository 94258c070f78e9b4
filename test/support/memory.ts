import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

/** Largest piece of a region that is read at once; pieces overlap by more than the longest pattern. */
const piece = 16 * 1024 * 1024
const overlap = 256

/** Every way a text may lie in memory: UTF-8, and UTF-16 as V8 and Chromium keep it. */
export function formsOf(text: string): Buffer[] {
  return [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
}

/**
 * How often each of the patterns lies in what a process can read and write of its own: heap, stack, anonymous mappings
 * (Linux, `/proc/PID/maps` and `mem`). A process that is gone holds nothing.
 */
export function countInMemory<Name extends string>(
  pid: number,
  patterns: Readonly<Record<Name, readonly Buffer[]>>,
): Record<Name, number> {
  const names = Object.keys(patterns) as Name[]
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>
  let memory: number
  let maps: string
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'latin1')
    memory = openSync(`/proc/${pid}/mem`, 'r')
  } catch {
    return counts
  }
  const buffer = Buffer.alloc(piece + overlap)
  try {
    for (const line of maps.split('\n')) {
      const match = /^([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \S+\s*(.*)$/.exec(line)
      if (match === null || /^\[v/.test(match[3] ?? '')) continue
      const end = Number.parseInt(match[2] ?? '0', 16)
      for (let from = Number.parseInt(match[1] ?? '0', 16); from < end; from += piece) {
        const length = readRegion(memory, buffer, Math.min(piece + overlap, end - from), from)
        const bytes = buffer.subarray(0, length)
        for (const name of names)
          for (const form of patterns[name])
            for (let at = bytes.indexOf(form); at !== -1 && at < piece; at = bytes.indexOf(form, at + 1))
              counts[name] += 1
      }
    }
  } finally {
    closeSync(memory)
  }
  return counts
}

/** A page that was never touched cannot be read: it holds nothing. */
function readRegion(memory: number, into: Buffer, length: number, from: number): number {
  try {
    return readSync(memory, into, 0, length, from)
  } catch {
    return 0
  }
}
