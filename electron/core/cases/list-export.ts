import { type SheetCell, writeXlsx } from '#electron/documents/xlsx.ts'
import { type CaseColumn, caseColumns, csvOf } from '#shared/domain/case-columns.ts'
import { formNames, stageNames } from '#shared/domain/cases.ts'
import { stepNames } from '#shared/domain/cases-panel.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import type { ShownCase } from './panel.ts'

/** Most lines of one export. */
export const exportLimit = 50_000

/** Width of a column in characters, as a page of the office shows it without breaking. */
const widths: Readonly<Record<CaseColumn, number>> = {
  number: 26,
  enterprise: 36,
  matter: 48,
  office: 14,
  stage: 8,
  next: 20,
  due: 16,
  level: 10,
  officer: 12,
  form: 12,
  created: 16,
  updated: 16,
}

/** A cell as the screen shows it; a day stays a day. */
function cellOf(row: ShownCase, column: CaseColumn): string | { readonly day: string } {
  switch (column) {
    case 'number':
      return row.numbers.join('、')
    case 'enterprise':
      return row.enterprises.join('、')
    case 'stage':
      return stageNames[row.stage]
    case 'next':
      return stepNames[row.next.code] ?? ''
    case 'due':
      if (row.due === null) return ''
      // A day that is 暂定 says so, and is no date to count with.
      return row.due.provisional ? `${officialDay(row.due.day)}（暂定）` : { day: row.due.day }
    case 'level':
      return levelNames[row.level]
    case 'form':
      return formNames[row.form]
    case 'created':
      return { day: dayInChina(row.createdAt) }
    case 'updated':
      return { day: dayInChina(row.updatedAt) }
    default:
      return row[column]
  }
}

/**
 * The list as the bytes of a table with a head: CSV, where days are written as the office writes them, or XLSX, where
 * they are dates that can be sorted.
 */
export function listFile(rows: readonly ShownCase[], columns: readonly CaseColumn[], format: 'csv' | 'xlsx'): Buffer {
  const head = columns.map((one) => caseColumns[one])
  const cells = rows.map((row) => columns.map((one) => cellOf(row, one)))
  if (format === 'xlsx') {
    const sheet: readonly (readonly SheetCell[])[] = [head, ...cells]
    return writeXlsx([{ name: '约谈事项', rows: sheet, widths: columns.map((one) => widths[one]) }])
  }
  const text = cells.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : officialDay(cell.day))))
  return Buffer.from(csvOf([head, ...text]), 'utf8')
}
