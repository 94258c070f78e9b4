import { demandNames, formNames, type Intake, recusalNames } from '#shared/domain/cases.ts'
import { stepNames } from '#shared/domain/cases-panel.ts'
import { money } from '#shared/domain/common.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import type { CaseTab } from '../../app/navigation.ts'

interface StepWords {
  /** What is to be done, as a verb of the office. */
  readonly text: string
  /** Where in the case it is done. */
  readonly tab: CaseTab
}

/** Where a step is taken; what is not named here is taken on the overview. */
const tabs: Readonly<Record<string, CaseTab>> = {
  'notices.submit': 'notice',
  'notices.decide': 'notice',
  'secrecy.decide': 'notice',
  'numbers.allocate': 'notice',
  'notices.issue': 'notice',
  'notices.decideChange': 'notice',
  'notices.issueChange': 'notice',
  'papers.decideFinal': 'papers',
  'redactions.review': 'papers',
  'notices.confirm': 'notice',
  'preparation.remind': 'preparation',
  'interviews.prepare': 'interview',
  'interviews.host': 'interview',
  'interviews.start': 'interview',
  'interviews.end': 'interview',
  'minutes.draft': 'minutes',
  'minutes.submit': 'minutes',
  'minutes.finalise': 'minutes',
  'rectification.receive': 'rectification',
  'rectification.check': 'rectification',
  'rectification.checkReport': 'rectification',
  'rectification.evaluate': 'rectification',
  'rectification.close': 'rectification',
  'rectification.awaitReport': 'rectification',
  'rectification.decideExtension': 'rectification',
  'rectification.closeItem': 'rectification',
  'referrals.decideDiscipline': 'rectification',
  'archive.assemble': 'archive',
  'archive.handOver': 'archive',
  'archive.receive': 'archive',
  'archive.file': 'archive',
  'archive.seal': 'archive',
}

/** The next step in words, and the tab it is taken in. */
export function stepWords(code: string): StepWords {
  return { text: stepNames[code] ?? '查看事项', tab: tabs[code] ?? 'overview' }
}

