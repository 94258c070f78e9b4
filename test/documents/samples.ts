import type { PaperSource } from '#electron/documents/paper-of.ts'
import type { MinutesData } from '#electron/documents/papers/minutes.ts'
import type { NoticeData } from '#electron/documents/papers/notice.ts'
import type { RecordData, RecordUtterance } from '#electron/documents/papers/record.ts'
import { after } from './samples/after.ts'
import { anchor, digest, frame, mark, opinions, volume } from './samples/base.ts'
import { before } from './samples/before.ts'
import { office } from './samples/office.ts'

/** Invented papers, with everything that is hard to set: rare characters, sums, quotations, long names. */

export { frame, mark }

export const noticeData: NoticeData = {
  ...frame,
  layout: 'letter',
  letterhead: '重庆市国有资产监督管理委员会',
  number: '监管约谈函〔2026〕15号',
  enterprise: '渝某实业集团有限公司',
  time: '2026年3月10日9时',
  place: '1601会议室',
  interviewOffice: '财务监管处',
  host: '处长王某某',
  cause: '违规开展融资性贸易造成重大资产损失风险、2025年度重大投资项目决策程序不规范等',
  persons: ['主要负责人', '分管负责人', '相关部门负责人李某喆', '有关子企业负责人'],
  materialsDue: '2026-03-06',
  contact: '赵某某',
  telephone: '023-6767××××',
  organ: '重庆市国资委',
  date: '2026-03-01',
  jointUnits: [],
  materials: '',
  sealedPaper: true,
  electronicCopy: true,
  statement: false,
  copies: ['市纪委监委驻市国资委纪检监察组', '市委第三巡察组', '市国资委党委组织部', '市国资委监督追责处'],
}

export const sentences = [
  '请说明该项投资的决策程序，是否经过党委会前置研究、董事会审议，并形成书面决议？',
  '该项目于2024年3月提交董事会审议，总投资12.35亿元，其中自有资金4.94亿元，占比40%。会上有两名外部董事提出了' +
    '不同意见（主要是对“可行性研究报告”中收益率8.6%的测算依据），但没有单独列入会议纪要，我们对此负有责任。',
  '根据《市国资委国资监管责任约谈工作规则》第八条，现将约谈事由和目的说明如下：一是企业在重大投资决策中存在程序' +
    '倒置；二是对子企业管控不力，造成资产损失风险3,200万元。',
  '好。',
  '限30日内完成问题清单“回头看”，10个工作日内报送工作方案；明确落实措施、责任主体和时间安排……不得以任何理由' +
    '拖延——这是底线！参见监管约谈函〔2026〕15号。',
  '周某镕、张某赟、刘某堃三人参加了V2.1版ERP系统的验收。',
]

const utterance = (index: number): RecordUtterance => ({
  speaker: index % 2 === 0 ? '王某某' : '李某喆',
  kind: index % 2 === 0 ? 'question' : 'answer',
  enterprises: [],
  time: null,
  text: `${sentences[(index * 7) % sentences.length]}${index % 3 === 0 ? sentences[index % sentences.length] : ''}`,
})

export const recordData = (utterances: number): RecordData => ({
  ...frame,
  title: '责任约谈记录',
  time: '2026年3月10日9时05分至11时40分',
  place: '市国资委1601会议室',
  hosts: ['王某某（财务监管处处长）'],
  interviewers: ['财务监管处张某赟（副处长）', '陈某某（三级调研员）'],
  jointInterviewers: ['监督追责处刘某堃（副处长）'],
  enterprises: [{ name: '渝某实业集团有限公司', persons: ['李某喆（董事长）', '周某镕（总会计师）'] }],
  absent: [],
  moved: [],
  unticked: [],
  recorder: '陈某某',
  cause: '违规开展融资性贸易造成重大资产损失风险',
  ordinal: 1,
  utterances: Array.from({ length: utterances }, (_, index) => utterance(index)),
  correction: null,
  signatures: 'each-page',
})

export const minutesData: MinutesData = {
  ...frame,
  ordinal: null,
  time: '2026年3月10日 上午9:00',
  place: '1601会议室',
  host: '王某某（财务监管处处长）',
  interviewers: ['财务监管处张某赟（副处长）', '陈某某（三级调研员）'],
  jointInterviewers: ['监督追责处刘某堃（副处长）'],
  enterprise: ['渝某实业集团有限公司李某喆（党委书记、董事长）', '周某镕（总会计师）'],
  recorder: '陈某某',
  cause: '违规开展融资性贸易造成重大资产损失风险',
  demand: '按照《市国资委国资监管责任约谈工作规则》有关规定，说明问题，提出整改要求。',
  statements: `${sentences[1]}\n${sentences[2]}`,
  opinions: [sentences[4] ?? '', '举一反三，在本企业开展同类问题风险排查。'],
  others: '',
  lists: null,
  signatures: false,
}

