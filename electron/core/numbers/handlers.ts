import { findCompilation } from '#db/repositories/compilations.ts'
import { findChange, updateChange } from '#db/repositories/notice-changes.ts'
import { updateNotice } from '#db/repositories/notices.ts'
import {
  type BlockRow,
  blocksOf,
  closeBlock,
  findBlock,
  freeInBlock,
  insertBlock,
  insertNumber,
  lastNumber,
  numberOfCompilation,
  numbersOfBlock,
  registerEntry,
  registerOf,
  reservedBefore,
  useNumber,
} from '#db/repositories/numbers.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { blockLimit, nextNumber, type RegisterEntry, slipFault } from '#shared/domain/numbers.ts'
import { numberHash } from '../cases/acts.ts'
import { recordEvent } from '../cases/case-file.ts'
import { assertBound } from '../compilations/levels.ts'
import type { Context, Handlers, LongContext } from '../context.ts'
import { noticeOf } from '../notices/shown.ts'
import { exportFile } from '../papers/export.ts'
import { printPaper } from '../papers/freeze.ts'
import { rulesOf } from '../rules/rules.ts'
import { blockPaper, registerPaper } from './papers.ts'
import { reconcile } from './reconcile.ts'
import {
  assertReady,
  blockHash,
  give,
  giveInspection,
  keepsRegister,
  newNumber,
  reservedNumber,
  shownBlock,
  shownEntry,
  slipCode,
  voidOne,
  whyNotVoid,
  wordOf,
  yearOf,
} from './register.ts'
import { waitingInspections, waitingNumbers } from './waiting.ts'

async function entryOf(context: Context, id: string): Promise<RegisterEntry> {
  const row = await registerEntry(context.trx, id)
  return row ? shownEntry(context, await rulesOf(context), row) : fail('numbers.unknown')
}

async function blockOf(context: Context, id: string, kind: BlockRow['kind']): Promise<BlockRow> {
  const row = await findBlock(context.trx, id)
  if (row?.kind !== kind) fail('numbers.unknownBlock')
  if (row.state === 'closed') fail('numbers.blockClosed')
  return row
}

/** Opens a block: its numbers stand reserved in the register from this moment. */
async function openBlock(
  context: Context,
  value: Pick<BlockRow, 'kind' | 'year' | 'first' | 'last' | 'office' | 'reason'>,
): Promise<BlockRow> {
  const { trx, now, account } = context
  const row: BlockRow = {
    ...value,
    id: context.newId(),
    slip: slipCode(await wordOf(context), value),
    state: 'open',
    at: now,
    account_id: account.id,
    closed_at: null,
  }
  await insertBlock(trx, row)
  for (let n = row.first; n <= row.last; n += 1) {
    await insertNumber(trx, {
      id: context.newId(),
      year: row.year,
      n,
      state: 'reserved',
      notice_id: null,
      block_id: row.id,
      reason: null,
      at: now,
      account_id: account.id,
    })
  }
  const kind = row.kind === 'given' ? 'numbers.giveBlock' : 'numbers.takeBlock'
  await context.act({ kind, objectKind: 'numberBlock', objectId: row.id, objectHash: blockHash(row) })
  context.note({ objectKind: 'numberBlock', objectId: row.id })
  return row
}

/** Every number of the block that nobody used becomes 作废, each with its act, and the block is closed. */
async function close(context: Context, row: BlockRow, reason: string): Promise<void> {
  for (const one of await numbersOfBlock(context.trx, row.id))
    if (one.state === 'reserved') await voidOne(context, one.id, reason)
  await closeBlock(context.trx, row.id, reason, context.now)
}

/** The register of a year, or the slip of a block, as a PDF. Errors: `numbers.unknownBlock`. */
async function printed<O>(context: LongContext<O>, year: number, blockId: string | null) {
  const wanted = await context.read(async (inside) => {
    if (blockId === null) return registerPaper(inside, year)
    return blockPaper(inside, (await findBlock(inside.trx, blockId)) ?? fail('numbers.unknownBlock'))
  })
  return { title: wanted.title, bytes: (await printPaper(context, wanted, 'pdf')).bytes }
}

