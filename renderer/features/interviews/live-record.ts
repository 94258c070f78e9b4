import type { VerbInput, VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure, Result } from '#shared/contract/errors.ts'
import { usualPlace } from '#shared/domain/coverage.ts'
import type {
  Attendee,
  Audience,
  Commitment,
  Interview,
  LiveLine,
  Section,
  Utterance,
  UtteranceInput,
  UtteranceKind,
} from '#shared/domain/interviews.ts'
import type { TextState } from '../../ui/text-history.ts'

/** The three verbs the record needs while people talk; the room passes the typed client, tests pass the core. */
export interface RecordVerbs {
  keep(input: VerbInput<'interviews.keep'>): Promise<Result<VerbOutput<'interviews.keep'>>>
  append(input: VerbInput<'interviews.append'>): Promise<Result<VerbOutput<'interviews.append'>>>
  edit(input: VerbInput<'interviews.edit'>): Promise<Result<VerbOutput<'interviews.edit'>>>
}

/** What the disk light says: the truth of the last write, never a hope. */
interface DiskState {
  /** `reserved`: the database refuses, the journal's reserved space holds everything; `refused`: only memory does. */
  readonly state: 'durable' | 'pending' | 'reserved' | 'refused'
  /** UTC moment of the last durable write; empty before the first. */
  readonly at: string
  readonly failure: Failure | null
}

/** What stands above the live line; changing it never touches the text. */
export interface LineSettings {
  readonly speakerId: string | null
  readonly kind: UtteranceKind
  readonly section: Section
  /** Part of the Art. 8 content, from 1; null where it has none. */
  readonly part: number | null
  readonly audience: Audience
  readonly marked: boolean
  readonly commitment: Commitment | null
}

/** One line of the stream. `key` never changes, so that a confirmed line keeps its place on the screen. */
export interface StreamLine {
  readonly key: string
  readonly utterance: Utterance
  readonly confirmed: boolean
}

/** An earlier line being edited, and the live line put aside meanwhile with its caret. */
interface Editing {
  readonly original: Utterance
  readonly aside: {
    readonly text: string
    readonly caret: number
    readonly startedAt: string
    readonly settings: LineSettings
  }
  /** The box's own memory of the line put aside (its undo); null when the line came out of the journal. */
  readonly draft: TextState | null
}

export interface RecordSnapshot {
  readonly lines: readonly StreamLine[]
  readonly settings: LineSettings
  readonly disk: DiskState
  readonly editing: Utterance | null
  /** Length of the text that was found in the journal at opening; 0 when nothing was. */
  readonly recovered: number
  /** Refusal the record itself cannot mend: another account was faster, the interview pauses. The words stay. */
  readonly refusal: Failure | null
  /** True while the live line holds words that are no sentence yet. */
  readonly open: boolean
  /** After a question the next line is the answer, and back (问答自动交替). */
  readonly alternate: boolean
}

/** The textarea as the record sees it; the record never re-renders it. */
interface LineBox {
  read(): TextState
  write(text: string, caret: number): void
  /** The text to put aside, with whatever the box needs to take it up again exactly there. */
  draft(): TextState
  restore(draft: TextState): void
  /** Runs now, or as soon as the input method has let go of the line: what it composed is part of the text by then. */
  whenFree(job: () => void): void
}

/** A new wording of a line on its way to the database; what is typed meanwhile is already another line. */
interface Rewording {
  readonly original: Utterance
  readonly input: UtteranceInput
  readonly startedAt: string
  readonly landed: Promise<void>
}

interface Pending {
  readonly key: string
  readonly input: UtteranceInput
}

const throttleMs = 300
const retryMs = 2_000

/**
 * The live record behind the textarea: what was committed goes to the journal within 300 ms, Enter makes an utterance,
 * and every write runs one after the other so that the journal never forgets a line that is not yet in the database.
 */
