export const auditText = {
  title: '审计',
  hint: '只记行为，不记内容。日志只增不改，每一行与前一行以摘要相连，链头由登录账号签名。',
  empty: '没有符合条件的日志。',
  intact: (lines: number) => `日志链完整：共核对 ${lines} 行，签名均有效。`,
  broken: (fault: string) => `日志链不完整：${fault}。请停止业务操作，保留现场并报告。`,
  clockBack: (seq: number) => `第 ${seq} 行的时间早于前一行：本机时钟曾被往回拨，请向系统管理员核实。`,
  stop: '停止核对',
  checks: '检查点与纸上锚',
  filter: {
    title: '筛选',
    action: '行为代码的开头，例如 notices、archive.seal',
    object: '对象编号的一部分，或对象类别，例如 case',
  },
  checkpoint: {
    title: '检查点',
    why: '由安全审计员签名的日志末行，记入台账。建议每天一次：抄到纸质登记簿，文件另存一处；以后比对，可发现日志被截断、重写或换回旧的。',
    folder: '选一个档案以外的文件夹，例如审计专用光盘的刻录目录',
    verdicts: {
      fits: '相符：文件所记的那一行还在日志里，一字未改。',
      differs: '不符：日志的这一行与文件不同。业务已停，请与系统管理员核对。',
      behind: '不符：日志还没有到文件所记的行，档案比文件旧。业务已停，请与系统管理员核对。',
      foreign: '这不是本档案审计员签署的检查点文件。',
    },
  },
  anchor: {
    title: '比对纸上锚',
    why: '审签单、定密审批表、备考表、移交接收登记表和检查点都印有日志行号与链头。档案文件夹和本机一起被换成旧的，只有纸能发现：请抽几张最近的纸比对。',
    papers: '审签单等文书',
    checkpoint: '检查点登记',
    verdicts: {
      fits: '相符：纸上的这一行还在日志里，一字未改。',
      differs: '不符：日志这一行与纸面不同。业务已停，请与系统管理员核对。',
      behind: '不符：日志还没有到纸上的这一行，档案比纸旧。业务已停，请与系统管理员核对。',
    },
  },
  results: { ok: '成功' } as Readonly<Record<string, string>>,
  sources: { office: '机构库', cases: '事项库' } as Readonly<Record<string, string>>,
} as const
