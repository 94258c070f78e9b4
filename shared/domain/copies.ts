import * as v from 'valibot'
import { bag } from './bags.ts'
import { day, id, line, optionalLine } from './common.ts'
import { fileFormat, holder } from './papers.ts'
import { highestLevel, isStateSecret, type Level, level, levelNames, levelRank } from './secrecy.ts'

// Copies by number (实施条例 27; 公文条例 32): a ticket before anything leaves, a line for every copy, its fate to the end.

export const copyAct = v.picklist(['export', 'print', 'burn'])
export type CopyAct = v.InferOutput<typeof copyAct>
/** How anything leaves: papers by the three ways above, a whole volume as a sealed bundle (DESIGN §8). */
export const leavingAct = v.picklist([...copyAct.options, 'seal'])
export type LeavingAct = v.InferOutput<typeof leavingAct>
export const copyActNames: Readonly<Record<LeavingAct, string>> = {
  export: '导出',
  print: '打印',
  burn: '刻录',
  seal: '封包',
}
/** Format of a volume that leaves as a bundle, among those of files. */
export const sealedFormat = 'sealed'

/** Name of a format as a register writes it. */
export function formatName(format: string): string {
  return format === sealedFormat ? '封装包' : format.toUpperCase()
}

/** What is asked for in one request: some papers, for one recipient, on one medium. */
export const ticketRequest = v.object({
  paperIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(100)),
  act: copyAct,
  recipient: line,
  purpose: line,
  /** Number of the disc or the printer; may stay empty. */
  medium: optionalLine,
  /** The copy that is copied again, `000002-F1`; null for a copy from the archive's own paper. */
  parentId: v.nullable(id),
})

/**
 * Leave to take one copy out: bound to the digest of its bytes (of a volume: of everything in it and of the certificates
 * it is sealed for), its number and its recipient, used once.
 */
export const ticket = v.object({
  id,
  /** Tickets asked for together are decided together. */
  batchId: id,
  ...holder,
  /** The paper that leaves; null where it is a volume. */
  paperId: v.nullable(id),
  /** The volume that leaves as a sealed bundle; null where it is a paper. */
  volumeId: v.nullable(id),
  /** Which bundle of the volume; null where it is a paper. */
  bag: v.nullable(bag),
  title: v.string(),
  format: fileFormat,
  level,
  label: v.string(),
  act: leavingAct,
  recipient: v.string(),
  purpose: v.string(),
  medium: v.string(),
  sha256: v.string(),
  state: v.picklist(['requested', 'approved', 'returned', 'used']),
  requesterId: id,
  requestedAt: v.string(),
  deciderId: v.nullable(id),
  decidedAt: v.nullable(v.string()),
  opinion: v.string(),
})
export type Ticket = v.InferOutput<typeof ticket>

/** What happens to a copy after it left (实施条例 27, 28). Destroying takes two persons. */
export const copyFate = v.picklist(['received', 'returned', 'lost', 'failed', 'destroyAsked', 'destroyed'])
export type CopyFate = v.InferOutput<typeof copyFate>
export const copyFateNames: Readonly<Record<CopyFate, string>> = {
  received: '已签收',
  returned: '已清退',
  lost: '下落不明',
  failed: '未写出',
  destroyAsked: '待监销',
  destroyed: '已销毁',
}

/** A fate as it is entered by hand; destroying goes by two verbs of its own. */
export const fateEntry = v.object({
  fate: v.picklist(['received', 'returned', 'lost']),
  day,
  person: line,
  note: optionalLine,
})

/** 销毁 as it is asked for: how, which unit it is sent to for that, and who approved it (实施条例 28; 公文条例 35). */
export const destroying = v.object({ method: line, destination: line, approver: line })
export type Destroying = v.InferOutput<typeof destroying>

export const copy = v.object({
  id,
  ...holder,
  paperId: v.nullable(id),
  volumeId: v.nullable(id),
  title: v.string(),
  format: fileFormat,
  level,
  label: v.string(),
  act: leavingAct,
  recipient: v.string(),
  medium: v.string(),
  at: v.string(),
  by: v.string(),
  sha256: v.string(),
  /** Last thing that happened to it; null while it is out without a receipt. */
  fate: v.nullable(copyFate),
  fates: v.array(
    v.object({
      fate: copyFate,
      day: v.string(),
      person: v.string(),
      note: v.string(),
      /** Of `destroyAsked`; null otherwise. */
      destroying: v.nullable(destroying),
      by: v.string(),
      at: v.string(),
    }),
  ),
})
export type Copy = v.InferOutput<typeof copy>

/** Lists that leave without a ticket, by the act of their line in the log. */
export const listExportNames: Readonly<Record<string, string>> = {
  'cases.export': '约谈事项一览',
  'analysis.ledgers': '监督台账',
  'books.export': '登记簿',
  'parties.export': '企业与人员名册',
  'numbers.export': '编号登记簿',
  'archive.exportPieceSheet': '归档文件目录或归档章',
  'receivings.receipt': '移交接收登记表',
  'disposals.exportCertificate': '档案销毁证明',
}

