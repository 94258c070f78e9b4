import type { Failure } from '#shared/contract/errors.ts'
import { failureWords, familyWords, type Words } from './error-words.ts'

/** The three parts of an error (UX principle 8). */
export interface ErrorWords {
  readonly happened: string
  readonly kept: string
  readonly now: string
}

/** Puts the failure's parameters into `{name}` places; a place without a parameter stays empty. */
function fill(text: string, params: Failure['params']): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

const unknown: Words = ['程序遇到未能识别的情况。']

/** Words for a failure. An unknown code gets the words of its room, and the code stands small below. */
export function wordsFor(failure: Failure): ErrorWords {
  const family = familyWords[failure.code.split('.')[0] ?? ''] ?? familyWords.core
  const [happened, now, kept] = failureWords[failure.code] ?? unknown
  return {
    happened: fill(happened, failure.params),
    kept: fill(kept ?? family?.kept ?? '', failure.params),
    now: fill(now ?? family?.now ?? '', failure.params),
  }
}

/** What a refusal says of one field, to stand there; null when it is about another field or none. */
export function faultAt(failure: Failure | null, field: string): string | null {
  if (failure === null || failure.params.field !== field) return null
  const { happened, now } = wordsFor(failure)
  return `${happened}${now}`
}
