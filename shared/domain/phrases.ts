import * as v from 'valibot'
import { id } from './common.ts'

/** What is typed before `;`: letters, digits or characters, without blanks and without the sign itself. */
export const phraseCode = v.pipe(v.string(), v.trim(), v.regex(/^[^\s;；【】]{1,12}$/))
export const phraseText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))
/** 短语: of the whole unit, or of one account. The account's own comes first where both have a code. */
export const phrase = v.object({ id, shared: v.boolean(), code: phraseCode, text: phraseText })
export type Phrase = v.InferOutput<typeof phrase>

/** Signs that call a phrase, half and full width: what an input method in Chinese mode puts in is `；`. */
const callers = new Set([';', '；'])
const longestCode = 12

/** A part of a text to be replaced. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly text: string
}

/**
 * The phrase called by the text before the caret (`code;`), or null. The longest code wins; a code of Latin letters
 * must not be the end of a longer Latin word.
 */
export function expansionAt(text: string, caret: number, phrases: ReadonlyMap<string, string>): Replacement | null {
  if (caret < 2 || !callers.has(text[caret - 1] ?? '')) return null
  for (let length = Math.min(longestCode, caret - 1); length > 0; length -= 1) {
    const from = caret - 1 - length
    const code = text.slice(from, caret - 1)
    const found = phrases.get(code)
    if (found === undefined) continue
    if (/^\w/.test(code) && from > 0 && /\w/.test(text[from - 1] ?? '')) continue
    return { from, to: caret, text: found }
  }
  return null
}

/** Codes and texts for looking up: the account's own over the unit's. */
export function phraseBook(phrases: readonly Phrase[]): ReadonlyMap<string, string> {
  const book = new Map<string, string>()
  for (const shared of [true, false]) for (const one of phrases) if (one.shared === shared) book.set(one.code, one.text)
  return book
}

/** The lowest free code for a phrase made in the middle of a sentence: 1, 2, 3 … */
export function freeCode(phrases: readonly Phrase[]): string {
  const taken = new Set(phrases.map((one) => one.code))
  for (let n = 1; ; n += 1) if (!taken.has(String(n))) return String(n)
}

/** A word of the case that can be completed: a person, a post, an enterprise. */
export const word = v.object({
  text: v.string(),
  kind: v.picklist(['person', 'post', 'enterprise', 'matter']),
  /** Pinyin initials, for typing in Latin letters. */
  initials: v.string(),
})
export type Word = v.InferOutput<typeof word>

/** A word that continues what stands before the caret, and how much of it stands there already. */
export interface Completion {
  readonly word: Word
  readonly typed: number
}

const longestPrefix = 12
const mostShown = 5

/**
 * Words that continue the text before the caret: the longest beginning first, at most five. Two characters are enough;
 * one only for the family name of a person. Latin letters are taken as pinyin initials.
 */
export function completionsAt(text: string, caret: number, words: readonly Word[]): readonly Completion[] {
  const before = text.slice(Math.max(0, caret - longestPrefix), caret)
  const found: Completion[] = []
  for (const word of words) {
    const typed = beginning(before, word)
    if (typed > 0) found.push({ word, typed })
  }
  return found.sort((a, b) => b.typed - a.typed || a.word.text.length - b.word.text.length).slice(0, mostShown)
}

function beginning(before: string, word: Word): number {
  const least = word.kind === 'person' ? 1 : 2
  for (let length = Math.min(before.length, word.text.length - 1); length >= least; length -= 1)
    if (before.endsWith(word.text.slice(0, length))) return length
  const latin = /[a-z]{2,}$/.exec(before)?.[0] ?? ''
  return latin !== '' && word.initials.startsWith(latin) ? latin.length : 0
}

/** Facts of an interview that phrases and opening words may name. */
export interface PhraseFacts {
  readonly matter: string
  readonly enterprises: string
  readonly host: string
  readonly place: string
  /** 2026年3月1日. */
  readonly day: string
  /** 14:30. */
  readonly clock: string
}

/** Puts the facts in place of `{事由}` `{企业}` `{主持人}` `{地点}` `{日期}` `{时间}`; other braces stay as they are. */
export function fillPhrase(text: string, facts: PhraseFacts): string {
  const values: Readonly<Record<string, string>> = {
    事由: facts.matter,
    企业: facts.enterprises,
    主持人: facts.host,
    地点: facts.place,
    日期: facts.day,
    时间: facts.clock,
  }
  return text.replace(/\{([^{}]{2,3})\}/g, (whole, name: string) => values[name] ?? whole)
}
