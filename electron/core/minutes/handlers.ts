import { lastEvent } from '#db/repositories/cases.ts'
import { utterancesOf } from '#db/repositories/interviews.ts'
import {
  bumpMinutes,
  fieldsOfMinutes,
  findEdition,
  forgetDraft,
  keepDraft,
  keepPlace,
  keptDraft,
  keptPlace,
  type MinutesRow,
  openComments,
  orderSentences,
  putSentences,
  sentencesOf,
  updateMinutes,
} from '#db/repositories/minutes.ts'
import { papersOfCase } from '#db/repositories/papers.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { concerns } from '#shared/domain/interviews.ts'
import type { Sentence } from '#shared/domain/minutes.ts'
import { assertCaseActs, minutesHash } from '../cases/acts.ts'
import { assertStage, recordEvent, take, takeWhenReady } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { interviewOf } from '../interviews/record.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { minutesRequest, recordRequest } from '../papers/minutes-requests.ts'
import { classificationRequest } from '../papers/requests.ts'
import { assertFrozenRecord, editionOfRecord, freezeRecord } from '../record/freezing.ts'
import { openOnes } from '../secrecy/closed.ts'
import { propose } from '../secrecy/proposals.ts'
import { commentHandlers } from './comments.ts'
import { dispatchHandlers } from './dispatch.ts'
import { draftMinutes } from './drafting.ts'
import { becomeFinal } from './final.ts'
import { minutesOf, shown, shownAll } from './shown.ts'

/**
 * A sentence may rest only on what was said to its enterprise (Art. 6). Errors: `minutes.unknownSource`,
 * `minutes.foreignSource`.
 */
async function assertSources(context: Context, row: MinutesRow, sentences: readonly Sentence[]): Promise<void> {
  const named = new Set(sentences.flatMap((one) => one.sources))
  if (named.size === 0) return
  const known = new Map((await utterancesOf(context.trx, row.interview_id)).map((one) => [one.id, one]))
  for (const source of named) {
    const said = known.get(source) ?? fail('minutes.unknownSource')
    if (!concerns(said, row.enterprise_id)) fail('minutes.foreignSource')
  }
}

/** Minutes may become final when their classification is decided. Errors: `minutes.notSubmitted`, `minutes.notClassified`. */
async function assertReady(context: Context, caseId: string, minutesId: string): Promise<MinutesRow> {
  const row = await minutesOf(context, caseId, minutesId)
  if (row.state !== 'submitted') fail('minutes.notSubmitted', { state: row.state })
  const decision =
    row.classification_id === null ? undefined : await findClassification(context.trx, row.classification_id)
  if (decision?.state !== 'approved') fail('minutes.notClassified')
  return row
}

/** Saves come every second; the history of the case names one sitting of an account once. */
const sittingMs = 10 * 60_000

async function noteSaving(context: Context, caseId: string): Promise<void> {
  const { trx, now, account } = context
  const last = await lastEvent(trx, caseId, 'minutes.save')
  const same = last?.account_id === account.id && Date.parse(now) - Date.parse(last.at) < sittingMs
  if (!same) await recordEvent(context, caseId, 'minutes.save', 9)
}

