export const numbersText = {
  title: '编号册',
  waiting: '待编号的通知书',
  register: '年度编号',
  none: '没有待编号的通知书。经定密并审签同意的通知书会自动出现在这里。',
  empty: '本年度尚未编号。《责任约谈通知书》由责任追究部门统一编号管理。',
  states: { used: '已用', reserved: '预留', void: '作废' },
} as const
