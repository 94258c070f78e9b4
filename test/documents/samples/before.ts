import type { PaperSource } from '#electron/documents/paper-of.ts'
import { anchor, frame, opinions } from './base.ts'

/** Papers of the time before an interview. */

export const letterFrame = {
  ...frame,
  layout: 'letter',
  letterhead: '重庆市国有资产监督管理委员会',
  number: null,
  organ: '重庆市国资委',
  date: '2026-03-04',
  copies: ['市纪委监委驻市国资委纪检监察组'],
} as const

const enterprise = '渝某实业集团有限公司'
const noticeNumber = '监管约谈函〔2026〕15号'
const cause = '违规开展融资性贸易造成重大资产损失风险'
const contact = { contact: '赵某某', telephone: '023-6767××××' }
const changed = {
  ...letterFrame,
  ...contact,
  enterprise,
  noticeNumber,
  time: '2026年3月10日9时',
  cause,
  reason: '有关人员外出参加统一组织的学习',
}
const secrecy = {
  ...frame,
  anchor,
  documentTitle: '责任约谈通知书（渝某实业集团有限公司）',
  number: noticeNumber,
  office: '财务监管处',
  officer: '张某赟',
  drafted: '2026-02-27',
  opinions,
  remarks: '',
}

export const before: readonly PaperSource[] = [
  {
    kind: 'postponement',
    data: { ...changed, newTime: '2026年3月17日14时30分', newPlace: '1603会议室', materialsDue: '2026-03-13' },
  },
  { kind: 'cancellation', data: { ...changed, followUp: '有关事项并入专项核查一并处理。', alone: false } },
  {
    kind: 'classificationChange',
    data: {
      ...secrecy,
      before: { level: '机密', term: '10年', scope: ['王某某', '张某赟', '陈某某'] },
      after: { level: '秘密', term: '5年', scope: ['王某某', '张某赟', '陈某某', '刘某堃'] },
      basis: '国有资产监督管理工作国家秘密范围第三条第（二）项',
      reason: '资产损失风险已经处置，泄露后对国家安全和利益的损害程度明显降低。',
      notified: ['渝某实业集团有限公司', '市纪委监委驻市国资委纪检监察组'],
    },
  },
  {
    kind: 'declassification',
    data: {
      ...secrecy,
      level: '秘密',
      term: '5年',
      scope: ['王某某', '张某赟'],
      expires: '2031-03-01',
      outcome: '部分解密',
      extent: '约谈事由、监管意见部分解密；资产损失金额继续保密。',
      basis: '国有资产监督管理工作国家秘密范围第三条第（二）项',
      reason: '有关处置情况已经公开。',
      publicity: '解密后不对外公开。',
      notified: ['渝某实业集团有限公司'],
    },
  },
  {
    kind: 'consultation',
    data: {
      ...frame,
      anchor,
      enterprise,
      cause,
      time: '2026年3月9日15时',
      place: '市国资委1603会议室',
      manner: '会议',
      chair: '王某某',
      recorder: '陈某某',
      contents:
        '说明约谈事由和目的；听取企业对贸易业务决策、资金支付、风险处置情况的陈述；就印章管理、内控失效提出询问。',
      agreed: '（一）立即停止新增融资性贸易业务；（二）30日内完成存量业务清理；（三）对有关责任人员启动责任追究。',
      differences: '',
      participants: [
        { unit: '财务监管处', name: '王某某', title: '处长', opinion: '同意' },
        { unit: '监督追责处', name: '刘某堃', title: '副处长', opinion: '同意' },
        { unit: '市纪委监委驻市国资委纪检监察组', name: '周某镕', title: '副组长', opinion: '同意，请突出责任追究' },
      ],
    },
  },
  {
    kind: 'outline',
    data: {
      ...frame,
      enterprise,
      cause,
      time: '2026年3月10日9时',
      place: '市国资委1601会议室',
      host: '王某某（财务监管处处长）',
      participants: ['财务监管处张某赟（副处长）', '监督追责处刘某堃（副处长）'],
      sections: [
        { name: '说明约谈事由、目的和要求', points: ['宣布约谈纪律。', '说明约谈事由和依据。'] },
        {
          name: '听取被约谈人员陈述',
          points: ['企业基本情况。', '造成的损失、风险或影响。', '原因分析。', '已经采取的措施。', '下一步工作计划。'],
        },
        { name: '进行必要的询问', points: ['该项业务由谁提出、由谁批准？', '上下游企业是否同受一人控制？'] },
        { name: '其他需要约谈的内容', points: [] },
      ],
      opinions: ['立即停止新增融资性贸易业务。', '30日内完成存量业务清理。'],
      cautions: ['涉密内容不得在约谈室以外谈论。'],
    },
  },
  {
    kind: 'confirmation',
    data: {
      ...frame,
      anchor,
      enterprise,
      noticeNumber,
      time: '2026年3月10日9时',
      place: '市国资委1601会议室',
      channel: '电话',
      confirmedAt: '2026年3月3日10时20分',
      confirmedBy: '李某喆',
      confirmerPost: '办公室主任',
      telephone: '023-6767××××',
      takenBy: '张某赟',
      attends: true,
      persons: ['李某喆（党委书记、董事长）', '周某镕（总会计师）'],
      materials: '3月6日前派专人送达，纸质一式二份并附光盘。',
      note: '',
    },
  },
  {
    kind: 'receipt',
    data: {
      ...frame,
      anchor,
      documentTitle: '责任约谈通知书（渝某实业集团有限公司）',
      number: noticeNumber,
      copyNumber: '000002',
      level: '机密★10年',
      pages: 2,
      recipient: enterprise,
      manner: '机要交通',
      sentBy: '陈某某',
      sentAt: '2026年3月2日',
      receivedBy: '',
      receivedAt: '',
      note: '',
    },
  },
]
