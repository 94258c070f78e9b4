import {
  closeSync,
  fdatasyncSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openJournal } from '#electron/core/journal.ts'
import { temporaryFolder } from '../support/folders.ts'

const key = { id: '01KB0000000000000000000099', key: Buffer.alloc(32, 3) }
const size = 4096 + 2 * 64 * 1024

function text(journal: { entries(): readonly { slot: string; bytes: Buffer }[] }): Record<string, string> {
  return Object.fromEntries(journal.entries().map(({ slot, bytes }) => [slot, bytes.toString('utf8')]))
}

/** What a later process finds in the file. */
async function reopened(file: string): Promise<Record<string, string>> {
  const journal = await openJournal({ file, key, size })
  await journal.close()
  return text(journal)
}

async function written(steps: (journal: Awaited<ReturnType<typeof openJournal>>) => Promise<void>): Promise<string> {
  const file = join(temporaryFolder(), 'journal')
  const journal = await openJournal({ file, key, size })
  await steps(journal)
  await journal.close()
  return file
}

describe('the journal of what is being typed', () => {
  test('the last state of every slot comes back; cleared slots do not', async () => {
    const file = await written(async (journal) => {
      await journal.put('a', Buffer.from('请说明'))
      await journal.put('b', Buffer.from('该项投资'))
      await journal.put('a', Buffer.from('请说明该项投资的决策程序'))
      await journal.clear('b')
    })
    const again = await openJournal({ file, key, size })
    expect(text(again)).toEqual({ a: '请说明该项投资的决策程序' })
    expect(again.damaged).toBe(0)
    await again.close()
    expect(readFileSync(file).includes('请说明')).toBe(false)
  })

  test('goes round its reserved space without growing, whatever the moment it is closed', async () => {
    const file = join(temporaryFolder(), 'journal')
    for (let round = 0; round < 40; round += 1) {
      const journal = await openJournal({ file, key, size })
      if (round > 0) expect(text(journal)).toEqual({ still: 'here', live: `${round - 1}:16${'字'.repeat(900)}` })
      else await journal.put('still', Buffer.from('here'))
      for (let step = 0; step < 17; step += 1) {
        await journal.put('live', Buffer.from(`${round}:${step}${'字'.repeat(900)}`))
        await journal.put('gone', Buffer.from('x'))
        await journal.clear('gone')
      }
      expect(journal.damaged).toBe(0)
      await journal.close()
      expect(statSync(file).size).toBe(size)
    }
  })

  test('a torn last write costs that write only', async () => {
    const file = await written(async (journal) => {
      await journal.put('a', Buffer.from('whole'))
      await journal.put('a', Buffer.from('torn in the middle of a longer text'))
    })
    const bytes = readFileSync(file)
    const second = bytes.indexOf(Buffer.from('YTJR'), bytes.indexOf(Buffer.from('YTJR')) + 4)
    bytes.fill(0, second + 40)
    writeFileSync(file, bytes)
    const again = await openJournal({ file, key, size })
    expect(text(again)).toEqual({ a: 'whole' })
    await again.put('a', Buffer.from('after'))
    await again.close()
    expect(await reopened(file)).toEqual({ a: 'after' })
  })

  test('a flipped byte in the middle costs one record, is counted, and what follows is read', async () => {
    const file = await written(async (journal) => {
      await journal.put('a', Buffer.from('first'))
      await journal.put('b', Buffer.from('second'))
      await journal.put('c', Buffer.from('third'))
    })
    const bytes = readFileSync(file)
    const second = bytes.indexOf(Buffer.from('YTJR'), bytes.indexOf(Buffer.from('YTJR')) + 4)
    bytes[second + 30] = (bytes[second + 30] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const again = await openJournal({ file, key, size })
    expect(text(again)).toEqual({ a: 'first', c: 'third' })
    expect(again.damaged).toBe(1)
    await again.close()
  })

  test('a snapshot torn while turning to the other half leaves the former half in force', async () => {
    const file = join(temporaryFolder(), 'journal')
    const journal = await openJournal({ file, key, size })
    await journal.put('still', Buffer.from('here'))
    const half = 64 * 1024
    const turned = () => readFileSync(file).indexOf(Buffer.from('YTJR'), 4096 + half) >= 0
    let count = 0
    let before = readFileSync(file)
    while (!turned()) {
      before = readFileSync(file)
      count += 1
      await journal.put('live', Buffer.from(`${count}${'x'.repeat(3000)}`))
    }
    await journal.close()
    const after = readFileSync(file)
    for (const kept of [10, 60, 200]) {
      const torn = Buffer.from(before)
      after.copy(torn, 4096 + half, 4096 + half, 4096 + half + kept)
      writeFileSync(file, torn)
      const again = await openJournal({ file, key, size })
      expect(text(again)).toEqual({ still: 'here', live: `${count - 1}${'x'.repeat(3000)}` })
      await again.close()
    }
  })

  test('a change made while the disk is busy is durable when its own call returns', async () => {
    const file = join(temporaryFolder(), 'journal')
    const journal = await openJournal({ file, key, size })
    const calls = Array.from({ length: 50 }, (_, index) => journal.put('a', Buffer.from(String(index))))
    await Promise.all(calls)
    expect(journal.pending).toBe(false)
    await journal.close()
    expect(await reopened(file)).toEqual({ a: '49' })
  })

  test('a journal under another key is set aside, not removed', async () => {
    const file = await written((journal) => journal.put('a', Buffer.from('x')))
    const other = await openJournal({ file, key: { id: '01KB0000000000000000000098', key: Buffer.alloc(32, 4) }, size })
    expect(other.entries()).toEqual([])
    await other.close()
    expect(readdirSync(join(file, '..')).filter((name) => name.startsWith('journal.unreadable-'))).toHaveLength(1)
  })

  test('says when the reserve is spent, keeps everything in memory, and lands it when there is room again', async () => {
    const file = join(temporaryFolder(), 'journal')
    const journal = await openJournal({ file, key, size })
    const long = (n: number) => Buffer.from(`${n}${'字'.repeat(5_000)}`)
    let kept = 0
    const fill = async () => {
      for (; kept < 100; kept += 1) await journal.put(`sentence-${kept}`, long(kept))
    }
    await expect(fill()).rejects.toMatchObject({ code: 'journal.reserveSpent' })
    expect(journal.pending).toBe(true)
    await expect(journal.put('live', Buffer.from('继续'))).rejects.toMatchObject({ code: 'journal.reserveSpent' })
    expect(Object.keys(text(journal))).toEqual([...Array.from({ length: kept + 1 }, (_, n) => `sentence-${n}`), 'live'])
    // What memory alone holds is lost with the process, and nothing else.
    const onDisk = Object.keys(await reopened(file))
    expect(onDisk).toEqual(Array.from({ length: kept }, (_, n) => `sentence-${n}`))

    await journal.clear('sentence-0')
    expect(journal.pending).toBe(false)
    await journal.close()
    expect(await reopened(file)).toEqual(text(journal))
    expect(statSync(file).size).toBe(size)
  })

  test('refuses what cannot fit', async () => {
    const journal = await openJournal({ file: join(temporaryFolder(), 'journal'), key, size })
    await expect(journal.put('a', Buffer.alloc(2 * 1024 * 1024))).rejects.toMatchObject({ code: 'journal.tooLarge' })
    await journal.close()
  })
})

/** Needs a small file system of its own, which only root can mount. */
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a full disk', () => {
  test('the reserved space still takes what is typed', async () => {
    const { execFileSync } = await import('node:child_process')
    const mount = temporaryFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mount])
    try {
      const file = join(mount, 'journal')
      const journal = await openJournal({ file, key, size })
      const filler = openSync(join(mount, 'filler'), 'w')
      expect(() => {
        for (;;) writeSync(filler, Buffer.alloc(64 * 1024))
      }).toThrow('ENOSPC')
      fdatasyncSync(filler)
      closeSync(filler)
      for (let step = 0; step < 200; step += 1) await journal.put('live', Buffer.from(`${step}${'字'.repeat(500)}`))
      await journal.close()
      expect(await reopened(file)).toEqual({ live: `199${'字'.repeat(500)}` })
      await expect(openJournal({ file: join(mount, 'second'), key, size })).rejects.toMatchObject({
        code: 'journal.full',
      })
      expect(readdirSync(mount).sort()).toEqual(['filler', 'journal'])
    } finally {
      execFileSync('umount', ['-l', mount])
    }
  })
})
