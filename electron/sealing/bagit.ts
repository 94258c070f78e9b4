/** BagIt 1.0 (RFC 8493) as this program writes and reads it. Pure: shared with the verify page. */

export const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
const payloadFolders = ['papers', 'record', 'materials'] as const
export const signatureFile = 'signature.p7s'
/** Payload to be fetched from elsewhere (RFC 8493 2.2.3): a sealed case is whole or refused. */
export const fetchFile = 'fetch.txt'
export const manifestFiles = { sha256: 'manifest-sha256.txt', sha512: 'manifest-sha512.txt' } as const
export const tagManifestFiles = { sha256: 'tagmanifest-sha256.txt', sha512: 'tagmanifest-sha512.txt' } as const
/** Tag files no manifest lists: the tag manifests themselves, and the signature over one of them. */
export const unlistedFiles: readonly string[] = [...Object.values(tagManifestFiles), signatureFile]

export type DigestName = 'sha256' | 'sha512'
export interface Digests {
  readonly sha256: string
  readonly sha512: string
}

const digestLength: Readonly<Record<DigestName, number>> = { sha256: 64, sha512: 128 }
const segment = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
/** Names Windows keeps for devices, whatever their ending, and a full stop at the end, which it drops. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$/i

/** More files than any case has; a bundle with more is made to exhaust who opens it. */
export const largestFileCount = 100_000
/** Folders below the bundle's own; ours has three. */
export const deepestPath = 8

/** One part of a path that means the same on every disk: ASCII, no hidden file, no device. */
export function isPlainSegment(part: string): boolean {
  return segment.test(part) && !reserved.test(part)
}

/** ASCII, no `%`, no `.` or `..`, no hidden file; at most 90 characters, so that a tar header holds it. */
export function isSafePath(path: string): boolean {
  const parts = path.split('/')
  return path.length <= 90 && parts.length <= deepestPath && parts.every(isPlainSegment)
}

/** A file of `data/` in one of the payload folders. */
export function isPayloadPath(path: string): boolean {
  const [top, folder, ...rest] = path.split('/')
  return isSafePath(path) && top === 'data' && rest.length > 0 && payloadFolders.some((name) => name === folder)
}

/** Manifest text: digest, two spaces, path, LF; sorted by path. */
export function writeManifest(entries: Iterable<readonly [path: string, digest: string]>): string {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([path, digest]) => `${digest}  ${path}\n`).join('')
}

/** Parses a manifest; null when a line is not exactly of our form, or a path stands twice, be it in another case. */
export function readManifest(text: string, algorithm: DigestName): Map<string, string> | null {
  const entries = new Map<string, string>()
  const folded = new Set<string>()
  if (!text.endsWith('\n')) return null
  for (const line of text.slice(0, -1).split('\n')) {
    const digest = line.slice(0, digestLength[algorithm])
    const path = line.slice(digestLength[algorithm] + 2)
    const sound = /^[0-9a-f]+$/.test(digest) && line.slice(digest.length, digest.length + 2) === '  '
    if (!sound || digest.length !== digestLength[algorithm] || !isSafePath(path)) return null
    if (folded.has(path.toLowerCase())) return null
    folded.add(path.toLowerCase())
    entries.set(path, digest)
  }
  return entries
}

/** Tag file of `label: value` lines; values are made one line. */
export function writeBagInfo(fields: Iterable<readonly [label: string, value: string]>): string {
  return [...fields]
    .map(([label, value]) => `${label}: ${value.normalize('NFC').replace(/\s+/g, ' ').trim()}\n`)
    .join('')
}

export function readBagInfo(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    const at = line.indexOf(': ')
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 2))
  }
  return fields
}

/** `Bag-Count`: the number of a bag, and of how many. */
export function bagCount({ number, count }: { readonly number: number; readonly count: number }): string {
  return `${number} of ${count}`
}

/** `Payload-Oxum`: octets, a full stop, number of files. */
export function oxum(sizes: readonly number[]): string {
  return `${sizes.reduce((sum, size) => sum + size, 0)}.${sizes.length}`
}
