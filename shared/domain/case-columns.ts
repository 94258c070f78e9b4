/** Columns of the list of cases, on screen and in its export, in their order. */
export const caseColumns = {
  number: '编号',
  enterprise: '企业',
  matter: '事由',
  office: '处室',
  stage: '阶段',
  next: '下一步',
  due: '期限',
  level: '密级',
  officer: '承办人',
  form: '形式',
  created: '立项',
  updated: '最近办理',
} as const
export type CaseColumn = keyof typeof caseColumns
export const caseColumnKeys = Object.keys(caseColumns) as [CaseColumn, ...CaseColumn[]]

/**
 * A table as CSV for the office's spreadsheet program: byte order mark, CRLF, every field quoted. A field that would be
 * taken for a formula gets an apostrophe, so that opening the file runs nothing.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const field = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
  return `\uFEFF${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`
}