/** What stands outside this archive because of one act of leaving, and whether the machine was cleared of it (实施条例 27). */
export const outsideRow = v.object({
  kind: v.picklist(['copy', 'list']),
  /** Id of the copy; line of the log for a list. */
  ref: v.string(),
  title: v.string(),
  matter: v.string(),
  /** 份号; empty for a list. */
  label: v.string(),
  level: v.nullable(level),
  act: leavingAct,
  at: v.string(),
  by: v.string(),
  /** Folder or printer; empty for a list: the log keeps no paths. */
  place: v.string(),
  recipient: v.string(),
  fate: v.nullable(copyFate),
  cleared: v.nullable(v.object({ day: v.string(), note: v.string(), by: v.string() })),
})
export type OutsideRow = v.InferOutput<typeof outsideRow>

/** 份号 of six digits for a state secret (GB/T 9704 §7.2.1), a plain ordinal otherwise; `-F1` marks a copy of a copy. */
export function copyLabel(of: Level, copyNumber: number, ordinalOfParent: number | null): string {
  const own = isStateSecret(of) ? String(copyNumber).padStart(6, '0') : `第${copyNumber}份`
  return ordinalOfParent === null ? own : `${own}-F${ordinalOfParent}`
}

/** One copy on a disc, as its label and register say it. */
interface OnDisc extends Pick<Ticket, 'title' | 'label' | 'level' | 'recipient' | 'purpose' | 'medium' | 'sha256'> {
  readonly file: string
  /** Bytes. */
  readonly size: number
  readonly decider: string
}

interface DiscMade {
  readonly unit: string
  readonly trial: boolean
  readonly by: string
  /** As it is written on papers, `2026年3月1日`. */
  readonly day: string
}

/**
 * Text for the face of a disc (实施条例 21, 27: the mark on the carrier itself): a compilation bears the highest level in
 * it (公文条例 32). Nothing is marked that is no secret.
 */
export function discLabel(
  copies: readonly Pick<OnDisc, 'title' | 'label' | 'level' | 'recipient' | 'medium'>[],
  made: DiscMade,
): string {
  const [first] = copies
  const top = highestLevel(copies.map((one) => one.level))
  const lines = [
    made.trial ? '演练' : '',
    top === 'none' ? '' : `密级：${levelNames[top]}`,
    `光盘编号：${first?.medium || '（刻录后填写）'}`,
    `份号：${copies.map((one) => one.label).join('、')}`,
    `内容：${copies.length === 1 ? first?.title : `${first?.title} 等 ${copies.length} 件`}`,
    `接收：${first?.recipient ?? ''}`,
    `制作单位：${made.unit}`,
    `制作人：${made.by}　${made.day}`,
  ]
  return `${lines.filter((line) => line !== '').join('\r\n')}\r\n`
}

/** 刻录登记 of one disc (DOMAIN §2.4): a line for each copy. */
export function discRegister(copies: readonly OnDisc[], made: DiscMade): string[][] {
  return [
    [
      '序号',
      '文件',
      '题名',
      '份号',
      '密级',
      '大小（字节）',
      'SHA-256',
      '介质编号',
      '接收',
      '用途',
      '批准人',
      '操作人',
      '日期',
    ],
    ...copies.map((one, index) => [
      String(index + 1),
      one.file,
      one.title,
      one.label,
      levelNames[one.level],
      String(one.size),
      one.sha256,
      one.medium,
      one.recipient,
      one.purpose,
      one.decider,
      made.by,
      made.day,
    ]),
  ]
}

/** Whether a copy of this level may leave only with another person's approval (公文条例 32). */
export function needsApproval(of: Level, from: Level): boolean {
  return levelRank(of) >= levelRank(from)
}

/** Codes of why a fate cannot follow: a destroyed copy stays destroyed, a lost one may turn up and be returned. */
export function fateFault(now: CopyFate | null, next: CopyFate): string | null {
  if (now === 'destroyed' || now === 'failed') return 'copies.gone'
  if (next === 'received' && now !== null) return 'copies.receivedAlready'
  if (next === 'destroyed' && now !== 'destroyAsked') return 'copies.destroyNotAsked'
  if (next === 'destroyAsked' && now === 'destroyAsked') return 'copies.destroyAskedAlready'
  if (now === 'destroyAsked' && next !== 'destroyed') return 'copies.destroyAskedAlready'
  return null
}

/** How a sheet came out of the printer. `unsure`: nothing was heard of it; whoever stands there has to look. */
export const printOutcomes = ['printed', 'noPrinter', 'failed', 'unsure'] as const
export type PrintOutcome = (typeof printOutcomes)[number]

/** Longest name of a printer that is taken from the system. */
const printerName = 200

/** A printer of this machine by the name the system gives it. */
export const printer = v.pipe(v.string(), v.minLength(1), v.maxLength(printerName))

/**
 * What stands faint across a printed page: which copy, for whom, by whom and when. Null where policy asks for none:
 * `policy` is 0 never, 1 on anything classified, 2 always. Pure.
 */
export function watermarkText(
  copy: { readonly label: string; readonly recipient: string; readonly by: string; readonly at: string },
  of: Level,
  policy: number,
): string | null {
  if (policy === 0 || (policy === 1 && of === 'none')) return null
  return [copy.label, copy.recipient, copy.by, copy.at].filter((part) => part !== '').join('　')
}
