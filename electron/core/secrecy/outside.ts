import { casesInScope } from '#db/repositories/cases.ts'
import { compilationsInScope } from '#db/repositories/compilations.ts'
import {
  type Clearing,
  clearingsOf,
  copiesOf,
  fatesOf,
  type Held,
  insertClearing,
  listExports,
} from '#db/repositories/copies.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { listExportNames, type OutsideRow } from '#shared/domain/copies.ts'
import { validActs } from '../audit/acts.ts'
import { objectHash } from '../audit/object-hash.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { openOnes } from './closed.ts'

// What stands outside the archive after something was printed or exported, from the register of copies and the log; no
// folder is looked into: somebody does that, and says so.

type Left = Omit<OutsideRow, 'cleared'>

/** Copies of the own scope; one that came to nothing left nothing. */
async function leftByCopies(context: Context): Promise<Left[]> {
  const { trx, account } = context
  const compilations = await compilationsInScope(trx, account)
  const held = (): Held => ({ cases: casesInScope(trx, account.id), compilations: compilations() })
  const fates = await fatesOf(trx, held())
  const copies = await openOnes(context, null, await copiesOf(trx, held()), (one) => one.id)
  return copies.flatMap(({ id, title, matter, label, level, act, at, accountId, place, recipient }) => {
    const fate = fates.get(id)?.at(-1)?.fate ?? null
    const by = nameOf(context, accountId)
    return fate === 'failed'
      ? []
      : [{ kind: 'copy' as const, ref: id, title, matter, label, level, act, at, by, place, recipient, fate }]
  })
}

/** Lists that left without a ticket: the own ones, to 保密员 everybody's. */
async function leftByLists(context: Context): Promise<Left[]> {
  const { trx, account, office } = context
  const whose = account.roles.includes('secrecyOfficer') ? null : account.id
  return (await listExports(trx, office, Object.keys(listExportNames), whose)).map((one) => ({
    kind: 'list',
    ref: String(one.seq),
    title: listExportNames[one.action] ?? one.action,
    matter: '',
    label: '',
    level: one.level,
    act: 'export',
    at: one.at,
    by: nameOf(context, one.account),
    place: '',
    recipient: '',
    fate: null,
  }))
}

function clearingHash({ id, kind, ref, day, note }: Clearing): string {
  return objectHash({ id, kind, ref, day, note })
}

/** A 清理 as it counts: signed by whoever entered it. */
async function signedClearing(context: Context, one: Clearing): Promise<OutsideRow['cleared']> {
  const { ledger } = context.session.archive
  const acts = await validActs(context.trx, ledger, 'clearing', one.id)
  const signed = acts.some(
    (act) => act.kind === 'copies.clear' && act.objectHash === clearingHash(one) && act.accountId === one.accountId,
  )
  return signed ? { day: one.day, note: one.note, by: nameOf(context, one.accountId) } : null
}

async function everythingLeft(context: Context): Promise<OutsideRow[]> {
  const rows: OutsideRow[] = []
  for (const left of [await leftByCopies(context), await leftByLists(context)]) {
    const kind = left[0]?.kind
    if (kind === undefined) continue
    const clearings = await clearingsOf(
      context.trx,
      kind,
      left.map((one) => one.ref),
    )
    for (const one of left) {
      const clearing = clearings.get(one.ref)
      rows.push({ ...one, cleared: clearing ? await signedClearing(context, clearing) : null })
    }
  }
  const open = (one: OutsideRow): number => (one.cleared === null ? 0 : 1)
  return rows.sort((a, b) => open(a) - open(b) || b.at.localeCompare(a.at))
}

export const outsideHandlers = {
  'copies.outside': everythingLeft,

  'copies.clear': async (context, { kind, ref, day, note }) => {
    const { trx, account, now } = context
    const left = (kind === 'copy' ? await leftByCopies(context) : await leftByLists(context)).find(
      (one) => one.ref === ref,
    )
    if (left === undefined) return fail('copies.unknown')
    if (day > dayInChina(now) || day < dayInChina(left.at)) fail('copies.impossibleDay')
    const clearing = { id: context.newId(), kind, ref, day, note, accountId: account.id, at: now }
    if (!(await insertClearing(trx, clearing))) fail('copies.clearedAlready')
    const object = { objectKind: 'clearing', objectId: clearing.id }
    await context.act({ kind: 'copies.clear', ...object, objectHash: clearingHash(clearing) })
    const level = left.level === null ? {} : { level: left.level }
    context.note({ ...object, ...level, detail: { of: kind, ref } })
    return {}
  },
} satisfies Partial<Handlers>
