import { insertEdition, type StoredVolume, updateVolume } from '#db/repositories/archive.ts'
import { custodyOf } from '#db/repositories/custody.ts'
import { fail } from '#shared/contract/errors.ts'
import { type CheckItem, neverWaivedAtFiling } from '#shared/domain/archive.ts'
import { assertReceived, volumeHash } from '../cases/acts.ts'
import { assertStage, recordEvent, take } from '../cases/case-file.ts'
import type { Context, HandlerInput, HandlerOutput, LongContext } from '../context.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import type { Wanted } from '../papers/wanted.ts'
import { profileOf } from '../rules/rules.ts'
import { type Checkable, checkFiling, filedPart, reportPart, settledChecks } from './checks.ts'
import { checkReport, filingForms } from './forms.ts'
import { packageOf } from './package.ts'
import { numberPieces } from './pieces.ts'
import { assertKnowsAll } from './shown.ts'
import { assertWhole, gapsOf } from './volume.ts'

type Filing = Pick<HandlerInput<'archive.file'>, 'caseId' | 'gaps' | 'note'>

/** The volume as it would be filed, or why it cannot be: it was signed for, is whole, and says why something is missing. */
async function prepared(inside: Context, volume: StoredVolume, { caseId, gaps, note }: Filing): Promise<StoredVolume> {
  const row = await assertStage(inside, caseId, ['filing'])
  if (volume.state !== 'open') fail('archive.volumeFiled')
  if (volume.items.length === 0) fail('archive.empty')
  await assertReceived(inside, volume, await custodyOf(inside.trx, volume.id))
  const open = gapsOf(await profileOf(inside, row), volume.items, gaps)
  const unexplained = open.find((gap) => gap.reason.trim() === '')
  // The 卷内文件目录 names every paper, or it would not be one.
  await assertKnowsAll(inside, caseId)
  if (unexplained) fail('archive.gapReason', { code: unexplained.code, name: unexplained.name })
  await assertWhole(inside, caseId)
  return { ...volume, gaps: open, note }
}

/** The inner package of a volume that is not filed yet, and the forms that would describe it. */
async function draftOf(
  inside: Context,
  volume: StoredVolume,
  input: Filing,
): Promise<Omit<Checkable, 'filed'> & { readonly forms: readonly Wanted[] }> {
  const ready = await prepared(inside, volume, input)
  return { ...(await packageOf(inside, ready)), volume: ready, forms: await filingForms(inside, ready) }
}

/** The four-property check of a volume before it is filed (DA/T 70, 归档环节). */
export async function checkBeforeFiling(
  context: LongContext<CheckItem[]>,
  find: (inside: Context) => Promise<StoredVolume>,
  input: Filing,
): Promise<CheckItem[]> {
  const { forms, ...draft } = await context.read(async (inside) => draftOf(inside, await find(inside), input))
  const filed = []
  for (const form of forms) filed.push(await reportPart(context, form, form.kind))
  return checkFiling(context, { ...draft, filed: filed.map((part, at) => filedPart(part, forms[at]?.kind)) })
}

/** 归档: the forms are made, the package is checked with them, every item is answered; then one transaction freezes all. */
export async function file(
  context: LongContext<HandlerOutput<'archive.file'>>,
  find: (inside: Context) => Promise<StoredVolume>,
  { checks, ...input }: HandlerInput<'archive.file'>,
): Promise<HandlerOutput<'archive.file'>> {
  const { caseId, volumeId } = input
  const { forms, ...draft } = await context.read(async (inside) => draftOf(inside, await find(inside), input))
  const made = await makePapers(context, forms)
  const filed = made.map(({ wanted, blob }) =>
    filedPart(
      {
        path: '',
        title: wanted.title,
        role: 'report',
        mediaType: 'application/pdf',
        size: blob.size,
        sha256: blob.sha256,
        source: { kind: 'blob', blob },
      },
      wanted.kind,
    ),
  )
  const found = await checkFiling(context, { ...draft, filed })
  const settled = settledChecks(context, found, checks, neverWaivedAtFiling)
  const report = await context.read((inside) => checkReport(inside, draft.volume, settled))
  const { edition } = draft.volume
  const reported = await makePapers(context, [{ ...report, title: `${report.title}（归档）`, edition }])
  return context.commit(async (inside) => {
    const ready = await prepared(inside, await find(inside), input)
    const value: StoredVolume = { ...ready, state: 'filed', filedAt: inside.now }
    await freezeAll(inside, caseId, [...made, ...reported])
    await updateVolume(inside.trx, value)
    await insertEdition(inside.trx, { ...value, filedAt: inside.now }, inside.account.id)
    await inside.act({
      kind: 'archive.file',
      objectKind: 'volume',
      objectId: volumeId,
      objectHash: volumeHash(value),
    })
    await numberPieces(inside, value)
    await take(inside, caseId, 'archive')
    await recordEvent(inside, caseId, 'archive.file', 20, { text: value.archivalCode })
    inside.note({ level: value.level })
    return value
  })
}
