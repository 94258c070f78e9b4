import { execFileSync } from 'node:child_process'

/** A workbook as an independent reader sees it: sheets of rows, days as `2026-11-02`, empty cells as null. */
export function workbook(file: string): Record<string, (string | number | null)[][]> {
  const script = `import sys, json, datetime, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
plain = lambda v: v.strftime('%Y-%m-%d') if isinstance(v, datetime.datetime) else v
print(json.dumps({s.title: [[plain(c) for c in r] for r in s.iter_rows(values_only=True)] for s in book.worksheets}))`
  return JSON.parse(execFileSync('/usr/bin/python3', ['-W', 'ignore', '-c', script, file], { encoding: 'utf8' }))
}
