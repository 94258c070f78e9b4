import { createHash } from 'node:crypto'
import { type FileHandle, lstat, open, opendir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Verdict } from '#shared/domain/archive.ts'
import { nodePrimitives } from '../crypto/cms-signed.ts'
import { type Digests, deepestPath, largestFileCount } from './bagit.ts'
import { type BagFile, type JudgeOptions, judge, refuse } from './judge.ts'
import { type ByteSource, belowRoot, indexTar, TarError, type TarFault } from './tar.ts'
import { tarFaults } from './text.ts'

/** A tar that can be read anywhere and streamed from anywhere. */
export interface TarSource extends ByteSource {
  stream(offset: number, size: number): AsyncIterable<Uint8Array>
}

/** Verifies an opened bundle: its tar, or the folder a tar was extracted to. Never throws for what the file contains. */
export async function verifyBundle(path: string, options: JudgeOptions = {}): Promise<Verdict> {
  const found = await lstat(path).catch(() => null)
  if (!found || (!found.isFile() && !found.isDirectory())) return refuse('archive', basename(path))
  if (found.isDirectory()) return judged(() => listFolder(path), options)
  const handle = await open(path, 'r')
  try {
    return await verifyTar(fileSource(handle, found.size), options)
  } finally {
    await handle.close()
  }
}

/** Verifies an opened bundle's tar wherever it stands. Never throws for what it contains. */
export function verifyTar(source: TarSource, options: JudgeOptions = {}): Promise<Verdict> {
  return judged(() => tarFiles(source), options)
}

async function judged(load: () => Promise<BagFile[]>, options: JudgeOptions): Promise<Verdict> {
  try {
    return await judge(await load(), nodePrimitives, options)
  } catch (error) {
    if (error instanceof TarError) return refuse('archive', tarFaults[error.reason])
    throw error
  }
}

/** Random access to an open file. */
export function fileSource(handle: FileHandle, size: number): TarSource {
  return {
    size,
    read: async (offset, length) => {
      const buffer = Buffer.alloc(length)
      const { bytesRead } = await handle.read(buffer, 0, length, offset)
      if (bytesRead !== length) throw new TarError('truncated')
      return buffer
    },
    stream: (offset, length) => readRange(handle, offset, length),
  }
}

/** Bytes of a range in chunks; each chunk is valid until the next is asked for. */
export async function* readRange(handle: FileHandle, offset: number, size: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(Math.min(1 << 16, size))
  for (let at = 0; at < size; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), offset + at)
    if (bytesRead === 0) throw new TarError('truncated')
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** A whole file in chunks, each valid until the next is asked for: what a large part is streamed from. */
export async function* readWhole(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    yield* readRange(handle, 0, (await handle.stat()).size)
  } finally {
    await handle.close()
  }
}

/** A file of the bag and where it stands in the tar. */
interface PlacedFile extends BagFile {
  readonly offset: number
}

/** The files of a tar below its one folder. Throws `TarError`. */
export async function tarFiles(source: TarSource): Promise<PlacedFile[]> {
  return belowRoot(await indexTar(source)).map(({ path, offset, size }) => ({
    path,
    offset,
    size,
    digests: () => digest(source.stream(offset, size)),
    bytes: () => source.read(offset, size),
  }))
}

async function digest(content: AsyncIterable<Uint8Array>): Promise<Digests> {
  const sha256 = createHash('sha256')
  const sha512 = createHash('sha512')
  for await (const chunk of content) {
    sha256.update(chunk)
    sha512.update(chunk)
  }
  return { sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }
}

/** The files below a folder; what a tar would be refused for is refused here too. Throws `TarError`. */
async function listFolder(root: string): Promise<BagFile[]> {
  const files: BagFile[] = []
  const walk = async (relative: string, depth: number): Promise<void> => {
    if (depth > deepestPath) throw new TarError('path')
    const folder = await opendir(join(root, relative))
    for await (const entry of folder) {
      const path = relative ? `${relative}/${entry.name}` : entry.name
      const full = join(root, path)
      const fault: TarFault | null = entry.isSymbolicLink()
        ? 'link'
        : entry.isFile() || entry.isDirectory()
          ? null
          : 'device'
      if (fault) throw new TarError(fault)
      if (entry.isDirectory()) {
        await walk(path, depth + 1)
        continue
      }
      if (files.length >= largestFileCount) throw new TarError('tooMany')
      const { size } = await lstat(full)
      files.push({ path, size, digests: () => digest(readWhole(full)), bytes: () => readFile(full) })
    }
  }
  await walk('', 1)
  return files
}
