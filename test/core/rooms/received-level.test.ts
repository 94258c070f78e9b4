import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeCast } from '../../support/bundles.ts'
import { explained, filingAnswers, handOver, plainCaseAtFiling, recipientFile } from '../../support/filing.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { openOffice } from '../../support/office.ts'

test('保密法 18: what came in with a mark counts with it in the volume, its list, and the leave to send it out', async () => {
  const office = await openOffice()
  const { caseId } = await plainCaseAtFiling(office, '渝某实业集团有限公司', { level: 'none' })
  const chengban = await office.at('chengban')
  const plain = await chengban.call('archive.assemble', { caseId })
  expect([plain.level, plain.items.map((item) => item.level)]).toEqual(['none', ['none', 'none']])

  const file = join(temporaryFolder(), '报告.txt')
  writeFileSync(file, '机密内容\n')
  const cases = chengban.session.archive.cases
  const first = await cases?.knex('rectification_documents').where({ case_id: caseId }).first('enterprise_id')
  const received = { caseId, enterpriseId: first.enterprise_id, title: '涉密情况报告', file }
  await chengban.call('rectification.receive', { ...received, kind: 'material', level: 'confidential' })
  const volume = await chengban.call('archive.assemble', { caseId })
  expect(volume.level).toBe('confidential')
  expect(volume.items.map((item) => item.level).sort()).toEqual(['confidential', 'none', 'none'])

  await handOver(office, volume)
  const dangan = await office.at('dangan')
  const one = { caseId, volumeId: volume.id }
  await dangan.call('archive.file', { ...one, gaps: explained(volume), note: '', checks: filingAnswers() })
  const papers = (await cases?.knex('papers').where({ object_id: volume.id }).select('kind', 'level')) ?? []
  expect(papers).toContainEqual({ kind: 'contents', level: 'confidential' })
  const ask = { recipients: [recipientFile(makeCast())], purpose: '移交进馆', carrier: 'cd' as const, medium: '' }
  const [ticket] = await dangan.call('archive.requestSeal', { ...one, ...ask })
  // Another person has to allow it, though no paper of the case bears a mark.
  expect(ticket).toMatchObject({ level: 'confidential', state: 'requested', label: '000001' })
}, 600_000)
