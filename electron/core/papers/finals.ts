import { basename } from 'node:path'
import {
  decideFinal,
  finalsOfCase,
  findPaper,
  insertFinal,
  papersOfCase,
  replaceWaitingFinals,
  type StoredFinal,
  type StoredPaper,
} from '#db/repositories/papers.ts'
import { fail } from '#shared/contract/errors.ts'
import { leaderRoles, type Role } from '#shared/domain/accounts.ts'
import { differenceOfLines } from '#shared/domain/difference.ts'
import {
  countDifference,
  isReturnable,
  type PaperFinal,
  type ReturnableKind,
  supersededBy,
} from '#shared/domain/papers.ts'
import { assertVolumeHere, followPapers } from '../archive/volume.ts'
import { validActs } from '../audit/acts.ts'
import { objectHash } from '../audit/object-hash.ts'
import { findBlob, insertBlob, readBlobBytes, writeBlob } from '../blobs.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { parseReturned, wordsOfReturned } from '../parse.ts'
import { openOnes } from '../secrecy/closed.ts'
import { archiveLayout } from '../session/folder.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The signed act behind each paper, and who may have done it (Art. 4: 审签; Art. 9: 定稿 of the minutes). */
const signedBy: Readonly<Record<ReturnableKind, { object: string; act: string; roles: readonly Role[] }>> = {
  notice: { object: 'notice', act: 'notices.decide', roles: leaderRoles },
  postponement: { object: 'noticeChange', act: 'notices.decideChange', roles: leaderRoles },
  cancellation: { object: 'noticeChange', act: 'notices.decideChange', roles: leaderRoles },
  minutes: { object: 'minutes', act: 'minutes.finalise', roles: ['officeHead', ...leaderRoles] },
}

/** What approving and returning decide upon: this file for this paper, and both wordings as they were shown. */
export function finalHash(value: StoredFinal): string {
  const { id, caseId, paperId, sha256, ours, theirs, note, signerId, broughtBy, broughtAt } = value
  return objectHash({ id, caseId, paperId, sha256, ours, theirs, note, signerId, broughtBy, broughtAt })
}

/** The frozen editable text a 定稿 may come back for. Errors: `papers.unknown`, `papers.noFinalOf`, `papers.olderEdition`, `archive.…`. */
async function openPaper(context: Context, caseId: string, paperId: string): Promise<StoredPaper> {
  const { trx } = context
  const given = (await findPaper(trx, caseId, paperId)) ?? fail('papers.unknown')
  const papers = await papersOfCase(trx, caseId)
  // A paper is frozen in two formats; it is the text that comes back.
  const paper = papers.find(
    (one) =>
      one.format === 'docx' &&
      one.kind === given.kind &&
      one.objectId === given.objectId &&
      one.edition === given.edition,
  )
  if (!paper || !isReturnable(paper.kind)) return fail('papers.noFinalOf')
  const newer = supersededBy(paper, papers)
  if (newer !== null) fail('papers.olderEdition', { edition: newer })
  await assertVolumeHere(context, caseId)
  if ((await finalsOfCase(trx, caseId)).some((one) => one.paperId === paper.id && one.state === 'approved'))
    fail('papers.finalStands')
  return paper
}

/** Who signed the paper. Errors: `acts.invalid` when nobody did. */
async function signerOf(context: Context, paper: StoredPaper): Promise<string> {
  if (!isReturnable(paper.kind)) return fail('papers.noFinalOf')
  const { object, act, roles } = signedBy[paper.kind]
  const { ledger } = context.session.archive
  const acts = await validActs(context.trx, ledger, object, paper.objectId)
  const last = acts.findLast(
    (one) => one.kind === act && roles.some((role) => ledger.held(one.accountId, role, one.at)),
  )
  return last?.accountId ?? fail('acts.invalid', { object, id: paper.objectId, act })
}

/** The signer decides, never the one who brought it; where the signer has left, whoever holds the office now. */
function mayDecide(context: Context, value: StoredFinal, kind: ReturnableKind): boolean {
  const { account } = context
  if (value.broughtBy === account.id) return false
  if (value.signerId === account.id) return true
  const { ledger } = context.session.archive
  const gone = ledger.account(value.signerId)?.state !== 'active'
  return gone && signedBy[kind].roles.some((role) => account.roles.includes(role))
}

