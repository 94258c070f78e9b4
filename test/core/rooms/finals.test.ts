import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { caseAtFiling, handOver } from '../../support/filing.ts'
import { temporaryFolder } from '../../support/folders.ts'
import {
  disableAccount,
  issueNotices,
  openCase,
  openOffice,
  type TestOffice,
  unclassified,
} from '../../support/office.ts'
import { frozenBytes } from '../../support/papers.ts'
import { rezipped } from '../../support/zip.ts'

const longPath = 600_000
const body = 'word/document.xml'

/** The frozen paper of a kind, as the archive keeps it, and a way to lay another one on the disk. */
async function paperOf(office: TestOffice, caseId: string, kind: string) {
  const desk = await office.at('chengban')
  const paper = (await desk.call('papers.list', { caseId })).find((one) => one.kind === kind && one.format === 'docx')
  if (!paper) throw new Error(`no ${kind}`)
  const bytes = await frozenBytes(desk, paper.id)
  const laid = (change: (was: string) => string, name = '定稿.docx'): string => {
    const file = join(temporaryFolder(), name)
    writeFileSync(file, rezipped(bytes, { [body]: change }))
    return file
  }
  return { desk, paper, laid }
}

test(
  '定稿: a text edited elsewhere comes back, is compared with ours, approved by the one who signed, and filed',
  async () => {
    const office = await openOffice()
    const { caseId } = await caseAtFiling(office)
    const { desk, paper, laid } = await paperOf(office, caseId, 'notice')
    const bring = (file: string, paperId = paper.id) =>
      desk.call('papers.bringFinal', { caseId, paperId, file, note: '统一用语' })
    const fenguan = await office.at('fenguan')

    const waiting = await bring(laid((was) => was.replace('按时参加', '准时参加')))
    expect(waiting).toMatchObject({ state: 'submitted', added: 2, removed: 2, fileName: '定稿.docx', mayDecide: false })
    const asked = async () => (await fenguan.call('today.get', {})).mine.filter((one) => one.caseId === caseId)
    expect((await asked()).map((one) => one.next.code)).toContain('papers.decideFinal')
    const [shown] = await fenguan.call('papers.finals', { caseId })
    expect(shown).toMatchObject({
      id: waiting.id,
      mayDecide: true,
      signer: waiting.signer,
      broughtBy: waiting.broughtBy,
    })
    const stretches = await fenguan.call('papers.compareFinal', { caseId, finalId: waiting.id })
    expect(stretches.filter((one) => one.kind !== 'same')).toEqual([
      { kind: 'removed', text: '按时' },
      { kind: 'added', text: '准时' },
    ])

    // Who may decide: the signer, not another leader of the office, and a return says why.
    const decide = (decision: 'approved' | 'returned', opinion: string, finalId = waiting.id) =>
      fenguan.call('papers.decideFinal', { caseId, finalId, decision, opinion })
    const chuzhang = await office.at('chuzhang')
    await expect(
      chuzhang.call('papers.decideFinal', { caseId, finalId: waiting.id, decision: 'approved', opinion: '' }),
    ).rejects.toMatchObject({ code: 'papers.notSigner', params: { signer: waiting.signer } })
    await expect(decide('returned', '')).rejects.toMatchObject({ code: 'papers.finalReason' })
    await decide('returned', '请改回原文')
    await expect(decide('approved', '')).rejects.toMatchObject({ code: 'papers.finalDecided' })

    // One that waits gives way to the one that comes after it.
    const second = await bring(laid((was) => was.replace('按时参加', '准时到会')))
    const third = await bring(laid((was) => was, '正式.docx'))
    expect(third).toMatchObject({ added: 0, removed: 0 })
    expect((await desk.call('papers.finals', { caseId })).map((one) => one.state)).toEqual([
      'returned',
      'replaced',
      'submitted',
    ])
    await expect(decide('approved', '', second.id)).rejects.toMatchObject({ code: 'papers.finalDecided' })

    // It comes after 立卷 and still goes into the volume that the office has not handed over.
    const volume = await desk.call('archive.assemble', { caseId })
    expect(volume.items.every((item) => item.finalIds.length === 0)).toBe(true)
    await decide('approved', '同意', third.id)
    await expect(bring(laid((was) => was))).rejects.toMatchObject({ code: 'papers.finalStands' })
    const filed = await desk.call('archive.get', { caseId, volumeId: volume.id })
    expect(filed.items.filter((item) => item.finalIds.length > 0).map((item) => [item.code, item.finalIds])).toEqual([
      ['notice', [third.id]],
    ])
    await handOver(office, filed)
    const minutes = await paperOf(office, caseId, 'minutes')
    await expect(
      bring(
        minutes.laid((was) => was),
        minutes.paper.id,
      ),
    ).rejects.toMatchObject({
      code: 'archive.handedOver',
    })

    // A state somebody wrote into the file without the signer's act stops the case by name.
    const forged = (change: object) =>
      desk.session.archive.cases?.knex('paper_finals').where({ id: second.id }).update(change)
    await forged({ state: 'approved', decided_by: fenguan.accountId })
    await expect(desk.call('cases.get', { caseId })).rejects.toMatchObject({
      code: 'acts.invalid',
      params: { object: 'paperFinal', id: second.id },
    })
    await forged({ state: 'replaced', decided_by: null })
    await desk.session.archive.cases?.knex('paper_finals').where({ id: third.id }).update({ theirs: '另一段文字' })
    await expect(desk.call('cases.get', { caseId })).rejects.toMatchObject({ code: 'acts.invalid' })
  },
  longPath,
)

