import type { Locator, Page } from 'playwright-core'
import { Driver } from '#build/demo/driver.ts'
import { typeInterview } from '#build/demo/live.ts'
import type { CaseScript } from '#build/demo/script.ts'
import { delegationNames } from '#shared/domain/interviews.ts'

/** Where the power goes: before a step begins, or so many ms after it began. */
export interface Kill {
  readonly step: string
  readonly after: number | null
}

/** Thrown out of the walk in the moment of the kill. */
export class PowerCut extends Error {
  readonly kill: Kill
  constructor(kill: Kill) {
    super(`power cut ${kill.after === null ? 'before' : `${kill.after} ms into`} ${kill.step}`)
    this.kill = kill
  }
}

/** How a person comes back to a step after the program was killed before or in it. */
interface WayBack {
  /** The step to begin with again: what was on the screen only has to be typed once more. */
  readonly from?: string
  /** Goes to the screen on which the step begins. */
  readonly enter?: (driver: Driver) => Promise<void>
  /** Whether the step was carried out in spite of the kill; also finishes what it leaves half done by its nature. */
  readonly done?: (driver: Driver) => Promise<boolean>
}

/** Longest time in which something that is on the screen shows, in ms. */
const moment = 8_000

async function shows(place: Locator): Promise<boolean> {
  return place
    .first()
    .waitFor({ timeout: moment })
    .then(
      () => true,
      () => false,
    )
}

/** The way back to every step of an individual interview; a step that is not here is never killed. */
export function waysBack(script: CaseScript): Readonly<Record<string, WayBack>> {
  const { matter } = script.intake
  const [enterprise] = script.enterprises
  const name = enterprise?.name ?? ''
  const open = (tab: string) => (driver: Driver) => driver.openCase(matter, tab)
  const text =
    (tab: string, words: string | RegExp) =>
    async (driver: Driver): Promise<boolean> => {
      await driver.openCase(matter, tab)
      return shows(driver.page.getByText(words))
    }
  const button =
    (tab: string, words: string | RegExp) =>
    async (driver: Driver): Promise<boolean> => {
      await driver.openCase(matter, tab)
      return shows(driver.button(words))
    }
  const filled = async (driver: Driver, field: string, value: string): Promise<boolean> =>
    (await shows(driver.field(field))) && (await driver.field(field).inputValue()) === value
  const classified = async (driver: Driver): Promise<boolean> => {
    await driver.go('保密')
    return !(await shows(driver.page.getByRole('main').getByText(name)))
  }
  return {
    today: {},
    'case-list': {},
    intake: { enter: (driver) => driver.go('约谈事项') },
    'case-opened': {
      from: 'intake',
      done: async (driver) => {
        await driver.go('约谈事项')
        await driver.type('筛选事项', matter)
        return shows(driver.page.getByRole('row', { name: new RegExp(matter) }))
      },
    },
    'case-accepted': { enter: open('概况'), done: button('概况', /^去/) },
    'notice-draft': {
      enter: open('通知'),
      done: async (driver) => {
        await driver.openCase(matter, '通知')
        return filled(driver, '联系电话', script.notice.telephone)
      },
    },
    'notice-submitted': { enter: open('通知'), done: text('通知', /待分管负责同志或主要负责同志审签/) },
    'notice-classified': { done: classified },
    'notice-approved': { done: text('通知', /^已审签/) },
    numbered: {
      done: async (driver) => {
        await driver.go('编号册')
        return shows(driver.page.getByRole('region', { name: '年度编号' }).getByText(name))
      },
    },
    reconciled: { enter: (driver) => driver.go('编号册') },
    'notice-issued': { done: button('通知', '登记企业确认') },
    'notice-confirmed': { enter: open('通知'), done: text('通知', '企业确认') },
    consulted: { enter: open('通知'), done: text('会前', /^商定意见/) },
    history: { enter: open('概况') },
    'interview-prepared': {
      done: async (driver) => {
        await driver.openCase(matter, '约谈')
        const person = script.interview.attendees.find((one) => one.delegation === 'enterprise')
        return filled(driver, `${delegationNames.enterprise}第1人 姓名`, person?.name ?? '')
      },
    },
    'interview-started': {
      enter: open('约谈'),
      done: async (driver) => {
        await driver.openCase(matter, '约谈')
        if (!(await shows(driver.field('正在输入的话')))) return false
        const all = driver.button('全部到会')
        if (await all.isVisible()) {
          await all.click()
          await all.waitFor({ state: 'detached' })
        }
        return true
      },
    },
    'interview-recorded': {
      enter: open('约谈'),
      done: async (driver) => {
        await driver.openCase(matter, '约谈')
        await resumeRecord(driver, script)
        return true
      },
    },
    'interview-ended': { enter: open('约谈'), done: button('约谈', '起草纪要') },
    'minutes-drafted': { enter: open('约谈'), done: button('纪要', /^送审/) },
    'minutes-preview': { enter: open('纪要') },
    'minutes-submitted': { enter: open('纪要'), done: text('纪要', '待定密责任人核定密级') },
    'minutes-classified': { done: classified },
    'minutes-final': { done: text('纪要', '已定稿，纪要和记录已固定') },
    'materials-received': { done: text('整改', script.materials[0]?.title ?? '') },
    'plan-checked': { enter: open('整改'), done: text('整改', /^●?已接受$/) },
    'report-checked': { enter: open('整改') },
    'effects-entered': { enter: open('整改'), done: text('整改', script.rectification?.effects.stopped ?? '') },
    'items-closed': { enter: open('整改') },
    evaluated: { enter: open('整改'), done: text('整改', script.rectification?.evaluation ?? '') },
    'written-off': { enter: open('整改'), done: text('整改', '整改已销账') },
    'filing-begun': { enter: open('整改'), done: button('归档', '立卷') },
    'volume-assembled': { enter: open('归档'), done: text('归档', '卷内文件') },
    'volume-handed-over': { enter: open('归档'), done: text('归档', '已移交，待签收') },
    'volume-received': { done: text('归档', '已签收，由档案员负责') },
    'volume-filed': { enter: open('归档'), done: button('归档', '开始封包') },
    // A ticket is used up before anybody can open the bundle: what a kill took in between is asked for again.
    'seal-requested': {},
    'seal-allowed': {},
    'four-property-check': {},
    sealed: { from: 'seal-requested' },
    verified: { from: 'seal-requested' },
    'papers-requested': {},
    'papers-allowed': {},
    'papers-exported': { from: 'papers-requested' },
  }
}

