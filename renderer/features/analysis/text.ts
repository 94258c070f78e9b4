import type { Pick } from '#shared/domain/analysis.ts'

/** Words of 汇总分析 (Art. 19). */
export const text = {
  title: '分析',
  sections: { charts: '统计', compilations: '综合材料' },
  since: '立项日期自',
  until: '至',
  office: '处室',
  allOffices: '全部处室',
  enterprise: '企业（含所属企业）',
  allEnterprises: '全部企业',
  clear: '改为全部企业',
  filters: '统计范围',
  summary: (cases: number, overdue: number, dueSoon: number) => {
    const late = [overdue === 0 ? '' : `${overdue} 件逾期`, dueSoon === 0 ? '' : `${dueSoon} 件临期`]
    const words = late.filter((one) => one !== '').join('，')
    return `期间立项 ${cases} 件${words === '' ? '' : `，其中 ${words}`}`
  },
  hint: '只统计您知悉范围内的事项；点任一行，右侧列出对应事项。',
  nothing: '期间没有事项',
  nothingHint: '请调整立项日期、处室或企业。',
  backwards: '起始日期晚于截止日期',
  charts: {
    enterprise: '哪些企业被约谈（含所属企业）',
    repeat: '哪些问题屡次发生（同一企业、同一情形）',
    trigger: '哪些情形最多',
    office: '哪些处室组织',
    quarter: '何时立项',
    stage: '事项办到哪一步',
    accountability: '责任追究程序是否启动',
  } satisfies Partial<Record<Pick['kind'], string>>,
  own: (cases: number) => `本企业 ${cases}`,
  quarter: (value: string) => `${value.slice(0, 4)}年第${value.slice(5)}季度`,
  repeated: (name: string, trigger: string) => `${name}：${trigger}`,
  noRepeats: '没有同一企业因同一情形被再次约谈',
  owed: '工作方案和整改事项是否按期',
  overdue: '逾期',
  dueSoon: '临期',
  all: '期间全部事项',
  drill: (name: string, cases: number) => `${name}：${cases} 件，列出事项`,
  listed: (shown: number, total: number) => (shown < total ? `共 ${total} 件，列出最近 ${shown} 件` : `共 ${total} 件`),
  ledgers: '导出台账',
  ledgersWhy:
    '按统计范围导出一个 XLSX：责任约谈台账（期间印发的通知书）、问题线索台账（期间移送的线索）、季度数字（按各事项实际发生日统计）。内容取自已录入的办理情况，无须另填。',
  ledgersDone: (rows: number) => `责任约谈台账 ${rows} 行`,
  chooseRow: '点左侧任一行，这里列出对应事项',
} as const
