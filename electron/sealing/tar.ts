/**
 * The tar inside a bundle: plain POSIX ustar files under one folder, nothing else. Written and read here, because the
 * page in the bundle needs random access over a Blob and the envelope needs every length beforehand; pure.
 */

const blockSize = 512

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

/** A tar that is not one of ours; `path` where known. */
export class TarError extends Error {
  readonly reason: 'truncated' | 'header' | 'type' | 'path' | 'duplicate' | 'trailing'

  constructor(reason: TarError['reason']) {
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

/** Lists every file of a tar. Links, devices, extended headers, `..`, absolute and repeated names are refused. */
export async function indexTar(source: ByteSource): Promise<TarEntry[]> {
  const entries: TarEntry[] = []
  const seen = new Set<string>()
  let at = 0
  for (;;) {
    if (at + blockSize > source.size) throw new TarError('truncated')
    const block = await source.read(at, blockSize)
    at += blockSize
    if (block.every((byte) => byte === 0)) break
    const entry = readHeader(block)
    if (seen.has(entry.path)) throw new TarError('duplicate')
    seen.add(entry.path)
    if (entry.file) {
      if (at + padded(entry.size) > source.size) throw new TarError('truncated')
      entries.push({ path: entry.path, offset: at, size: entry.size })
      at += padded(entry.size)
    }
  }
  const rest = source.size - at
  if (rest > 1 << 16 || rest % blockSize !== 0) throw new TarError('trailing')
  if ((await source.read(at, rest)).some((byte) => byte !== 0)) throw new TarError('trailing')
  return entries
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
  if (kind !== '0' && kind !== '' && kind !== '5') throw new TarError('type')
  const prefix = text(345, 500)
  const name = (prefix ? `${prefix}/` : '') + text(0, 100)
  const path = kind === '5' ? name.replace(/\/$/, '') : name
  if (!path.split('/').every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(part))) throw new TarError('path')
  return { path, size: kind === '5' ? 0 : octal(124, 136), file: kind !== '5' }
}
