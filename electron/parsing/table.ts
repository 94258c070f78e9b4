/** A foreign table as plain text: the first row that holds anything is the head. */
export interface Table {
  readonly rows: readonly Row[]
}

export interface Row {
  /** Line of the file or row of the sheet, counted from 1, as the person sees it. */
  readonly line: number
  readonly cells: readonly string[]
  /** Columns (from 0) whose cell is a formula: its value is not believed. */
  readonly formulas: readonly number[]
}

/** A bound for what a register of enterprises and people can be. */
export const tableLimits = { rows: 50_000, columns: 64, cell: 2000, bytes: 64 * 1024 * 1024 } as const
