import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { ulid } from 'ulid'
import type { Database } from '#db/connection.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'

/*
 * File: 4 KiB header, then two halves of fixed size, all written when the journal is made: later writes go to blocks
 * the disk has already given, so a full disk does not stop the typing. Records are appended to the active half; when it
 * is full, the living slots are written as a snapshot into the other half, which then becomes the active one. The old
 * half is not touched before the snapshot is on the disk.
 *
 * Record (aligned to 16 bytes): magic, body length, sequence (8), nonce (12), AES-256-GCM body, tag (16). Sequence and
 * key id are authenticated. Sequences grow by one, so what an earlier round left behind is never read as new.
 */
const fileMagic = Buffer.from('YTJ1', 'latin1')
const recordMagic = 0x59544a52
const headerSize = 4096
const align = 16
const prefixLength = 28
const tagLength = 16

export const journalSize = 8 * 1024 * 1024
/** Largest content of one slot, in bytes. */
const maxContent = 1024 * 1024

export interface JournalKey {
  readonly id: string
  readonly key: Buffer
}

export interface JournalEntry {
  readonly slot: string
  readonly bytes: Buffer
}

export interface Journal {
  /**
   * Durable on return: after fdatasync. Errors: `journal.tooLarge`; `journal.reserveSpent`, `journal.notDurable` (both
   * kept in memory and tried again).
   */
  put(slot: string, bytes: Uint8Array): Promise<void>
  /** Forgets a slot, durable on return; called after the line has been committed. */
  clear(slot: string): Promise<void>
  /** The latest content of every slot, those included that only memory holds. */
  entries(): readonly JournalEntry[]
  /** True while the disk refuses what memory holds. */
  readonly pending: boolean
  /** Damaged places that were passed over when the journal was opened; a torn last write is not one. */
  readonly damaged: number
  /** Tries once more to make everything durable. Errors: `journal.reserveSpent`, `journal.notDurable`. */
  flush(): Promise<void>
  close(): Promise<void>
}

interface JournalRecord {
  readonly seq: number
  readonly type: 'snapshot' | 'put' | 'clear'
  readonly slot: string
  readonly bytes: Buffer
}

/** The key of this archive's journal, from `cases.db`; made at the first sign-in of a business account. */
export async function journalKey(cases: Database, now: string): Promise<JournalKey> {
  return cases.transaction(async (trx) => {
    const known: JournalKey | undefined = await trx('journal_keys').orderBy('id', 'desc').first('id', 'key')
    if (known) return known
    const made = { id: ulid(), key: randomBytes(32) }
    await trx('journal_keys').insert({ ...made, created_at: now })
    return made
  })
}

const types = ['snapshot', 'put', 'clear'] as const

export interface JournalOptions {
  readonly file: string
  readonly key: JournalKey
  /** Whole size in bytes; smaller only in tests. */
  readonly size?: number
}

/**
 * Opens the journal and reads what an ended or killed process left in it; makes it, with all its space, when there is
 * none. A file under another key or without our header is set aside as `journal.unreadable`, never removed.
 * Errors: `journal.full`, `journal.disk`.
 */
export async function openJournal({ file, key, size = journalSize }: JournalOptions): Promise<Journal> {
  try {
    if (!(await stat(file).catch(() => undefined))) await create(file, key.id, size)
    let handle = await open(file, 'r+')
    const whole = await readAll(handle)
    if (!headerFits(whole, key.id)) {
      await handle.close()
      await rename(file, `${file}.unreadable-${Date.now()}`)
      await create(file, key.id, size)
      handle = await open(file, 'r+')
      return new DiskJournal(handle, key, await readAll(handle))
    }
    return new DiskJournal(handle, key, whole)
  } catch (error) {
    throw journalError(error)
  }
}

class DiskJournal implements Journal {
  readonly damaged: number
  readonly #handle: FileHandle
  readonly #key: JournalKey
  readonly #half: number
  readonly #slots = new Map<string, Buffer>()
  /** Slots whose latest state is not on the disk yet. */
  readonly #dirty = new Set<string>()
  #seq = 0
  #active = 0
  #offset = 0
  #queue: Promise<void> = Promise.resolve()
  #closing: Promise<void> | null = null

