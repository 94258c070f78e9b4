import { enterprisesOfCase } from '#db/repositories/cases.ts'
import {
  closeItem,
  documentsOfCase,
  insertDocument,
  insertItem,
  itemsOfCase,
  planRows,
} from '#db/repositories/rectification.ts'
import { lightOf } from '#shared/calendar/workingDays.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { documentKindNames, type PlanClock } from '#shared/domain/rectification.ts'
import { insertBlob } from '../blobs.ts'
import { caseOf, recordEvent } from '../cases/case-file.ts'
import { planAnchorDay } from '../cases/panel.ts'
import type { Context, Handlers } from '../context.ts'
import { storeFile } from '../incoming.ts'
import { rulesOf } from '../rules/rules.ts'

/** The clock of Art. 11 for every enterprise of an ended interview. */
async function clocksOf(context: Context, caseId: string): Promise<PlanClock[]> {
  const { trx, now } = context
  const today = dayInChina(now)
  const rows = await planRows(trx, trx('cases').where({ id: caseId }).select('id'))
  const rules = await rulesOf(context)
  return rows.flatMap((row) => {
    const anchor = planAnchorDay(rules, row)
    if (anchor === null) return []
    const { due, provisional, assumptions, days } = rules.planDue(row, anchor)
    return {
      enterpriseId: row.enterpriseId,
      enterpriseName: row.enterprise,
      anchor,
      due,
      provisional,
      assumptions: [...assumptions],
      receivedAt: row.receivedAt,
      light: row.receivedAt === null ? lightOf(due, today) : 'done',
      days: [...days],
    }
  })
}

async function assertEnterprise(context: Context, caseId: string, enterpriseId: string): Promise<void> {
  const known = await enterprisesOfCase(context.trx, caseId)
  if (!known.some((one) => one.id === enterpriseId)) fail('rectification.unknownEnterprise')
}

async function assertLiving(context: Context, caseId: string): Promise<void> {
  const { state } = await caseOf(context, caseId)
  if (state === 'archived' || state === 'withdrawn') fail('cases.wrongStage', { stage: state })
}

export const rectificationHandlers = {
  'rectification.get': async (context, { caseId }) => ({
    clocks: await clocksOf(context, caseId),
    items: await itemsOfCase(context.trx, caseId),
    documents: await documentsOfCase(context.trx, caseId),
  }),

  'rectification.addItem': async (context, { caseId, item }) => {
    await assertLiving(context, caseId)
    await assertEnterprise(context, caseId, item.enterpriseId)
    const id = context.newId()
    await insertItem(context.trx, { id, caseId, ...item, state: 'open', closedAt: null }, context.now)
    await recordEvent(context, caseId, 'rectification.addItem', 12, { itemId: id })
    const items = await itemsOfCase(context.trx, caseId)
    return items.find((one) => one.id === id) ?? fail('rectification.itemNotOpen')
  },

  'rectification.closeItem': async (context, { caseId, itemId, result }) => {
    const { trx } = context
    await assertLiving(context, caseId)
    if (!(await closeItem(trx, caseId, itemId))) fail('rectification.itemNotOpen')
    await recordEvent(context, caseId, 'rectification.closeItem', 12, { itemId, text: result })
    const items = await itemsOfCase(trx, caseId)
    return items.find((one) => one.id === itemId) ?? fail('rectification.itemNotOpen')
  },

  'rectification.receive': {
    long: async (context, { caseId, enterpriseId, kind, title, file }) => {
      await context.read(async (inside) => {
        await assertLiving(inside, caseId)
        await assertEnterprise(inside, caseId, enterpriseId)
      })
      const stored = file === null ? null : await storeFile(context, file)
      return context.commit(async (inside) => {
        const { trx, now } = inside
        await assertLiving(inside, caseId)
        if (stored) await insertBlob(trx, stored.blob, { ...stored, now })
        const value = {
          id: inside.newId(),
          caseId,
          enterpriseId,
          kind,
          title,
          receivedAt: now,
          blobId: stored?.blob.id ?? null,
        }
        await insertDocument(trx, value)
        const article = kind === 'material' || kind === 'statement' ? 10 : kind === 'workPlan' ? 11 : 15
        await recordEvent(inside, caseId, 'rectification.receive', article, { text: documentKindNames[kind] })
        return { ...value, fileName: stored?.name ?? null, size: stored?.blob.size ?? 0 }
      })
    },
  },
} satisfies Partial<Handlers>
