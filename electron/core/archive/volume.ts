import {
  insertVolume,
  lastPiece,
  replaceItems,
  type StoredVolume,
  updateVolume,
  volumeOfCase,
} from '#db/repositories/archive.ts'
import { type CaseRow, enterprisesOfCase, eventsOf } from '#db/repositories/cases.ts'
import { interviewOfCase, ordinalsOf } from '#db/repositories/interviews.ts'
import { minutesOfCase } from '#db/repositories/minutes.ts'
import { noticesOfCase } from '#db/repositories/notices.ts'
import { findNumber } from '#db/repositories/numbers.ts'
import { finalsOfCase, papersOfCase, type StoredPaper, scanFiles } from '#db/repositories/papers.ts'
import { type DocumentRow, documentsOfCase } from '#db/repositories/rectification.ts'
import { movedPieces } from '#db/repositories/referrals.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import type { VolumeItem } from '#shared/domain/archive.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { nthInterview } from '#shared/domain/minutes.ts'
import { numberText } from '#shared/domain/numbers.ts'
import { supersededBy } from '#shared/domain/papers.ts'
import { documentKindNames } from '#shared/domain/rectification.ts'
import { whereabouts } from '#shared/domain/referrals.ts'
import { highestLevel } from '#shared/domain/secrecy.ts'
import type { RuleProfile } from '#shared/rules/profile.ts'
import { retentionOf } from '#shared/rules/retention.ts'
import { objectHash } from '../audit/object-hash.ts'
import { assertCaseActs } from '../cases/acts.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { assertFrozenRecord } from '../record/freezing.ts'
import { profileOf, rulesOf } from '../rules/rules.ts'
import { assertOrganiser } from './custody.ts'

/** 件号 has four digits (DA/T 22-2015). */
const pieceDigits = 4

/**
 * 档号 of the next volume of a year: 全宗号-WS·年度-保管期限-件号 (DA/T 22-2015). The 全宗号 is the archive's own datum;
 * until it is set, the example of the standard stands in.
 */
async function nextCode(context: Context, profile: RuleProfile): Promise<string> {
  const fonds = context.session.archive.ledger.policy('fondsCode', 'J001')
  const prefix = `${fonds}-WS·${dayInChina(context.now).slice(0, 4)}-${(await retentionFor(context, profile)).code}-`
  const piece = (await lastPiece(context.trx, prefix)) + 1
  return `${prefix}${String(piece).padStart(pieceDigits, '0')}`
}

/** One paper in another format is the same paper. */
export function isSamePaper(one: StoredPaper, other: StoredPaper): boolean {
  return one.kind === other.kind && one.objectId === other.objectId && one.edition === other.edition
}

/** 保管期限 of a volume made today: by the unit's own table where it has one, else by the profile (Art. 20). */
async function retentionFor(context: Context, profile: RuleProfile): Promise<{ code: string; name: string }> {
  const table = (await rulesOf(context)).retentionOn(dayInChina(context.now))
  return table ? retentionOf(table) : profile.retention
}

/** What a volume holds of a paper or a document, before it has its place. */
export type Draft = Omit<VolumeItem, 'id' | 'position' | 'pageFrom'>

/** Enterprise a paper is about, for the order within one kind of a 集体约谈. */
async function enterpriseOfPapers(context: Context, caseId: string): Promise<(paper: StoredPaper) => string> {
  const { trx } = context
  const owners = new Map<string, string>()
  for (const row of await noticesOfCase(trx, caseId)) owners.set(row.id, row.enterprise_id)
  for (const row of await minutesOfCase(trx, caseId)) owners.set(row.id, row.enterprise_id)
  for (const paper of await papersOfCase(trx, caseId)) {
    if (paper.kind !== 'classification') continue
    const decision = await findClassification(trx, paper.objectId)
    owners.set(paper.objectId, decision ? (owners.get(decision.objectId) ?? '') : '')
  }
  return (paper) => owners.get(paper.objectId) ?? ''
}

