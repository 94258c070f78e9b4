import type { Locator, Page } from 'playwright-core'
import { openCase } from '#build/demo/driver.ts'
import { root } from '#build/paths.ts'
import { type Stage, type StageRequest, stageInterview } from '#build/stage.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { type Desk, openDesk } from '#electron/core/sample/desk.ts'
import type { VerbInput, VerbName, VerbOutput } from '#shared/contract/bridge.ts'
import type { Minutes, MinutesPlace, Sentence } from '#shared/domain/minutes.ts'
import { foundTrial } from './office.ts'
import { signIn, type TestWindow } from './window.ts'

/** What is said in the staged interview: who (Alt+n) and how. */
const lines = [
  { key: 2, kind: 'statement', text: '该项目于二〇二四年三月提交董事会。' },
  { key: 2, kind: 'statement', text: '未开展可行性论证。' },
  { key: 3, kind: 'answer', text: '资金由集团本部统筹。' },
  { key: 1, kind: 'opinion', text: '立即停止新增投资。' },
  { key: 1, kind: 'opinion', text: '对相关责任人追责问责。' },
  { key: 2, kind: 'commitment', text: '年底前完成整改。' },
] as const

export interface MinutesStage extends Stage {
  readonly minutesId: string
}

/** Works at a desk beside the window, as another account that sat at the machine in between. */
export async function beside<T>(stage: Stage, login: string, work: (desk: Desk) => Promise<T>): Promise<T> {
  const jobs = createJobs()
  const place = { folder: stage.archive, machineFolder: stage.machine, resources: root, password: trialPassword }
  const desk = await openDesk({ ...place, login, jobs, now: () => new Date().toISOString() })
  try {
    return await work(desk)
  } finally {
    await desk.close()
    await jobs.close()
  }
}

/** A trial archive with the minutes of one interview, just drafted. */
export async function stageMinutes(request: StageRequest): Promise<MinutesStage> {
  const stage = await stageInterview({ ...request, found: foundTrial })
  const { caseId, interviewId } = stage
  const minutesId = await beside(stage, 'jilu', async (desk) => {
    const { interview } = await desk.call('interviews.get', { caseId, interviewId })
    for (const { key, kind, text } of lines) {
      const speakerId = interview.attendees.find((one) => one.speakerKey === key)?.id ?? null
      const commitment = kind === 'commitment' ? { owner: '李某某', due: '2027-12-31' } : null
      const at = new Date().toISOString()
      const said = {
        section: 'hear' as const,
        part: null,
        audience: 'all' as const,
        marked: false,
        startedAt: at,
        endedAt: at,
      }
      await desk.call('interviews.append', {
        caseId,
        interviewId,
        utterance: { speakerId, kind, text, commitment, ...said },
      })
    }
    await desk.call('interviews.end', { caseId, interviewId })
    const [minutes] = await desk.call('minutes.draft', { caseId, interviewId })
    if (!minutes) throw new Error('nothing was drafted')
    return minutes.id
  })
  return { ...stage, minutesId }
}

/** A verb asked through the window's own door, as the account that sits there. */
async function ask<V extends VerbName>(page: Page, verb: V, input: VerbInput<V>): Promise<VerbOutput<V>> {
  const answer = await page.evaluate(
    async ([verb, input]) => {
      const { yuetan } = globalThis as unknown as { yuetan: { call(verb: string, input: unknown): unknown } }
      return (await yuetan.call(verb, input)) as { value: unknown }
    },
    [verb, input] as const,
  )
  return answer.value as VerbOutput<V>
}

/** The minutes as the archive holds them. */
export async function storedMinutes(page: Page, { caseId, minutesId }: MinutesStage): Promise<Minutes> {
  const found = (await ask(page, 'minutes.list', { caseId })).find((one) => one.id === minutesId)
  if (!found) throw new Error('no minutes')
  return found
}

/** Where the archive says the account stood writing; null when it left no text open. */
export async function storedPlace(page: Page, { caseId, minutesId }: MinutesStage): Promise<MinutesPlace | null> {
  return (await ask(page, 'minutes.kept', { caseId, minutesId })).place
}

/** `一：甲/乙 二：丙`: the texts by section, a paragraph's sentences behind each other, paragraphs behind a stroke. */
export function shape(sentences: readonly Sentence[]): string {
  const names = { statements: '一', opinions: '二', other: '三' } as const
  return (Object.keys(names) as (keyof typeof names)[])
    .map((section) => {
      const own = sentences.filter((one) => one.section === section)
      return `${names[section]}：${own.map((one, index) => `${index > 0 && !one.joined ? '/' : ''}${one.text}`).join('')}`
    })
    .join(' ')
}

/** Saves a rewritten wording as the window would, at a desk beside it. */
export async function rewriteBeside(
  stage: MinutesStage,
  login: string,
  rewrite: (minutes: Minutes) => Pick<Minutes, 'fields' | 'sentences'>,
): Promise<void> {
  const { caseId, minutesId } = stage
  await beside(stage, login, async (desk) => {
    const stored = (await desk.call('minutes.list', { caseId })).find((one) => one.id === minutesId)
    if (!stored) throw new Error('no minutes')
    const { fields, sentences } = rewrite(stored)
    const order = sentences.map((one) => one.id)
    await desk.call('minutes.save', {
      caseId,
      minutesId,
      version: stored.version,
      fields,
      order,
      put: sentences,
      place: null,
    })
  })
}

/** Signs an account in and opens the case's minutes. */
export async function openMinutes(window: TestWindow, stage: Stage, login = 'jilu'): Promise<Page> {
  const page = await signIn(window, login)
  await openCase(page, stage.matter, '纪要')
  await page.getByRole('article', { name: '纪要正文' }).waitFor()
  return page
}

/** A sentence of the sheet that is not open for writing. */
export const sentenceWith = (page: Page, words: string): Locator =>
  page.locator('[data-sentence]').filter({ hasText: words })

/** Carries one thing to another with the mouse, as a hand does: press, move in steps, let go at its upper or lower edge. */
export async function carry(page: Page, from: Locator, to: Locator, edge: 'above' | 'below'): Promise<void> {
  await to.scrollIntoViewIfNeeded()
  await from.scrollIntoViewIfNeeded()
  // A sentence runs over lines: its first piece is what a hand takes hold of.
  const start = await from.evaluate((element) => {
    const { x, y, width, height } = element.getClientRects()[0] ?? element.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
  const end = await to.boundingBox()
  if (end === null) throw new Error('nowhere to carry it to')
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 20, start.y + 6, { steps: 4 })
  await page.mouse.move(end.x + 80, edge === 'above' ? end.y + 4 : end.y + end.height - 4, { steps: 8 })
  await page.mouse.up()
}

/** A paragraph of the sheet by some of its words. */
export const paragraphOf = (page: Page, words: string): Locator =>
  page.locator('.sheet-paragraph').filter({ hasText: words })

/** The text that is open for writing. */
export const openText = (page: Page): Locator => page.locator('textarea.sheet-edit')

/** Its text and caret. */
export function textAt(page: Page): Promise<{ text: string; caret: number }> {
  return openText(page).evaluate((element) => {
    const { value, selectionStart } = element as HTMLTextAreaElement
    return { text: value, caret: selectionStart }
  })
}
