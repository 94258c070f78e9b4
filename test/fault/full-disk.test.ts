import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '#db/connection.ts'
import { writeBlob } from '#electron/core/blobs.ts'
import { exportFile } from '#electron/core/papers/export.ts'
import { temporaryFolder } from '../support/folders.ts'

const key = () => Buffer.alloc(32, 7)

/** Runs in a real file system of four megabytes; only root can mount one. */
async function onSmallDisk(work: (mount: string, fill: () => () => void) => Promise<void>): Promise<void> {
  const mount = temporaryFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mount])
  try {
    await work(mount, () => {
      const filler = join(mount, 'filler')
      const handle = openSync(filler, 'w')
      expect(() => {
        for (;;) writeSync(handle, Buffer.alloc(4096))
      }).toThrow('ENOSPC')
      closeSync(handle)
      return () => rmSync(filler)
    })
  } finally {
    execFileSync('umount', ['-l', mount])
  }
}

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a full disk', () => {
  test('an act that does not fit is refused whole; with room again the work goes on', async () => {
    await onSmallDisk(async (mount, fill) => {
      const file = join(mount, 'cases.db')
      const database = await openDatabase({ file, key, schema: 'cases', create: true })
      const insert = (name: string, size: number) =>
        database.transaction(async (trx) => {
          await trx('meta').insert({ key: `${name}/first`, value: 'x' })
          await trx('meta').insert({ key: `${name}/second`, value: 'y'.repeat(size) })
        })
      await insert('before', 100)
      const free = fill()
      await expect(insert('during', 500_000)).rejects.toMatchObject({ code: 'db.diskFull' })
      free()
      await insert('after', 100)
      await database.close()
      const again = await openDatabase({ file, key, schema: 'cases' })
      const rows: { key: string }[] = await again.knex('meta').select('key').orderBy('key')
      expect(rows.map((row) => row.key)).toEqual(['after/first', 'after/second', 'before/first', 'before/second'])
      expect(await again.knex.raw('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
      await again.close()
    })
  })

  test('a database that cannot be made leaves no file', async () => {
    await onSmallDisk(async (mount, fill) => {
      fill()
      const file = join(mount, 'cases.db')
      const attempt = openDatabase({ file, key, schema: 'cases', create: true })
      await expect(attempt).rejects.toMatchObject({ code: expect.stringMatching(/^db\.(diskFull|disk)$/) })
      for (const suffix of ['', '-wal', '-shm']) expect(existsSync(`${file}${suffix}`)).toBe(false)
    })
  })

  test('an attachment that does not fit leaves no part of itself', async () => {
    await onSmallDisk(async (mount) => {
      await expect(writeBlob(mount, Buffer.alloc(6 * 1024 * 1024))).rejects.toMatchObject({ code: 'blobs.full' })
      expect(readdirSync(mount)).toEqual([])
    })
  })

  test('a paper that does not fit into the chosen folder leaves no half file and takes no name', async () => {
    await onSmallDisk(async (mount, fill) => {
      const bytes = Buffer.alloc(5 * 1024 * 1024, 1)
      const attempt = exportFile(mount, '责任约谈通知书.pdf', bytes)
      await expect(attempt).rejects.toMatchObject({ code: 'papers.diskFull' })
      expect(readdirSync(mount)).toEqual([])
      const free = fill()
      const again = exportFile(mount, '责任约谈通知书.pdf', bytes.subarray(0, 65_536))
      await expect(again).rejects.toMatchObject({ code: expect.stringMatching(/^papers\.disk/) })
      free()
      expect(readdirSync(mount)).toEqual([])
      await exportFile(mount, '责任约谈通知书.pdf', bytes.subarray(0, 65_536))
      expect(readdirSync(mount)).toEqual(['责任约谈通知书.pdf'])
    })
  })
})
