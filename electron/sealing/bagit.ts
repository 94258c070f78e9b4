/** BagIt 1.0 (RFC 8493) as this program writes and reads it. Pure: shared with the verify page. */

export const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
const payloadFolders = ['papers', 'record', 'materials'] as const
export const signatureFile = 'signature.p7s'
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

/** ASCII, no `%`, no `.` or `..`, no hidden file; at most 90 characters, so that a tar header holds it. */
export function isSafePath(path: string): boolean {
  return path.length <= 90 && path.split('/').every((part) => segment.test(part))
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

/** Parses a manifest; null when any line is not exactly of our form, or a path stands twice. */
export function readManifest(text: string, algorithm: DigestName): Map<string, string> | null {
  const entries = new Map<string, string>()
  if (!text.endsWith('\n')) return null
  for (const line of text.slice(0, -1).split('\n')) {
    const digest = line.slice(0, digestLength[algorithm])
    const path = line.slice(digestLength[algorithm] + 2)
    const sound = /^[0-9a-f]+$/.test(digest) && line.slice(digest.length, digest.length + 2) === '  '
    if (!sound || digest.length !== digestLength[algorithm] || !isSafePath(path) || entries.has(path)) return null
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

/** `Payload-Oxum`: octets, a full stop, number of files. */
export function oxum(sizes: readonly number[]): string {
  return `${sizes.reduce((sum, size) => sum + size, 0)}.${sizes.length}`
}