test(
  'what cannot be a 定稿 is refused and nothing is kept: hostile files, marked changes, papers without a signer',
  async () => {
    const office = await openOffice()
    const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
    await issueNotices(office, caseId, unclassified)
    const { desk, paper, laid } = await paperOf(office, caseId, 'notice')
    const refused = async (file: string, code: string, paperId = paper.id) =>
      expect(desk.call('papers.bringFinal', { caseId, paperId, file, note: '' })).rejects.toMatchObject({ code })
    await refused(
      laid((was) => was.replace('<w:body>', '<!DOCTYPE x [<!ENTITY a "b">]><w:body>')),
      'parsing.xmlDoctype',
    )
    const inserted = '<w:p><w:ins w:id="9"><w:r><w:t>另</w:t></w:r></w:ins></w:p>'
    await refused(
      laid((was) => was.replace('<w:body>', `<w:body>${inserted}`)),
      'papers.finalMarked',
    )
    const text = join(temporaryFolder(), '定稿.docx')
    writeFileSync(text, '不是文档')
    await refused(text, 'parsing.zipBroken')
    await refused(join(temporaryFolder(), '没有.docx'), 'parsing.noFile')
    const approval = (await desk.call('papers.list', { caseId })).find((one) => one.kind === 'approval')
    await refused(
      laid((was) => was),
      'papers.noFinalOf',
      approval?.id ?? '',
    )
    const other = await openCase(office, ['渝某能源有限公司'])
    await expect(
      desk.call('papers.bringFinal', { caseId: other.caseId, paperId: paper.id, file: laid((was) => was), note: '' }),
    ).rejects.toMatchObject({ code: 'papers.unknown' })
    expect(await desk.call('papers.finals', { caseId })).toEqual([])

    // The signer has left: whoever holds the office now decides.
    const { id: finalId } = await desk.call('papers.bringFinal', {
      caseId,
      paperId: paper.id,
      file: laid((was) => was),
      note: '',
    })
    await disableAccount(office, (await office.at('fenguan')).accountId)
    const chuzhang = await office.again('chuzhang')
    await expect(
      chuzhang.call('papers.decideFinal', { caseId, finalId, decision: 'approved', opinion: '' }),
    ).rejects.toMatchObject({ code: 'papers.notSigner' })
  },
  longPath,
)
