import { papersOfCase, type StoredPaper } from '#db/repositories/papers.ts'
import {
  findRedaction,
  insertRedaction,
  redactionsOfCase,
  reviewRedaction,
  type StoredRedaction,
} from '#db/repositories/redactions.ts'
import { classificationsOfCase, supersede } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Role } from '#shared/domain/accounts.ts'
import { type Redaction, sameSurvivor, strikeFault, survivorsOf } from '#shared/domain/redactions.ts'
import { type Classification, levelRank } from '#shared/domain/secrecy.ts'
import { objectHash } from '../audit/object-hash.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { printPaper } from '../papers/freeze.ts'
import { redactionRequest, redactionSource } from '../papers/redaction-request.ts'
import { requestFor } from '../papers/request-for.ts'
import { openOnes } from './closed.ts'
import { propose } from './proposals.ts'

/** Who may review a redacted version, never its author. */
export const redactionReviewers: readonly Role[] = [
  'officeHead',
  'deputyLeader',
  'chiefLeader',
  'classifier',
  'secrecyOfficer',
]

/** What a review decides upon: these strikes of this wording, and what was let stand. */
export function redactionHash(value: StoredRedaction): string {
  const { id, caseId, paperId, sourceHash, strikes, kept, reason, authorId } = value
  return objectHash({ id, caseId, paperId, sourceHash, strikes, kept, reason, authorId })
}

async function storedOne(context: Context, caseId: string, redactionId: string): Promise<StoredRedaction> {
  return (await findRedaction(context.trx, caseId, redactionId)) ?? fail('redactions.unknown')
}

/** What a list shows of redacted versions beside what is kept of them. */
async function shownOf(context: Context, caseId: string): Promise<(value: StoredRedaction) => Redaction> {
  const papers = await papersOfCase(context.trx, caseId)
  const decisions = (await classificationsOfCase(context.trx, caseId)).filter((one) => one.objectKind === 'redaction')
  return (value) => {
    const { id, paperId, state, reason, authorId, at, reviewedAt, opinion } = value
    return {
      ...{ id, caseId, paperId, state, reason, authorId, at, reviewedAt, opinion },
      title: papers.find((one: StoredPaper) => one.id === paperId)?.title ?? '',
      strikes: value.strikes.length,
      kept: value.kept.length,
      author: nameOf(context, authorId),
      reviewer: value.reviewerId === null ? '' : nameOf(context, value.reviewerId),
      level: levelState(decisions.filter((one) => one.objectId === id)),
      frozen: papers.some((one) => one.kind === 'redaction' && one.objectId === id),
    }
  }
}

function levelState(decisions: readonly Classification[]): Redaction['level'] {
  if (decisions.some((one) => one.state === 'approved')) return 'approved'
  return decisions.some((one) => one.state === 'proposed') ? 'proposed' : null
}

export const redactionHandlers = {
  'redactions.list': async (context, { caseId }) => {
    const list = await openOnes(context, caseId, await redactionsOfCase(context.trx, caseId), (one) => one.id)
    return list.map(await shownOf(context, caseId))
  },

  'redactions.passages': async (context, { caseId, paperId }) => [
    ...(await redactionSource(context, caseId, paperId, requestFor)).passages,
  ],

  'redactions.submit': async (context, { caseId, paperId, strikes, reason, proposal }) => {
    const { trx, account, now } = context
    const { paper, passages, hash } = await redactionSource(context, caseId, paperId, requestFor)
    const fault = strikeFault(passages, strikes)
    if (fault !== null) fail(fault)
    // What comes from a secret and is to be called less says why (保密法 18, 19).
    if (levelRank(proposal.level) < levelRank(paper.level) && proposal.reason === '') fail('redactions.whyLower')
    const value: StoredRedaction = {
      id: context.newId(),
      caseId,
      paperId,
      sourceHash: hash,
      strikes,
      kept: [],
      reason,
      state: 'submitted',
      authorId: account.id,
      at: now,
      reviewerId: null,
      reviewedAt: null,
      opinion: '',
    }
    await insertRedaction(trx, value)
    await propose(context, { caseId, kind: 'redaction', id: value.id }, proposal)
    await recordEvent(context, caseId, 'redactions.submit', 21)
    context.note({ detail: { paperId, redactionId: value.id, strikes: strikes.length } })
    return { id: value.id }
  },

  'redactions.get': async (context, { caseId, redactionId }) => {
    const value = await storedOne(context, caseId, redactionId)
    const { passages, hash } = await redactionSource(context, caseId, value.paperId, requestFor)
    if (hash !== value.sourceHash) fail('redactions.changed')
    const shown = await shownOf(context, caseId)
    return {
      redaction: shown(value),
      passages: [...passages],
      strikes: [...value.strikes],
      survivors: survivorsOf(passages, value.strikes),
      kept: [...value.kept],
    }
  },

  'redactions.review': {
    long: async (context, { caseId, redactionId, decision, kept, opinion }) => {
      const reviewable = async (inside: Context): Promise<StoredRedaction> => {
        const value = await storedOne(inside, caseId, redactionId)
        if (value.state !== 'submitted') fail('redactions.decided')
        if (value.authorId === inside.account.id) fail('redactions.own')
        return value
      }
      if (decision === 'returned' && opinion === '') fail('redactions.reasonMissing')
      if (decision === 'approved') {
        const wanted = await context.read(async (inside) => {
          const value = await reviewable(inside)
          const { passages } = await redactionSource(inside, caseId, value.paperId, requestFor)
          const survivors = survivorsOf(passages, value.strikes)
          const open = survivors.filter((one) => !kept.some((each) => sameSurvivor(each, one)))
          if (open.length > 0) fail('redactions.survives', { place: 'page', count: open.length })
          if (kept.length > survivors.length) fail('redactions.changed')
          const printing = { copyNumber: 1, made: inside.now }
          return redactionRequest(inside, caseId, redactionId, printing, requestFor, kept)
        })
        // Both files are made and searched now: nobody signs for what would be refused later.
        for (const format of wanted.formats) await printPaper(context, wanted, format)
      }
      return context.commit(async (inside) => {
        const { trx, account, now } = inside
        const before = await reviewable(inside)
        const reviewed = {
          state: decision === 'approved' ? ('reviewed' as const) : ('returned' as const),
          kept: decision === 'approved' ? kept : [],
          reviewerId: account.id,
          reviewedAt: now,
          opinion,
        }
        await reviewRedaction(trx, redactionId, reviewed)
        if (decision === 'returned') await supersede(trx, 'redaction', redactionId, ['proposed'])
        const act = decision === 'approved' ? 'redactions.review' : 'redactions.return'
        const hash = redactionHash({ ...before, ...reviewed })
        await inside.act({ kind: act, objectKind: 'redaction', objectId: redactionId, objectHash: hash })
        await recordEvent(inside, caseId, act, 21, { text: opinion })
        inside.note({ detail: { redactionId, kept: reviewed.kept.length } })
        return {}
      })
    },
  },
} satisfies Partial<Handlers>
