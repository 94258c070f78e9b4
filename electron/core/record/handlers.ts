import { attendanceOf, fieldsOf, updateInterview } from '#db/repositories/interviews.ts'
import {
  correctionReason,
  insertCorrection,
  insertSigning,
  recordContentOf,
  recordEditions,
  signingsOf,
} from '#db/repositories/record.ts'
import { fail } from '#shared/contract/errors.ts'
import { objectHash } from '../audit/object-hash.ts'
import { assertCaseActs } from '../cases/acts.ts'
import { recordEvent } from '../cases/case-file.ts'
import type { Context, HandlerOutput, Handlers } from '../context.ts'
import { interviewOf } from '../interviews/record.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { recordRequest } from '../papers/minutes-requests.ts'
import { assertFrozenRecord, editionOfRecord, freezeRecord, recordContent } from './freezing.ts'

interface Target {
  readonly caseId: string
  readonly interviewId: string
}

async function shown(context: Context, { caseId, interviewId }: Target): Promise<HandlerOutput<'record.get'>> {
  const { trx } = context
  const row = await interviewOf(context, caseId, interviewId)
  const editions = await recordEditions(trx, interviewId)
  const reason = await correctionReason(trx, interviewId, await editionOfRecord(context, row))
  return {
    editions,
    signings: await signingsOf(trx, interviewId),
    correcting: row.state !== 'frozen' && editions.length > 0 ? reason : null,
  }
}

export const recordHandlers = {
  'record.get': (context, target) => shown(context, target),

  'record.edition': async (context, { caseId, interviewId, edition }) => {
    await interviewOf(context, caseId, interviewId)
    return (await recordContentOf(context.trx, interviewId, edition)) ?? fail('record.unknownEdition')
  },

  'record.freeze': {
    long: async (context, { signatures, ...target }) => {
      const { caseId, interviewId } = target
      const { wanted, hash } = await context.read(async (inside) => {
        const row = await interviewOf(inside, caseId, interviewId)
        if (row.state !== 'ended') fail(row.state === 'frozen' ? 'record.frozen' : 'interviews.notEnded')
        await assertCaseActs(inside, caseId)
        const printing = { copyNumber: 1, made: inside.now }
        return {
          wanted: await recordRequest(inside, caseId, interviewId, printing, signatures),
          hash: objectHash(await recordContent(inside, row)),
        }
      })
      const made = await makePapers(context, [wanted])
      return context.commit(async (inside) => {
        const row = await interviewOf(inside, caseId, interviewId)
        // A word written while the paper was made would be missing on it.
        if (row.state !== 'ended' || objectHash(await recordContent(inside, row)) !== hash)
          fail('record.changedMeanwhile')
        await freezeRecord(inside, caseId, interviewId, signatures)
        await freezeAll(inside, caseId, made)
        await recordEvent(inside, caseId, 'record.freeze', 9)
        return shown(inside, target)
      })
    },
  },

  'record.correct': async (context, { reason, ...target }) => {
    const { trx, now, account } = context
    const { caseId, interviewId } = target
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state !== 'frozen') fail('record.notFrozen')
    await assertFrozenRecord(context, caseId, interviewId)
    const edition = (await editionOfRecord(context, row)) + 1
    await insertCorrection(trx, interviewId, { edition, reason, at: now, by: account.id })
    await updateInterview(trx, interviewId, {
      state: 'ended',
      fields: JSON.stringify({ ...fieldsOf(row), frozenHash: null }),
      updated_at: now,
    })
    const hash = objectHash({ interviewId, edition, reason })
    await context.act({ kind: 'record.correct', objectKind: 'interview', objectId: interviewId, objectHash: hash })
    await recordEvent(context, caseId, 'record.correct', 9, { text: reason })
    return shown(context, target)
  },

  'record.sign': async (context, { attendeeId, outcome, reason, ...target }) => {
    const { trx, now, account } = context
    const { caseId, interviewId } = target
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state !== 'frozen') fail('record.notFrozen')
    if (outcome === 'refused' && reason === '') fail('record.refusalReason')
    const attendee = (await attendanceOf(trx, interviewId)).find((one) => one.id === attendeeId)
    if (!attendee) fail('interviews.unknownSpeaker')
    if (attendee.state === 'absent') fail('record.absent')
    const edition = await editionOfRecord(context, row)
    await insertSigning(trx, interviewId, {
      id: context.newId(),
      edition,
      attendeeId,
      outcome,
      reason,
      at: now,
      by: account.id,
    })
    await recordEvent(context, caseId, outcome === 'signed' ? 'record.signed' : 'record.refused', 9, {
      text: `${attendee.name}${reason === '' ? '' : `：${reason}`}`,
    })
    return shown(context, target)
  },
} satisfies Partial<Handlers>
