import { findBlock, type RegisterRow, registerOf } from '#db/repositories/numbers.ts'
import { gapsOf, nextNumber, numberText, type Reconciliation } from '#shared/domain/numbers.ts'
import { validActs } from '../audit/acts.ts'
import { numberHash, voidHash } from '../cases/acts.ts'
import type { Context } from '../context.ts'
import { blockHash, whyNotVoid, wordOf, yearOf } from './register.ts'

/** True when the state of a number rests on a signed act over exactly it (DESIGN §4). */
async function signed(context: Context, row: RegisterRow): Promise<boolean> {
  const { ledger } = context.session.archive
  const acts = await validActs(context.trx, ledger, 'number', row.id)
  const has = (kinds: readonly string[], hash: string): boolean =>
    acts.some((act) => kinds.includes(act.kind) && act.objectHash === hash)
  const { year, n } = row
  if (row.state === 'void') return has(['numbers.void'], voidHash({ year, n, reason: row.reason ?? '' }))
  if (row.state === 'used') {
    const { compilation_id: compilationId } = row
    if (compilationId !== null) return has(['numbers.allocate'], numberHash({ year, n, noticeId: null, compilationId }))
    if (row.notice_id === null) return has(['numbers.settle'], numberHash({ year, n, noticeId: null }))
    const hash = numberHash({ year, n, noticeId: row.notice_id, changeId: row.change_id })
    return has(['numbers.allocate', 'numbers.drawFromBlock'], hash)
  }
  if (row.block_id === null) return has(['numbers.reserve'], numberHash({ year, n, noticeId: null }))
  const block = await findBlock(context.trx, row.block_id)
  if (!block) return false
  const given = await validActs(context.trx, ledger, 'numberBlock', block.id)
  return given.some((act) => act.objectHash === blockHash(block))
}

/** 对账 of a year: no gap, every state signed, every 作废 with its reason, every used number on a living paper. */
export async function reconcile(context: Context, year: number): Promise<Reconciliation> {
  const rows = await registerOf(context.trx, year)
  const word = await wordOf(context)
  const counts = { used: 0, reserved: 0, void: 0 }
  const findings: Reconciliation['findings'][number][] = []
  const find = (n: number, code: Reconciliation['findings'][number]['code']): void => {
    findings.push({ n, text: numberText(word, year, n), code })
  }
  const over = year < yearOf(context)
  for (const row of rows) {
    counts[row.state] += 1
    if (!(await signed(context, row))) find(row.n, 'unsigned')
    if (row.state === 'void' && (row.reason ?? '') === '') find(row.n, 'noReason')
    if (row.state === 'reserved' && over) find(row.n, 'openBlock')
    if (row.state === 'used' && row.compilation_id !== null && row.compilation_issued === 0) find(row.n, 'notIssued')
    if (row.state !== 'used' || row.notice_id === null) continue
    const paper = row.change_id === null ? row.notice_state : row.change_state
    if (paper === null) find(row.n, 'orphan')
    else if (paper === 'numbered') find(row.n, 'notIssued')
    else if (paper !== 'issued' && whyNotVoid(row) === null) find(row.n, 'takenBack')
  }
  const given = rows.map((row) => row.n)
  for (const n of gapsOf(given)) find(n, 'gap')
  findings.sort((a, b) => a.n - b.n)
  return { year, last: nextNumber(given) - 1, ...counts, findings }
}
