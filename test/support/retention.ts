import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestOffice } from './office.ts'

/** A unit's own 保管期限表 that files by piece (DA/T 22). */
export const pieceTable = {
  name: '某单位文件材料归档范围和保管期限表',
  document: '某档发〔2026〕3号',
  approvedBy: '某市档案主管部门',
  effective: '2026-01-01',
  form: 'piece',
  fonds: { code: 'K101', name: '渝某国资监管机构' },
  organs: [
    { office: '监督处', code: 'JDC' },
    { office: '责任追究处', code: 'ZZC' },
  ],
  rows: [
    { code: '1.1', category: '企业报送材料', term: 'D10', interview: false, papers: ['material'] },
    { code: '2.4', category: '汇总分析材料', term: 'D30', interview: false, papers: ['analysisReport'] },
    { code: '3.2', category: '责任约谈文件', term: 'Y', interview: true },
  ],
}

/** The table holds from now on: proposed by the archivist, approved by the head of the office, who sign in anew. */
export async function fileByPiece(office: TestOffice): Promise<void> {
  const dangan = await office.at('dangan')
  const file = join(office.outside, 'retention.json')
  writeFileSync(file, JSON.stringify(pieceTable))
  const { hash } = await dangan.call('rules.readNorm', { kind: 'retentionTable', file })
  const norm = await dangan.call('rules.proposeNorm', { kind: 'retentionTable', file, hash: hash ?? '' })
  await (await office.again('chuzhang')).call('rules.approveNorm', { seq: norm.seq, record: norm.record })
  await office.again('dangan')
}