/** One of every kind. */
export const everyPaper: readonly PaperSource[] = [
  { kind: 'notice', data: noticeData },
  { kind: 'record', data: recordData(40) },
  { kind: 'minutes', data: minutesData },
  {
    kind: 'approval',
    data: {
      ...frame,
      title: '责任约谈通知书审签单',
      documentTitle: '关于对渝某实业集团有限公司开展责任约谈的通知',
      number: null,
      office: '财务监管处',
      officer: '张某赟',
      enterprise: '渝某实业集团有限公司',
      copies: noticeData.copies,
      classification: '机密★10年（拟定）',
      triggers: ['（五）存在重大风险隐患或发生可能造成严重不良后果的重大事项的；'],
      cause: noticeData.cause,
      drafted: '2026-02-27',
      opinions,
      anchor,
    },
  },
  {
    kind: 'classification',
    data: {
      ...frame,
      documentTitle: '关于对渝某实业集团有限公司开展责任约谈的通知',
      number: '监管约谈函〔2026〕15号',
      office: '财务监管处',
      officer: '张某赟',
      origin: '原始定密',
      basis: '国有资产监督管理工作国家秘密范围第三条第（二）项',
      level: '机密',
      term: '10年',
      scope: ['王某某', '张某赟', '陈某某'],
      secretPoints: '资产损失金额',
      reason: '内容涉及尚未公开的重大资产损失情况。',
      printed: '6份，000001—000006',
      drafted: '2026-02-27',
      opinions,
      remarks: '',
      anchor,
    },
  },
  {
    kind: 'contents',
    data: {
      ...frame,
      ...volume,
      entries: Array.from({ length: 40 }, (_, index) => ({
        number: String(index + 1),
        documentNumber: index === 0 ? '监管约谈函〔2026〕15号' : '',
        author: '重庆市国资委',
        title: '责任约谈通知书（正本）及定稿、审签单',
        date: '20260301',
        level: '机密',
        pages: `${index * 3 + 1}—${index * 3 + 3}`,
        remarks: '',
      })),
    },
  },
  {
    kind: 'referenceSheet',
    data: {
      ...frame,
      ...volume,
      pieces: 13,
      pages: 86,
      situation: '本卷收通知书、约谈记录、约谈纪要、企业报送材料共13件86页，齐全完整。',
      filedBy: '张某赟',
      checkedBy: null,
      filedOn: null,
    },
  },
  {
    kind: 'volumeReceipt',
    data: {
      ...frame,
      ...volume,
      edition: 1,
      retention: '30年',
      level: '机密',
      organiser: '财务监管处',
      receiver: '办公室档案员',
      pieces: Array.from({ length: 14 }, (_, index) => ({
        title: index === 0 ? '责任约谈通知书（渝某实业集团有限公司）' : '渝某实业集团有限公司关于有关问题的情况说明',
        number: index === 0 ? '监管约谈函〔2026〕15号' : '',
        date: '20260301',
        level: index === 0 ? '机密' : '',
        pages: index + 1,
      })),
      note: '附电子版，纸质件同批移交。',
      handedBy: '孙某某',
      handedOn: '2026-06-20',
      answer: { outcome: '退回', by: '陈某赟', on: '2026-06-22', note: '缺约谈记录签字件，请补齐。' },
    },
  },
  {
    kind: 'handover',
    data: {
      ...frame,
      ...volume,
      sender: '重庆市国资委财务监管处',
      recipient: '重庆市国资委档案室',
      deliveryId: '01JN8Z6M2T4V7W9X1Y3Z5A7B9C',
      copy: '000001',
      level: '机密',
      pieces: 13,
      files: 27,
      bytes: 48211934,
      carrier: '光盘一张',
      bundles: [{ name: 'case-2026-0015.sealed', sha256: digest }],
      caFingerprint: digest,
      signerFingerprint: digest,
      checks: '四性检测21项，未发现不通过项。',
      handedBy: null,
      receivedBy: null,
      date: null,
    },
  },
  {
    kind: 'fourProperty',
    data: {
      ...frame,
      ...volume,
      checkedOn: '2026-06-30',
      checkedBy: '陈某某',
      checks: [
        { property: '真实性', code: 'GD-1-1', name: '固化信息有效性检测', result: '通过', detail: '摘要一致' },
        { property: '安全性', code: 'GD-4-1', name: '病毒检测', result: '人工确认', detail: '由检测人确认' },
      ],
    },
  },
  {
    kind: 'register',
    data: {
      ...frame,
      title: '印送登记簿',
      landscape: true,
      facts: ['年度：2026年'],
      columns: [
        { label: '序号', width: 20, align: 'center' },
        { label: '文号', width: 60, align: 'left' },
        { label: '签收人', width: 40, align: 'left' },
      ],
      rows: [['1', '监管约谈函〔2026〕15号', '李某喆']],
      notes: ['登记人：陈某某'],
      anchor,
    },
  },
  ...before,
  ...after,
  ...office,
]
