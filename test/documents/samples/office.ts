import type { PaperSource } from '#electron/documents/paper-of.ts'
import { type BookKey, books } from '#electron/documents/papers/registers.ts'
import { anchor, frame } from './base.ts'

/** Papers of the volume and of the secrecy office. */

/** Words a register might hold, long enough to wrap in every column. */
const entry = (label: string, index: number): string => {
  if (/序号|收文号/.test(label)) return String(index + 1)
  if (/日期|时|限$/.test(label)) return '20260302'
  if (/密级/.test(label)) return '机密'
  if (/份号/.test(label)) return '000002'
  if (/份数|印数|页/.test(label)) return '6'
  if (/人|阅/.test(label)) return '陈某喆'
  if (/标题|文件|清单|事件/.test(label)) return '责任约谈通知书（渝某实业集团有限公司）'
  if (/文号/.test(label)) return '监管约谈函〔2026〕15号'
  if (/校验值/.test(label)) return '3f9a61c0e7d2'
  if (/单位|对象/.test(label)) return '市纪委监委驻市国资委纪检监察组'
  return '已办理'
}

/** Each register with enough rows for a second page. */
const filled = (book: BookKey): PaperSource => ({
  kind: 'registers',
  data: {
    ...frame,
    anchor,
    book,
    facts: ['单位：重庆市国资委　　年度：2026年'],
    rows: Array.from({ length: 24 }, (_, index) => books[book].columns.map((column) => entry(column.label, index))),
    keeper: '陈某某',
  },
})

export const office: readonly PaperSource[] = [
  {
    kind: 'volumeCover',
    data: {
      ...frame,
      fonds: '重庆市国有资产监督管理委员会',
      category: '国资监管责任约谈类',
      volumeTitle: '重庆市国资委对渝某实业集团有限公司违规开展融资性贸易问题责任约谈案卷',
      period: '2026年2月27日至2026年6月30日',
      retention: '30年',
      pieces: 13,
      pages: 86,
      filingNumber: '2026-0015',
      archivalCode: 'K101-WS·2026-D30-JDC-0001',
      level: '机密',
    },
  },
  {
    kind: 'archivedList',
    data: {
      ...frame,
      anchor,
      fondsCode: 'K101',
      fonds: '重庆市国有资产监督管理委员会',
      year: 2026,
      retention: '30年',
      organ: '监督追责处',
      entries: Array.from({ length: 30 }, (_, index) => ({
        archivalCode: `K101-WS·2026-D30-JDC-${String(index + 1).padStart(4, '0')}`,
        documentNumber: index % 3 === 0 ? `监管约谈函〔2026〕${index + 1}号` : '',
        author: '重庆市国资委',
        title: index % 3 === 0 ? '责任约谈通知书（正本）及定稿、审签单' : '[责任约谈送达回执]',
        date: '20260301',
        level: index % 2 === 0 ? '机密' : '',
        pages: 3,
        remarks: '',
      })),
    },
  },
  {
    kind: 'recoverySheet',
    data: {
      ...frame,
      sheet: 1,
      unit: '重庆市国资委',
      archive: '国资监管责任约谈档案库',
      genesis: '3F9A 61C0 E7D2 44B8',
      groups: ['□□□□□', '□□□□□', '□□□□□', '□□□□□', '□□□□□', '□□'],
      holder: '',
      madeOn: null,
    },
  },
  ...(Object.keys(books) as BookKey[]).map(filled),
]