const acts: Readonly<Record<string, string>> = {
  'cases.create': '立项',
  'cases.accept': '确认承办',
  'cases.beginFiling': '转入立卷',
  'cases.withdraw': '撤销事项',
  'cases.edit': '修改立项内容',
  'cases.attach': '添加附件',
  'cases.accountability': '登记启动责任追究',
  'cases.correctAmount': '更正涉及金额',
  'cases.reopen': '重新打开',
  'notices.save': '拟稿',
  'notices.submit': '通知书送审',
  'notices.decide': '通知书审签',
  'notices.issue': '印发通知书',
  'notices.return': '退回通知书',
  'notices.withdraw': '撤回送审',
  'notices.address': '改报审签',
  'notices.proposeChange': '改期或取消送审',
  'notices.withdrawChange': '撤回改期或取消',
  'notices.decideChange': '改期或取消审签',
  'notices.returnChange': '退回改期或取消',
  'notices.postpone': '印发改期通知',
  'notices.cancel': '印发取消通知',
  'preparation.consult': '会前沟通',
  'preparation.remind': '催报材料',
  'preparation.serve': '登记送达回执',
  'notices.confirm': '登记企业确认',
  'numbers.allocate': '编号',
  'numbers.void': '编号作废',
  'secrecy.propose': '提出定密建议',
  'secrecy.decide': '定密',
  'secrecy.return': '定密建议退回',
  'secrecy.proposeChange': '提出变更或解密',
  'secrecy.review': '保密年度审核',
  'secrecy.report': '不明确事项报告',
  'secrecy.requestScope': '申请扩大知悉范围',
  'secrecy.decideScope': '决定知悉申请',
  'secrecy.removeFromScope': '移出知悉范围',
  'accounts.handOverCases': '离岗移交',
  'interviews.prepare': '约谈准备',
  'interviews.attend': '登记到会',
  'interviews.join': '增加到会人员',
  'interviews.start': '开始约谈',
  'interviews.pause': '暂停约谈',
  'interviews.resume': '继续约谈',
  'interviews.end': '结束约谈',
  'interviews.append': '记录',
  'interviews.edit': '修改记录',
  'minutes.draft': '起草纪要',
  'minutes.save': '修改纪要',
  'minutes.submit': '纪要送审',
  'minutes.finalise': '纪要定稿',
  'minutes.reopen': '重新打开纪要',
  'minutes.comment': '写批注',
  'minutes.resolve': '处理批注',
  'minutes.dispatch': '印送纪要',
  'minutes.withhold': '决定不印送',
  'record.freeze': '打印记录核对',
  'record.correct': '更正记录',
  'record.signed': '记录签名',
  'record.refused': '拒绝在记录上签名',
  'rectification.addItem': '登记整改事项',
  'rectification.closeItem': '整改事项销账',
  'rectification.editItem': '修改整改事项',
  'rectification.effects': '登记落实成效',
  'rectification.accountable': '登记追责问责',
  'rectification.screening': '登记同类问题排查',
  'rectification.guidance': '指导督促',
  'rectification.evaluation': '评估整改落实情况',
  'rectification.reminder': '催办',
  'rectification.closure': '企业整改销账',
  'rectification.reopening': '重新开启整改',
  'rectification.unclosed': '说明未销账理由',
  'rectification.strike': '撤销整改登记',
  'rectification.receive': '接收企业材料',
  'rectification.acceptPlan': '核对接受工作方案',
  'rectification.returnPlan': '退回工作方案',
  'rectification.acceptReport': '核对接受专项工作报告',
  'rectification.returnReport': '退回专项工作报告',
  'rectification.formal': '登记正式报送',
  'rectification.askExtension': '申请工作方案延期',
  'rectification.decideExtension': '同意工作方案延期',
  'rectification.returnExtension': '不同意工作方案延期',
  'incidents.open': '登记泄密事件',
  'compilations.annualSheet': '汇入年度参考表',
  'compilations.analysisReport': '汇入汇总分析报告',
  'compilations.inspectionNotice': '列入共性问题专项核查',
  'referrals.askDiscipline': '申请移送纪检监察机构',
  'referrals.decideDiscipline': '同意移送纪检监察机构',
  'referrals.refuseDiscipline': '不同意移送纪检监察机构',
  'referrals.sendDiscipline': '移送纪检监察机构',
  'referrals.receiptDiscipline': '纪检监察机构签收',
  'copies.request': '申请出件',
  'copies.decide': '同意出件',
  'copies.return': '退回出件申请',
  'copies.take': '出件',
  'copies.received': '副本签收',
  'copies.returned': '副本清退',
  'copies.lost': '副本下落不明',
  'copies.destroyAsked': '申请销毁副本',
  'copies.destroyed': '销毁副本',
  'redactions.submit': '遮盖版送审核',
  'redactions.review': '遮盖版审核通过',
  'redactions.return': '退回遮盖版',
  'papers.freeze': '文书定版',
  'papers.attachScan': '附签字扫描件',
  'papers.bringFinal': '送回定稿',
  'papers.approveFinal': '核定定稿',
  'papers.returnFinal': '退回定稿',
  'archive.assemble': '立卷',
  'archive.arrange': '调整卷内次序',
  'referrals.send': '移送线索',
  'referrals.receive': '签收移送线索',
  'referrals.return': '退回移送线索',
  'archive.handOver': '移交案卷',
  'archive.receive': '签收案卷',
  'archive.return': '退回案卷',
  'archive.file': '归档',
  'archive.reopen': '重新打开案卷',
  'disposals.hold': '暂缓处置',
  'disposals.release': '解除暂缓处置',
  'disposals.ask': '提出鉴定意见',
  'disposals.approve': '批准鉴定意见',
  'disposals.return': '退回鉴定意见',
  'borrowings.ask': '申请借阅案卷',
  'borrowings.decide': '同意借阅',
  'borrowings.decline': '不同意借阅',
  'borrowings.giveBack': '归还案卷',
  'borrowings.callIn': '收回借阅',
  'archive.check': '四性检测',
  'archive.seal': '封包',
}

/** An act of the history in words; an act without words shows its code. */
export function actWords(code: string): string {
  return acts[code] ?? code
}

