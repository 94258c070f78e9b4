import * as v from 'valibot'
import { type EntryRow, entriesOfCase, insertEntry } from '#db/repositories/rectification.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import {
  type Entry,
  type EntryBody,
  type EntryKind,
  effectsFen,
  entryArticles,
  entryFaults,
  entryInput,
  entryNames,
  evaluationText,
  guidanceNames,
  singleKinds,
} from '#shared/domain/rectification.ts'
import { entryHash } from '../cases/acts.ts'
import { assertStage, caseOf, nameOf, openStages, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { assertEnterprise, assertInterviewed, assertOpen } from './guards.ts'

function shownEntry(context: Context, row: EntryRow): Entry {
  return {
    id: row.id,
    enterpriseId: row.enterprise_id,
    body: JSON.parse(row.body),
    by: nameOf(context, row.account_id),
    at: row.at,
  }
}

/** Entries of a case that stand, the oldest first. */
export async function shownEntries(context: Context, caseId: string): Promise<Entry[]> {
  return (await entriesOfCase(context.trx, caseId)).map((row) => shownEntry(context, row))
}

/** What the history says of an entry, short. */
function entryText(body: EntryBody): string {
  switch (body.kind) {
    case 'effects':
      return [body.stopped, body.losses, body.risk, body.influence].filter(Boolean).join('；')
    case 'accountable':
      return `${body.name}：${body.handling}`
    case 'screening':
      return `${body.scope}：${body.result}`
    case 'guidance':
      return `${guidanceNames[body.manner]}，${body.spokenTo}：${body.text}`
    case 'evaluation':
      return evaluationText(body)
    case 'reminder':
      return `第${body.ordinal}次，限${officialDay(body.newDue)}前报送`
    case 'closure':
      return body.opinion
    case 'reopening':
    case 'unclosed':
      return body.reason
  }
}

/** Entries that bind: signed by who makes them (Art. 16). */
const signedKinds: Partial<Readonly<Record<EntryKind, string>>> = {
  closure: 'rectification.close',
  reopening: 'rectification.reopen',
}

/** Keeps an entry in the transaction of the act, signed where it binds, with its line in the history. */
export async function keepEntry(
  context: Context,
  caseId: string,
  enterpriseId: string,
  body: EntryBody,
  replaces: string | null = null,
  id: string = context.newId(),
): Promise<Entry> {
  const row: EntryRow = {
    id,
    case_id: caseId,
    enterprise_id: enterpriseId,
    kind: body.kind,
    body: JSON.stringify(body),
    replaces,
    at: context.now,
    account_id: context.account.id,
  }
  await insertEntry(context.trx, row)
  const act = signedKinds[body.kind]
  if (act !== undefined)
    await context.act({ kind: act, objectKind: 'rectificationEntry', objectId: id, objectHash: entryHash(row) })
  // 重新开启 takes the place of a 销账 without correcting it.
  const text = `${replaces === null || body.kind === 'reopening' ? '' : '更新：'}${entryText(body)}`
  await recordEvent(context, caseId, `rectification.${body.kind}`, entryArticles[body.kind], { text })
  return shownEntry(context, row)
}

export const entryHandlers = {
  'rectification.enter': async (context, { caseId, enterpriseId, entry, replaces }) => {
    await assertStage(context, caseId, openStages)
    await assertEnterprise(context, caseId, enterpriseId)
    await assertInterviewed(context, caseId, enterpriseId, entry.kind)
    await assertOpen(context, caseId, enterpriseId)
    const stand = await shownEntries(context, caseId)
    const others = stand.filter((one) => one.enterpriseId !== enterpriseId)
    const [fault] = entryFaults(entry, {
      today: dayInChina(context.now),
      amountFen: (await caseOf(context, caseId)).amount_fen,
      othersFen: others.reduce((sum, { body }) => sum + (body.kind === 'effects' ? effectsFen(body) : 0), 0),
    })
    if (fault) fail(fault.code, { field: fault.field })
    const own = stand.filter((one) => one.enterpriseId === enterpriseId && one.body.kind === entry.kind)
    const before = singleKinds.includes(entry.kind) ? own[0] : own.find((one) => one.id === replaces)
    if (replaces !== null && before?.id !== replaces) fail('rectification.entryGone')
    return keepEntry(context, caseId, enterpriseId, entry, before?.id ?? null)
  },

  'rectification.strike': async (context, { caseId, entryId, reason }) => {
    await assertStage(context, caseId, openStages)
    const entry = (await shownEntries(context, caseId)).find((one) => one.id === entryId)
    // What an act of Art. 16 left behind is no slip of the pen.
    if (!entry || !v.is(entryInput, entry.body)) fail('rectification.entryGone')
    const { enterpriseId, body } = entry
    await assertOpen(context, caseId, enterpriseId)
    await insertEntry(context.trx, {
      id: context.newId(),
      case_id: caseId,
      enterprise_id: enterpriseId,
      kind: 'struck',
      body: JSON.stringify({ reason }),
      replaces: entryId,
      at: context.now,
      account_id: context.account.id,
    })
    const text = `${entryNames[body.kind]}：${entryText(body)}；${reason}`
    await recordEvent(context, caseId, 'rectification.strike', entryArticles[body.kind], { text })
    return {}
  },
} satisfies Partial<Handlers>
