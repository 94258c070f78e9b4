import type { NoticeFields } from '#shared/domain/notices.ts'

type Persons = NoticeFields['persons']

/** One person a line, `单位 职务 姓名`; the last word is the name, the one before it the post. */
export function readPersons(typed: string): Persons {
  return typed.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/).filter(Boolean)
    const name = words.pop()
    if (name === undefined) return []
    const title = words.pop() ?? ''
    return [{ name, title, unit: words.join('') }]
  })
}

export function writePersons(persons: Persons): string {
  return persons.map((one) => [one.unit, one.title, one.name].filter(Boolean).join(' ')).join('\n')
}
