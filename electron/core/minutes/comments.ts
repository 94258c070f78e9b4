import { commentsOf, insertAnswer, insertComment, resolveComment, sentencesOf } from '#db/repositories/minutes.ts'
import { fail } from '#shared/contract/errors.ts'
import { recordWriters } from '#shared/domain/accounts.ts'
import type { MinutesComment } from '#shared/domain/minutes.ts'
import { recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { minutesOf } from './shown.ts'

/** As much of a sentence as a comment quotes. */
const quoteLength = 60

interface Target {
  readonly caseId: string
  readonly minutesId: string
}

async function commentOf(context: Context, target: Target, commentId: string): Promise<MinutesComment> {
  await minutesOf(context, target.caseId, target.minutesId)
  const all = await commentsOf(context.trx, target.minutesId)
  return all.find((one) => one.id === commentId) ?? fail('minutes.unknownComment')
}

async function assertOpen(context: Context, { caseId, minutesId }: Target): Promise<number> {
  const row = await minutesOf(context, caseId, minutesId)
  if (row.state === 'final') fail('minutes.final')
  return row.edition
}

export const commentHandlers = {
  'minutes.comments': async (context, { caseId, minutesId }) => {
    await minutesOf(context, caseId, minutesId)
    return commentsOf(context.trx, minutesId)
  },

  'minutes.comment': async (context, { caseId, minutesId, sentenceId, text }) => {
    const { trx, now, account } = context
    const edition = await assertOpen(context, { caseId, minutesId })
    const sentence =
      sentenceId === null ? undefined : (await sentencesOf(trx, minutesId)).find((one) => one.id === sentenceId)
    if (sentenceId !== null && !sentence) fail('minutes.unknownSentence')
    const quote = sentence?.text.slice(0, quoteLength).toWellFormed() ?? ''
    const value = { id: context.newId(), minutesId, edition, sentenceId, quote, text, by: account.id, at: now }
    await insertComment(trx, value)
    await recordEvent(context, caseId, 'minutes.comment', 9)
    return { ...value, answers: [], resolvedBy: null, resolvedAt: null }
  },

  'minutes.answer': async (context, { commentId, text, ...target }) => {
    const { trx, now, account } = context
    await assertOpen(context, target)
    const comment = await commentOf(context, target, commentId)
    if (comment.resolvedAt !== null) fail('minutes.commentResolved')
    await insertAnswer(trx, { id: context.newId(), commentId, text, by: account.id, at: now })
    return commentOf(context, target, commentId)
  },

  'minutes.resolve': async (context, { commentId, ...target }) => {
    const { trx, now, account } = context
    const comment = await commentOf(context, target, commentId)
    const writer = account.roles.some((role) => recordWriters.some((one) => one === role))
    if (!writer && comment.by !== account.id) fail('minutes.notYourComment')
    await resolveComment(trx, commentId, account.id, now)
    await recordEvent(context, target.caseId, 'minutes.resolve', 9)
    return commentOf(context, target, commentId)
  },
} satisfies Partial<Handlers>