/** The interview the minutes and records of a case with several belong to, as its name goes into a title. */
async function interviewOfPapers(context: Context, caseId: string): Promise<(paper: StoredPaper) => string> {
  const { trx } = context
  const ordinals = await ordinalsOf(trx, caseId)
  if (ordinals.size < 2) return () => ''
  const of = new Map(ordinals)
  for (const row of await minutesOfCase(trx, caseId)) {
    const ordinal = ordinals.get(row.interview_id)
    if (ordinal !== undefined) of.set(row.id, ordinal)
  }
  return (paper) => {
    const ordinal = of.get(paper.objectId)
    return ordinal === undefined || !['record', 'minutes'].includes(paper.kind) ? '' : nthInterview(ordinal)
  }
}

/** Papers a referral leaves in the volume, after everything the filing list names (Art. 20). */
const referralCodes = ['transferList', 'transferReceipt', 'transferLetter']

/** Codes in the order of a volume, with what the profile's list does not name: what the case rests on, and what a referral left. */
function filingOrder(profile: RuleProfile): string[] {
  const listed = profile.filing.flatMap(({ code }) => {
    // What the enterprise said in writing belongs to the papers it sent; 催办函 and 进展报告 stand before the special report.
    if (code === 'material') return [code, 'statement']
    return code === 'specialReport' ? ['reminder', 'progress', code] : [code]
  })
  return [...listed, 'attachment', ...referralCodes]
}

/** Everything Art. 20 files, in the order of the profile's list; one item for each paper, its DOCX goes along. */
export async function collect(context: Context, row: CaseRow, profile: RuleProfile): Promise<Draft[]> {
  const { trx } = context
  const numbers = new Map<string, string>()
  for (const notice of await noticesOfCase(trx, row.id)) {
    const number = notice.number_id === null ? undefined : await findNumber(trx, notice.number_id)
    if (number) numbers.set(notice.id, numberText(profile.numbering.word, number.year, number.n))
  }
  const enterprises = await enterprisesOfCase(trx, row.id)
  const position = (enterpriseId: string): number => enterprises.findIndex((one) => one.id === enterpriseId)
  const ownerOf = await enterpriseOfPapers(context, row.id)
  const all = await papersOfCase(trx, row.id)
  // Of a paper made here one format stands for both; a file attached to the case is filed as it came.
  const papers = all.filter((paper) => paper.format === 'pdf' || paper.kind === 'attachment')
  const scans = await scanFiles(trx, row.id)
  const finals = (await finalsOfCase(trx, row.id)).filter((one) => one.state === 'approved')
  /** What was put to a paper, whichever of its two formats it was put to. */
  const putTo = (paper: StoredPaper, list: readonly { readonly id: string; readonly paperId: string }[]): string[] =>
    list
      .filter(({ paperId }) => {
        const shown = all.find((one) => one.id === paperId)
        return shown && isSamePaper(shown, paper)
      })
      .map((one) => one.id)
  const documents = await documentsOfCase(trx, row.id)
  const interviewOf = await interviewOfPapers(context, row.id)
  const titleOf = (paper: StoredPaper): string => {
    const newer = supersededBy(paper, papers)
    // What was printed before a second interview came up does not name its own; among several it has to.
    const which = interviewOf(paper)
    const name = which === '' || paper.title.includes(which) ? paper.title : `${paper.title}（${which}）`
    return newer === null ? name : `${name}（已被第${newer}版替代）`
  }
  const fromPaper = (paper: StoredPaper): Draft => ({
    code: paper.kind,
    title: titleOf(paper),
    number: paper.kind === 'notice' ? (numbers.get(paper.objectId) ?? '') : '',
    author: paper.kind === 'notice' ? profile.authority : row.office,
    day: dayInChina(paper.frozenAt),
    level: paper.level,
    pages: paper.pages ?? 1,
    paperId: paper.id,
    documentId: null,
    scanIds: putTo(paper, scans),
    finalIds: putTo(paper, finals),
  })
  const fromDocument = (document: DocumentRow): Draft => ({
    code: document.kind,
    title: `${documentKindNames[document.kind]}：${document.title}`,
    number: '',
    author: enterprises.find((one) => one.id === document.enterpriseId)?.name ?? '',
    day: dayInChina(document.receivedAt),
    level: document.level,
    // A received file is not opened here; the archivist counts its sheets (卷内备考表).
    pages: 1,
    paperId: null,
    documentId: document.id,
    scanIds: [],
    finalIds: [],
  })
  return filingOrder(profile).flatMap((code) => [
    ...papers
      .filter((paper) => paper.kind === code)
      .sort((a, b) => position(ownerOf(a)) - position(ownerOf(b)))
      .map(fromPaper),
    ...documents
      .filter((document) => document.kind === code)
      .sort((a, b) => position(a.enterpriseId) - position(b.enterpriseId))
      // 佐证材料 lie behind the paper they prove.
      .flatMap((document) => [document, ...documents.filter((one) => one.provesId === document.id)])
      .filter((document) => document.blobId !== null)
      .map(fromDocument),
  ])
}

