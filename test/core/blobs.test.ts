import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findBlob, insertBlob, readBlobBytes, sweepBlobs, writeBlob } from '#electron/core/blobs.ts'
import { makeTestArchive } from '../support/archive.ts'
import { temporaryFolder } from '../support/folders.ts'

const chunk = 64 * 1024

function pattern(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let index = 0; index < length; index += 1) bytes[index] = (index * 31) & 255
  return bytes
}

describe('attachments', () => {
  test.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 5])(
    '%i bytes come back, from one piece and from odd pieces',
    async (length) => {
      const folder = temporaryFolder()
      const plain = pattern(length)
      const pieces = function* () {
        for (let at = 0; at < length; at += 50_001) yield plain.subarray(at, at + 50_001)
      }
      for (const source of [plain, pieces()]) {
        const blob = await writeBlob(folder, source)
        expect(blob.size).toBe(length)
        expect((await readBlobBytes(folder, blob)).equals(plain)).toBe(true)
      }
    },
  )

  test('a changed, cut, lengthened, exchanged or reordered file is refused', async () => {
    const folder = temporaryFolder()
    const blob = await writeBlob(folder, pattern(3 * chunk + 5))
    const other = await writeBlob(folder, pattern(3 * chunk + 5))
    const file = join(folder, blob.id)
    const whole = readFileSync(file)
    const sealed = chunk + 16
    const swapped = Buffer.concat([
      whole.subarray(0, 8),
      whole.subarray(8 + sealed, 8 + 2 * sealed),
      whole.subarray(8, 8 + sealed),
      whole.subarray(8 + 2 * sealed),
    ])
    const flipped = Buffer.from(whole)
    flipped[100_000] = (flipped[100_000] ?? 0) ^ 1
    const attempts: readonly Buffer[] = [
      flipped,
      swapped,
      Buffer.concat([whole, Buffer.from([0])]),
      readFileSync(join(folder, other.id)),
      Buffer.concat([Buffer.from('YTB2'), whole.subarray(4)]),
    ]
    for (const bytes of attempts) {
      writeFileSync(file, bytes)
      await expect(readBlobBytes(folder, blob)).rejects.toMatchObject({ code: 'blobs.damaged' })
    }
    for (const length of [8 + 3 * sealed, 8 + 2 * sealed, 4, 0]) {
      writeFileSync(file, whole)
      truncateSync(file, length)
      await expect(readBlobBytes(folder, blob)).rejects.toMatchObject({ code: 'blobs.damaged' })
    }
  })

  test('nothing of the content stands in the file, and a failing source leaves none', async () => {
    const folder = temporaryFolder()
    const blob = await writeBlob(folder, Buffer.from('约谈通知书正文'.repeat(50)))
    expect(readFileSync(join(folder, blob.id)).includes('约谈通知书')).toBe(false)
    const failing = function* () {
      yield pattern(chunk * 2)
      throw new Error('source')
    }
    await expect(writeBlob(folder, failing())).rejects.toThrow('source')
    expect(readdirSync(folder)).toEqual([blob.id])
  })

  test('the sweep removes what no row knows and keeps what one does', async () => {
    const archive = await makeTestArchive()
    const { cases } = await archive.open()
    if (!cases) throw new Error('business account')
    const folder = join(archive.folder, 'blobs')
    const kept = await writeBlob(folder, pattern(10))
    await writeBlob(folder, pattern(20))
    writeFileSync(join(folder, `${kept.id}.part`), 'half')
    writeFileSync(join(folder, 'readme.txt'), 'not ours')
    const meta = { name: '材料.pdf', mediaType: 'application/pdf', now: '2026-03-01T00:00:00.000Z' }
    await cases.transaction((trx) => insertBlob(trx, kept, meta))
    expect(await sweepBlobs(folder, cases.knex)).toBe(2)
    expect(readdirSync(folder).sort()).toEqual([kept.id, 'readme.txt'])
    expect(await readBlobBytes(folder, await findBlob(cases.knex, kept.id))).toHaveLength(10)
    await expect(findBlob(cases.knex, 'unknown')).rejects.toMatchObject({ code: 'blobs.missing' })
  })
})
