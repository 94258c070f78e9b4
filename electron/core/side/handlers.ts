import { casesInScope } from '#db/repositories/cases.ts'
import { attendanceOf, findInterview, lastUtterances } from '#db/repositories/interviews.ts'
import { sideLength, sideLines } from '#shared/domain/side.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Handlers, Outside } from '../context.ts'
import { interviewOf } from '../interviews/record.ts'
import type { Session } from '../session/types.ts'

/** What the room is looking at. It lives as long as the session: a new sign-in begins with a blank screen. */
interface Shown {
  readonly caseId: string
  readonly interviewId: string
  /** Last line of a screen that is held; null while it follows. */
  readonly until: number | null
}

const shown = new WeakMap<Session, Shown>()
/** Lines meant for others are left out of the screen: enough are read that it stays full all the same. */
const readAhead = sideLength * 5

/** Tells the room's screen that its interview changed. */
export function refreshSide(context: Outside, interviewId: string): void {
  if (shown.get(context.session)?.interviewId === interviewId) context.push('side.changed', {})
}

export const sideHandlers = {
  'side.show': async (context, { caseId, interviewId, show }) => {
    await interviewOf(context, caseId, interviewId)
    const [last] = await lastUtterances(context.trx, interviewId, 1)
    if (show === 'off') shown.delete(context.session)
    else shown.set(context.session, { caseId, interviewId, until: show === 'hold' ? (last?.seq ?? 0) : null })
    context.push('side.changed', {})
    return { show }
  },

  'side.get': async (context) => {
    const { trx, account, session } = context
    const wanted = shown.get(session)
    if (!wanted) return null
    const { caseId, interviewId, until } = wanted
    // Whoever lost the 知悉范围 meanwhile has a blank screen.
    const inside = await trx('cases').whereIn('id', casesInScope(trx, account.id)).where({ id: caseId }).first('id')
    const row = inside && (await findInterview(trx, caseId, interviewId))
    if (!row) return null
    const utterances = await lastUtterances(trx, interviewId, readAhead)
    const visible = utterances.filter((one) => until === null || one.seq <= until)
    return {
      matter: (await caseOf(context, caseId)).matter,
      place: row.place ?? '',
      state: row.state,
      held: until !== null,
      lines: [...sideLines(visible, await attendanceOf(trx, interviewId))],
    }
  },
} satisfies Partial<Handlers>