/** Every decision is signed and the record is the one that was frozen. Errors: `acts.invalid`, `interviews.frozenChanged`. */
export async function assertWhole(context: Context, caseId: string): Promise<void> {
  await assertCaseActs(context, caseId)
  const interview = await interviewOfCase(context.trx, caseId)
  if (interview) await assertFrozenRecord(context, caseId, interview.id)
}

/** Positions from 1 and page numbers through the whole volume. */
export function paged(items: readonly Omit<VolumeItem, 'position' | 'pageFrom'>[]): VolumeItem[] {
  let page = 1
  return items.map((item, index) => {
    const pageFrom = page
    page += item.pages
    return { ...item, position: index + 1, pageFrom }
  })
}

/** What the filing list demands and the volume does not hold; reasons given before are kept. */
export function gapsOf(
  profile: RuleProfile,
  items: readonly VolumeItem[],
  given: StoredVolume['gaps'] = [],
): StoredVolume['gaps'] {
  return profile.filing
    .filter((one) => one.required && !items.some((item) => item.code === one.code))
    .map(({ code, name, article }) => ({
      code,
      name,
      article,
      reason: given.find((gap) => gap.code === code)?.reason ?? '',
    }))
}

/** Whether the original of a piece is with the accountability office: then the volume holds it no longer (Art. 20). */
export function hasLeft(piece: Pick<Draft, 'documentId' | 'paperId'>, moved: StoredVolume['moved']): boolean {
  return moved.some(
    (one) => one.form === 'original' && one.documentId === piece.documentId && one.paperId === piece.paperId,
  )
}

/** Gaps that a referral left say so themselves. */
function explained(gaps: StoredVolume['gaps'], moved: StoredVolume['moved']): StoredVolume['gaps'] {
  return gaps.map((gap) => {
    const left = moved.find((one) => one.code === gap.code && one.form === 'original')
    return gap.reason === '' && left ? { ...gap, reason: whereabouts(left) } : gap
  })
}

/** Takes what left out of an open volume and puts in what a referral left in its place; the order stays. */
export async function followReferral(context: Context, row: CaseRow): Promise<void> {
  const volume = await volumeOfCase(context.trx, row.id)
  if (volume?.state !== 'open') return
  const profile = await profileOf(context, row)
  const fresh = (await collect(context, row, profile)).filter((draft) => !hasLeft(draft, volume.moved))
  const same = (one: Draft, other: Draft): boolean =>
    one.paperId === other.paperId && one.documentId === other.documentId
  const kept = volume.items.filter((item) => !hasLeft(item, volume.moved))
  const come = fresh.filter((draft) => !volume.items.some((item) => same(item, draft)))
  const items = paged([...kept, ...come.map((draft) => ({ ...draft, id: context.newId() }))])
  await keepItems(context, { ...volume, items, gaps: explained(gapsOf(profile, items, volume.gaps), volume.moved) })
}

