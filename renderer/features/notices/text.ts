import { roleNames } from '#shared/domain/accounts.ts'
import type { HostRank, Notice, NoticeFields } from '#shared/domain/notices.ts'
import { type RuleProfile, signersOf } from '#shared/rules/profile.ts'

export const noticeText = {
  emptyTitle: '确认承办后，在这里拟制责任约谈通知书',
  emptyText: '通知书须写明约谈事由、时间、地点、约谈单位、主持人、被约谈人员、报送材料和联系方式（第四条）。',
  save: '保存草稿',
  saved: '已保存',
  unsaved: '有未保存的修改',
  submit: '送审',
  submitTitle: '送审：提出定密建议',
  submitWhy: (rules: RuleProfile) =>
    `定密与审签同时报请：定密责任人审定密级，${signersOf(rules)}审签（第四条、第二十一条）。`,
  submitConfirm: '提出建议并送审',
  addressee: '报请审签',
  anyApprover: (rules: RuleProfile) => `知悉范围内的${signersOf(rules)}均可`,
  copyOver: '套用到其余企业',
  issue: '印发',
  draw: '从本机号段取号',
  confirm: '登记企业确认',
  confirmAgain: '重新登记确认',
  approve: '同意',
  giveBack: '退回',
  withdraw: '撤回送审',
  takeBack: '撤回修改',
  redirect: '改报审签',
  opinion: '审签意见',
  complete: '内容齐全，可以送审',
  preview: '通知书预览',
  changes: '改期与取消',
  openChange: '改期或取消',
  noChanges: '约谈开始前可以改期或取消；各以单独的通知报审、编号、印发。',
  changeWhy: (rules: RuleProfile) =>
    `改期、取消以单独的通知办理：报${signersOf(rules)}审签，由${rules.numbering.office}编号后印发；集体约谈的每家企业各一份。`,
  cancelScope: '仅取消一家的，该企业退出本次约谈，其通知书作废留存、编号不再使用；其他企业照常约谈（第六条）。',
  waits: (state: Notice['state'], rules: RuleProfile): string =>
    ({
      submitted: `待${signersOf(rules)}审签、定密责任人定密`,
      approved: `已审签；定密后由${rules.numbering.office}编号`,
      numbered: '已编号，可以印发',
      issued: '已印发，通知书与审签单已定版',
      cancelled: '已取消',
      draft: '',
    })[state],
} as const

/** A rank of host as the rules name it; one that has left them keeps its plain name. */
export function rankName({ hostRanks }: Pick<RuleProfile, 'hostRanks'>, rank: HostRank): string {
  return hostRanks.find((one) => one.code === rank)?.name ?? roleNames[rank]
}

/** Names of the notice's contents, as they stand in the form and in the checks below it. */
export const fieldNames: Readonly<Record<string, string>> = {
  matter: '约谈事由',
  day: '约谈日期',
  clock: '约谈时间',
  place: '约谈地点',
  unit: '约谈单位',
  hostName: '主持人',
  hostTitle: '主持人职务',
  hostRank: '主持层级',
  hostReason: '提级主持理由',
  jointUnits: '共同约谈单位',
  interviewees: '被约谈人员',
  persons: '点名参加人员',
  materials: '需提交的材料',
  materialsDue: '材料报送日期',
  sealedPaper: '纸质件加盖公章',
  electronicCopy: '附电子版',
  statement: '书面陈述材料',
  contact: '联系人',
  telephone: '联系电话',
  copies: '抄送',
}

/** A content of a notice in words, for comparing two wordings. */
export function fieldText(rules: RuleProfile, value: NoticeFields, field: keyof NoticeFields): string {
  const found = value[field]
  if (field === 'hostRank') return rankName(rules, value.hostRank)
  if (field === 'persons') return value.persons.map((one) => `${one.unit}${one.title}${one.name}`).join('、')
  if (typeof found === 'boolean') return found ? '要求' : '不要求'
  if (Array.isArray(found)) return found.join('、')
  return String(found)
}
