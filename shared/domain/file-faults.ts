import type * as v from 'valibot'

/** One fault of an imported file: where it stands, `triggers[3].text`, and what is wrong there. */
export interface FileFault {
  readonly place: string
  readonly code: 'missing' | 'unknown' | 'value' | 'twice' | 'order' | 'notInArticle'
}

/** A schema's complaint as a place and a code; shared by every imported file. */
export function faultOf(issue: v.BaseIssue<unknown>): FileFault {
  const place = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
  const code = issue.expected === 'never' ? 'unknown' : issue.input === undefined ? 'missing' : 'value'
  return { place, code }
}