  constructor(handle: FileHandle, key: JournalKey, whole: Buffer) {
    this.#handle = handle
    this.#key = key
    this.#half = Math.floor((whole.length - headerSize) / 2 / align) * align
    const halves = [0, 1].map((index) => {
      const start = headerSize + index * this.#half
      return readHalf(whole.subarray(start, start + this.#half), key)
    })
    this.damaged = this.#replay(halves)
  }

  get pending(): boolean {
    return this.#dirty.size > 0
  }

  put(slot: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > maxContent || Buffer.byteLength(slot) > 512)
      return Promise.reject(new YuetanError('journal.tooLarge'))
    this.#slots.set(slot, Buffer.from(bytes))
    this.#dirty.add(slot)
    return this.flush()
  }

  clear(slot: string): Promise<void> {
    if (!this.#slots.delete(slot) && !this.#dirty.has(slot)) return this.flush()
    this.#dirty.add(slot)
    return this.flush()
  }

  entries(): readonly JournalEntry[] {
    return [...this.#slots].map(([slot, bytes]) => ({ slot, bytes }))
  }

  /** Calls that wait for the same disk share one write and one fdatasync. */
  flush(): Promise<void> {
    const next = this.#queue.then(() => this.#writeDirty())
    this.#queue = next.catch(() => undefined)
    return next
  }

  close(): Promise<void> {
    this.#closing ??= this.#queue.then(() => this.#handle.close())
    return this.#closing
  }

  async #writeDirty(): Promise<void> {
    const slots = [...this.#dirty]
    if (slots.length === 0) return
    // A slot changed while the disk works is dirty again and waits for the next round.
    this.#dirty.clear()
    try {
      const bytes = Buffer.concat(slots.map((slot) => this.#seal(this.#slots.has(slot) ? 'put' : 'clear', slot)))
      if (this.#offset + bytes.length > this.#half) await this.#turn()
      else {
        await this.#write(bytes, this.#offset)
        await this.#handle.datasync()
        this.#offset += bytes.length
      }
    } catch (error) {
      for (const slot of slots) this.#dirty.add(slot)
      throw error instanceof YuetanError ? error : new YuetanError('journal.notDurable', { code: errno(error) })
    }
  }

  /** Writes everything alive into the other half and goes on there. */
  async #turn(): Promise<void> {
    const living = [...this.#slots.keys()]
    const bytes = Buffer.concat([
      this.#seal('snapshot', String(living.length)),
      ...living.map((slot) => this.#seal('put', slot)),
    ])
    if (bytes.length > this.#half) fail('journal.reserveSpent')
    const previous = { active: this.#active, offset: this.#offset }
    this.#active = 1 - this.#active
    this.#offset = bytes.length
    try {
      await this.#write(bytes, 0)
      await this.#handle.datasync()
    } catch (error) {
      this.#active = previous.active
      this.#offset = previous.offset
      throw error
    }
  }

  async #write(bytes: Buffer, offset: number): Promise<void> {
    await this.#handle.write(bytes, 0, bytes.length, headerSize + this.#active * this.#half + offset)
  }

  #seal(type: JournalRecord['type'], slot: string): Buffer {
    this.#seq += 1
    const name = Buffer.from(slot, 'utf8')
    const content = type === 'put' ? (this.#slots.get(slot) ?? Buffer.alloc(0)) : Buffer.alloc(0)
    const body = Buffer.concat([Buffer.from([types.indexOf(type), name.length >> 8, name.length & 255]), name, content])
    const length = Math.ceil((prefixLength + body.length + tagLength) / align) * align
    const record = Buffer.alloc(length)
    record.writeUInt32BE(recordMagic, 0)
    record.writeUInt32BE(body.length, 4)
    record.writeBigUInt64BE(BigInt(this.#seq), 8)
    randomBytes(12).copy(record, 16)
    const cipher = createCipheriv('aes-256-gcm', this.#key.key, record.subarray(16, 28), { authTagLength: tagLength })
    cipher.setAAD(additionalData(this.#key.id, this.#seq))
    cipher.update(body).copy(record, prefixLength)
    cipher.final()
    cipher.getAuthTag().copy(record, prefixLength + body.length)
    return record
  }

  /** Restores slots, sequence and position from what stands in both halves; returns the number of damaged places. */
  #replay(halves: readonly Half[]): number {
    const order = [0, 1].sort((a, b) => (halves[b]?.lastSeq ?? 0) - (halves[a]?.lastSeq ?? 0))
    const [newest = 0, oldest = 1] = order
    const latest = halves[newest]
    const former = halves[oldest]
    const first = latest?.records[0]
    const whole =
      first?.type === 'snapshot' &&
      latest !== undefined &&
      Number(first.slot) <= latest.records.filter((record) => record.type === 'put').length
    // A torn snapshot was never answered for: the former half still holds everything.
    const records = [...(whole ? [] : (former?.records ?? [])), ...(latest?.records ?? [])]
    for (const record of records) {
      if (record.type === 'put') this.#slots.set(record.slot, record.bytes)
      if (record.type === 'clear') this.#slots.delete(record.slot)
    }
    this.#seq = Math.max(latest?.lastSeq ?? 0, former?.lastSeq ?? 0)
    this.#active = newest
    this.#offset = latest?.end ?? 0
    return (latest?.damaged ?? 0) + (whole ? 0 : (former?.damaged ?? 0))
  }
}

interface Half {
  readonly records: readonly JournalRecord[]
  readonly lastSeq: number
  /** Where the next record goes. */
  readonly end: number
  readonly damaged: number
}

/** Reads a half up to its last record with a rising sequence; a place that cannot be read is passed over. */
function readHalf(half: Buffer, key: JournalKey): Half {
  const records: JournalRecord[] = []
  let lastSeq = 0
  let end = 0
  let damaged = 0
  for (let offset = 0; offset + prefixLength + tagLength <= half.length; ) {
    const record = readRecord(half, offset, key)
    if (!record || record.seq <= lastSeq) {
      offset += align
      continue
    }
    if (offset > end) damaged += 1
    records.push(record)
    lastSeq = record.seq
    offset += record.length
    end = offset
  }
  return { records, lastSeq, end, damaged }
}

function readRecord(half: Buffer, offset: number, key: JournalKey): (JournalRecord & { length: number }) | undefined {
  if (half.readUInt32BE(offset) !== recordMagic) return undefined
  const bodyLength = half.readUInt32BE(offset + 4)
  const end = offset + prefixLength + bodyLength
  if (bodyLength < 3 || end + tagLength > half.length) return undefined
  const seq = Number(half.readBigUInt64BE(offset + 8))
  try {
    const nonce = half.subarray(offset + 16, offset + 28)
    const decipher = createDecipheriv('aes-256-gcm', key.key, nonce, { authTagLength: tagLength })
    decipher.setAAD(additionalData(key.id, seq))
    decipher.setAuthTag(half.subarray(end, end + tagLength))
    const body = Buffer.concat([decipher.update(half.subarray(offset + prefixLength, end)), decipher.final()])
    const nameEnd = 3 + body.readUInt16BE(1)
    const type = types[body.readUInt8(0)]
    if (!type || nameEnd > body.length) return undefined
    const length = Math.ceil((prefixLength + bodyLength + tagLength) / align) * align
    return { seq, type, slot: body.toString('utf8', 3, nameEnd), bytes: body.subarray(nameEnd), length }
  } catch {
    return undefined
  }
}

function additionalData(keyId: string, seq: number): Buffer {
  return Buffer.from(`yuetan/journal/v1\0${keyId}\0${seq}`, 'utf8')
}

function headerFits(whole: Buffer, keyId: string): boolean {
  return (
    whole.length > headerSize &&
    whole.subarray(0, 4).equals(fileMagic) &&
    whole.toString('latin1', 4, 4 + keyId.length + 1) === `${keyId}\0`
  )
}

async function create(file: string, keyId: string, size: number): Promise<void> {
  const part = `${file}.part`
  try {
    const handle = await open(part, 'w', 0o600)
    try {
      const header = Buffer.alloc(headerSize)
      fileMagic.copy(header)
      header.write(keyId, 4, 'latin1')
      await handle.write(header)
      // Written, not only sized: a sparse file would ask the disk for its blocks when it is too late.
      const filler = Buffer.alloc(256 * 1024)
      for (let rest = size - headerSize; rest > 0; rest -= filler.length) {
        await handle.write(filler, 0, Math.min(filler.length, rest))
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
}

async function readAll(handle: FileHandle): Promise<Buffer> {
  const { size } = await handle.stat()
  const whole = Buffer.alloc(size)
  await handle.read(whole, 0, size, 0)
  return whole
}

function journalError(error: unknown): unknown {
  if (error instanceof YuetanError) return error
  const code = errno(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return new YuetanError('journal.full')
  return new YuetanError('journal.disk', { code })
}

function errno(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
