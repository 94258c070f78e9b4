import { eventsOf } from '#db/repositories/cases.ts'
import { changeItem, closeItem, insertItem, itemsOfCase } from '#db/repositories/rectification.ts'
import { fail } from '#shared/contract/errors.ts'
import { officialDay } from '#shared/domain/common.ts'
import type { RectificationItem } from '#shared/domain/rectification.ts'
import { assertStage, nameOf, openStages, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { openOnes } from '../secrecy/closed.ts'
import { assertEnterprise, assertOpen } from './guards.ts'

/** Items of a case, each with how it was worded before. */
export async function shownItems(context: Context, caseId: string): Promise<RectificationItem[]> {
  const edits = (await eventsOf(context.trx, caseId))
    .filter((one) => one.kind === 'rectification.editItem')
    .map((one): { by: string; at: string; itemId: string; text: string } => ({
      ...JSON.parse(one.detail),
      by: nameOf(context, one.account_id),
      at: one.at,
    }))
    .reverse()
  // What was taken from a record the account may not know is not known by another name.
  const own = await openOnes(
    context,
    caseId,
    await itemsOfCase(context.trx, caseId),
    (one) => one.sourceUtteranceId ?? '',
  )
  return own.map((item) => ({
    ...item,
    changes: edits.filter((one) => one.itemId === item.id).map(({ at, by, text }) => ({ at, by, text })),
  }))
}

/** One item of a case. Errors: `rectification.itemNotOpen`. */
async function itemOf(context: Context, caseId: string, itemId: string): Promise<RectificationItem> {
  const found = (await shownItems(context, caseId)).find((one) => one.id === itemId)
  return found ?? fail('rectification.itemNotOpen')
}

/** An item on one line, as the history keeps what it said. */
function itemText({ text, owner, due }: Pick<RectificationItem, 'text' | 'owner' | 'due'>): string {
  return [text, owner, due === null ? '' : officialDay(due)].filter(Boolean).join('；')
}

export const itemHandlers = {
  'rectification.addItem': async (context, { caseId, item }) => {
    await assertStage(context, caseId, openStages)
    await assertEnterprise(context, caseId, item.enterpriseId)
    await assertOpen(context, caseId, item.enterpriseId)
    const id = context.newId()
    await insertItem(context.trx, { id, caseId, ...item, state: 'open', closedAt: null }, context.now)
    await recordEvent(context, caseId, 'rectification.addItem', 12, { itemId: id })
    return itemOf(context, caseId, id)
  },

  'rectification.editItem': async (context, { caseId, itemId, change }) => {
    await assertStage(context, caseId, openStages)
    const before = await itemOf(context, caseId, itemId)
    if (itemText(before) === itemText(change)) fail('rectification.itemUnchanged')
    if (!(await changeItem(context.trx, caseId, itemId, change))) fail('rectification.itemNotOpen')
    await recordEvent(context, caseId, 'rectification.editItem', 12, { itemId, text: `原：${itemText(before)}` })
    return itemOf(context, caseId, itemId)
  },

  'rectification.closeItem': async (context, { caseId, itemId, result }) => {
    const { trx } = context
    await assertStage(context, caseId, openStages)
    if (!(await closeItem(trx, caseId, itemId))) fail('rectification.itemNotOpen')
    await recordEvent(context, caseId, 'rectification.closeItem', 12, { itemId, text: result })
    return itemOf(context, caseId, itemId)
  },
} satisfies Partial<Handlers>