function shown(context: Context, value: StoredFinal, papers: readonly StoredPaper[]): PaperFinal {
  const { id, caseId, paperId, state, fileName, size, sha256, note, broughtAt, decidedAt, opinion } = value
  const kind = papers.find((one) => one.id === paperId)?.kind
  return {
    ...{ id, caseId, paperId, state, fileName, size, sha256, note, broughtAt, decidedAt, opinion },
    ...countDifference(differenceOfLines(value.ours, value.theirs)),
    signer: nameOf(context, value.signerId),
    mayDecide: state === 'submitted' && kind !== undefined && isReturnable(kind) && mayDecide(context, value, kind),
    broughtBy: nameOf(context, value.broughtBy),
    decidedBy: value.decidedBy === null ? '' : nameOf(context, value.decidedBy),
  }
}

/** Texts of papers whose own 知悉范围 holds the account: a 定稿 is known to those who know its paper (保密法 21). */
async function openFinals(context: Context, caseId: string): Promise<StoredFinal[]> {
  return openOnes(context, caseId, await finalsOfCase(context.trx, caseId), (one) => one.paperId)
}

async function finalOf(context: Context, caseId: string, finalId: string): Promise<StoredFinal> {
  return (await openFinals(context, caseId)).find((one) => one.id === finalId) ?? fail('papers.unknownFinal')
}

export const finalHandlers = {
  'papers.finals': async (context, { caseId }) => {
    const papers = await papersOfCase(context.trx, caseId)
    return (await openFinals(context, caseId)).map((one) => shown(context, one, papers))
  },

  'papers.compareFinal': async (context, { caseId, finalId }) => {
    const { ours, theirs } = await finalOf(context, caseId, finalId)
    return differenceOfLines(ours, theirs)
  },

  'papers.bringFinal': {
    long: async (context, { caseId, paperId, file, note }) => {
      const folder = archiveLayout(context.session.archive.folder).blobs
      const paper = await context.read((inside) => openPaper(inside, caseId, paperId))
      const { returned, bytes } = await parseReturned(file, context.jobs)
      const { revisions, comments } = returned
      // What it says depends on whether they are accepted: nobody can sign that.
      if (revisions + comments > 0) fail('papers.finalMarked', { revisions, comments })
      const own = await readBlobBytes(folder, await context.read((inside) => findBlob(inside.trx, paper.blobId)))
      const { text: ours } = await wordsOfReturned(own, context.jobs)
      const blob = await writeBlob(folder, bytes)
      return context.commit(async (inside) => {
        const { trx, now, account } = inside
        await openPaper(inside, caseId, paperId)
        const name = basename(file)
        await insertBlob(trx, blob, { name, mediaType, now })
        await replaceWaitingFinals(trx, paper.id)
        const value: StoredFinal = {
          id: inside.newId(),
          caseId,
          paperId: paper.id,
          blobId: blob.id,
          ours,
          theirs: returned.text,
          note,
          state: 'submitted',
          signerId: await signerOf(inside, paper),
          broughtBy: account.id,
          broughtAt: now,
          decidedBy: null,
          decidedAt: null,
          opinion: '',
          fileName: name,
          size: blob.size,
          sha256: blob.sha256,
        }
        await insertFinal(trx, value)
        await recordEvent(inside, caseId, 'papers.bringFinal', 20, { text: paper.title })
        inside.note({ detail: { paperId: paper.id, finalId: value.id, sha256: blob.sha256 } })
        return shown(inside, value, [paper])
      })
    },
  },

  'papers.decideFinal': async (context, { caseId, finalId, decision, opinion }) => {
    const { trx, account, now } = context
    const value = await finalOf(context, caseId, finalId)
    if (value.state !== 'submitted') fail('papers.finalDecided')
    if (value.broughtBy === account.id) fail('papers.ownFinal')
    const paper = await openPaper(context, caseId, value.paperId)
    if (!isReturnable(paper.kind) || !mayDecide(context, value, paper.kind))
      fail('papers.notSigner', { signer: nameOf(context, value.signerId) })
    if (decision === 'returned' && opinion === '') fail('papers.finalReason')
    const kind = decision === 'approved' ? 'papers.approveFinal' : 'papers.returnFinal'
    await context.act({ kind, objectKind: 'paperFinal', objectId: value.id, objectHash: finalHash(value) })
    const decided = { state: decision, decidedBy: account.id, decidedAt: now, opinion }
    await decideFinal(trx, value.id, decided)
    if (decision === 'approved') await followPapers(context, caseId)
    await recordEvent(context, caseId, kind, 20, { text: opinion === '' ? paper.title : `${paper.title}：${opinion}` })
    return shown(context, { ...value, ...decided }, [paper])
  },
} satisfies Partial<Handlers>
