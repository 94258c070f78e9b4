import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { ulid } from 'ulid'
import { syncFolder } from '#db/sync-folder.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'

/*
 * File: header (magic "YTB1", chunk size, both authenticated) and chunks of AES-256-GCM. The key is random and used for
 * this file only, so the nonce is the chunk's number with a mark on the last one (the STREAM construction): a chunk
 * cannot be changed, moved, repeated, left out, nor the end cut off.
 */
const magic = Buffer.from('YTB1', 'latin1')
const chunkSize = 64 * 1024
const tagLength = 16
const headerLength = 8

/** What must be kept in `cases.db` to read a blob again. */
export interface Blob {
  readonly id: string
  readonly key: Buffer
  /** Hex digest of the plain bytes. */
  readonly sha256: string
  /** Plain bytes. */
  readonly size: number
}

function header(): Buffer {
  const bytes = Buffer.alloc(headerLength)
  magic.copy(bytes)
  bytes.writeUInt32BE(chunkSize, 4)
  return bytes
}

function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeBigUInt64BE(BigInt(index), 0)
  bytes.writeUInt32BE(last ? 1 : 0, 8)
  return bytes
}

function additionalData(id: string): Buffer {
  return Buffer.concat([Buffer.from(`yuetan/blob/v1\0${id}\0`, 'utf8'), header()])
}

/**
 * Encrypts bytes or a stream into `<folder>/<id>`. The file appears under its name only when it is whole and on the
 * disk; the caller inserts the row (`insertBlob`) in the act's transaction. Errors: `blobs.full`, `blobs.disk`.
 */
export async function writeBlob(
  folder: string,
  source: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Blob> {
  const id = ulid()
  const key = randomBytes(32)
  const hash = createHash('sha256')
  const part = join(folder, `${id}.part`)
  let size = 0
  try {
    await mkdir(folder, { recursive: true })
    const file = await open(part, 'wx', 0o600)
    try {
      await file.write(header())
      let index = 0
      for await (const { chunk, last } of chunks(source instanceof Uint8Array ? [source] : source)) {
        const cipher = createCipheriv('aes-256-gcm', key, nonce(index, last), { authTagLength: tagLength })
        cipher.setAAD(additionalData(id))
        await file.write(Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]))
        hash.update(chunk)
        size += chunk.length
        index += 1
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, join(folder, id))
    syncFolder(folder)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw diskError(error)
  }
  return { id, key, sha256: hash.digest('hex'), size }
}

/** Cuts any stream into chunks of the fixed size; the last one is marked and may be short or empty. */
async function* chunks(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<{ readonly chunk: Buffer; readonly last: boolean }> {
  let held: Buffer = Buffer.alloc(0)
  for await (const piece of source) {
    held = held.length === 0 ? Buffer.from(piece) : Buffer.concat([held, piece])
    let from = 0
    // One whole chunk is held back: only the end of the source shows which one is the last.
    for (; held.length - from > chunkSize; from += chunkSize) {
      yield { chunk: held.subarray(from, from + chunkSize), last: false }
    }
    held = held.subarray(from)
  }
  yield { chunk: held, last: true }
}

/**
 * Reads a blob chunk by chunk, each one authenticated before it is handed out, the digest of the whole at the end.
 * Errors: `blobs.missing`, `blobs.damaged`, `blobs.disk`.
 */
export async function* readBlob(folder: string, blob: Blob): AsyncGenerator<Buffer> {
  const file = await open(join(folder, blob.id), 'r').catch((error: unknown) => {
    throw diskError(error, blob.id)
  })
  try {
    const start = Buffer.alloc(headerLength)
    await file.read(start, 0, headerLength, 0)
    if (!start.equals(header())) fail('blobs.damaged', { blob: blob.id })
    const hash = createHash('sha256')
    const count = Math.max(1, Math.ceil(blob.size / chunkSize))
    const sealed = Buffer.alloc(chunkSize + tagLength)
    let position = headerLength
    let size = 0
    for (let index = 0; index < count; index += 1) {
      const { bytesRead } = await file.read(sealed, 0, sealed.length, position)
      if (bytesRead < tagLength) fail('blobs.damaged', { blob: blob.id })
      position += bytesRead
      const chunk = openChunk(blob, sealed.subarray(0, bytesRead), index, index === count - 1)
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
    const { size: length } = await file.stat()
    if (length !== position || size !== blob.size || hash.digest('hex') !== blob.sha256) {
      fail('blobs.damaged', { blob: blob.id })
    }
  } finally {
    await file.close()
  }
}

function openChunk(blob: Blob, sealed: Buffer, index: number, last: boolean): Buffer {
  const end = sealed.length - tagLength
  const decipher = createDecipheriv('aes-256-gcm', blob.key, nonce(index, last), { authTagLength: tagLength })
  decipher.setAAD(additionalData(blob.id))
  decipher.setAuthTag(sealed.subarray(end))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()])
  } catch {
    return fail('blobs.damaged', { blob: blob.id })
  }
}