export const numbersHandlers = {
  'numbers.register': async (context, { year }) => {
    const rows = await registerOf(context.trx, year)
    const rules = await rulesOf(context)
    const blocks = []
    for (const row of await blocksOf(context.trx, { year })) blocks.push(await shownBlock(context, row))
    return {
      entries: rows.map((row) => shownEntry(context, rules, row)),
      blocks,
      next: nextNumber(rows.map((row) => row.n)),
      past: await reservedBefore(context.trx, yearOf(context)),
      waiting: await waitingNumbers(context),
      inspections: await waitingInspections(context),
    }
  },

  'numbers.allocate': async (context, { numberId, ...one }) => {
    await assertReady(context, one)
    return { text: await give(context, one, await reservedNumber(context, numberId), 'numbers.allocate') }
  },

  'numbers.allocateInspection': async (context, { compilationId, numberId }) => {
    await assertBound(context, compilationId)
    const { subject } = (await findCompilation(context.trx, compilationId)) ?? fail('compilations.unknown')
    if (subject.kind !== 'inspectionNotice') fail('compilations.otherKind')
    if ((await numberOfCompilation(context.trx, compilationId)) !== undefined) fail('compilations.numbered')
    return { text: await giveInspection(context, compilationId, await reservedNumber(context, numberId)) }
  },

  'numbers.reserve': async (context, { reason }) => {
    const row = await newNumber(context, { state: 'reserved', reason })
    const objectHash = numberHash({ year: row.year, n: row.n, noticeId: null })
    await context.act({ kind: 'numbers.reserve', objectKind: 'number', objectId: row.id, objectHash })
    context.note({ objectKind: 'number', objectId: row.id })
    return entryOf(context, row.id)
  },

  'numbers.void': async (context, { numberId, reason }) => {
    const { trx, now } = context
    const number = (await registerEntry(trx, numberId)) ?? fail('numbers.unknown')
    const refused = whyNotVoid(number)
    if (refused !== null) fail(refused)
    const rules = await rulesOf(context)
    if (number.notice_id !== null && number.case_id) {
      const notice = await noticeOf(context, number.case_id, number.notice_id)
      const change = number.change_id === null ? undefined : await findChange(trx, number.change_id)
      if (change?.state === 'numbered') await updateChange(trx, change.id, { state: 'approved', number_id: null })
      else if (!change && notice.state === 'numbered')
        await updateNotice(trx, notice.id, { state: 'approved', number_id: null, updated_at: now })
      await recordEvent(context, number.case_id, 'numbers.void', 4, { text: shownEntry(context, rules, number).text })
    }
    await voidOne(context, numberId, reason)
    context.note({ objectKind: 'number', objectId: numberId })
    return entryOf(context, numberId)
  },

  'numbers.giveBlock': async (context, { office, count, reason }) => {
    const year = yearOf(context)
    const first = (await lastNumber(context.trx, year)) + 1
    const row = await openBlock(context, { kind: 'given', year, first, last: first + count - 1, office, reason })
    return shownBlock(context, row)
  },

  'numbers.settleBlock': async (context, { blockId, used, close: closing, reason }) => {
    const { trx, now, account } = context
    const row = await blockOf(context, blockId, 'given')
    const fault = slipFault(row, used)
    if (fault) fail(fault)
    const stored = new Map((await numbersOfBlock(trx, blockId)).map((one) => [one.n, one]))
    for (const { n, ...elsewhere } of used) {
      const number = stored.get(n)
      if (number?.state !== 'reserved') fail('numbers.notReserved', { n })
      const { day } = elsewhere
      if (day < dayInChina(row.at) || day > dayInChina(now) || day.slice(0, 4) !== String(row.year))
        fail('numbers.slipDay', { n })
      await useNumber(trx, number.id, { elsewhere: JSON.stringify(elsewhere), at: now, account_id: account.id })
      const objectHash = numberHash({ year: row.year, n, noticeId: null })
      await context.act({ kind: 'numbers.settle', objectKind: 'number', objectId: number.id, objectHash })
    }
    if (closing) {
      if (reason === '') fail('numbers.reasonMissing')
      await close(context, row, reason)
    }
    context.note({ objectKind: 'numberBlock', objectId: blockId })
    return shownBlock(context, (await findBlock(trx, blockId)) ?? row)
  },

  'numbers.reconcile': (context, { year }) => reconcile(context, year),

  'numbers.print': {
    long: async (context, { year, blockId }) => {
      const { bytes } = await printed(context, year, blockId)
      return { pdf: new Uint8Array(bytes) }
    },
  },

  'numbers.export': {
    long: async (context, { year, blockId, folder }) => {
      const { title, bytes } = await printed(context, year, blockId)
      return context.commit(async () => ({ file: await exportFile(folder, `${title}.pdf`, bytes) }))
    },
  },

  'numbers.blocks': async (context) => {
    const blocks = []
    for (const row of await blocksOf(context.trx, { kind: 'taken' })) blocks.push(await shownBlock(context, row))
    return blocks
  },

  'numbers.takeBlock': async (context, { office, year, first, last, slip }) => {
    const { trx } = context
    if (keepsRegister(context)) fail('numbers.registerHere')
    if (last < first || last - first >= blockLimit) fail('numbers.blockBounds')
    if (
      slip.replace(/[\s-]/g, '').toUpperCase() !==
      slipCode(await wordOf(context), { year, first, last, office }).replace('-', '')
    )
      fail('numbers.slipDiffers', { field: 'slip' })
    const known = await registerOf(trx, year)
    if (known.some(({ n }) => n >= first && n <= last)) fail('numbers.blockOverlaps', { field: 'first' })
    return shownBlock(context, await openBlock(context, { kind: 'taken', year, first, last, office, reason: '' }))
  },

  'numbers.drawFromBlock': async (context, one) => {
    if (keepsRegister(context)) fail('numbers.registerHere')
    await assertReady(context, one)
    const number = (await freeInBlock(context.trx, yearOf(context))) ?? fail('numbers.noneFree')
    return { text: await give(context, one, number, 'numbers.drawFromBlock') }
  },

  'numbers.returnBlock': async (context, { blockId, reason }) => {
    const row = await blockOf(context, blockId, 'taken')
    await close(context, row, reason)
    context.note({ objectKind: 'numberBlock', objectId: blockId })
    return shownBlock(context, (await findBlock(context.trx, blockId)) ?? row)
  },
} satisfies Partial<Handlers>