export class LiveRecord {
  readonly #verbs: RecordVerbs
  readonly #target: { readonly caseId: string; readonly interviewId: string }
  readonly #now: () => string
  readonly #listeners = new Set<() => void>()
  #snapshot: RecordSnapshot
  #box: LineBox | null = null
  #text = ''
  #caret = 0
  #startedAt: string | null = null
  #revision: number
  #queue: Pending[] = []
  #editing: Editing | null = null
  #rewording: Rewording | null = null
  #dirty = false
  #working: Promise<void> | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #delay = 0
  #nextKey = 0
  /** Latest moment given to a whole line, in ms. */
  #lastMoment = 0
  #people: ReadonlyMap<string, Attendee>
  /** Part last used under each content: a topic goes on until another key is pressed. */
  readonly #lastPart: Record<Section, number | null> = { state: 1, hear: 1, ask: null, other: null }
  /** Who asked and who answered last, for the alternation of 问 and 答. */
  #asker: string | null
  #answerer: string | null

  constructor(verbs: RecordVerbs, opened: VerbOutput<'interviews.get'>, now: () => string) {
    this.#verbs = verbs
    this.#target = { caseId: opened.interview.caseId, interviewId: opened.interview.id }
    this.#now = now
    this.#people = new Map(opened.interview.attendees.map((person) => [person.id, person]))
    const said = opened.utterances
    this.#asker = said.findLast((one) => one.kind === 'question')?.speakerId ?? firstOf(opened.interview, 'host')
    this.#answerer =
      said.findLast((one) => this.#isInterviewee(one.speakerId))?.speakerId ?? firstOf(opened.interview, 'enterprise')
    const live = opened.live !== null && opened.live.text !== '' ? opened.live : null
    this.#revision = opened.live?.revision ?? 0
    this.#text = live?.text ?? ''
    this.#caret = live?.caret ?? 0
    this.#startedAt = live?.startedAt ?? null
    const lines = opened.utterances.map((utterance) => ({ key: utterance.id, utterance, confirmed: true }))
    this.#queue = opened.waiting.map((input) => ({ key: `new-${this.#nextKey++}`, input }))
    const original = opened.utterances.find((one) => one.id === live?.editing?.utteranceId) ?? null
    if (original !== null && live?.editing !== undefined) {
      const { startedAt, text, caret, ...settings } = live.editing.aside
      this.#editing = {
        original,
        aside: { text, caret, startedAt, settings },
        draft: null,
      }
    }
    this.#snapshot = {
      lines: [...lines, ...this.#queue.map(({ key, input }, at) => unconfirmed(key, lines.length + at + 1, input))],
      settings: opened.live === null ? firstSettings(opened.interview) : settingsOf(opened.live),
      disk: { state: this.#queue.length > 0 ? 'reserved' : 'durable', at: '', failure: null },
      editing: original,
      recovered: live?.text.length ?? 0,
      refusal: null,
      open: live !== null,
      alternate: false,
    }
    if (this.#queue.length > 0) this.#schedule(throttleMs)
  }

  #isInterviewee(id: string | null): boolean {
    return id !== null && this.#people.get(id)?.delegation === 'enterprise'
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): RecordSnapshot => this.#snapshot

  /** Text and caret the textarea begins with: what the journal held, at the exact place. */
  get opening(): { readonly text: string; readonly caret: number } {
    return { text: this.#text, caret: this.#caret }
  }

  attach(box: LineBox | null): void {
    this.#box = box
  }

  /** Committed text changed; never called with text under composition. */
  typed(text: string, caret: number): void {
    if (text === this.#text && caret === this.#caret) return
    if (text !== this.#text) {
      if (this.#startedAt === null && text !== '') this.#startedAt = this.#now()
      if (this.#snapshot.recovered > 0 || this.#snapshot.refusal !== null) this.#set({ recovered: 0, refusal: null })
    }
    this.#text = text
    this.#caret = caret
    this.#noteOpen()
    this.#touch()
  }

  /** Speaker, kind, audience, 待核 or 承诺 of the live line. The kind brings its usual place in Art. 8 along. */
  choose(change: Partial<LineSettings>): void {
    let settings = { ...this.#snapshot.settings, ...change }
    if (change.kind !== undefined && change.section === undefined) {
      const { section, part } = usualPlace[change.kind]
      settings = { ...settings, section, part: part ?? this.#lastPart[section] }
    }
    if (settings.kind !== 'commitment') settings = { ...settings, commitment: null }
    this.#lastPart[settings.section] = settings.part
    this.#set({ settings })
    this.#touch()
  }

  /** Puts the live line under a content of Art. 8 that has so many parts; the same again moves on to its next part. */
  place(section: Section, parts: number): void {
    const { settings } = this.#snapshot
    const next =
      settings.section === section && parts > 0 ? ((settings.part ?? 0) % parts) + 1 : this.#lastPart[section]
    this.choose({ section, part: next })
  }

  /** Adds an enterprise to those the line concerns, or takes it away again; with none left it is for all. */
  concern(enterpriseId: string): void {
    const { audience } = this.#snapshot.settings
    const now = audience === 'all' ? [] : audience
    const next = now.includes(enterpriseId) ? now.filter((one) => one !== enterpriseId) : [...now, enterpriseId]
    this.choose({ audience: next.length === 0 ? 'all' : next })
  }

  /** One key for a 集体约谈: all, then each enterprise alone, then all again. */
  nextAudience(enterpriseIds: readonly string[]): void {
    const { audience } = this.#snapshot.settings
    const at = audience === 'all' || audience.length !== 1 ? -1 : enterpriseIds.indexOf(audience[0] ?? '')
    const next = enterpriseIds[at + 1]
    this.choose({ audience: next === undefined ? 'all' : [next] })
  }

  /** Switches the alternation of 问 and 答. */
  setAlternate(alternate: boolean): void {
    this.#set({ alternate })
  }

  /** Another wording of a line of the closed record. */
  corrected(utterance: Utterance): void {
    const { id } = utterance
    this.#set({
      lines: this.#snapshot.lines.map((line) => (line.utterance.id === id ? { ...line, utterance } : line)),
    })
  }

  /** Who sits in the room now: somebody joined. */
  met(attendees: readonly Attendee[]): void {
    this.#people = new Map(attendees.map((person) => [person.id, person]))
  }

  /** A line the core wrote by itself: a pause, somebody who came late. */
  noted(utterance: Utterance | null): void {
    if (utterance === null) return
    this.#set({ lines: [...this.#snapshot.lines, { key: utterance.id, utterance, confirmed: true }] })
  }

  /** After a pause a sentence begun before it counts from now: it is said after the record goes on. */
  resumed(): void {
    if (this.#startedAt === null || this.#editing !== null) return
    this.#startedAt = this.#now()
    this.#touch()
  }

  /** What the next line begins with after one was said: the other side of a 问答, or the same again. */
  #settingsAfter(said: LineSettings): LineSettings {
    if (this.#isInterviewee(said.speakerId)) this.#answerer = said.speakerId
    const same = { ...said, marked: false, commitment: null }
    if (said.kind === 'question') this.#asker = said.speakerId
    if (!this.#snapshot.alternate) return same
    if (said.kind === 'question') return { ...same, kind: 'answer', speakerId: this.#answerer, ...asking }
    return said.kind === 'answer' ? { ...same, kind: 'question', speakerId: this.#asker, ...asking } : same
  }

  /** Enter. Empty lines are nothing; the line is in the stream at once and confirmed when the database has it. */
  commit(): void {
    const { text, caret } = this.#box?.read() ?? { text: this.#text, caret: this.#caret }
    this.typed(text, caret)
    const spoken = text.trim()
    if (spoken === '') return
    const endedAt = this.#now()
    const { settings } = this.#snapshot
    const startedAt = this.#startedAt ?? endedAt
    const input: UtteranceInput = { ...settings, text: spoken, startedAt, endedAt }
    if (this.#editing !== null) {
      this.#commitEdit(this.#editing.original, input)
      return
    }
    this.#enqueue(input)
    this.#set({ settings: this.#settingsAfter(settings), refusal: null })
    this.#put('', 0)
    this.#startedAt = null
    this.#work()
  }

  /** Says whole lines at once in the speaker's name (开场语); what stands in the live line stays there. */
  say(lines: readonly { readonly section: Section; readonly text: string }[]): void {
    const { settings } = this.#snapshot
    for (const { section, text } of lines) {
      // A sentence is known by its moments: no two of them share one.
      this.#lastMoment = Math.max(Date.parse(this.#now()), this.#lastMoment + 1)
      const at = new Date(this.#lastMoment).toISOString()
      const part = this.#lastPart[section]
      this.#enqueue({ ...settings, kind: 'explain', section, part, marked: false, text, startedAt: at, endedAt: at })
    }
    this.#work()
  }

  /** A sentence goes into the stream at once and to the database as soon as its turn comes. */
  #enqueue(input: UtteranceInput): void {
    const key = `new-${this.#nextKey++}`
    const seq = (this.#snapshot.lines.at(-1)?.utterance.seq ?? 0) + 1
    this.#queue.push({ key, input })
    this.#set({ lines: [...this.#snapshot.lines, unconfirmed(key, seq, input)] })
  }

  /**
   * Brings an earlier line into the live line; what was being typed waits aside. A line that is being reworked is
   * committed first, as by Enter. Unconfirmed lines wait for the disk.
   */
  edit(utterance: Utterance): void {
    const now = this.#snapshot.lines.find((line) => line.utterance.id === utterance.id)
    if (now !== undefined && !now.confirmed) return
    if (this.#rewording !== null) {
      // A rewording that was refused is in the line again: nobody takes it away unseen.
      void this.#rewording.landed.then(() => this.#editing === null && this.edit(utterance))
      return
    }
    this.#whenFree(() => {
      if (this.#editing?.original.id === utterance.id) return
      if (this.#editing !== null && this.#reworded(this.#editing.original)) {
        this.commit()
        this.edit(utterance)
        return
      }
      this.leaveEdit()
      const latest = now?.utterance ?? utterance
      this.#takeUp(latest, latest)
    })
  }

  /** True when the line under work says something else than before; an emptied one says nothing. */
  #reworded(original: Utterance): boolean {
    const text = (this.#box?.read().text ?? this.#text).trim()
    const settings = JSON.stringify(settingsOf(this.#snapshot.settings))
    return text !== '' && (text !== original.text || settings !== JSON.stringify(settingsOf(original)))
  }

  /** An earlier line in the live line, in a wording of its own; what stands there now waits aside. */
  #takeUp(original: Utterance, wording: LineSettings & { readonly text: string }): void {
    const current = this.#box?.read() ?? { text: this.#text, caret: this.#caret }
    const startedAt = this.#startedAt ?? this.#now()
    const aside = { text: current.text, caret: current.caret, startedAt, settings: this.#snapshot.settings }
    this.#editing = { original, aside, draft: this.#box?.draft() ?? null }
    this.#set({ editing: original, settings: settingsOf(wording), refusal: null })
    this.#put(wording.text, wording.text.length)
    // A beginning of its own: the core takes a journaled line with the beginning of a stored one for that one.
    this.#startedAt = this.#now()
    this.#touch()
  }

  #whenFree(job: () => void): void {
    if (this.#box === null) job()
    else this.#box.whenFree(job)
  }

  editLast(): void {
    const last = this.#snapshot.lines.findLast((line) => line.confirmed && line.utterance.kind !== 'note')
    if (last !== undefined) this.edit(last.utterance)
  }

  /** Esc: the line as it was, the caret where it was. */
  leaveEdit(): void {
    if (this.#editing === null) return
    const { aside, draft } = this.#editing
    this.#editing = null
    this.#set({ editing: null, settings: aside.settings, refusal: null })
    this.#put(aside.text, aside.caret)
    if (draft !== null) this.#box?.restore(draft)
    this.#startedAt = aside.text === '' ? null : aside.startedAt
    this.#touch()
  }

  /** Writes what is not yet on disk now; resolves when the disk has answered. */
  async flush(): Promise<void> {
    await this.#written()
    if (this.#rewording === null) return
    await this.#rewording.landed
    await this.#written()
  }

  async #written(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    while (this.#working !== null) await this.#working
    if (this.#dirty || this.#queue.length > 0) {
      this.#work()
      await this.#working
    }
  }

  /** True while memory holds something the disk does not. */
  get unsaved(): boolean {
    return this.#dirty || this.#queue.length > 0 || this.#rewording !== null
  }

  #put(text: string, caret: number): void {
    this.#text = text
    this.#caret = caret
    this.#noteOpen()
    this.#box?.write(text, caret)
  }

  #noteOpen(): void {
    const open = this.#text.trim() !== ''
    if (open !== this.#snapshot.open) this.#set({ open })
  }

  #set(change: Partial<RecordSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }

  #touch(): void {
    this.#dirty = true
    const { state } = this.#snapshot.disk
    if (state === 'durable' || state === 'reserved') this.#set({ disk: { ...this.#snapshot.disk, state: 'pending' } })
    this.#schedule(throttleMs)
  }

  #schedule(delay: number): void {
    if (this.#working !== null) return
    // A key must not wait for the next try of sentences the database refused: the journal takes it within the second.
    if (this.#timer !== null && this.#delay <= delay) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#delay = delay
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#work()
    }, delay)
  }

  #work(): void {
    if (this.#working !== null) return
    this.#working = this.#drain().finally(() => {
      this.#working = null
      const { state, failure } = this.#snapshot.disk
      const refusing = state === 'refused' || (failure !== null && !this.#dirty)
      // Tried again with the next key only.
      if (failure !== null && isRefusal(failure)) return
      if (this.#dirty || this.#queue.length > 0) this.#schedule(refusing ? retryMs : throttleMs)
    })
  }

  async #drain(): Promise<void> {
    let refusal: Failure | null = null
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const answer = await settled(this.#verbs.append({ ...this.#target, utterance: next.input }))
      if (!answer.ok && !isRefusal(answer.error)) {
        refusal = answer.error
        this.#dirty = true
        break
      }
      this.#queue.shift()
      if (!answer.ok) {
        this.#giveBack(next, answer.error)
        continue
      }
      // What has become a sentence makes room in the journal for what is being typed now, if only its speaker and kind.
      this.#dirty = true
      const { key } = next
      const { utterance, durableAt } = answer.value
      this.#set({
        lines: this.#snapshot.lines.map((line) => (line.key === key ? { key, utterance, confirmed: true } : line)),
        disk: {
          state: this.#text === '' && this.#queue.length === 0 ? 'durable' : 'pending',
          at: durableAt,
          failure: null,
        },
      })
    }
    if (!this.#dirty) return
    this.#dirty = false
    const live = this.#live()
    const waiting = this.#queue.map(({ input }) => input)
    const answer = await settled(this.#verbs.keep({ ...this.#target, live, waiting }))
    if (!answer.ok) {
      this.#dirty = true
      const refusal = isRefusal(answer.error) ? { refusal: answer.error } : {}
      this.#set({ disk: { ...this.#snapshot.disk, state: 'refused', failure: answer.error }, ...refusal })
      return
    }
    // Sentences the database refuses are safe in the reserved space; what came meanwhile is written in the next round.
    const unwritten = this.#dirty || this.#queue.length > waiting.length
    const kept = refusal === null ? 'durable' : 'reserved'
    this.#set({ disk: { state: unwritten ? 'pending' : kept, at: answer.value.durableAt, failure: refusal } })
  }

  /** What the journal holds of the line until Enter; while an earlier one is worked over, the line put aside goes along. */
  #live(): LiveLine {
    this.#revision += 1
    const line = {
      ...settingsOf(this.#snapshot.settings),
      text: this.#text,
      caret: this.#caret,
      startedAt: this.#startedAt ?? this.#now(),
      revision: this.#revision,
    }
    if (this.#rewording !== null) {
      const { original, input, startedAt } = this.#rewording
      const { revision, ...aside } = line
      const wording = { ...settingsOf(input), text: input.text, caret: input.text.length, startedAt, revision }
      return { ...wording, editing: { utteranceId: original.id, version: original.version, aside } }
    }
    if (this.#editing === null) return line
    const { original, aside } = this.#editing
    const { text, caret, startedAt } = aside
    const waits = { ...settingsOf(aside.settings), text, caret, startedAt }
    return { ...line, editing: { utteranceId: original.id, version: original.version, aside: waits } }
  }

  /** A sentence the record may not take now (a pause, an unknown speaker) goes back into the live line, word for word. */
  #giveBack({ key, input }: Pending, refusal: Failure): void {
    this.#set({ lines: this.#snapshot.lines.filter((line) => line.key !== key), refusal })
    this.#whenFree(() => {
      const text = this.#text === '' ? input.text : `${input.text}\n${this.#text}`
      this.#startedAt = input.startedAt
      this.#put(text, text.length)
      this.#touch()
    })
    this.#dirty = true
  }

  /** Enter on an earlier line: the line put aside is back at once, the new wording is on its way and in the journal. */
  #commitEdit(original: Utterance, input: UtteranceInput): void {
    const startedAt = this.#startedAt ?? this.#now()
    this.#rewording = {
      original,
      input,
      startedAt,
      landed: Promise.resolve().then(() => this.#reword(original, input)),
    }
    this.leaveEdit()
  }

  async #reword(original: Utterance, input: UtteranceInput): Promise<void> {
    await this.#written()
    const { id: utteranceId, version } = original
    const answer = await settled(
      this.#verbs.edit({
        ...this.#target,
        utteranceId,
        version,
        utterance: { ...input, startedAt: original.startedAt, endedAt: original.endedAt },
      }),
    )
    if (answer.ok) {
      const { utterance } = answer.value
      this.#rewording = null
      this.corrected(utterance)
      this.#touch()
      return
    }
    // Taken up again where the words stand, with what has been typed meanwhile put aside; until then it is in the journal.
    await new Promise<void>((resolve) =>
      this.#whenFree(() => {
        this.#rewording = null
        this.#takeUp(original, input)
        this.#set({ refusal: answer.error })
        resolve()
      }),
    )
  }
}