/** A blob that can be read anywhere; every chunk is authenticated before a byte of it is handed out. */
export interface OpenBlob {
  readonly size: number
  read(offset: number, length: number): Promise<Buffer>
  /** A range in pieces, each valid until the next is asked for. */
  stream(offset: number, length: number): AsyncGenerator<Buffer>
  close(): Promise<void>
}

/** Opens a blob for reading at any place. Errors: `blobs.missing`, `blobs.disk`; of its reads also `blobs.damaged`. */
export async function openBlob(folder: string, blob: Blob): Promise<OpenBlob> {
  const file = await open(join(folder, blob.id), 'r').catch((error: unknown) => {
    throw diskError(error, blob.id)
  })
  const last = Math.max(1, Math.ceil(blob.size / chunkSize)) - 1
  const sealed = Buffer.alloc(chunkSize + tagLength)
  let held: { readonly index: number; readonly chunk: Buffer } | null = null
  const chunkAt = async (index: number): Promise<Buffer> => {
    if (held?.index === index) return held.chunk
    const { bytesRead } = await file.read(sealed, 0, sealed.length, headerLength + index * sealed.length)
    if (bytesRead < tagLength) fail('blobs.damaged', { blob: blob.id })
    held = { index, chunk: openChunk(blob, sealed.subarray(0, bytesRead), index, index === last) }
    return held.chunk
  }
  async function* stream(offset: number, length: number): AsyncGenerator<Buffer> {
    if (offset < 0 || length < 0 || offset + length > blob.size) fail('blobs.damaged', { blob: blob.id })
    for (let at = offset; at < offset + length; ) {
      const index = Math.floor(at / chunkSize)
      const piece = (await chunkAt(index)).subarray(at - index * chunkSize, offset + length - index * chunkSize)
      at += piece.length
      yield piece
    }
  }
  return {
    size: blob.size,
    stream,
    read: async (offset, length) => {
      const pieces: Buffer[] = []
      for await (const piece of stream(offset, length)) pieces.push(piece)
      return Buffer.concat(pieces)
    },
    close: () => file.close(),
  }
}

/** The whole blob in memory: for papers, which are small. Errors as `readBlob`. */
export async function readBlobBytes(folder: string, blob: Blob): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of readBlob(folder, blob)) parts.push(chunk)
  return Buffer.concat(parts)
}

/** Keeps what is needed to read a blob; in the transaction of the act that brought it. */
export async function insertBlob(
  trx: Knex.Transaction,
  blob: Blob,
  meta: { readonly name: string; readonly mediaType: string; readonly now: string; readonly text?: string },
): Promise<void> {
  await trx('blobs').insert({
    id: blob.id,
    key: blob.key,
    sha256: blob.sha256,
    size: blob.size,
    media_type: meta.mediaType,
    name: meta.name,
    created_at: meta.now,
  })
  if (meta.text) await trx('blob_texts').insert({ blob_id: blob.id, text: meta.text })
}

/** The blob of an id. Errors: `blobs.missing`. */
export async function findBlob(db: Knex, id: string): Promise<Blob> {
  const row: Blob | undefined = await db('blobs').where({ id }).first('id', 'key', 'sha256', 'size')
  return row ?? fail('blobs.missing', { blob: id })
}

/**
 * Removes what a killed process left: parts, and files no row knows. Runs at sign-in, before any blob is written.
 * Returns how many files went.
 */
export async function sweepBlobs(folder: string, db: Knex): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  // A destroyed attachment keeps its line without a key: its file is noise.
  const rows: { id: string }[] = await db('blobs').whereRaw('length(key) > 0').select('id')
  const known = new Set(rows.map((row) => row.id))
  const orphans = names.filter((name) => /^[0-9A-HJKMNP-TV-Z]{26}(\.part)?$/.test(name) && !known.has(name))
  for (const name of orphans) await rm(join(folder, name), { force: true })
  return orphans.length
}

function diskError(error: unknown, blob = ''): unknown {
  if (error instanceof YuetanError || !(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (code === 'ENOENT') return new YuetanError('blobs.missing', { blob })
  if (code === 'ENOSPC' || code === 'EDQUOT') return new YuetanError('blobs.full')
  return new YuetanError('blobs.disk', { code })
}
