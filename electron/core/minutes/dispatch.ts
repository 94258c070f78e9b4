import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { dispatchesOf, insertDispatch } from '#db/repositories/minutes.ts'
import { papersOfCase } from '#db/repositories/papers.ts'
import { fail } from '#shared/contract/errors.ts'
import { dispatchMethodNames } from '#shared/domain/minutes.ts'
import { isStateSecret } from '#shared/domain/secrecy.ts'
import { recordEvent } from '../cases/case-file.ts'
import type { Handlers } from '../context.ts'
import { requestTickets } from '../secrecy/tickets.ts'
import { minutesOf } from './shown.ts'

export const dispatchHandlers = {
  'minutes.dispatches': async (context, { caseId, minutesId }) => {
    await minutesOf(context, caseId, minutesId)
    return dispatchesOf(context.trx, minutesId)
  },

  'minutes.dispatch': {
    long: async (context, { caseId, minutesId, reason, method, receiver, act, medium }) => {
      const { paper, enterprise } = await context.read(async (inside) => {
        const row = await minutesOf(inside, caseId, minutesId)
        if (row.state !== 'final') fail('minutes.notFinal')
        const found = (await papersOfCase(inside.trx, caseId)).find(
          (one) =>
            one.kind === 'minutes' && one.objectId === minutesId && one.edition === row.edition && one.format === 'pdf',
        )
        // 实施条例 27: a classified paper goes by 机要交通, 机要通信 or 专人, never by the common exchange.
        if (found && isStateSecret(found.level) && method === 'exchange') fail('minutes.methodForbidden')
        const of = (await enterprisesOfCase(inside.trx, caseId)).find((one) => one.id === row.enterprise_id)
        return { paper: found ?? fail('papers.unknown'), enterprise: of?.name ?? '' }
      })
      const request = {
        caseId,
        paperIds: [paper.id],
        act,
        recipient: `${enterprise}（${receiver}）`,
        purpose: `印送约谈纪要：${reason}`,
        medium,
        parentId: null,
        compilationId: null,
      }
      return requestTickets(context, request, async (inside, [ticket]) => {
        const { trx, now, account } = inside
        const row = await minutesOf(inside, caseId, minutesId)
        // Opened again while the copy was printed: what is to leave would no longer be the minutes.
        if (row.state !== 'final' || row.edition !== paper.edition || ticket === undefined) fail('minutes.notFinal')
        const line = { id: inside.newId(), minutesId, edition: row.edition, reason, method, receiver, at: now }
        await insertDispatch(trx, { ...line, decision: 'send', ticketId: ticket.id, by: account.id })
        await recordEvent(inside, caseId, 'minutes.dispatch', 9, {
          text: `${enterprise} ${ticket.label} ${dispatchMethodNames[method]} ${reason}`,
        })
        return dispatchesOf(trx, minutesId)
      })
    },
  },

  'minutes.withhold': async (context, { caseId, minutesId, reason }) => {
    const { trx, now, account } = context
    const row = await minutesOf(context, caseId, minutesId)
    if (row.state !== 'final') fail('minutes.notFinal')
    const line = { id: context.newId(), minutesId, edition: row.edition, reason, at: now, by: account.id }
    await insertDispatch(trx, { ...line, decision: 'withhold', ticketId: null, method: null, receiver: '' })
    await recordEvent(context, caseId, 'minutes.withhold', 9, { text: reason })
    return dispatchesOf(trx, minutesId)
  },
} satisfies Partial<Handlers>
