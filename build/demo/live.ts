import { usualPlace } from '#shared/domain/coverage.ts'
import { type UtteranceKind, utteranceKindNames } from '#shared/domain/interviews.ts'
import type { Driver } from './driver.ts'
import type { CaseScript } from './script.ts'

const sectionKeys = { state: 1, hear: 2, ask: 3, other: 4 } as const

/**
 * Types the interview at the live line, from one utterance up to another: speaker by key, kind and section by key or
 * button, text in phrases.
 */
export async function typeInterview(
  driver: Driver,
  script: CaseScript,
  upTo = Number.POSITIVE_INFINITY,
  from = 0,
): Promise<void> {
  const { keyboard } = driver.page
  const keys = new Map(script.interview.attendees.map((person) => [person.name, person.key]))
  const live = driver.field('正在输入的话')
  await live.click()
  let kind: UtteranceKind = 'explain'
  let audience = 'all'
  let section = 'state'
  for (const [index, said] of script.interview.utterances.slice(from, upTo).entries()) {
    const key = keys.get(said.speaker)
    if (key === null || key === undefined) throw new Error(`${said.speaker} has no speaker key`)
    await keyboard.press(`Alt+${key}`)
    if (said.kind !== kind) {
      await driver.click(`类别 ${utteranceKindNames[said.kind]}`)
      section = usualPlace[said.kind].section
    }
    if (said.section !== section) await keyboard.press(`Alt+Shift+Digit${sectionKeys[said.section]}`)
    section = said.section
    const wanted = said.audience === 'all' ? 'all' : said.audience.join('\n')
    if (wanted !== audience) {
      await keyboard.press('Control+Alt+Digit0')
      if (said.audience !== 'all')
        for (const name of said.audience)
          await keyboard.press(`Control+Alt+Digit${script.enterprises.findIndex((one) => one.shortName === name) + 1}`)
      audience = wanted
    }
    for (const phrase of phrases(said.text)) await keyboard.insertText(phrase)
    await keyboard.press('Enter')
    // After a question the desk waits for the answer, and after an answer for the next question.
    kind = said.kind === 'question' ? 'answer' : said.kind === 'answer' ? 'question' : said.kind
    if (kind !== said.kind) section = 'ask'
    if (index % 50 === 49) await live.waitFor()
  }
}

/** What an input method commits at a time: two to six characters. */
export function phrases(text: string): string[] {
  const characters = [...text]
  const parts: string[] = []
  for (let at = 0, n = 2; at < characters.length; at += n, n = 2 + ((n * 7 + at) % 5))
    parts.push(characters.slice(at, at + n).join(''))
  return parts
}
