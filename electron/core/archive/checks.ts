import { createHash } from 'node:crypto'
import type { StoredVolume } from '#db/repositories/archive.ts'
import { papersOfCase } from '#db/repositories/papers.ts'
import { checkFourProperties } from '#electron/sealing/four-property.ts'
import { fail } from '#shared/contract/errors.ts'
import { type CheckItem, neverWaived } from '#shared/domain/archive.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { PaperKind } from '#shared/domain/papers.ts'
import { findBlob } from '../blobs.ts'
import type { Context, Outside } from '../context.ts'
import { printPaper } from '../papers/freeze.ts'
import type { Wanted } from '../papers/wanted.ts'
import { archiveLayout } from '../session/folder.ts'
import { packageOf, requiredActions, type VolumePackage } from './package.ts'
import { type PartInput, partOf } from './parts.ts'

/** Forms frozen at filing, by the name they have in a bundle. */
const filedForms: Readonly<Partial<Record<PaperKind, string>>> = {
  volumeCover: 'cover',
  contents: 'contents',
  referenceSheet: 'reference-sheet',
  fourProperty: 'four-property-filing',
}

/** What only a carrier can be asked: before there is one, nobody is. */
const carrierChecks: readonly string[] = ['GD-4-4', 'GD-4-5', 'GD-4-6']

/** What is checked and sealed: the inner package, and the forms that describe it. */
export interface Checkable extends VolumePackage {
  readonly volume: StoredVolume
  readonly filed: readonly PartInput[]
}

export async function checkableOf(context: Context, volume: StoredVolume): Promise<Checkable> {
  return { ...(await packageOf(context, volume)), volume, filed: await filedReports(context, volume) }
}

/** A form of a volume under the name it has in a bundle. */
export function filedPart(part: PartInput, kind: PaperKind | undefined): PartInput {
  return { ...part, path: `reports/${(kind && filedForms[kind]) ?? kind}.pdf` }
}

/** Checks the package of a volume that is to be filed: the act of filing itself is not behind it yet. */
export async function checkFiling(context: Outside, inner: Checkable): Promise<CheckItem[]> {
  const found = await checkPackage(
    context,
    inner,
    requiredActions.filter((action) => action !== '归档'),
  )
  return found.filter(({ code }) => !carrierChecks.includes(code))
}

/** Checks the inner package; reads every file once, so it stands outside any transaction. */
export function checkPackage(
  context: Outside,
  inner: Checkable,
  required: readonly string[] = requiredActions,
): Promise<CheckItem[]> {
  const { parts, eep, takenCodes, volume, filed } = inner
  const { blobs } = archiveLayout(context.session.archive.folder)
  return checkFourProperties({
    parts: parts.map((part) => partOf(part, blobs)),
    reports: filed.map((part) => partOf(part, blobs)),
    eep,
    register: { files: parts.length, bytes: parts.reduce((sum, part) => sum + part.size, 0) },
    pieces: volume.items,
    gaps: volume.gaps,
    requiredActions: required,
    takenCodes,
  })
}

/**
 * What the program found, with what a person looked at or let go: who, on which day, and what they saw or why. Errors:
 * `archive.checkFailed`, `archive.checkNotWaivable`, `archive.checkOpen`, `archive.checkLater`.
 */
export function settledChecks(
  context: Outside,
  found: readonly CheckItem[],
  answers: readonly CheckItem[],
  never: readonly string[] = neverWaived,
): CheckItem[] {
  const today = dayInChina(context.now)
  return found.map((item) => {
    if (item.result === 'passed') return item
    const { code, name } = item
    const answer = answers.find((one) => one.code === code)
    const said = answer?.detail.trim() ?? ''
    const signed = answer !== undefined && said !== '' && answer.person.trim() !== '' && answer.day !== ''
    if (signed && answer.day > today) fail('archive.checkLater', { code, name })
    const by = { person: answer?.person.trim() ?? '', day: answer?.day ?? '' }
    if (item.result === 'manual') {
      if (!signed || answer.result !== 'manual') fail('archive.checkOpen', { code, name })
      return { ...item, ...by, detail: said }
    }
    if (!signed || answer.result !== 'waived') fail('archive.checkFailed', { code, name })
    if (never.includes(code)) fail('archive.checkNotWaivable', { code, name })
    return { ...item, ...by, result: 'waived', detail: `不通过：${item.detail}。豁免理由：${said}` }
  })
}

/** A form of the bundle, printed now. */
export async function reportPart(context: Outside, wanted: Wanted, name: string): Promise<PartInput> {
  const { bytes } = await printPaper(context, wanted, 'pdf')
  return bytesPart(`reports/${name}.pdf`, wanted.title, 'application/pdf', bytes)
}

/** The four-property check as data, beside its paper. */
export function checkData(checks: readonly CheckItem[], now: string): PartInput {
  const text = `${JSON.stringify({ standard: 'DA/T 70-2018', checkedAt: now, checks }, null, 2)}\n`
  return bytesPart('reports/four-property.json', '四性检测结果（数据）', 'application/json', Buffer.from(text, 'utf8'))
}

function bytesPart(path: string, title: string, mediaType: string, bytes: Uint8Array): PartInput {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, title, role: 'report', mediaType, size: bytes.length, sha256, source: { kind: 'bytes', bytes } }
}

/** The forms frozen when the volume was filed last, as parts of the bundle. */
async function filedReports(context: Context, volume: StoredVolume): Promise<PartInput[]> {
  const latest = new Map<string, PartInput>()
  for (const paper of await papersOfCase(context.trx, volume.caseId)) {
    const name = filedForms[paper.kind]
    if (name === undefined || paper.objectId !== volume.id || paper.format !== 'pdf') continue
    const blob = await findBlob(context.trx, paper.blobId)
    latest.set(name, {
      path: `reports/${name}.pdf`,
      title: paper.title,
      role: 'report',
      mediaType: 'application/pdf',
      size: blob.size,
      sha256: blob.sha256,
      source: { kind: 'blob', blob },
    })
  }
  return [...latest.values()]
}
