import { toHex } from '../../crypto/asn1.ts'
import type { Primitives } from '../../crypto/cms-verify.ts'
import type { BagFile } from '../judge.ts'
import { belowRoot, indexTar } from '../tar.ts'

/** The verifier's view of what a browser was given: Blobs instead of files, WebCrypto instead of Node. */

const digest = async (algorithm: string, bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest(algorithm, bytes.slice()))

export const webPrimitives: Primitives = {
  sha256: (bytes) => digest('SHA-256', bytes),
  verifyRsa: async (publicKeyInfo, data, signature) => {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('spki', publicKeyInfo.slice(), algorithm, false, ['verify'])
    return crypto.subtle.verify(algorithm, key, signature.slice(), data.slice())
  },
}

function bagFile(path: string, blob: Blob): BagFile {
  return {
    path,
    size: blob.size,
    digests: async () => {
      const content = await blob.arrayBuffer()
      const [sha256, sha512] = await Promise.all([
        crypto.subtle.digest('SHA-256', content),
        crypto.subtle.digest('SHA-512', content),
      ])
      return { sha256: toHex(new Uint8Array(sha256)), sha512: toHex(new Uint8Array(sha512)) }
    },
    bytes: async () => new Uint8Array(await blob.arrayBuffer()),
  }
}

/** The files of a dropped tar. */
export async function fromTar(tar: Blob): Promise<BagFile[]> {
  const entries = await indexTar({
    size: tar.size,
    read: async (offset, length) => new Uint8Array(await tar.slice(offset, offset + length).arrayBuffer()),
  })
  return belowRoot(entries).map(({ path, offset, size }) => bagFile(path, tar.slice(offset, offset + size)))
}

/** The files of a chosen folder (`webkitRelativePath` starts with the folder's own name). */
export function fromFolder(files: Iterable<File>): BagFile[] {
  return [...files].map((file) => bagFile(file.webkitRelativePath.split('/').slice(1).join('/'), file))
}

/** A handle of the File System API as far as it is used here; Chromium's, and not in TypeScript's DOM. */
interface FolderHandle {
  readonly kind: 'file' | 'directory'
  readonly name: string
  getFile(): Promise<File>
  values(): AsyncIterable<FolderHandle>
}

/**
 * A dropped folder: as a handle where the browser has them, since Chromium lets a page of `file:` read no file of an
 * entry; else as an entry. Has to be called while the event lasts.
 */
export function fromDropped(item: DataTransferItem, entry: FileSystemDirectoryEntry): () => Promise<BagFile[]> {
  const asked = (item as { getAsFileSystemHandle?: () => Promise<FolderHandle | null> }).getAsFileSystemHandle
  const handle = asked?.call(item).catch(() => null)
  return async () => {
    const folder = await handle
    return folder ? fromHandle(folder) : fromEntry(entry)
  }
}

async function fromHandle(folder: FolderHandle): Promise<BagFile[]> {
  const found: BagFile[] = []
  const walk = async (one: FolderHandle, path: string): Promise<void> => {
    if (one.kind === 'file') found.push(bagFile(path, await one.getFile()))
    else for await (const child of one.values()) await walk(child, path ? `${path}/${child.name}` : child.name)
  }
  await walk(folder, '')
  return found
}

/** The files below a dropped folder. */
async function fromEntry(folder: FileSystemDirectoryEntry): Promise<BagFile[]> {
  const found: BagFile[] = []
  const walk = async (entry: FileSystemEntry, path: string): Promise<void> => {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
      found.push(bagFile(path, file))
      return
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader()
    for (;;) {
      // A reader hands out its entries in batches until an empty one.
      const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
      if (batch.length === 0) return
      for (const child of batch) await walk(child, path ? `${path}/${child.name}` : child.name)
    }
  }
  await walk(folder, '')
  return found
}
