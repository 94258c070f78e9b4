/** Steps that can be taken back; more than anybody takes back in one sitting. */
const depth = 200
/** Typing in one place goes back as one step while it goes on without a pause. */
const pauseMs = 1_500

/** Undo and redo over whole values. Steps with the same label that follow each other at once are one. */
export class History<T> {
  #past: T[] = []
  #future: T[] = []
  #now: T
  #label: string | undefined
  #at = 0
  readonly #clock: () => number

  constructor(now: T, clock: () => number = Date.now) {
    this.#now = now
    this.#clock = clock
  }

  get now(): T {
    return this.#now
  }

  put(next: T, label?: string): void {
    const at = this.#clock()
    const goesOn = label !== undefined && label === this.#label && at - this.#at < pauseMs
    if (!goesOn) {
      this.#past.push(this.#now)
      if (this.#past.length > depth) this.#past.shift()
    }
    this.#future = []
    this.#now = next
    this.#label = label
    this.#at = at
  }

  /** Another value from outside: what came before it can no longer be gone back to. */
  take(value: T): void {
    this.#past = []
    this.#future = []
    this.#now = value
    this.#label = undefined
  }

  undo(): boolean {
    const before = this.#past.pop()
    if (before === undefined) return false
    this.#future.push(this.#now)
    this.#now = before
    this.#label = undefined
    return true
  }

  redo(): boolean {
    const next = this.#future.pop()
    if (next === undefined) return false
    this.#past.push(this.#now)
    this.#now = next
    this.#label = undefined
    return true
  }
}
