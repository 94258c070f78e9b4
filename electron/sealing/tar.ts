import { isPlainSegment, largestFileCount } from './bagit.ts'

/**
 * The tar inside a bundle: plain POSIX ustar files under one folder, nothing else. Written and read here, because the
 * page in the bundle needs random access over a Blob and the envelope needs every length beforehand; pure.
 */

const blockSize = 512
/** Headers are read through a window: a tar of many small files is not one read for each. */
const windowSize = 1 << 16

/** Bytes that can be read anywhere: a file of the program, a Blob in the page. */
export interface ByteSource {
  readonly size: number
  read(offset: number, length: number): Promise<Uint8Array>
}

export interface TarEntry {
  readonly path: string
  readonly offset: number
  readonly size: number
}

/** What makes a tar one that is not believed. */
export type TarFault =
  | 'truncated'
  | 'header'
  | 'link'
  | 'device'
  | 'type'
  | 'outside'
  | 'path'
  | 'roots'
  | 'duplicate'
  | 'twin'
  | 'tooMany'
  | 'trailing'

/** A tar that is not one of ours, and why. Names inside it are the sender's and are not repeated. */
export class TarError extends Error {
  readonly reason: TarFault

  constructor(reason: TarFault) {
    super(reason)
    this.name = 'TarError'
    this.reason = reason
  }
}

/** Length a file takes inside a tar: header and padded content. */
export function tarLength(size: number): number {
  return blockSize + padded(size)
}

export function padded(size: number): number {
  return Math.ceil(size / blockSize) * blockSize
}

/**
 * One ustar header of a plain file (POSIX.1-2017 pax, 'ustar Interchange Format'): owner 0, mode 0644. `path` is ASCII;
 * null when it does not fit name and prefix.
 */
export function tarHeader(path: string, size: number, modified: Date): Uint8Array | null {
  const cut = path.length <= 100 ? -1 : path.lastIndexOf('/', 155)
  const name = path.slice(cut + 1)
  if (name.length > 100 || (cut === -1 && path.length > 100) || size >= 8 ** 11) return null
  const block = new Uint8Array(blockSize)
  const put = (at: number, text: string): void => {
    for (let index = 0; index < text.length; index++) block[at + index] = text.charCodeAt(index)
  }
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')
  put(0, name)
  put(100, '0000644\0' + '0000000\0' + '0000000\0')
  put(124, octal(size, 11))
  put(136, octal(Math.floor(modified.getTime() / 1000), 11))
  put(148, ' '.repeat(8))
  put(156, '0')
  put(257, 'ustar\0' + '00')
  if (cut > 0) put(345, path.slice(0, cut))
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(148, `${octal(sum, 6)}\0 `)
  return block
}

/**
 * Lists every file of a tar. Links, devices, extended headers, names that lead elsewhere, repeated names, names that
 * differ only in case (one file on many disks), more than one top folder and more files than any case has are refused.
 */
export async function indexTar(source: ByteSource): Promise<TarEntry[]> {
  const entries: TarEntry[] = []
  const seen = new Set<string>()
  const folders = new Set<string>()
  const files = new Set<string>()
  const next = headersOf(source)
  let at = 0
  for (;;) {
    if (at + blockSize > source.size) throw new TarError('truncated')
    const block = await next(at)
    at += blockSize
    if (block.every((byte) => byte === 0)) break
    const entry = readHeader(block)
    const folded = entry.path.toLowerCase()
    if (seen.has(entry.path)) throw new TarError('duplicate')
    if (files.has(folded)) throw new TarError('twin')
    seen.add(entry.path)
    if (seen.size > largestFileCount) throw new TarError('tooMany')
    if (!entry.file) continue
    if (folders.has(folded)) throw new TarError('twin')
    files.add(folded)
    for (let cut = folded.indexOf('/'); cut !== -1; cut = folded.indexOf('/', cut + 1)) {
      if (files.has(folded.slice(0, cut))) throw new TarError('twin')
      folders.add(folded.slice(0, cut))
    }
    if (at + padded(entry.size) > source.size) throw new TarError('truncated')
    entries.push({ path: entry.path, offset: at, size: entry.size })
    at += padded(entry.size)
  }
  const rest = source.size - at
  if (rest > windowSize || rest % blockSize !== 0) throw new TarError('trailing')
  if ((await source.read(at, rest)).some((byte) => byte !== 0)) throw new TarError('trailing')
  return entries
}

/** The files of a bundle by their path below its one folder. Errors: `roots` when there are two, or none. */
export function belowRoot(entries: readonly TarEntry[]): TarEntry[] {
  const root = entries[0]?.path.split('/')[0] ?? ''
  return entries.map((entry) => {
    if (!entry.path.startsWith(`${root}/`)) throw new TarError('roots')
    return { ...entry, path: entry.path.slice(root.length + 1) }
  })
}

/** Reads the block at an offset out of a window that moves along. */
function headersOf(source: ByteSource): (at: number) => Promise<Uint8Array> {
  let from = 0
  let held: Uint8Array = new Uint8Array()
  return async (at) => {
    if (at < from || at + blockSize > from + held.length) {
      from = at
      held = await source.read(at, Math.min(windowSize, source.size - at))
    }
    return held.subarray(at - from, at - from + blockSize)
  }
}

/** Kinds of POSIX.1-2017 pax that are no plain file: 1 and 2 are links, 3, 4, 6 and 7 devices and pipes. */
function kindFault(kind: string): TarFault {
  if (kind === '1' || kind === '2') return 'link'
  return ['3', '4', '6', '7'].includes(kind) ? 'device' : 'type'
}

function readHeader(block: Uint8Array): { path: string; size: number; file: boolean } {
  const text = (from: number, to: number): string => {
    const end = block.subarray(from, to).indexOf(0)
    return String.fromCharCode(...block.subarray(from, end === -1 ? to : from + end))
  }
  const octal = (from: number, to: number): number => {
    const digits = text(from, to).trim()
    if (!/^[0-7]+$/.test(digits)) throw new TarError('header')
    return Number.parseInt(digits, 8)
  }
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  if (sum !== octal(148, 156) || !text(257, 263).startsWith('ustar')) throw new TarError('header')
  const kind = text(156, 157)
  if (kind !== '0' && kind !== '' && kind !== '5') throw new TarError(kindFault(kind))
  const prefix = text(345, 500)
  const name = (prefix ? `${prefix}/` : '') + text(0, 100)
  const path = kind === '5' ? name.replace(/\/$/, '') : name
  const parts = path.split('/')
  // A backslash or a drive is a way out on Windows.
  if (parts.includes('..') || /^\/|\\|^[A-Za-z]:/.test(path)) throw new TarError('outside')
  if (!parts.every(isPlainSegment)) throw new TarError('path')
  return { path, size: kind === '5' ? 0 : octal(124, 136), file: kind !== '5' }
}
