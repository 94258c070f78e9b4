import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildVerifyPage } from '#build/verify-page.ts'
import { openEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { extractBundle } from '#electron/sealing/open-bundle.ts'
import { verifyBundle } from '#electron/sealing/verify.ts'
import { openerOf } from '#test/support/certificates.ts'
import { makeCast } from '../../support/bundles.ts'
import { caseAtFiling, filingAnswers, handOver, lookedAt, recipientFile, sealTicket } from '../../support/filing.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { openOffice } from '../../support/office.ts'
import { frozenFile } from '../../support/papers.ts'

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Makes real papers in real workers, dozens of them; a slow machine takes its time. */
const longPath = 600_000
const code = (value: string, params = {}) =>
  expect.objectContaining({ code: value, params: expect.objectContaining(params) })

test(
  'a volume takes the signed scans along, its forms bear its level, every check is answered, the receipt stays',
  async () => {
    const office = await openOffice()
    const { caseId } = await caseAtFiling(office)
    const dangan = await office.at('dangan')
    const papers = await dangan.call('papers.list', { caseId })
    const minutes = papers.find((one) => one.kind === 'minutes' && one.format === 'docx')
    const scan = join(temporaryFolder(), 'scan.pdf')
    writeFileSync(scan, '%PDF-1.4 signed\n%%EOF\n')
    const signed = { caseId, paperId: minutes?.id ?? '', file: scan, signer: '李某喆', signedOn: '2026-11-20' }
    await dangan.call('papers.attachScan', signed)

    const chengban = await office.at('chengban')
    // What the case rests on is filed with it, as it came.
    const basis = join(temporaryFolder(), '审计底稿.txt')
    writeFileSync(basis, '底稿第1页：未见可行性论证。\n')
    await chengban.call('cases.attach', { caseId, title: '审计底稿', file: basis })
    // Its text was edited elsewhere, came back, and the head who had made it final approved it.
    const back = { caseId, paperId: minutes?.id ?? '', file: await frozenFile(chengban, minutes?.id ?? ''), note: '' }
    const { id: finalId } = await chengban.call('papers.bringFinal', back)
    const approved = { caseId, finalId, decision: 'approved' as const, opinion: '' }
    await (await office.at('chuzhang')).call('papers.decideFinal', approved)
    const volume = await chengban.call('archive.assemble', { caseId })
    expect(volume.items.filter((item) => item.scanIds.length > 0).map((item) => item.code)).toEqual(['minutes'])
    expect(volume.items.at(-1)).toMatchObject({ code: 'attachment', title: '审计底稿' })
    const one = { caseId, volumeId: volume.id }
    await handOver(office, volume)
    // 归档环节: what a program can test passes, the rest is asked of a person; a carrier there is none yet.
    const before = await dangan.call('archive.check', one)
    expect(before.filter((check) => check.result === 'failed')).toEqual([])
    expect(before.filter((check) => check.result === 'manual').map((check) => check.code)).toEqual([
      ...['GD-3-5', 'GD-3-7', 'GD-4-1', 'GD-4-2', 'GD-4-7'],
    ])
    expect(before).toHaveLength(37)
    const silent = filingAnswers().filter((check) => check.code !== 'GD-4-2')
    await expect(dangan.call('archive.file', { ...one, gaps: [], note: '', checks: silent })).rejects.toThrow(
      code('archive.checkOpen', { code: 'GD-4-2' }),
    )
    expect((await dangan.call('archive.get', one)).state).toBe('open')
    await dangan.call('archive.file', { ...one, gaps: [], note: '', checks: filingAnswers() })
    // Filed is read-only, for scans too.
    await expect(dangan.call('papers.attachScan', signed)).rejects.toThrow(code('archive.volumeFiled'))
    const forms = (await dangan.call('papers.list', { caseId })).filter((paper) => paper.objectId === volume.id)
    expect(Object.fromEntries(forms.map((paper) => [paper.kind, paper.level]))).toEqual({
      volumeCover: 'none',
      fourProperty: 'none',
      contents: 'secret',
      referenceSheet: 'none',
    })

    const checks = await dangan.call('archive.check', one)
    expect(checks.filter((check) => check.result === 'failed')).toEqual([])
    await buildVerifyPage()
    const cast = makeCast()
    const folder = temporaryFolder()
    const to = [recipientFile(cast)]
    const ticketId = await sealTicket(office, volume, to)
    const seal = (answers: typeof checks, job = 'seal') =>
      dangan.call('archive.seal', { ...one, folder, ticketIds: [ticketId], checks: answers, job })
    const answers = lookedAt(checks)
    const without = (change: object) =>
      answers.map((check) => (check.code === 'GD-4-2' ? { ...check, ...change } : check))
    for (const [change, expected] of [
      [{ person: '' }, 'archive.checkOpen'],
      [{ day: '' }, 'archive.checkOpen'],
      [{ detail: ' ' }, 'archive.checkOpen'],
      [{ day: '2099-01-01' }, 'archive.checkLater'],
    ] as const)
      await expect(seal(without(change)), expected).rejects.toThrow(code(expected, { code: 'GD-4-2' }))
    expect(readdirSync(folder)).toEqual([])

    expect(await dangan.call('archive.bundles', one)).toEqual([])
    const [receipt] = await seal(answers)
    if (!receipt) throw new Error('no receipt')
    await office.leave('dangan')
    const again = await office.at('dangan')
    const name = receipt.file.slice(folder.length + 1)
    expect(await again.call('archive.bundles', one)).toEqual([
      {
        ...receipt,
        file: name,
        recipients: ['某市档案馆接收处'].map(() => expect.stringContaining('某市档案馆接收处')),
        by: '戚某某',
        written: true,
      },
    ])

    const work = temporaryFolder()
    const tar = join(work, 'case.tar')
    await openEnvelope(receipt.file, openerOf(cast.recipient), tar)
    expect((await verifyBundle(tar, { caFingerprint: receipt.caFingerprint })).colour).toBe('green')
    const bag = join(work, 'bag')
    await extractBundle(tar, bag)
    expect(readdirSync(join(bag, 'reports')).sort()).toEqual([
      'contents.pdf',
      'cover.pdf',
      'four-property-filing.pdf',
      'four-property.json',
      'four-property.pdf',
      'handover.pdf',
      'reference-sheet.pdf',
    ])
    const data = JSON.parse(readFileSync(join(bag, 'reports/four-property.json'), 'utf8'))
    expect(data.checks).toHaveLength(40)
    expect(data.checks.find((check: { code: string }) => check.code === 'GD-4-2')).toMatchObject({
      result: 'manual',
      detail: '符合',
      person: '戚某某',
    })
    const carried = readdirSync(join(bag, 'data/papers')).filter((file) => file.includes('minutes'))
    expect(carried.map((file) => file.replace(/^\d+-/, '')).sort()).toEqual([
      'minutes-final.docx',
      'minutes-signed-1.pdf',
      'minutes.docx',
      'minutes.pdf',
    ])
    const materials = readdirSync(join(bag, 'data/materials'))
    const attached = materials.find((file) => file.endsWith('-attachment.txt')) ?? ''
    expect(readFileSync(join(bag, 'data/materials', attached))).toEqual(readFileSync(basis))
    // The record also as text, and as data whose digest a stranger finds again.
    const kept = (ending: string): string => {
      const found = readdirSync(join(bag, 'data/record')).find((file) => file.endsWith(ending))
      return readFileSync(join(bag, 'data/record', found ?? ''), 'utf8')
    }
    expect(kept('-record.txt')).toMatch(/^秘密★5年\n责任约谈记录\n/)
    expect(kept('-record.txt')).toMatch(/\n\d\d:\d\d 陈述（.+）：该项目没有开展可行性论证。\n/)
    const told = JSON.parse(kept('-record.json'))
    expect(told.content.utterances.map((line: { text: string }) => line.text)).toEqual(
      expect.arrayContaining(['该项目没有开展可行性论证。', '请立即止损。']),
    )
    const canonical =
      'import json,hashlib,sys;c=json.loads(sys.argv[1])["content"];' +
      'print(hashlib.sha256(json.dumps(c,sort_keys=True,separators=(",",":"),ensure_ascii=False).encode()).hexdigest())'
    expect(run('python3', '-c', canonical, kept('-record.json')).trim()).toBe(told.sha256)
    const reported = run('pdftotext', '-raw', join(bag, 'reports/four-property-filing.pdf'), '-').replaceAll(/\s/g, '')
    expect(reported).toMatch(/GD-4-2病毒感染检测人工确认符合（戚某某，/)
    const schema = join(import.meta.dirname, '..', '..', '..', 'electron', 'sealing', 'eep.xsd')
    run('xmllint', '--noout', '--nonet', '--schema', schema, join(bag, 'eep.xml'))
    const mark = run('pdftotext', '-layout', join(bag, 'reports/contents.pdf'), '-')
    expect(mark).toMatch(/秘密\s*★\s*5\s*年/)
    expect(mark).toContain('签字件')

    // Stopped while it works: nothing is left, nothing is in the register.
    mkdirSync(join(folder, 'second'))
    const spare = await sealTicket(office, volume, to)
    const stopped = again.call('archive.seal', {
      ...one,
      folder: join(folder, 'second'),
      ticketIds: [spare],
      checks: answers,
      job: 'stopped',
    })
    await again.call('archive.cancel', { job: 'stopped' })
    await expect(stopped).rejects.toThrow(code('bundle.cancelled'))
    expect(readdirSync(join(folder, 'second'))).toEqual([])
    expect(await again.call('archive.bundles', one)).toHaveLength(1)

    // Reopened with a reason: what was filed stays, and the volume is filed again as its next edition.
    const [first] = await again.call('archive.editions', one)
    expect(first).toMatchObject({ edition: 1, reason: '', by: '戚某某', level: 'secret' })
    expect(first?.items.filter((item) => item.scanIds.length > 0)).toHaveLength(1)
    await expect(chengban.call('archive.assemble', { caseId })).rejects.toThrow(code('cases.wrongStage'))
    const opened = await again.call('archive.reopen', { ...one, reason: '补入记录签字件' })
    expect(opened).toMatchObject({ state: 'open', edition: 2, reason: '补入记录签字件' })
    expect(await again.call('cases.get', { caseId })).toMatchObject({ stage: 'filing' })
    const record = papers.find((paper) => paper.kind === 'record' && paper.format === 'pdf')
    await again.call('papers.attachScan', { ...signed, paperId: record?.id ?? '' })
    const second = await chengban.call('archive.assemble', { caseId })
    expect(second).toMatchObject({ id: volume.id, archivalCode: volume.archivalCode, edition: 2 })
    await handOver(office, second)
    await again.call('archive.file', { ...one, gaps: [], note: '', checks: filingAnswers() })
    const editions = await again.call('archive.editions', one)
    expect(editions[0]).toEqual(first)
    expect(editions[1]?.items.filter((item) => item.scanIds.length > 0).map((item) => item.code)).toEqual([
      'record',
      'minutes',
    ])
    const lists = (await again.call('papers.list', { caseId })).filter((paper) => paper.kind === 'contents')
    expect(lists.map((paper) => paper.edition)).toEqual([1, 2])
    const anew = lookedAt(await again.call('archive.check', one))
    // What was allowed was the first edition, not this one.
    await expect(
      again.call('archive.seal', { ...one, folder, ticketIds: [spare], checks: anew, job: 'old' }),
    ).rejects.toThrow(code('archive.ticketOutdated'))
    const [next] = await again.call('archive.seal', {
      ...one,
      folder,
      ticketIds: [await sealTicket(office, volume, to)],
      checks: anew,
      job: 'anew',
    })
    // The number of the copy that was never made is spent, that of the consignment is not.
    expect(next).toMatchObject({ sequence: 2, copy: '000003' })

    // A case that is reopened for its rectification comes back to the same volume.
    await (await office.at('chuzhang')).call('cases.reopen', { caseId, reason: '整改反复' })
    await chengban.call('cases.beginFiling', { caseId, reason: '整改尚未办结' })
    expect(await chengban.call('archive.assemble', { caseId })).toMatchObject({
      id: volume.id,
      state: 'open',
      edition: 3,
      reason: '整改反复',
    })
    // An edition is proof only as it was signed.
    await expect(
      again.session.archive.cases?.transaction((trx) => trx('volume_editions').update({ reason: '' })),
    ).rejects.toThrow()
  },
  longPath,
)
