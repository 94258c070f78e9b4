import type { DrillCheck, DrillDepth, DrillResult } from '#shared/domain/backups.ts'

/** Words of backup and drill. */
export const text = {
  title: '备份',
  never: '还没有备份',
  last: (days: number, every: number) =>
    days > every ? `距上次备份 ${days} 天，已超过规定的 ${every} 天` : `距上次备份 ${days} 天`,
  about: '备份与演练',
  why: '数据库和密钥文件逐份备份，附件在一个备份位置只存一份，均为密文，用备份当日的密钥。写完即读回核对、打开验证；超过保留份数的，最早的一份移除。',
  who: '系统管理员不持事项库密钥：能核对全部文件的摘要，能打开机构库、重放台账、核对日志。事项库和附件的内容由持密钥的档案员或主要负责同志演练时打开核对。',
  make: '备份',
  place: '备份位置',
  placeHint: '本机以外的介质或文件夹；备份写在其中的“yuetan-backups”里。',
  made: (name: string) => `备份 ${name} 已写完并核对无误`,
  madeBad: (name: string) => `备份 ${name} 已写完，但核对未通过，较早的备份没有移除`,
  register: '备份登记',
  empty: '还没有备份',
  emptyHint: '由系统管理员备份到本机以外的介质，再由持密钥的人演练一次，备份才算可用。',
  columns: {
    at: '备份',
    place: '位置',
    size: '数据',
    kept: `保留`,
    drilled: '最近一次演练',
    act: '操作',
  },
  kept: '保留',
  removed: '已移除',
  keptOf: (n: number) => `每个位置保留 ${n} 份`,
  size: (bytes: number, blobs: number, blobBytes: number) =>
    `数据库 ${mega(bytes)}，附件 ${blobs} 件 ${mega(blobBytes)}`,
  drill: '演练',
  drillOf: (name: string) => `演练 ${name}`,
  drillResult: '演练结果',
  took: (ms: number) => (ms < 10_000 ? `用时 ${(ms / 1_000).toFixed(1)} 秒` : `用时 ${Math.round(ms / 1_000)} 秒`),
  depths: { officer: '摘要与机构库', whole: '全部内容' } satisfies Record<DrillDepth, string>,
  passed: '核对无误',
  failed: '未通过',
  checkColumns: { name: '核对项目', result: '结果', detail: '说明' },
  checks: {
    manifest: '备份清单的签署',
    files: '数据库和密钥文件的摘要',
    blobs: '附件的摘要',
    office: '机构库打开与完整性',
    ledger: '台账从头重放',
    officeLog: '机构库日志链与签名',
    cases: '事项库打开与完整性',
    casesLog: '事项库日志链与签名',
    contents: '附件逐件解密核对',
  } satisfies Record<DrillCheck, string>,
  results: { passed: '通过', failed: '未通过', notHeld: '无密钥，未核对' } satisfies Record<
    DrillResult['result'],
    string
  >,
  details: {
    manifest: (detail: string) => `签署人 ${detail}`,
    files: (detail: string) => `${detail} 个文件`,
    blobs: (detail: string) => `${detail} 件`,
    office: () => '',
    ledger: (detail: string) => `${detail} 条记录`,
    officeLog: (detail: string) => `${detail} 行`,
    cases: () => '',
    casesLog: (detail: string) => `${detail} 行`,
    contents: (detail: string) => `${detail} 件`,
  } satisfies Record<DrillCheck, (detail: string) => string>,
} as const

function mega(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('zh-CN', { maximumFractionDigits: 1 })} MB`
}
