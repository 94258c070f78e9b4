import { execFileSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { type Stage, stageInterview } from '../stage.ts'
import { Desk, type Held } from './desk.ts'
import { type Disk, openDisk } from './disk.ts'
import { signal } from './processes.ts'
import { Random } from './random.ts'
import { type Typed, Typist } from './typist.ts'

/** Text older than this at the moment of a kill must come back, in ms. */
const promise = 1_000

export interface SoakRequest {
  /** An empty folder for archive, browser profiles and pictures. */
  readonly base: string
  readonly chromium: string
  readonly seed: number
  /** Least number of kill -9, and of characters in the record at the end. */
  readonly kills: number
  readonly characters: number
  /** Waits the policy's 60 s for a session to expire; left out of the short form. */
  readonly expiries: number
  /** Ends the killing, and says so in the report, after this many minutes. */
  readonly minutes: number
  readonly tell: (line: string) => void
}

export interface SoakReport {
  readonly seed: number
  readonly seconds: number
  /** True when the time was up before the kills asked for were done. */
  readonly cutShort: boolean
  readonly sentences: number
  readonly characters: number
  readonly kills: { core: number; program: number }
  readonly stops: number
  readonly locks: number
  readonly expiries: number
  readonly fullDisks: number
  readonly refusingDisks: number
  readonly readOnlyDisks: number
  /** Why disks were not filled or made read-only; empty when they were. */
  readonly leftOut: string
  /** Longest time a character had stood in the window when a kill took it, in ms, and how many were taken in all. */
  readonly worstLossMs: number
  readonly lostCharacters: number
}

/**
 * Types a whole interview through the real window while it is killed, stopped, locked and starved of its disk at random
 * moments. After each, what came back must be a state the record went through, at its caret, and nothing older than a
 * second may be missing; at the end the record must equal what was typed, character by character. Throws otherwise.
 */
export async function soak(request: SoakRequest): Promise<SoakReport> {
  const disk = openDisk(request.base)
  const stage = await stageInterview({ base: request.base, archive: `${disk.folder}/archive`, idleSeconds: 60 })
  const run = new Soak(request, stage, disk)
  try {
    return await run.all()
  } finally {
    await run.end()
    disk.remove()
  }
}

type Event = 'core' | 'program' | 'stop' | 'lock' | 'fullDisk' | 'refusingDisk' | 'readOnlyDisk' | 'expiry'

class Soak {
  readonly #request: SoakRequest
  readonly #disk: Disk
  readonly #random: Random
  readonly #typist: Typist
  readonly #desk: Desk
  readonly #count: Record<Event, number> = {
    core: 0,
    program: 0,
    stop: 0,
    lock: 0,
    fullDisk: 0,
    refusingDisk: 0,
    readOnlyDisk: 0,
    expiry: 0,
  }
  #worst = 0
  #lost = 0

  constructor(request: SoakRequest, stage: Stage, disk: Disk) {
    this.#request = request
    this.#disk = disk
    this.#random = new Random(request.seed)
    this.#typist = new Typist(this.#random)
    this.#desk = new Desk(stage, request.base, request.chromium)
  }

  async all(): Promise<SoakReport> {
    const { kills, characters, expiries, minutes, tell } = this.#request
    const begun = Date.now()
    const late = () => Date.now() - begun > minutes * 60_000
    // Every other trouble comes at least once, however short the run.
    const others = this.#others
    const every = Math.min(12, Math.max(1, Math.floor(kills / others.length)))
    await this.#desk.open()
    await this.#sitDown()
    for (let step = 1; step <= kills && !late(); step += 1) {
      await this.#happen(this.#random.next() < 0.7 ? 'core' : 'program')
      if (step % every === 0) await this.#happen(others[(step / every - 1) % others.length] ?? 'lock')
      if (step % 10 === 0)
        tell(`${this.#killed} kills, ${this.#typist.characters} characters, worst loss ${this.#worst} ms`)
    }
    for (let time = 0; time < expiries; time += 1) await this.#happen('expiry')
    while (this.#typist.characters < characters) await this.#typist.act()
    if (this.#typist.now.text !== '') await this.#typist.enter()
    await this.#desk.durable()
    await this.#compareWhole()
    const { core, program, ...rest } = this.#count
    return {
      seed: this.#request.seed,
      seconds: Math.round((Date.now() - begun) / 1000),
      cutShort: this.#killed < kills,
      sentences: this.#typist.sentences.length,
      characters: this.#typist.sentences.join('').length,
      kills: { core, program },
      stops: rest.stop,
      locks: rest.lock,
      expiries: rest.expiry,
      fullDisks: rest.fullDisk,
      refusingDisks: rest.refusingDisk,
      readOnlyDisks: rest.readOnlyDisk,
      leftOut: this.#disk.limits ?? '',
      worstLossMs: this.#worst,
      lostCharacters: this.#lost,
    }
  }

  end(): Promise<void> {
    return this.#desk.close()
  }

  get #killed(): number {
    return this.#count.core + this.#count.program
  }

  get #others(): readonly Event[] {
    const always = ['stop', 'lock', 'refusingDisk'] as const
    return this.#disk.limits === null ? ['fullDisk', 'stop', 'refusingDisk', 'readOnlyDisk', 'lock'] : always
  }

  async #happen(event: Event): Promise<void> {
    await this.#typeFor(this.#random.whole(50, 2_000))
    this.#count[event] += 1
    try {
      await this[event]()
    } catch (error) {
      const place = `${event} ${this.#count[event]} after ${this.#killed} kills (seed ${this.#request.seed})`
      throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }

  /** kill -9 of the core in the middle of a keystroke; the window goes with it. */
  async core(): Promise<void> {
    const killedAt = await this.#inMidAct(() => this.#desk.killCore())
    await this.#comeBack(killedAt)
  }

  /** kill -9 of browser and core, as a power cut would. */
  async program(): Promise<void> {
    const killedAt = await this.#inMidAct(() => this.#desk.killAll())
    await this.#desk.open()
    await this.#comeBack(killedAt)
  }

  /** The core is frozen while the typing goes on; nothing may be lost, and the light may not be green. */
  async stop(): Promise<void> {
    const core = this.#desk.corePid()
    signal(core, 'SIGSTOP')
    try {
      await this.#typeFor(this.#random.whole(1_500, 3_000))
      await this.#desk.page.getByText('超过 1 秒未落盘').waitFor()
    } finally {
      signal(core, 'SIGCONT')
    }
    await this.#desk.durable()
    this.#sameAs(await this.#desk.held(), this.#typist.now)
  }

  /** Lock in mid-sentence: everything is there afterwards, at the caret. */
  async lock(): Promise<void> {
    await this.#desk.page.keyboard.press('Control+L')
    await this.#comeBackWhole()
  }

  /** Nobody touches the machine for the policy's sixty seconds. */
  async expiry(): Promise<void> {
    await this.#desk.page.getByRole('button', { name: '登录', exact: true }).waitFor({ timeout: 90_000 })
    await this.#comeBackWhole()
  }

  /** No free block: sentences wait in the reserved space, survive a kill there, and land in their order. */
  async fullDisk(): Promise<void> {
    const free = this.#disk.fill()
    let refused: boolean
    try {
      refused = await this.#sayUntil('已存入预留空间')
      if (this.#random.next() < 0.5) {
        await wait(promise)
        this.#desk.killAll()
        this.#count.program += 1
        await this.#desk.open()
        await this.#desk.submit()
        // Without a free block no session can be written into the log: told in words, and nothing is lost.
        await this.#desk.page.getByRole('alert').first().waitFor()
        free()
        await this.#desk.close()
        await this.#desk.open()
        await this.#comeBackWhole()
        return
      }
    } finally {
      free()
    }
    if (!refused) throw new Error('a full disk refused nothing')
    await this.#desk.durable()
    this.#sameAs(await this.#desk.held(), this.#typist.now)
  }

  /** Every write of the core is refused: the banner says that the text is only in memory, and all of it lands later. */
  async refusingDisk(): Promise<void> {
    const core = this.#desk.corePid()
    limitFiles(core, '0')
    try {
      if (!(await this.#sayUntil('仅在内存中'))) throw new Error('a refusing disk refused nothing')
      await this.#typeFor(500)
    } finally {
      limitFiles(core, 'unlimited')
    }
    await this.#desk.durable()
    this.#sameAs(await this.#desk.held(), this.#typist.now)
  }

  /** The program is gone, its disk comes back read-only: refused in words; writable again, everything is there. */
  async readOnlyDisk(): Promise<void> {
    await this.#desk.durable()
    this.#desk.killAll()
    this.#count.program += 1
    await wait(200)
    this.#disk.readOnly(true)
    try {
      await this.#desk.open()
      await this.#desk.page.getByText('该文件夹不可写').waitFor()
      await this.#desk.close()
    } finally {
      this.#disk.readOnly(false)
    }
    await this.#desk.open()
    await this.#comeBackWhole()
  }

  async #typeFor(ms: number): Promise<void> {
    for (const until = Date.now() + ms; Date.now() < until; ) await this.#typist.act()
  }

  /** Sentence after sentence until the words stand on the screen; false when they never do. */
  async #sayUntil(words: string): Promise<boolean> {
    const banner = this.#desk.page.getByText(words)
    for (let said = 0; said < 60; said += 1) {
      await this.#typist.act()
      if (this.#typist.now.text.length > 10) await this.#typist.enter()
      if (await banner.isVisible()) return true
    }
    return banner
      .waitFor({ timeout: 5_000 })
      .then(() => true)
      .catch(() => false)
  }

  /** Types on, and kills at some moment while it does; answers when. */
  async #inMidAct(kill: () => void): Promise<number> {
    let killedAt = 0
    const deadline = wait(this.#random.whole(0, 300)).then(() => {
      killedAt = Date.now()
      kill()
    })
    // The act under way at the kill may end in any error, or in none.
    while (killedAt === 0) await Promise.race([this.#typist.act(), deadline]).catch(() => undefined)
    await deadline
    return killedAt
  }

  async #sitDown(): Promise<void> {
    await this.#desk.signIn()
    await this.#typist.sit(this.#desk.page)
  }

  async #comeBackWhole(): Promise<void> {
    const before = this.#typist.now
    await this.#sitDown()
    this.#sameAs(await this.#desk.held(), before)
  }

  /** After a kill: a state the record went through, and nothing in it missing that was older than the promise. */
  async #comeBack(killedAt: number): Promise<void> {
    const { states, sentences, now } = this.#typist
    await this.#sitDown()
    const held = await this.#desk.held()
    const at = states.findLastIndex((state) => equal(held, state, sentences))
    const found = states[at]
    if (!found) throw new Error(`what came back was never typed: ${told(held)}; last was ${told(now)}`)
    const firstLost = states[at + 1]
    const loss = firstLost && Number.isFinite(firstLost.taken) ? Math.max(0, killedAt - firstLost.taken) : 0
    this.#worst = Math.max(this.#worst, loss)
    const before = this.#typist.characters
    this.#typist.resume(found)
    this.#lost += before - this.#typist.characters
    if (loss > promise) throw new Error(`text ${loss} ms old was lost: ${told(held)}; last was ${told(now)}`)
  }

  #sameAs(held: Held, state: Typed): void {
    if (!equal(held, state, this.#typist.sentences))
      throw new Error(`the record differs from what was typed: ${told(held)}; typed ${told(state)}`)
  }

  async #compareWhole(): Promise<void> {
    const { sentences } = await this.#desk.held()
    const typed = this.#typist.sentences
    const at = typed.findIndex((text, index) => sentences[index] !== text)
    if (at >= 0 || sentences.length !== typed.length)
      throw new Error(`sentence ${at + 1} of ${typed.length} differs; the record holds ${sentences.length}`)
  }
}

function equal(held: Held, state: Typed, sentences: readonly string[]): boolean {
  return (
    held.sentences.length === state.sentences &&
    held.text === state.text &&
    held.caret === state.caret &&
    held.sentences.every((text, index) => text === sentences[index])
  )
}

function told(state: Held | Typed): string {
  const sentences = typeof state.sentences === 'number' ? state.sentences : state.sentences.length
  return `${sentences} sentences, caret ${state.caret} in “${state.text}”`
}

/** The largest offset the process may write at (its soft limit can be raised again). */
function limitFiles(pid: number, soft: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${soft}:unlimited`])
}