/** What was put to a paper after 立卷 — a signed scan, its 定稿 — goes into the open volume with it; nothing else changes. */
export async function followPapers(context: Context, caseId: string): Promise<void> {
  const volume = await volumeOfCase(context.trx, caseId)
  if (volume?.state !== 'open') return
  const row = await caseOf(context, caseId)
  const fresh = await collect(context, row, await profileOf(context, row))
  const items = volume.items.map((item) => {
    const now = fresh.find((draft) => draft.paperId !== null && draft.paperId === item.paperId)
    return now ? { ...item, scanIds: now.scanIds, finalIds: now.finalIds } : item
  })
  await keepItems(context, { ...volume, items })
}

/** An office still answers for the volume: what comes later asks for it to be sent back. Errors: `archive.volumeFiled`, `archive.handedOver`. */
export async function assertVolumeHere(context: Context, caseId: string): Promise<void> {
  const volume = await volumeOfCase(context.trx, caseId)
  if (!volume) return
  if (volume.state !== 'open') fail('archive.volumeFiled')
  if (volume.holder !== 'office') fail('archive.handedOver')
}

/** Keeps other items of an open volume, with the gaps and the level that follow from them. */
async function keepItems(context: Context, volume: StoredVolume): Promise<StoredVolume> {
  const kept = { ...volume, level: highestLevel(volume.items.map((item) => item.level)) }
  await replaceItems(context.trx, volume.id, kept.items)
  await updateVolume(context.trx, kept)
  return kept
}

/** Opens a filed volume as its next edition, and why; a signed act (Art. 20). */
export async function openAgain(context: Context, volume: StoredVolume, reason: string): Promise<StoredVolume> {
  const edition = volume.edition + 1
  // The office answers for the next edition until it hands that over too (Art. 20).
  const opened: StoredVolume = { ...volume, state: 'open', holder: 'office', filedAt: null, edition, reason }
  await updateVolume(context.trx, opened)
  await context.act({
    kind: 'archive.reopen',
    objectKind: 'volume',
    objectId: volume.id,
    objectHash: objectHash({ volumeId: volume.id, edition, reason }),
  })
  return opened
}

/** What was said when the case was reopened. */
async function reasonOf(context: Context, row: CaseRow): Promise<string> {
  const last = (await eventsOf(context.trx, row.id)).find((event) => event.kind === 'cases.reopen')
  const detail: { readonly text?: string } = last ? JSON.parse(last.detail) : {}
  return detail.text ?? ''
}

/**
 * 立卷: makes the volume, brings an open one up to date, or opens that of a reopened case again. Errors:
 * `archive.notOrganiser`, `archive.handedOver`.
 */
export async function assemble(context: Context, row: CaseRow): Promise<StoredVolume> {
  const { trx, now } = context
  assertOrganiser(context, row)
  const profile = await profileOf(context, row)
  const known = await volumeOfCase(trx, row.id)
  if (known?.state === 'open' && known.holder !== 'office') fail('archive.handedOver')
  // A case that was reopened comes back with its filed volume: that one opens again, as its next edition.
  const before = known && known.state !== 'open' ? await openAgain(context, known, await reasonOf(context, row)) : known
  const moved = await movedPieces(trx, row.id)
  const here = (await collect(context, row, profile)).filter((draft) => !hasLeft(draft, moved))
  const items = paged(here.map((draft) => ({ ...draft, id: context.newId() })))
  if (before)
    return keepItems(context, { ...before, items, gaps: explained(gapsOf(profile, items, before.gaps), moved) })
  const names = (await enterprisesOfCase(trx, row.id)).map((one) => (one.shortName === '' ? one.name : one.shortName))
  const volume: StoredVolume = {
    id: context.newId(),
    caseId: row.id,
    archivalCode: await nextCode(context, profile),
    title: `关于${names.join('、')}${row.matter}问题的责任约谈案卷`,
    retention: (await retentionFor(context, profile)).name,
    // 谁组织、谁负责 (Art. 20): the office of the case, whoever files.
    organiser: row.office,
    state: 'open',
    holder: 'office',
    items,
    moved,
    gaps: explained(gapsOf(profile, items), moved),
    level: highestLevel(items.map((item) => item.level)),
    filedAt: null,
    edition: 1,
    reason: '',
    note: '',
    createdAt: now,
  }
  await insertVolume(trx, volume)
  return volume
}