export const caseText = {
  list: '约谈事项',
  filter: '筛选事项',
  filterHint: '企业、事由、编号、承办人，边输边筛',
  all: '全部阶段',
  allOffices: '全部处室',
  allLevels: '全部密级',
  byUpdated: '按最近办理',
  byDue: '按期限',
  mine: '我承办的',
  overdue: '到期未办',
  owedEarlier: '企业应报工作方案或整改事项的期限，早于下一步',
  views: '已存视图',
  columns: '选择列',
  exportList: '导出',
  exportWhy: '按当前筛选和所选列导出，可用 WPS 或 Excel 打开；导出记入日志。表格不印密级标志，请按其中最高密级管理。',
  keepView: '存为视图',
  emptyTitle: '还没有约谈事项',
  emptyText: '发现第三条所列情形之一的，可以开展责任约谈。立项后，通知、记录、纪要、整改和案卷都由此生成。',
  noneMatch: '没有符合筛选条件的事项',
  intake: '立项',
  intakeTitle: '新建约谈事项',
  editTitle: '修改立项内容',
  saveIntake: '保存修改',
  leftIntake: '已恢复上次未提交的内容',
  leftWhy: '离开本页、锁定或退出后，所填内容仍为您本人保留；提交后才作为立项内容存入档案。',
  restartIntake: '不要，重新填写',
  scopeElsewhere: '立项后，知悉范围在本事项“密级”页申请扩大或移出（第二十一条）；应当回避的同志先在该页移出',
  reopen: '重新打开',
  attach: '添加附件',
  chosenFiles: '检查报告、审计报告、批示件等；随立项一并存入档案，加密保存。',
  waitingFiles: (count: number) => `立项时选定的附件有 ${count} 件未能存入，事项不受影响；改正后可再存`,
  askFile: '申请出件',
  askedFile: '已申请出件；批准后在“材料”页导出。',
  accountability: '登记启动责任追究',
  correctAmount: '更正涉及金额',
  amount: '涉及金额（万元）',
  amountHint: '挽回与减少损失合计不超过涉及金额；不再列金额的，留空。',
  amountReason: '更正的理由和依据',
  correct: '更正',
  gate: '是否属于第二十二条除外情形',
  gateAnswers: {
    none: '都不属于',
    productionSafety: '涉及生产安全事故',
    pollution: '涉及环境污染事件',
  },
  gateStop: {
    productionSafety:
      '生产安全事故的约谈按照有关规定执行（第二十二条），不在此立项：请转负有安全生产监督管理职责的部门，按其约谈规定办理。',
    pollution: '环境污染事件的约谈按照有关规定执行（第二十二条），不在此立项：请转生态环境主管部门，按其约谈规定办理。',
  },
  accept: '确认承办',
  beginFiling: '转入立卷',
  withdraw: '撤销事项',
} as const

/** Names of an intake's fields, for comparing two of its versions. */
export const intakeNames: Readonly<Record<keyof Intake, string>> = {
  form: '约谈形式',
  enterpriseIds: '被约谈企业',
  matter: '约谈事由',
  triggers: '情形',
  areas: '具体方面',
  facts: '问题事实',
  sources: '线索来源',
  situations: '责任追究情形',
  amountFen: '涉及金额',
  instructions: '批示',
  excluded: '除外情形',
  accountabilityStarted: '责任追究程序',
  demands: '此前整改要求',
  persons: '涉及人员',
  recusalAsked: '回避询问',
  recusals: '回避',
  dutyReason: '启动理由',
  proposedLevel: '拟定密级',
  scope: '知悉范围',
  scopeUnits: '知悉单位',
}

/** The recusals of an intake on one line. */
export function recusalsText(value: Pick<Intake, 'recusals'>): string {
  return value.recusals.map((one) => `${one.name}（${one.relation}）${recusalNames[one.decision]}`).join('；')
}

/** A field of an intake in words; `names` says who and which enterprise an id is, and what a code of Art. 3 stands for. */
export function intakeFieldText(value: Intake, field: keyof Intake, names: ReadonlyMap<string, string>): string {
  switch (field) {
    case 'amountFen':
      return value.amountFen === null ? '' : money(value.amountFen)
    case 'instructions':
      return value.instructions.map((one) => `${one.leader} ${one.day}：${one.text}`).join('；')
    case 'demands':
      return value.demands.map(demandText).join('；')
    case 'persons':
      return value.persons.map((one) => `${one.unit}${one.title}${one.name}`).join('、')
    case 'recusals':
      return recusalsText(value)
    case 'proposedLevel':
      return levelNames[value.proposedLevel]
    case 'form':
      return formNames[value.form]
    case 'enterpriseIds':
    case 'scope':
    case 'triggers':
    case 'situations':
      return value[field].map((one) => names.get(one) ?? '').join('、')
    case 'excluded':
      return caseText.gateAnswers[value.excluded]
    default: {
      const found = value[field]
      if (found === null) return ''
      if (typeof found === 'boolean') return found ? '是' : '否'
      return Array.isArray(found) ? found.join('、') : String(found)
    }
  }
}

/** A demand of trigger (八) on one line. */
export function demandText(one: Intake['demands'][number]): string {
  const parts = [demandNames[one.kind], one.number, one.day, one.from, one.gist, one.onPaper ? '（纸质件）' : '']
  return parts.filter(Boolean).join(' ')
}
