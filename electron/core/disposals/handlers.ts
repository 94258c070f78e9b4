import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { purgeCase } from '#db/purge.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import {
  certificateOf as certificateBlob,
  decideDisposal,
  type FiledRow,
  filedVolumes,
  findDisposal,
  finishDisposal,
  holds,
  insertDisposal,
  insertHold,
  isOnLoan,
  lastDisposals,
} from '#db/repositories/disposals.ts'
import { indexStale } from '#db/repositories/search.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { type Disposal, disposalRefusal, type Retained, retentionEnd } from '#shared/domain/disposals.ts'
import { validActs } from '../audit/acts.ts'
import { objectHash } from '../audit/object-hash.ts'
import { findBlob, insertBlob, readBlobBytes, writeBlob } from '../blobs.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers, LongContext, Outside } from '../context.ts'
import { assertFolder, exportFile } from '../papers/export.ts'
import { printPaper } from '../papers/freeze.ts'
import { archiveLayout } from '../session/folder.ts'
import { certificateOf } from './certificate.ts'

/** Terms of the index written in one transaction while a destroyed case leaves it. */
const termsAtOnce = 2000

function hashOf({ id, caseId, volumeId, conclusion, reason, askedBy }: Disposal): string {
  return objectHash({ id, caseId, volumeId, conclusion, reason, askedBy })
}

function named(context: Outside, one: Disposal): Disposal {
  const name = (id: string | null): string | null => (id === null ? null : nameOf(context, id))
  return { ...one, askedBy: nameOf(context, one.askedBy), decidedBy: name(one.decidedBy), doneBy: name(one.doneBy) }
}

/** Volumes as the due list shows them; people are ids still. */
async function retainedOf(context: Context): Promise<(Retained & Pick<FiledRow, 'pieces' | 'pages'>)[]> {
  const { trx, account, now } = context
  const last = await lastDisposals(trx)
  const held = await holds(trx)
  const today = dayInChina(now)
  return (await filedVolumes(trx, account.id, casesInScope(trx, account.id))).map(({ lastPaper, ...row }) => {
    const review = last.get(row.volumeId) ?? null
    const later =
      review?.state === 'approved' && review.decidedAt !== null
        ? { conclusion: review.conclusion, day: dayInChina(review.decidedAt) }
        : null
    const until = retentionEnd(lastPaper, row.retention, later)
    const hold = held.get(row.volumeId) ?? ''
    return { ...row, until, due: until !== null && until < today, hold, disposal: review }
  })
}

async function retainedVolume(context: Context, caseId: string, volumeId: string) {
  const found = (await retainedOf(context)).find((one) => one.caseId === caseId && one.volumeId === volumeId)
  return found ?? fail('disposals.notFiled')
}

function shown(context: Outside, { pieces, pages, ...one }: Awaited<ReturnType<typeof retainedVolume>>): Retained {
  return { ...one, disposal: one.disposal && named(context, one.disposal) }
}

async function disposalOf(context: Context, caseId: string, disposalId: string): Promise<Disposal> {
  const found = await findDisposal(context.trx, disposalId)
  return found?.caseId === caseId ? found : fail('disposals.unknown')
}

/**
 * An approved destruction as it was asked and approved by two different accounts with valid acts, of a volume nothing
 * holds. Errors: `disposals.notApproved`, `disposals.held`, `disposals.sameperson`, `acts.invalid`.
 */
async function assertApproved(context: Context, one: Disposal): Promise<void> {
  if (one.state === 'done') fail('disposals.done')
  if (one.state !== 'approved' || one.conclusion !== 'destroy') fail('disposals.notApproved')
  if (one.decidedBy === context.account.id) fail('disposals.sameperson')
  const volume = await retainedVolume(context, one.caseId, one.volumeId)
  if (volume.hold !== '') fail('disposals.held')
  if (await isOnLoan(context.trx, one.caseId, dayInChina(context.now))) fail('disposals.onLoan')
  const hash = hashOf(one)
  const acts = await validActs(context.trx, context.session.archive.ledger, 'disposal', one.id)
  const signed = (kind: string, by: string | null): boolean =>
    acts.some((act) => act.kind === kind && act.accountId === by && act.objectHash === hash)
  if (!signed('disposals.ask', one.askedBy))
    fail('acts.invalid', { object: 'disposal', id: one.id, act: 'disposals.ask' })
  if (!signed('disposals.approve', one.decidedBy) || one.decidedBy === one.askedBy)
    fail('acts.invalid', { object: 'disposal', id: one.id, act: 'disposals.decide' })
}

