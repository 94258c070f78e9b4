import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildVerifyPage } from '#build/verify-page.ts'
import { answered } from '#test/support/answered.ts'
import { makeCast } from '#test/support/bundles.ts'
import { filedVolume, recipientFile, sealTicket } from '#test/support/filing.ts'
import { temporaryFolder } from '#test/support/folders.ts'
import { openOffice } from '#test/support/office.ts'

const script = fileURLToPath(new URL('../support/seal-office.ts', import.meta.url))

test('kill -9 while a volume is sealed: no bundle without its line, no number twice, none missing', async () => {
  await buildVerifyPage()
  const office = await openOffice()
  const { caseId, id: volumeId } = await filedVolume(office, '渝某实业集团有限公司')
  const volume = { caseId, id: volumeId }
  const to = [recipientFile(makeCast())]
  const tickets = [await sealTicket(office, volume, to), await sealTicket(office, volume, to)]
  const spare = await sealTicket(office, volume, to)
  for (const login of ['chengban', 'chuzhang', 'dangan']) await office.leave(login)
  const out = temporaryFolder()
  const sealAndDie = async (ticketId: string, end: 'writing' | 'naming' | 'named') => {
    const args = [script, office.folder, office.machineFolder, caseId, volumeId, ticketId, out, end]
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    const ended = once(child, 'exit')
    if (end === 'writing') {
      while (!readdirSync(out).some((name) => name.endsWith('.part')) && child.exitCode === null) await wait(1)
      child.kill('SIGKILL')
    }
    expect((await ended)[1], end).toBe('SIGKILL')
  }
  const files = () => readdirSync(out).sort()

  const [first = '', second = ''] = tickets
  // In the middle of the bytes: nothing is entered and the ticket is as good as before.
  await sealAndDie(first, 'writing')
  expect(files().every((name) => name.endsWith('.part'))).toBe(true)
  // Entered, not yet named.
  await sealAndDie(first, 'naming')
  expect(files().filter((name) => name.endsWith('.sealed'))).toEqual([])
  // Named, and the register has not heard of it.
  await sealAndDie(second, 'named')

  const dangan = await office.at('dangan')
  const one = { caseId, volumeId }
  expect((await dangan.call('archive.bundles', one)).map((row) => row.written)).toEqual([false, false])
  const checks = answered(await dangan.call('archive.check', one))
  await dangan.call('archive.seal', { ...one, ticketIds: [spare], folder: out, checks, job: 'seal' })

  const bundles = await dangan.call('archive.bundles', one)
  expect(bundles.map((row) => [row.sequence, row.copy, row.written])).toEqual([
    [3, '000003', true],
    [2, '000002', true],
    [1, '000001', false],
  ])
  const copies = await dangan.call('copies.register', { caseId })
  expect(copies.map((row) => [row.label, row.fate])).toEqual([
    ['000003', null],
    ['000002', null],
    ['000001', 'failed'],
  ])
  // Every file on the medium has its line, and the other way round; nothing half-written is left.
  const digests = new Map(
    files().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(out, name)))
        .digest('hex'),
    ]),
  )
  const registered = bundles.filter((row) => row.written).map((row) => [basename(row.file), row.sha256] as const)
  expect([...digests]).toEqual([...registered].sort(([a], [b]) => (a < b ? -1 : 1)))
}, 600_000)
