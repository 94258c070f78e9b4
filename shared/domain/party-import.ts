import { isRealDay } from './common.ts'
import { makesCycle } from './parties.ts'

/** Columns of the register as a table, in the order it is written; the first one must be there. */
export const partyColumns = [
  '企业全称',
  '企业简称',
  '统一社会信用代码',
  '上级企业全称',
  '人员姓名',
  '职务',
  '任职起始',
  '任职终止',
] as const
export type PartyColumn = (typeof partyColumns)[number]

export type RowFaultCode =
  | 'missing'
  | 'tooLong'
  | 'formula'
  | 'badDay'
  | 'endBeforeStart'
  | 'badCode'
  | 'codeTaken'
  | 'contradiction'
  | 'ownParent'
  | 'cycle'
  | 'unknownParent'

export interface RowFault {
  /** Row of the sheet or line of the file, from 1. */
  readonly line: number
  readonly column: PartyColumn
  readonly code: RowFaultCode
  /** What stands there, shortened. */
  readonly value: string
}

export interface PlannedPost {
  readonly person: string
  readonly title: string
  readonly since: string | null
  readonly until: string | null
}

export interface PlannedEnterprise {
  readonly name: string
  /** Empty fields leave what is registered as it is. */
  readonly shortName: string
  readonly code: string
  readonly parent: string
  readonly posts: readonly PlannedPost[]
}

export interface ImportPlan {
  readonly total: number
  readonly faults: readonly RowFault[]
  /** Parents before their children. */
  readonly enterprises: readonly PlannedEnterprise[]
}

/** What the archive holds already, by full name. */
export interface KnownEnterprise {
  readonly code: string
  /** Full name of the parent; empty at the top. */
  readonly parent: string
}

interface RawRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly formulas: readonly number[]
}

const longest = 200

/** Column of each heading; null when the first heading is not there. Spaces and widths of signs do not matter. */
export function readHeadings(cells: readonly string[]): ReadonlyMap<PartyColumn, number> | null {
  const plain = cells.map((cell) => cell.normalize('NFKC').replace(/\s/g, ''))
  const found = new Map(
    partyColumns.map((name) => [name, plain.indexOf(name)]).filter(([, at]) => at !== -1) as [PartyColumn, number][],
  )
  return found.has('企业全称') ? found : null
}

/**
 * Judges every row of a foreign table against itself and the archive: the faults, each at its row and column, and what the
 * good rows ask for. A row with a fault is left out whole. Pure; the time grows with the rows only.
 */
export function planImport(
  rows: readonly RawRow[],
  headings: ReadonlyMap<PartyColumn, number>,
  known: ReadonlyMap<string, KnownEnterprise>,
): ImportPlan {
  const faults: RowFault[] = []
  const good: { row: RawRow; cells: Record<PartyColumn, string> }[] = []
  for (const row of rows) {
    const cells = cellsOf(row, headings)
    const own = rowFaults(row, cells, headings)
    if (own.length > 0) faults.push(...own)
    else good.push({ row, cells })
  }
  const merged = new Map<
    string,
    { name: string; shortName: string; code: string; parent: string; posts: PlannedPost[] }
  >()
  const codeOwners = new Map([...known].filter(([, one]) => one.code !== '').map(([name, one]) => [one.code, name]))
  const accepted: typeof good = []
  for (const one of good) {
    const { cells } = one
    const fault = (column: PartyColumn, code: RowFaultCode): void => {
      faults.push({ line: one.row.line, column, code, value: cells[column].slice(0, 60) })
    }
    const name = cells.企业全称
    const before = merged.get(name) ?? { name, shortName: '', code: '', parent: '', posts: [] }
    const fields = [
      ['企业简称', 'shortName'],
      ['统一社会信用代码', 'code'],
      ['上级企业全称', 'parent'],
    ] as const
    const clash = fields.find(
      ([column, field]) => cells[column] !== '' && before[field] !== '' && cells[column] !== before[field],
    )
    const owner = codeOwners.get(cells.统一社会信用代码)
    if (clash) fault(clash[0], 'contradiction')
    else if (cells.统一社会信用代码 !== '' && owner !== undefined && owner !== name)
      fault('统一社会信用代码', 'codeTaken')
    else {
      if (cells.统一社会信用代码 !== '') codeOwners.set(cells.统一社会信用代码, name)
      for (const [column, field] of fields) before[field] ||= cells[column]
      merged.set(name, before)
      accepted.push(one)
    }
  }
  // Parents are judged when every row is known: a row further down may name the parent of one above.
  const parentOf = new Map<string, string | null>(
    [...known].map(([name, one]) => [name, one.parent === '' ? null : one.parent]),
  )
  for (const one of merged.values()) if (one.parent !== '') parentOf.set(one.name, one.parent)
  const refused = new Set<string>()
  // A refused enterprise stands again where it is registered: what is judged next meets that, not what its row asked for.
  for (let grew = true; grew; ) {
    const found = new Map<string, RowFaultCode>()
    for (const { cells } of accepted) {
      const [name, parent] = [cells.企业全称, cells.上级企业全称]
      if (parent === '' || refused.has(name)) continue
      // Whoever stands below a refused new enterprise has no parent to stand under.
      const there = known.has(parent) || (merged.has(parent) && !refused.has(parent))
      const code = there ? (makesCycle(parentOf, name, parent) ? 'cycle' : null) : 'unknownParent'
      if (code !== null) found.set(name, code)
    }
    for (const { row, cells } of accepted) {
      const [code, parent] = [found.get(cells.企业全称), cells.上级企业全称]
      if (code !== undefined && parent !== '')
        faults.push({ line: row.line, column: '上级企业全称', code, value: parent.slice(0, 60) })
    }
    for (const name of found.keys()) {
      refused.add(name)
      parentOf.set(name, known.get(name)?.parent || null)
    }
    grew = found.size > 0
  }
  for (const { cells } of accepted) {
    const one = merged.get(cells.企业全称)
    if (!one || refused.has(one.name) || cells.人员姓名 === '') continue
    one.posts.push({
      person: cells.人员姓名,
      title: cells.职务,
      since: cells.任职起始 === '' ? null : cells.任职起始,
      until: cells.任职终止 === '' ? null : cells.任职终止,
    })
  }
  const enterprises = [...merged.values()].filter((one) => !refused.has(one.name))
  const depth = (name: string): number => {
    let steps = 0
    for (let at = parentOf.get(name) ?? null; at !== null; at = parentOf.get(at) ?? null) steps += 1
    return steps
  }
  const depths = new Map(enterprises.map((one) => [one.name, depth(one.name)]))
  enterprises.sort((a, b) => (depths.get(a.name) ?? 0) - (depths.get(b.name) ?? 0))
  faults.sort((a, b) => a.line - b.line)
  return { total: rows.length, faults, enterprises }
}

