import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Destroying } from '#shared/domain/copies.ts'
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
    outside: '留存清理',
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
  destroying: {
    hint: '清点、登记、审批后送指定单位销毁；清点人与监销人须为不同的人（实施条例第二十八条）。本程序只作登记，不代替销毁。',
    method: '销毁方式',
    destination: '送交单位',
    approver: '审批人',
    counted: '清点人',
    hints: {
      method: '例如：化浆、粉碎、消磁。',
      destination: '承办销毁的单位；少量自行销毁的，写明使用符合标准设备的本单位部门。',
      approver: '批准销毁的领导；清点人本人不能审批。',
    },
    line: ({ method, destination, approver }: Destroying) => `${method}，送${destination}，${approver}审批`,
  },
  inheriting: {
    title: '随源文书标志的文书',
    hint: '改期、取消通知和催办函随通知书标志，约谈记录和移送文书随本案最高密级；内容与源文书不同的，可以单独提出定密建议，审定前不出件，审定后出件按新标志重新印制。',
    columns: { paper: '文书', mark: '现行标志', act: '操作' },
    propose: '单独定密',
    proposeOf: (title: string) => `单独定密 ${title}`,
    dialog: (title: string) => `单独定密：${title}`,
    send: '送审',
  },
  outside: {
    hint: '打印、导出、刻录后留在档案之外的：打印机队列和机内存储、导出文件夹、刻录前的文件夹。本程序不查看这些地方，由经办人或保密员看过、清除后登记，登记由本人签名并记入日志。登记清理不等于收回：发出的文书另按份数登记清退、销毁。',
    empty: '还没有打印或导出过',
    emptyHint: '每次出件、导出一行：内容、份号、何时、何人、在什么地方，直到有人登记已清理。',
    count: (all: number, open: number) => `共 ${all} 项 · 未清理 ${open} 项`,
    columns: {
      what: '内容',
      level: '密级',
      act: '方式',
      place: '留在何处',
      recipient: '去向',
      state: '清理',
      acts: '',
    },
    noPath: '导出时选定的文件夹（日志不记路径）',
    printer: (name: string) => `打印机 ${name}`,
    open: '未清理',
    cleared: '已清理',
    clear: '登记已清理',
    clearOf: (what: string) => `登记已清理 ${what}`,
    day: '清理日期',
    note: '说明',
    noteHint: '例如：删除导出文件并清空回收站；清除打印机任务和存储。',
  },
  registerEmpty: '每出一份登记一行：份号、去向、签收、清退，直至两人销毁（实施条例第二十七条、第二十八条）。',
} as const