export const minutesHandlers = {
  ...commentHandlers,
  ...dispatchHandlers,

  'minutes.list': async (context, { caseId }) =>
    openOnes(context, caseId, await shownAll(context, caseId), (one) => one.id),

  'minutes.draft': async (context, { caseId, interviewId }) => {
    await assertStage(context, caseId, ['minutes'])
    await draftMinutes(context, caseId, interviewId)
    await recordEvent(context, caseId, 'minutes.draft', 9)
    return shownAll(context, caseId)
  },

  'minutes.save': async (context, { caseId, minutesId, version, fields, order, put, place }) => {
    const { trx, now, account } = context
    const row = await minutesOf(context, caseId, minutesId)
    if (row.state !== 'draft') fail('minutes.notDraft', { state: row.state })
    await assertSources(context, row, put)
    if (!(await bumpMinutes(trx, minutesId, version, fields, account.id, now))) fail('minutes.changed')
    await putSentences(trx, minutesId, put)
    if (new Set(order).size !== order.length || !(await orderSentences(trx, minutesId, order)))
      fail('minutes.unknownSentence')
    await forgetDraft(trx, account.id, minutesId)
    await keepPlace(trx, account.id, minutesId, place, now)
    await noteSaving(context, caseId)
    return { version: version + 1 }
  },

  'minutes.keep': async (context, { caseId, minutesId, kept, place }) => {
    const { trx, now, account } = context
    const row = await minutesOf(context, caseId, minutesId)
    if (kept === null) await forgetDraft(trx, account.id, minutesId)
    else {
      await assertSources(context, row, [...kept.base.sentences, ...kept.mine.sentences])
      await keepDraft(trx, account.id, minutesId, kept, now)
    }
    await keepPlace(trx, account.id, minutesId, place, now)
    return { keptAt: now }
  },

  'minutes.kept': async (context, { caseId, minutesId }) => {
    const { trx, account } = context
    await minutesOf(context, caseId, minutesId)
    return {
      kept: await keptDraft(trx, account.id, minutesId),
      place: await keptPlace(trx, account.id, minutesId),
    }
  },

  'minutes.submit': async (context, { caseId, minutesId, proposal }) => {
    const { trx, now } = context
    const row = await minutesOf(context, caseId, minutesId)
    if (row.state !== 'draft') fail('minutes.notDraft', { state: row.state })
    const sentences = await sentencesOf(trx, minutesId)
    if (!sentences.some((one) => one.text.trim() !== '')) fail('minutes.empty')
    const open = (await openComments(trx, caseId)).get(minutesId) ?? 0
    if (open > 0) fail('minutes.commentsOpen', { count: open })
    const classification = await propose(context, { caseId, kind: 'minutes', id: minutesId }, proposal)
    await updateMinutes(trx, minutesId, {
      state: 'submitted',
      classification_id: classification.id,
      submitted_at: now,
      updated_at: now,
    })
    await recordEvent(context, caseId, 'minutes.submit', 9)
    return shown(context, caseId, minutesId)
  },

  'minutes.finalise': {
    long: async (context, { caseId, minutesId }) => {
      const requests = await context.read(async (inside) => {
        const row = await assertReady(inside, caseId, minutesId)
        await assertCaseActs(inside, caseId)
        await assertFrozenRecord(inside, caseId, row.interview_id)
        const printing = { copyNumber: 1, made: inside.now }
        const list = [await minutesRequest(inside, caseId, minutesId, printing)]
        // One record for all enterprises, in both formats: the first minutes that become final freeze it.
        const edition = await editionOfRecord(inside, await interviewOf(inside, caseId, row.interview_id))
        const filed = (await papersOfCase(inside.trx, caseId)).filter(
          (one) => one.kind === 'record' && one.objectId === row.interview_id && one.edition === edition,
        )
        if (filed.length < 2) list.push(await recordRequest(inside, caseId, row.interview_id, printing))
        if (row.classification_id !== null)
          list.push({
            ...(await classificationRequest(inside, caseId, row.classification_id, printing)),
            formats: ['pdf'],
          })
        return list
      })
      const made = await makePapers(context, requests)
      return context.commit(async (inside) => {
        const row = await assertReady(inside, caseId, minutesId)
        await freezeRecord(inside, caseId, row.interview_id, 'each-page')
        await freezeAll(inside, caseId, made)
        await becomeFinal(inside, row)
        await recordEvent(inside, caseId, 'minutes.finalise', 9)
        await takeWhenReady(inside, caseId, 'finaliseMinutes')
        return shown(inside, caseId, minutesId)
      })
    },
  },

  'minutes.reopen': async (context, { caseId, minutesId, reason }) => {
    const { trx, now } = context
    const row = await minutesOf(context, caseId, minutesId)
    if (row.state !== 'final') fail('minutes.notFinal')
    await assertCaseActs(context, caseId)
    await take(context, caseId, 'reopenMinutes')
    const objectHash = minutesHash(row, row, await sentencesOf(trx, minutesId))
    await context.act({ kind: 'minutes.reopen', objectKind: 'minutes', objectId: minutesId, objectHash })
    await updateMinutes(trx, minutesId, {
      state: 'draft',
      edition: row.edition + 1,
      reason,
      version: row.version + 1,
      classification_id: null,
      submitted_at: null,
      finalised_at: null,
      updated_at: now,
    })
    await recordEvent(context, caseId, 'minutes.reopen', 9, { text: reason })
    return shown(context, caseId, minutesId)
  },

  'minutes.edition': async (context, { caseId, minutesId, edition }) => {
    await minutesOf(context, caseId, minutesId)
    const row = (await findEdition(context.trx, minutesId, edition)) ?? fail('minutes.unknownEdition')
    return { fields: fieldsOfMinutes(row), sentences: JSON.parse(row.sentences) }
  },
} satisfies Partial<Handlers>