async function destroy(
  context: LongContext<Disposal>,
  { caseId, disposalId, witness }: { readonly caseId: string; readonly disposalId: string; readonly witness: string },
): Promise<Disposal> {
  const { archive } = context.session
  const layout = archiveLayout(archive.folder)
  const paper = await context.read(async (inside) => {
    const one = await disposalOf(inside, caseId, disposalId)
    await assertApproved(inside, one)
    const volume = await retainedVolume(inside, caseId, one.volumeId)
    const [count] = await inside.trx.raw(
      'SELECT (SELECT count(*) FROM papers WHERE case_id = ?) + (SELECT count(*) FROM rectification_documents WHERE case_id = ? AND blob_id IS NOT NULL) AS n',
      [caseId, caseId],
    )
    return certificateOf(inside, volume, { ...one, witness }, Number(count?.n ?? 0))
  })
  const { bytes } = await printPaper(context, paper, 'pdf')
  const certificate = await writeBlob(layout.blobs, bytes)
  let gone: readonly string[] = []
  const done = await context.commit(async (inside) => {
    const { trx, now, account } = inside
    const one = await disposalOf(inside, caseId, disposalId)
    await assertApproved(inside, one)
    await insertBlob(trx, certificate, { name: `${paper.title}.pdf`, mediaType: 'application/pdf', now })
    await recordEvent(inside, caseId, 'disposals.destroy', 20)
    const finished: Disposal = { ...one, state: 'done', doneBy: account.id, doneAt: now, witness }
    await finishDisposal(trx, finished, certificate.id)
    gone = await purgeCase(trx, caseId, { at: now, by: account.id })
    await inside.act({
      kind: 'disposals.destroy',
      objectKind: 'disposal',
      objectId: one.id,
      objectHash: objectHash({ disposal: hashOf(one), witness, certificate: certificate.sha256 }),
    })
    inside.note({ objectKind: 'disposal', objectId: one.id, detail: { blobs: gone.length } })
    return named(inside, finished)
  })
  // The keys are gone: what follows only tidies up, and is done at the next sign-in if the program ends here.
  for (const id of gone) await rm(join(layout.blobs, id), { force: true })
  const { cases } = archive
  while (cases && (await cases.transaction((trx) => indexStale(trx, termsAtOnce))) > 0);
  await cases?.knex.raw("INSERT INTO search_index (search_index) VALUES ('optimize')")
  await cases?.knex.raw('PRAGMA wal_checkpoint(TRUNCATE)')
  return done
}

async function certificateBytes(context: Context, disposalId: string) {
  const found = (await retainedOf(context)).find((one) => one.disposal?.id === disposalId)
  const blobId = found === undefined ? null : await certificateBlob(context.trx, disposalId)
  if (found === undefined || blobId === null) return fail('disposals.unknown')
  const { blobs } = archiveLayout(context.session.archive.folder)
  const bytes = await readBlobBytes(blobs, await findBlob(context.trx, blobId))
  return { bytes, name: `档案销毁证明（${found.archivalCode}）.pdf` }
}

export const disposalHandlers = {
  'disposals.list': async (context) => {
    const found = (await retainedOf(context)).map((one) => shown(context, one))
    return found.sort((a, b) => Number(b.due) - Number(a.due) || (a.until ?? '9').localeCompare(b.until ?? '9'))
  },

  'disposals.hold': async (context, { caseId, volumeId, held, reason }) => {
    const volume = await retainedVolume(context, caseId, volumeId)
    if (volume.disposal?.state === 'done') fail('disposals.done')
    if ((volume.hold !== '') === held) fail(held ? 'disposals.held' : 'disposals.notHeld')
    const id = context.newId()
    const { now, account } = context
    await insertHold(context.trx, { id, volumeId, held, reason, at: now, by: account.id })
    await context.act({
      kind: held ? 'disposals.hold' : 'disposals.release',
      objectKind: 'volume',
      objectId: volumeId,
      objectHash: objectHash({ id, volumeId, held, reason }),
    })
    await recordEvent(context, caseId, held ? 'disposals.hold' : 'disposals.release', 20, { text: reason })
    return shown(context, await retainedVolume(context, caseId, volumeId))
  },

  'disposals.ask': async (context, { caseId, volumeId, conclusion, reason }) => {
    const { trx, now, account } = context
    const volume = await retainedVolume(context, caseId, volumeId)
    const refusal = disposalRefusal(volume, conclusion)
    if (refusal !== null) fail(refusal)
    const value: Disposal = {
      id: context.newId(),
      caseId,
      volumeId,
      conclusion,
      reason,
      state: 'asked',
      askedBy: account.id,
      askedAt: now,
      decidedBy: null,
      decidedAt: null,
      opinion: '',
      doneBy: null,
      doneAt: null,
      witness: '',
    }
    await insertDisposal(trx, value)
    const act = { objectKind: 'disposal', objectId: value.id, objectHash: hashOf(value) }
    await context.act({ kind: 'disposals.ask', ...act })
    await recordEvent(context, caseId, 'disposals.ask', 20, { text: reason })
    return named(context, value)
  },

  'disposals.decide': async (context, { caseId, disposalId, decision, opinion }) => {
    const one = await disposalOf(context, caseId, disposalId)
    if (one.state !== 'asked') fail('disposals.notAsked')
    if (one.askedBy === context.account.id) fail('disposals.sameperson')
    if (decision === 'returned' && opinion === '') fail('disposals.reasonMissing')
    const volume = await retainedVolume(context, caseId, one.volumeId)
    if (decision === 'approved' && volume.hold !== '') fail('disposals.held')
    const decided = { ...one, state: decision, decidedBy: context.account.id, decidedAt: context.now, opinion }
    await decideDisposal(context.trx, decided)
    const kind = decision === 'approved' ? 'disposals.approve' : 'disposals.return'
    await context.act({ kind, objectKind: 'disposal', objectId: one.id, objectHash: hashOf(one) })
    await recordEvent(context, caseId, kind, 20, { text: opinion })
    return named(context, decided)
  },

  'disposals.destroy': { long: destroy },

  'disposals.certificate': async (context, { disposalId }) => ({
    pdf: new Uint8Array((await certificateBytes(context, disposalId)).bytes),
  }),

  'disposals.exportCertificate': async (context, { disposalId, folder }) => {
    await assertFolder(folder)
    const { bytes, name } = await certificateBytes(context, disposalId)
    return { file: await exportFile(folder, name, bytes) }
  },
} satisfies Partial<Handlers>