function cellsOf({ cells }: RawRow, headings: ReadonlyMap<PartyColumn, number>): Record<PartyColumn, string> {
  const at = (column: PartyColumn): string => {
    const text = (cells[headings.get(column) ?? -1] ?? '').trim()
    // What an export put before a sign that a spreadsheet would calculate with.
    return /^'[=+\-@]/.test(text) ? text.slice(1) : text
  }
  const found = Object.fromEntries(partyColumns.map((column) => [column, at(column)])) as Record<PartyColumn, string>
  return { ...found, 任职起始: plainDay(found.任职起始), 任职终止: plainDay(found.任职终止) }
}

/** `2024年3月1日`, `2024/3/1` and `20240301` as `2024-03-01`; anything else as it stands, a day that does not exist too. */
function plainDay(text: string): string {
  const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(text.normalize('NFKC'))
  if (!match) return text
  const [, year = '', month = match[4] ?? '', date = match[5] ?? ''] = match
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isRealDay(day) ? day : text
}

function rowFaults(
  { line, formulas }: RawRow,
  cells: Readonly<Record<PartyColumn, string>>,
  headings: ReadonlyMap<PartyColumn, number>,
): RowFault[] {
  const faults: RowFault[] = []
  const fault = (column: PartyColumn, code: RowFaultCode): void => {
    faults.push({ line, column, code, value: cells[column].slice(0, 60) })
  }
  for (const column of partyColumns) {
    if (formulas.includes(headings.get(column) ?? -1)) fault(column, 'formula')
    else if (cells[column].length > longest) fault(column, 'tooLong')
  }
  if (faults.length > 0) return faults
  if (cells.企业全称 === '') fault('企业全称', 'missing')
  else if (cells.企业全称 === cells.上级企业全称) fault('上级企业全称', 'ownParent')
  if (cells.统一社会信用代码 !== '' && !/^[0-9A-Za-z-]{2,32}$/.test(cells.统一社会信用代码))
    fault('统一社会信用代码', 'badCode')
  const post = cells.职务 !== '' || cells.任职起始 !== '' || cells.任职终止 !== ''
  if (post && cells.人员姓名 === '') fault('人员姓名', 'missing')
  if (cells.人员姓名 !== '' && cells.职务 === '') fault('职务', 'missing')
  for (const column of ['任职起始', '任职终止'] as const) {
    const text = cells[column]
    if (text !== '' && !(/^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text))) fault(column, 'badDay')
  }
  if (faults.length === 0 && cells.任职起始 !== '' && cells.任职终止 !== '' && cells.任职终止 < cells.任职起始)
    fault('任职终止', 'endBeforeStart')
  return faults
}
