import { fail } from '#shared/contract/errors.ts'
import { type Row, type Table, tableLimits } from './table.ts'
import { walkXml } from './xml.ts'
import { openZip, type ZipFile } from './zip.ts'

/** Parts of a workbook that reach outside it or run: refused by name, whatever they hold. */
const forbidden: readonly (readonly [part: RegExp, what: string])[] = [
  [/^xl\/externalLinks\//, 'externalLinks'],
  [/vbaProject\.bin$/, 'macros'],
  [/^xl\/(?:connections|queryTables\/.*)\.xml$/, 'connections'],
  [/^xl\/(?:embeddings|activeX|ctrlProps)\//, 'embeddings'],
]

/**
 * Reads the first sheet of a workbook as text (ECMA-376). Dates become `2026-03-01`. A cell with a formula is named, its
 * value is not used. Errors: those of the ZIP and the XML, `parsing.xlsxForbidden` naming the part, `parsing.xlsxBroken`,
 * `parsing.tooManyRows`.
 */
export function readXlsx(bytes: Buffer): Table {
  const zip = openZip(bytes)
  for (const [part, what] of forbidden) {
    if (zip.names.some((name) => part.test(name))) fail('parsing.xlsxForbidden', { what })
  }
  const shared = sharedStrings(zip)
  const dates = dateStyles(zip)
  return { rows: sheetRows(text(zip, firstSheet(zip)), shared, dates) }
}

function text(zip: ZipFile, name: string): string {
  return zip.read(name).toString('utf8')
}

function firstSheet(zip: ZipFile): string {
  let relation = ''
  walkXml(text(zip, 'xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'sheet') relation ||= attributes.get('id') ?? ''
    },
    text: () => undefined,
    close: () => undefined,
  })
  let target = ''
  walkXml(text(zip, 'xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      if (attributes.get('TargetMode') === 'External') fail('parsing.xlsxForbidden', { what: 'externalLinks' })
      if (name === 'Relationship' && attributes.get('Id') === relation) target = attributes.get('Target') ?? ''
    },
    text: () => undefined,
    close: () => undefined,
  })
  if (target === '') fail('parsing.xlsxBroken')
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

function sharedStrings(zip: ZipFile): readonly string[] {
  if (!zip.names.includes('xl/sharedStrings.xml')) return []
  const strings: string[] = []
  let current = ''
  let inside = false
  let phonetic = 0
  walkXml(text(zip, 'xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') current = ''
      if (name === 'rPh') phonetic += 1
      inside = name === 't' && phonetic === 0
    },
    text: (part) => {
      if (inside && current.length < tableLimits.cell) current += part
    },
    close: (name) => {
      if (name === 't') inside = false
      if (name === 'rPh') phonetic -= 1
      if (name === 'si') strings.push(current)
    },
  })
  return strings
}

/** Numbers of cell formats that print a date: built-in 14–22, 27–36, 45–47, 50–58, or a code with y and d, or with m and d. */
function dateStyles(zip: ZipFile): ReadonlySet<number> {
  const dates = new Set<number>()
  if (!zip.names.includes('xl/styles.xml')) return dates
  const codes = new Map<number, string>()
  let within = false
  let index = 0
  walkXml(text(zip, 'xl/styles.xml'), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '')
      if (name === 'cellXfs') within = true
      if (name !== 'xf' || !within) return
      const id = Number(attributes.get('numFmtId') ?? 0)
      const builtIn =
        (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
      const code = (codes.get(id) ?? '').replace(/\[[^\]]*\]|"[^"]*"|\\./g, '').toLowerCase()
      if (builtIn || (/d/.test(code) && /[ym]/.test(code))) dates.add(index)
      index += 1
    },
    text: () => undefined,
    close: (name) => {
      if (name === 'cellXfs') within = false
    },
  })
  return dates
}

function sheetRows(source: string, shared: readonly string[], dates: ReadonlySet<number>): Row[] {
  const rows: Row[] = []
  let cells: string[] = []
  let formulas: number[] = []
  let line = 0
  let column = 0
  let cell = { type: '', style: -1, value: '', formula: false }
  let reading = false
  walkXml(source, {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes.get('r') ?? line + 1)
        cells = []
        formulas = []
        column = 0
      } else if (name === 'c') {
        const reference = /^([A-Z]{1,3})\d+$/.exec(attributes.get('r') ?? '')?.[1]
        if (reference !== undefined) column = columnOf(reference)
        const style = Number(attributes.get('s') ?? -1)
        cell = { type: attributes.get('t') ?? 'n', style, value: '', formula: false }
      } else if (name === 'f') cell.formula = true
      reading = name === 'v' || name === 't'
    },
    text: (part) => {
      if (reading && cell.value.length < tableLimits.cell) cell.value += part
    },
    close: (name) => {
      if (name === 'v' || name === 't') reading = false
      if (name === 'c' && column < tableLimits.columns) {
        while (cells.length <= column) cells.push('')
        cells[column] = cell.formula ? '' : cellText(cell, shared, dates)
        if (cell.formula) formulas.push(column)
        column += 1
      }
      if (name !== 'row') return
      if (cells.some((one) => one !== '') || formulas.length > 0) rows.push({ line, cells, formulas })
      if (rows.length > tableLimits.rows) fail('parsing.tooManyRows', { limit: tableLimits.rows })
    },
  })
  return rows
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

const dayLength = 86_400_000
/** Day 0 of the serial numbers of spreadsheets (1900 system, with its 29 February 1900). */
const epoch = Date.UTC(1899, 11, 30)

function cellText(
  { type, style, value }: { type: string; style: number; value: string },
  shared: readonly string[],
  dates: ReadonlySet<number>,
): string {
  if (type === 's') return (shared[Number(value)] ?? '').trim()
  if (type === 'b') return value === '1' ? '是' : '否'
  if (type === 'n' && value !== '' && dates.has(style)) {
    const date = new Date(epoch + Math.floor(Number(value)) * dayLength)
    return Number.isNaN(date.getTime()) ? value : date.toISOString().slice(0, 10)
  }
  return value.trim()
}
