import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { buildVerifyPage } from '#build/verify-page.ts'
import { answered } from '../../support/answered.ts'
import { makeCast } from '../../support/bundles.ts'
import {
  explained,
  filingAnswers,
  handOver,
  plainCaseAtFiling,
  recipientFile,
  sealTicket,
} from '../../support/filing.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { openOffice, type TestOffice } from '../../support/office.ts'

const code = (value: string, params = {}) =>
  expect.objectContaining({ code: value, params: expect.objectContaining(params) })

/** A filed volume that holds one more file of the enterprise, as it came. */
async function filedWith(office: TestOffice, name: string, bytes: Uint8Array) {
  const { caseId } = await plainCaseAtFiling(office, '渝某实业集团有限公司')
  const chengban = await office.at('chengban')
  const file = join(temporaryFolder(), name)
  writeFileSync(file, bytes)
  const [enterprise] = await chengban.call('parties.search', { query: '渝某实业集团有限公司' })
  const received = { caseId, enterpriseId: enterprise?.id ?? '', title: '台账', file, kind: 'material' as const }
  await chengban.session.archive.cases?.knex('cases').where({ id: caseId }).update({ state: 'rectification' })
  await chengban.call('rectification.receive', received)
  await chengban.session.archive.cases?.knex('cases').where({ id: caseId }).update({ state: 'filing' })
  const volume = await chengban.call('archive.assemble', { caseId })
  await handOver(office, volume)
  const filing = { caseId, volumeId: volume.id, gaps: explained(volume), note: '', checks: filingAnswers() }
  return (await office.at('dangan')).call('archive.file', filing)
}

test('a failure nobody may let go stops the seal, whatever reason is given; nothing is spent', async () => {
  await buildVerifyPage()
  const office = await openOffice()
  // A compressed file among the materials: 3-8 allows no compression that is not public, and no encryption.
  const volume = await filedWith(office, '台账.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]))
  const one = { caseId: volume.caseId, volumeId: volume.id }
  const dangan = await office.at('dangan')
  const checks = await dangan.call('archive.check', one)
  expect(checks.find((check) => check.code === 'GD-3-8')?.result).toBe('failed')
  const ticketId = await sealTicket(office, volume, [recipientFile(makeCast())])
  const folder = temporaryFolder()
  await expect(
    dangan.call('archive.seal', { ...one, ticketIds: [ticketId], folder, checks: answered(checks), job: 'seal' }),
  ).rejects.toThrow(code('archive.checkNotWaivable', { code: 'GD-3-8' }))
  // Left unanswered it is a failure like others.
  const silent = answered(checks).map((check) => (check.code === 'GD-3-8' ? { ...check, detail: '' } : check))
  await expect(
    dangan.call('archive.seal', { ...one, ticketIds: [ticketId], folder, checks: silent, job: 'seal' }),
  ).rejects.toThrow(code('archive.checkFailed', { code: 'GD-3-8' }))
  expect(readdirSync(folder)).toEqual([])
  expect(await dangan.call('archive.bundles', one)).toEqual([])
  expect((await dangan.call('copies.tickets', { caseId: volume.caseId })).map((row) => row.state)).toEqual(['approved'])
}, 600_000)

test('called off in the middle of its bytes, a seal leaves no file, no line and an unused ticket', async () => {
  await buildVerifyPage()
  const office = await openOffice()
  const large = 150_000_000
  const volume = await filedWith(office, '台账.txt', Buffer.from(randomBytes(large / 2).toString('hex')))
  const one = { caseId: volume.caseId, volumeId: volume.id }
  const dangan = await office.at('dangan')
  const ticketId = await sealTicket(office, volume, [recipientFile(makeCast())])
  const checks = answered(await dangan.call('archive.check', one))
  const folder = temporaryFolder()
  const sealing = dangan.call('archive.seal', { ...one, ticketIds: [ticketId], folder, checks, job: 'long' })
  const refused = expect(sealing).rejects.toThrow(code('bundle.cancelled'))
  const part = (): string | undefined => readdirSync(folder).find((name) => name.endsWith('.part'))
  let written = 0
  while (written < large / 10) {
    await wait(2)
    const name = part()
    written = name === undefined ? 0 : (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
  }
  await dangan.call('archive.cancel', { job: 'long' })
  await refused
  expect(written).toBeLessThan(large)
  expect(existsSync(folder)).toBe(true)
  expect(readdirSync(folder)).toEqual([])
  expect(await dangan.call('archive.bundles', one)).toEqual([])
  expect(await dangan.call('copies.register', { caseId: volume.caseId })).toEqual([])
  const tickets = await dangan.call('copies.tickets', { caseId: volume.caseId })
  expect(tickets.map((row) => row.state)).toEqual(['approved'])
}, 600_000)
