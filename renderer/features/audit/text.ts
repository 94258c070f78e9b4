export const auditText = {
  title: '审计',
  hint: '只记行为，不记内容。日志只增不改，每一行与前一行以摘要相连，链头由登录账号签名。',
  empty: '没有符合条件的日志。',
  intact: (lines: number) => `日志链完整：共核对 ${lines} 行，签名均有效。`,
  broken: (fault: string) => `日志链不完整：${fault}。请停止业务操作，保留现场并报告。`,
  results: { ok: '成功' } as Readonly<Record<string, string>>,
  sources: { office: '机构库', cases: '事项库' } as Readonly<Record<string, string>>,
} as const
