export const searchText = {
  kinds: { case: '事项', notice: '通知', utterance: '记录', minutes: '纪要', document: '材料' },
  tabs: { case: 'overview', notice: 'notice', utterance: 'interview', minutes: 'minutes', document: 'papers' },
  none: '知悉范围内没有找到。可换用企业简称、编号或记录中的原话；不在知悉范围内的事项不会列出。',
} as const
