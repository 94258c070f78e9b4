import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildVerifyPage } from '#build/verify-page.ts'
import { openEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { extractBundle } from '#electron/sealing/open-bundle.ts'
import { openerOf } from '#test/support/certificates.ts'
import { answered } from '../../support/answered.ts'
import { makeCast } from '../../support/bundles.ts'
import { filedVolume, recipientFile, sealTicket } from '../../support/filing.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { openOffice } from '../../support/office.ts'

const longPath = 600_000
const code = (value: string, params = {}) =>
  expect.objectContaining({ code: value, params: expect.objectContaining(params) })

test(
  '实施条例 27: a volume leaves once for each leave of another person, for those it was asked for, under its own 份号',
  async () => {
    await buildVerifyPage()
    const office = await openOffice()
    const volume = await filedVolume(office, '渝某实业集团有限公司')
    const { caseId, id: volumeId } = volume
    const one = { caseId, volumeId }
    const dangan = await office.at('dangan')
    const chuzhang = await office.at('chuzhang')
    const cast = makeCast()
    const checks = answered(await dangan.call('archive.check', one))
    const folder = temporaryFolder()
    const seal = async (ticketId: string, to = folder) => {
      const made = await dangan.call('archive.seal', { ...one, ticketIds: [ticketId], folder: to, checks, job: 'seal' })
      const [receipt] = made
      if (!receipt) throw new Error('no receipt')
      return receipt
    }

    const to = { recipients: [recipientFile(cast)], purpose: '移交进馆', carrier: 'cd' as const, medium: '光盘2026-01' }
    const [ticket] = await dangan.call('archive.requestSeal', { ...one, ...to })
    if (!ticket) throw new Error('no ticket')
    expect(ticket).toMatchObject({ act: 'seal', label: '000001', state: 'requested', volumeId, paperId: null })
    // Nobody allows the own request, nothing leaves before it is allowed, and it is no leave for a paper.
    const decide = { caseId, batchId: ticket.batchId, opinion: '', decision: 'approved' as const }
    await expect(seal(ticket.id)).rejects.toThrow(code('copies.notApproved'))
    expect((await chuzhang.call('copies.waiting', {})).map((row) => [row.title, row.format, row.level])).toEqual([
      [volume.title, 'sealed', 'secret'],
    ])
    await chuzhang.call('copies.decide', decide)
    await expect(dangan.call('copies.take', { caseId, ticketId: ticket.id, folder })).rejects.toThrow(
      code('copies.unknownTicket'),
    )
    expect(readdirSync(folder)).toEqual([])

    // Whoever writes other recipients, another number or another digest into the file has no leave.
    const cases = dangan.session.archive.cases
    const write = (values: object) => cases?.knex('tickets').where({ id: ticket.id }).update(values)
    const [stored] = (await cases?.knex('tickets').where({ id: ticket.id }).select()) ?? []
    const foreign = makeCast().recipient.certificate
    const [row] = JSON.parse(stored.recipients)
    for (const [change, refusal] of [
      [{ recipients: JSON.stringify([{ ...row, name: '某公司' }]) }, 'archive.ticketOutdated'],
      [{ recipients: JSON.stringify([{ ...row, certificate: foreign }]) }, 'archive.ticketOutdated'],
      [{ label: '000009' }, 'copies.ticketAltered'],
      [{ sha256: '0'.repeat(64) }, 'copies.ticketAltered'],
    ] as const) {
      await write(change)
      await expect(seal(ticket.id), refusal).rejects.toThrow(code(refusal))
      await write(Object.fromEntries(Object.keys(change).map((key) => [key, stored[key]])))
    }
    expect(readdirSync(folder)).toEqual([])

    const receipt = await seal(ticket.id)
    expect(receipt).toMatchObject({ sequence: 1, copy: '000001' })
    await expect(seal(ticket.id)).rejects.toThrow(code('copies.ticketUsed'))
    expect(readdirSync(folder)).toHaveLength(1)
    const [copy] = await dangan.call('copies.register', { caseId })
    expect(copy).toMatchObject({
      label: '000001',
      act: 'seal',
      title: volume.title,
      recipient: ticket.recipient,
      medium: '光盘2026-01',
      sha256: receipt.sha256,
      fate: null,
    })

    // The number stands in the bundle itself, signed with the rest, and on both forms.
    const work = temporaryFolder()
    await openEnvelope(receipt.file, openerOf(cast.recipient), join(work, 'case.tar'))
    await extractBundle(join(work, 'case.tar'), join(work, 'bag'))
    const delivery = JSON.parse(readFileSync(join(work, 'bag', 'delivery.json'), 'utf8'))
    expect(delivery).toMatchObject({ copy: '000001', sequence: 1 })

    // The disk goes away between the line and the file: number and consignment are spent, the register says so.
    const next = await sealTicket(office, volume, to.recipients)
    const gone = join(temporaryFolder(), 'gone')
    writeFileSync(gone, '')
    await expect(seal(next, gone)).rejects.toThrow(code('papers.noFolder'))
    rmSync(gone)
    expect((await dangan.call('copies.tickets', { caseId })).find((row) => row.id === next)).toMatchObject({
      state: 'approved',
      label: '000002',
    })
    // One of two that is used up stops both before anything is written.
    const both = { ...one, ticketIds: [next, ticket.id], folder, checks, job: 'seal' }
    await expect(dangan.call('archive.seal', both)).rejects.toThrow(code('copies.ticketUsed'))
    expect(readdirSync(folder)).toHaveLength(1)
    expect(await seal(next)).toMatchObject({ sequence: 2, copy: '000002' })
    expect((await dangan.call('archive.bundles', one)).map((row) => [row.copy, row.written])).toEqual([
      ['000002', true],
      ['000001', true],
    ])
  },
  longPath,
)
