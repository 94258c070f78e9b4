import * as v from 'valibot'
import type { Role } from './accounts.ts'
import { bagPlace } from './bags.ts'
import { id, line, path } from './common.ts'
import { movedPiece } from './referrals.ts'
import { level, withheldTitle } from './secrecy.ts'

export const volumeItem = v.object({
  id,
  position: v.number(),
  /** Filing code of the rule profile: `notice`, `record`, `minutes` … */
  code: v.string(),
  title: v.string(),
  number: v.string(),
  author: v.string(),
  day: v.string(),
  level,
  pages: v.number(),
  pageFrom: v.number(),
  paperId: v.nullable(id),
  documentId: v.nullable(id),
  /** Signed scans of the paper that go with it (Art. 20). */
  scanIds: v.array(id),
  /** 定稿 of the paper as its signer approved it, where its text was edited elsewhere (Art. 20). */
  finalIds: v.array(id),
})
export type VolumeItem = v.InferOutput<typeof volumeItem>

/** What tells which paper a row of a volume or of a 归档文件目录 is of. */
type Telling = Pick<VolumeItem, 'title' | 'number' | 'author' | 'day' | 'paperId' | 'documentId'>

/**
 * A row as it is shown to an account that may not know its paper: place, kind, level and pages stay, nothing that tells
 * which paper it is (保密法 21). Pure.
 */
export function withheld<T extends Telling>(row: T): T {
  return { ...row, title: withheldTitle, number: '', author: '', day: '', paperId: null, documentId: null }
}

/** Something Art. 20 asks for that the volume does not hold, and why the archivist lets it go. */
export const filingGap = v.object({ code: v.string(), name: v.string(), article: v.number(), reason: v.string() })

/** Who answers for an open volume: the organising office, the office until the receipt, the archivist (Art. 20). */
export const holder = v.picklist(['office', 'handed', 'archive'])
export type Holder = v.InferOutput<typeof holder>

export const volume = v.object({
  id,
  caseId: id,
  archivalCode: v.string(),
  title: v.string(),
  retention: v.string(),
  organiser: v.string(),
  state: v.picklist(['open', 'filed', 'sealed']),
  holder,
  items: v.array(volumeItem),
  /** What left for the accountability office, and where it is (Art. 20). */
  moved: v.array(movedPiece),
  gaps: v.array(filingGap),
  level,
  filedAt: v.nullable(v.string()),
  /** 第几版: a reopened volume is filed again as the next one; the earlier ones stay. */
  edition: v.number(),
  /** Why this edition was opened; empty for the first. */
  reason: v.string(),
})
export type Volume = v.InferOutput<typeof volume>

/** 移交, 签收, 退回: what moves an open volume between the organising office and the archivist (Art. 20). */
export const custodyActs = ['handed', 'received', 'returned'] as const
export type CustodyAct = (typeof custodyActs)[number]
export const custodyNames: Readonly<Record<CustodyAct, string>> = { handed: '移交', received: '签收', returned: '退回' }

/** One piece as it was handed over; the order may still change, the pieces may not. */
const handedPiece = v.pick(volumeItem, [
  'code',
  'title',
  'number',
  'day',
  'level',
  'pages',
  'paperId',
  'documentId',
  'scanIds',
  'finalIds',
])
export type HandedPiece = v.InferOutput<typeof handedPiece>

/** The pieces of a volume as they are handed over. */
export function handedPieces(items: readonly VolumeItem[]): HandedPiece[] {
  return items.map(({ code, title, number, day, level, pages, paperId, documentId, scanIds, finalIds }) => {
    return { code, title, number, day, level, pages, paperId, documentId, scanIds, finalIds }
  })
}

/** A line of the 交接登记 of a volume. */
export const custodyStep = v.object({
  id,
  edition: v.number(),
  act: v.picklist(custodyActs),
  pieces: v.number(),
  pages: v.number(),
  /** 移交说明, 清点情况, or why it went back. */
  note: v.string(),
  office: v.string(),
  by: v.string(),
  at: v.string(),
})

/** Where the last act leaves an open volume; null is before the first. */
export function holderAfter(act: CustodyAct | null): Holder {
  return act === 'handed' ? 'handed' : act === 'received' ? 'archive' : 'office'
}

/** Whether an account speaks for the office that organised the interview (Art. 20: 谁组织、谁负责). */
export function speaksForOrganiser(
  account: { readonly id: string; readonly office: string; readonly roles: readonly Role[] },
  matter: { readonly organiser: string; readonly officerId: string },
): boolean {
  if (account.id === matter.officerId) return true
  return (
    account.office === matter.organiser && account.roles.some((role) => role === 'caseOfficer' || role === 'officeHead')
  )
}

