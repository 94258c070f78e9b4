import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildVerifyPage } from '#build/verify-page.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { openEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { verifyBundle } from '#electron/sealing/verify.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { openerOf } from '#test/support/certificates.ts'
import { issuePair, trialAuthority } from '../../support/certificates.ts'
import { filingAnswers, handOver, sealTicket } from '../../support/filing.ts'
import { classifyAll, holdInterview, issueNotices, openCase, openOffice, secret } from '../../support/office.ts'

/** Makes real papers in real workers, dozens of them; a slow machine takes its time. */
const longPath = 600_000

test(
  'an individual case walks from intake to a sealed bundle, every step by the account whose turn it is',
  async () => {
    const office = await openOffice()
    const chengban = await office.at('chengban')
    const jilu = await office.at('jilu')
    const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司'])
    await issueNotices(office, caseId, secret)
    const [notice] = await chengban.call('notices.list', { caseId })
    expect(notice).toMatchObject({ state: 'issued', mark: '秘密★5年' })
    expect(notice?.number).toMatch(/^监管约谈函〔\d{4}〕1号$/)

    const interviewId = await holdInterview(office, caseId, enterprises, [
      { text: '现在开始约谈。', kind: 'explain', key: 1 },
      { text: '该项目没有开展可行性论证。', kind: 'statement', key: 2 },
      { text: '请立即止损。', kind: 'opinion', key: 1 },
      { text: '年底前完成追索。', kind: 'commitment', key: 2, commitment: { owner: '王某某', due: '2026-12-31' } },
    ])
    const { items } = await chengban.call('rectification.get', { caseId })
    expect(items).toMatchObject([
      {
        text: '年底前完成追索。',
        enterpriseId: enterprises[0],
        owner: '王某某',
        due: '2026-12-31',
        state: 'open',
        source: { seq: 4, text: '年底前完成追索。' },
      },
    ])

    const [minutes] = await jilu.call('minutes.draft', { caseId, interviewId })
    expect(minutes?.sentences.map((one) => one.section)).toEqual(['statements', 'opinions', 'other'])
    if (!minutes) throw new Error('no minutes')
    await jilu.call('minutes.submit', { caseId, minutesId: minutes.id, proposal: secret })
    await classifyAll(office, caseId)
    const final = await (await office.at('chuzhang')).call('minutes.finalise', { caseId, minutesId: minutes.id })
    expect(final).toMatchObject({ state: 'final', mark: '秘密★5年' })

    const shown = await chengban.call('cases.get', { caseId })
    expect(shown).toMatchObject({ stage: 'rectification', level: 'secret', next: { code: 'rectification.receive' } })
    expect(shown.articles).toHaveLength(23)
    const papers = await chengban.call('papers.list', { caseId })
    expect(new Set(papers.map((one) => `${one.kind}.${one.format}`))).toEqual(
      new Set([
        'notice.pdf',
        'notice.docx',
        'approval.pdf',
        'approval.docx',
        'classification.pdf',
        'minutes.pdf',
        'minutes.docx',
        'record.pdf',
        'record.docx',
      ]),
    )

    // The enterprise's papers, the end of the rectification, 立卷.
    const material = join(office.outside, '情况说明.txt')
    writeFileSync(material, '渝某实业集团有限公司关于有关问题的说明')
    for (const kind of ['material', 'workPlan'] as const) {
      const enterpriseId = enterprises[0] ?? ''
      await chengban.call('rectification.receive', { caseId, enterpriseId, kind, title: '情况说明', file: material })
    }
    const item = items[0] ?? { id: '' }
    await chengban.call('rectification.closeItem', { caseId, itemId: item.id, result: '已立案' })
    await chengban.call('cases.beginFiling', { caseId, reason: '整改尚未办结' })
    const volume = await chengban.call('archive.assemble', { caseId })
    expect(volume.archivalCode).toMatch(/^[A-Z0-9]{4}-WS·\d{4}-D30-0001$/)
    expect(volume.items.map((one) => one.code)).toEqual([
      'approval',
      'classification',
      'classification',
      'notice',
      'record',
      'minutes',
      'material',
      'workPlan',
    ])
    expect(volume.items.map((one) => one.position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(volume).toMatchObject({ gaps: [], level: 'secret', organiser: '监督处' })

    const dangan = await office.at('dangan')
    const one = { caseId, volumeId: volume.id }
    await handOver(office, volume)
    await dangan.call('archive.file', { ...one, gaps: [], note: '', checks: filingAnswers() })
    const checks = await dangan.call('archive.check', one)
    expect(checks.filter((check) => check.result === 'failed')).toEqual([])

    await buildVerifyPage()
    const outside = trialAuthority('某市档案馆')
    const recipient = issuePair(outside, 'encryption', '某市档案馆接收处')
    const certificateFile = join(office.outside, 'recipient.crt.pem')
    writeFileSync(certificateFile, recipient.certificate)
    const folder = join(office.outside, 'disc')
    mkdirSync(folder)
    const day = dayInChina(new Date().toISOString())
    const looked = checks.map((check) => (check.result === 'manual' ? { ...check, person: '戚某某', day } : check))
    const seal = { ...one, folder, checks: looked, job: 'test' }
    const shownRecipient = await dangan.call('archive.recipient', { certificateFile })
    expect(shownRecipient.fingerprint).toBe(certificateFingerprint(recipient.certificate))
    const wrong = [{ certificateFile, fingerprint: certificateFingerprint(outside.certificate) }]
    await expect(sealTicket(office, volume, wrong)).rejects.toThrow('archive.fingerprintDiffers')
    const ticketId = await sealTicket(office, volume, [{ certificateFile, fingerprint: shownRecipient.fingerprint }])
    const [receipt] = await dangan.call('archive.seal', { ...seal, ticketIds: [ticketId] })
    if (!receipt) throw new Error('no receipt')
    expect(receipt).toMatchObject({ sequence: 1, copy: '000001', level: 'secret' })
    const caFingerprint = receipt.caFingerprint
    const register = await dangan.call('archive.verify', { files: [receipt.file], caFingerprint, job: 'test' })
    expect(register).toMatchObject({ bundles: [{ verdict: { colour: 'green' } }], group: null })

    const tar = join(office.outside, 'case.tar')
    await openEnvelope(receipt.file, openerOf(recipient), tar)
    const verdict = await verifyBundle(tar, { caFingerprint })
    expect(verdict.checks.filter((check) => !check.passed)).toEqual([])
    expect(verdict.colour).toBe('green')
    // Every frozen paper of the case travels with its bytes unchanged.
    const inside = readFileSync(tar).toString('latin1')
    for (const paper of papers) expect(inside).toContain(paper.sha256)

    expect(await chengban.call('cases.get', { caseId })).toMatchObject({ stage: 'archived', next: { code: 'none' } })
    const out = { act: 'export' as const, recipient: '某市档案馆', purpose: '核对', medium: '', parentId: null }
    const [ticket] = await chengban.call('copies.request', { caseId, paperIds: [papers[0]?.id ?? ''], ...out })
    const approve = { caseId, batchId: ticket?.batchId ?? '', decision: 'approved' as const, opinion: '' }
    await (await office.at('chuzhang')).call('copies.decide', approve)
    const exported = await chengban.call('copies.take', { caseId, ticketId: ticket?.id ?? '', folder })
    expect(exported).toMatchObject({ label: '000001', sha256: papers[0]?.sha256 })
  },
  longPath,
)
