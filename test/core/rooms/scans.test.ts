import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../support/folders.ts'
import { issueNotices, openCase, openOffice, unclassified } from '../../support/office.ts'

test('a signed paper comes back as a scan: kept encrypted beside its paper, told by its bytes, with who and when', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, unclassified)
  const papers = await chengban.call('papers.list', { caseId })
  const paper = papers.find((one) => one.kind === 'notice' && one.format === 'pdf')
  if (!paper) throw new Error('no notice')
  const folder = temporaryFolder()
  const file = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const attach = (path: string, signedOn = '2026-01-05') =>
    chengban.call('papers.attachScan', { caseId, paperId: paper.id, file: path, signer: '曹某某', signedOn })

  // A TIFF of many pages under a wrong name is still a TIFF; a program under a right one is none.
  const scan = await attach(file('签字页.jpg', Buffer.from('49492a0008000000', 'hex')))
  expect(scan).toMatchObject({ paperId: paper.id, signer: '曹某某', signedOn: '2026-01-05', fileName: '签字页.jpg' })
  await attach(file('通知书.pdf', Buffer.from('%PDF-1.7\n%%EOF\n')))
  await expect(attach(file('program.pdf', Buffer.from('MZ\u0090\u0000')))).rejects.toMatchObject({
    code: 'papers.notScan',
  })
  await expect(attach(join(folder, 'nowhere.pdf'))).rejects.toMatchObject({ code: 'papers.noScan' })
  await expect(attach(file('later.pdf', Buffer.from('%PDF-1.7')), '2199-01-01')).rejects.toMatchObject({
    code: 'papers.signedLater',
  })
  const kept = await chengban.call('papers.scans', { caseId })
  expect(kept.map((one) => one.fileName)).toEqual(['签字页.jpg', '通知书.pdf'])

  // Another case's paper takes no scan through this one.
  const other = await openCase(office, ['渝某能源有限公司'])
  await expect(
    chengban.call('papers.attachScan', {
      caseId: other.caseId,
      paperId: paper.id,
      file: file('again.pdf', Buffer.from('%PDF-1.7')),
      signer: '曹某某',
      signedOn: '2026-01-05',
    }),
  ).rejects.toMatchObject({ code: 'papers.unknown' })
})