/**
 * Code of why a volume may not be handed over, receipted or returned; null when it may. The office hands over, and nobody
 * who speaks for it receipts from it. Pure.
 */
export function custodyRefusal(
  act: CustodyAct,
  value: Pick<Volume, 'state' | 'holder' | 'items'>,
  organiser: boolean,
): string | null {
  if (value.state !== 'open') return 'archive.volumeFiled'
  if (act === 'handed') {
    if (value.holder !== 'office') return 'archive.handedOver'
    if (value.items.length === 0) return 'archive.empty'
    return organiser ? null : 'archive.notOrganiser'
  }
  if (organiser) return 'archive.ownVolume'
  if (act === 'returned') return value.holder === 'office' ? 'archive.notHandedOver' : null
  return value.holder === 'handed' ? null : 'archive.notHandedOver'
}

/** An edition as it was filed, kept for good. */
export const volumeEdition = v.object({
  edition: v.number(),
  reason: v.string(),
  filedAt: v.string(),
  by: v.string(),
  items: v.array(volumeItem),
  gaps: v.array(filingGap),
  level,
})
export type VolumeEdition = v.InferOutput<typeof volumeEdition>

/**
 * One item of the four-property check (DA/T 70-2018). `person` and `day` name who looked, or who let a failed item go and
 * why (`detail`); empty where the program tested.
 */
export const checkItem = v.object({
  code: v.string(),
  property: v.picklist(['authenticity', 'integrity', 'usability', 'security']),
  name: v.string(),
  result: v.picklist(['passed', 'failed', 'manual', 'waived']),
  detail: v.string(),
  person: v.string(),
  day: v.string(),
})
export type CheckItem = v.InferOutput<typeof checkItem>

/** Failures nobody may let go: the package would not be what it says, or could not be opened (DOMAIN §3.6, 3-8). */
export const neverWaived: readonly string[] = ['GD-1-1', 'GD-1-11', 'GD-1-13', 'GD-1-14', 'GD-2-1', 'GD-2-2', 'GD-3-8']
/**
 * At filing a compressed or encrypted file an enterprise sent may stay, with the reason on record: it is the original. It
 * leaves in no bundle.
 */
export const neverWaivedAtFiling: readonly string[] = neverWaived.filter((code) => code !== 'GD-3-8')

/** An outside recipient: the certificate file and the fingerprint typed from paper; they must agree. */
export const recipient = v.object({ certificateFile: path, fingerprint: line })

export const sealReceipt = v.object({
  bundleId: id,
  file: v.string(),
  sequence: v.number(),
  /** 份号 of this copy of the volume. */
  copy: v.string(),
  /** Which of how many bundles of the case. */
  bag: bagPlace,
  /** Text for the face of the disc (实施条例 21, 27). */
  discLabel: v.string(),
  sha256: v.string(),
  size: v.number(),
  level,
  caFingerprint: v.string(),
  sealedAt: v.string(),
})
export type SealReceipt = v.InferOutput<typeof sealReceipt>

/**
 * A line of the register of bundles: the receipt as it stood, for whom it was sealed, and by whom. `written`: the file took
 * its name; false while it is made, and for good when the program ended or the disk refused between the line and the file.
 */
export const sealedBundle = v.object({
  ...sealReceipt.entries,
  recipients: v.array(v.string()),
  by: v.string(),
  written: v.boolean(),
})
export type SealedBundle = v.InferOutput<typeof sealedBundle>

/** The verdict on a bundle: green only when the issuer was confirmed by a fingerprint typed from paper. */
export const verdict = v.object({
  colour: v.picklist(['green', 'amber', 'red']),
  checks: v.array(v.object({ code: v.string(), passed: v.boolean(), detail: v.string() })),
  signer: v.string(),
  signedAt: v.string(),
  /** Its place in a group, as the signed index of the group confirms it; absent where the case is one bundle. */
  bag: v.optional(
    v.object({
      ...bagPlace.entries,
      group: v.string(),
      /** SHA-256 of the index, and of the CA that vouches for the signer. */
      index: v.string(),
      authority: v.string(),
    }),
  ),
})
export type Verdict = v.InferOutput<typeof verdict>

/** The verdict on the bundles of one case taken together: none missing, none foreign, none twice. */
export const groupVerdict = v.object({
  colour: verdict.entries.colour,
  count: v.number(),
  checks: v.array(
    v.object({
      code: v.picklist(['bundles', 'foreign', 'twice', 'missing']),
      passed: v.boolean(),
      detail: v.string(),
    }),
  ),
})
export type GroupVerdict = v.InferOutput<typeof groupVerdict>