/** Takes up a killed record: what was said stands, what was being said stands at the caret, the rest is typed. */
async function resumeRecord(driver: Driver, script: CaseScript): Promise<void> {
  const said = script.interview.utterances
  const live = driver.field('正在输入的话')
  await live.waitFor()
  // The stream is drawn a moment after the line; the last sentence on the disk is the last that shows.
  await driver.page.waitForTimeout(1_000)
  const kept = await Promise.all(said.map(async (one) => (await driver.page.getByText(one.text).count()) > 0))
  const stored = kept.lastIndexOf(true) + 1
  const begun = await live.inputValue()
  const expected = said[stored]?.text ?? ''
  if (kept.slice(0, stored).includes(false)) throw new Error(`the record lost a sentence: ${kept.join(' ')}`)
  if (!expected.startsWith(begun)) throw new Error(`the line came back as something nobody typed (${begun.length})`)
  await live.click()
  await driver.page.keyboard.press('Control+A')
  await driver.page.keyboard.press('Delete')
  await typeInterview(driver, script, undefined, stored)
  await driver.see(/已落盘/)
}

/**
 * Walks on from a step and is killed at another. Steps before the first one are passed over; sign-ins among them are
 * only remembered. No pictures: the demo takes them.
 */
export class KilledDriver extends Driver {
  readonly #ways: ReturnType<typeof waysBack>
  readonly #first: string | null
  readonly #check: boolean
  readonly #kill: Kill | null
  readonly #carriedOut: (step: string) => void
  #passing: boolean
  #pending: readonly [login: string, password: string] | null = null

  constructor(
    page: Page,
    pictures: string,
    plan: {
      ways: ReturnType<typeof waysBack>
      /** Step to begin with; null at the beginning of the walk. */
      first: string | null
      /** Whether the kill may have come after that step's act: then it is looked for first. */
      check: boolean
      kill: Kill | null
      carriedOut: (step: string) => void
    },
  ) {
    super(page, { folder: pictures, ofEveryStep: false }, () => undefined)
    this.#ways = plan.ways
    this.#first = plan.first
    this.#check = plan.check
    this.#kill = plan.kill
    this.#carriedOut = plan.carriedOut
    this.#passing = plan.first !== null
  }

  override async signIn(login: string, password: string): Promise<void> {
    if (this.#passing) this.#pending = [login, password]
    else await super.signIn(login, password)
  }

  override async step(name: string, work: () => Promise<void>): Promise<void> {
    const way = this.#ways[name]
    let killed: Kill | null = null
    const kill = this.#kill?.step === name ? this.#kill : null
    if (this.#passing) {
      if (name !== this.#first) return
      this.#passing = false
      if (this.#pending) await super.signIn(...this.#pending)
      if (this.#check && way?.done && (await way.done(this))) return
      // Not carried out, and its screen begins earlier: back to there, by one more cut.
      if (this.#check && way?.from) throw new PowerCut({ step: name, after: null })
      await way?.enter?.(this)
    }
    if (kill && kill.after === null) throw new PowerCut(kill)
    const working = work()
    if (kill && kill.after !== null) {
      const cut = new Promise<void>((resolve) => setTimeout(resolve, kill.after ?? 0)).then(() => {
        killed = kill
      })
      await Promise.race([working, cut])
      // The page goes away under the work; its complaint says nothing.
      if (killed) working.catch(() => undefined)
      throw new PowerCut(kill)
    }
    try {
      await working
    } catch (error) {
      throw new Error(`step "${name}" failed after a kill`, { cause: error })
    }
    this.#carriedOut(name)
  }
}
