import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Tone } from '../../ui/lights.tsx'

type TermState = VerbOutput<'secrecy.terms'>[number]['state']

/** Words of the secrecy room. */
export const secrecyText = {
  room: '保密',
  sections: {
    waiting: '待定密',
    approvals: '出件审批',
    requests: '知悉申请',
    terms: '期限与审核',
    notices: '变更解密通知',
    register: '份数登记',
    incidents: '泄密事件',
    selfCheck: '保密自查',
  },
  states: {
    running: '期限内',
    due180: '180日内届满',
    due90: '90日内届满',
    due30: '30日内届满',
    lapsed: '已届满，待核',
    open: '无届满日',
  } as Readonly<Record<TermState, string>>,
  tones: {
    running: 'green',
    due180: 'quiet',
    due90: 'amber',
    due30: 'amber',
    lapsed: 'red',
    open: 'quiet',
  } as Readonly<Record<TermState, Tone>>,
  termsEmpty:
    '审定为国家秘密的文书在这里按届满日排列：届满前180日、90日、30日提醒；届满后仍按原密级保护，由定密责任人核定。',
  noticesEmpty:
    '文书变更密级、期限、知悉范围或者解密时，范围内的每位同志在这里收到书面通知；收到后须在手中的文件上更改标志。',
  requestsEmpty: '需要扩大知悉范围时，由范围内的同志提出，主要负责人或其指定的同志决定；本人提出的不能自己决定。',
  approvalsEmpty: '国家秘密出件前在这里批准：批准与内容校验值、份号、接收人绑定，只用一次；本人的申请不能自己批准。',
  incidentsHint:
    '发现泄露或者可能泄露国家秘密，应当立即补救，并在24小时内报告同级保密行政管理部门和上级主管部门（实施条例第六十一条）。',
  incidentStates: {
    running: '待报告',
    overdue: '报告已逾期',
    reported: '已按时报告',
    reportedLate: '逾期报告',
    closed: '已办结',
  },
  incidentTones: { running: 'amber', overdue: 'red', reported: 'green', reportedLate: 'red', closed: 'quiet' },
  selfCheckHint: '按实施条例第五十八条的十三项逐项自查；不是“符合”的写明情况。每次自查单独留存。',
  books: {
    title: '打印登记簿',
    book: '登记簿',
    span: '范围',
    hint: '只列本人知悉范围内的；纸上锚印在页脚，用于与日志核对。',
    year: (year: number) => `${year}年`,
    all: '全部年度',
  },
  registerEmpty: '每出一份登记一行：份号、去向、签收、清退，直至两人销毁（实施条例第二十七条、第二十八条）。',
} as const