/** Place of a 问 and its 答. */
const asking = { section: 'ask', part: null } as const

/** The first of a delegation in the order of the keys. */
function firstOf(interview: Interview, delegation: Attendee['delegation']): string | null {
  return [...interview.attendees].sort(byKey).find((person) => person.delegation === delegation)?.id ?? null
}

/** The speaker a new record begins with: the first of the host's side who has a key. */
function firstSettings(interview: Interview): LineSettings {
  const first = [...interview.attendees].sort(byKey)[0]
  const speakerId = first?.id ?? null
  return { speakerId, kind: 'explain', section: 'state', part: 1, audience: 'all', marked: false, commitment: null }
}

function unconfirmed(key: string, seq: number, input: UtteranceInput): StreamLine {
  return { key, utterance: { id: key, seq, version: 0, ...input }, confirmed: false }
}

function settingsOf(line: LineSettings): LineSettings {
  const { speakerId, kind, section, part, audience, marked, commitment } = line
  return { speakerId, kind, section, part, audience, marked, commitment }
}

/** Order of the speaker list: by key, those without one last. */
export function byKey(a: Attendee, b: Attendee): number {
  return (a.speakerKey ?? 100) - (b.speakerKey ?? 100)
}

/** What another try cannot mend: rules of the interview's room, and what the door refuses whatever the disk does. */
function isRefusal({ code }: Failure): boolean {
  return code.startsWith('interviews.') || ['door.input', 'door.tooLarge', 'door.role', 'door.scope'].includes(code)
}

/** A call that cannot be delivered at all is a refusal like any other: the text stays and is tried again. */
async function settled<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call
  } catch {
    return { ok: false, error: { code: 'window.noAnswer', params: {} } }
  }
}
