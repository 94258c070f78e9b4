/** Long work of a room that its account may call off, by account and job. */
export class Stoppable {
  readonly #running = new Map<string, AbortController>()
  /** What was called off while the door was still looking at it. */
  readonly #calledOff = new Set<string>()

  /** Does the work with a signal that `callOff` gives. */
  async run<T>(account: string, job: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const key = `${account}/${job}`
    const stop = new AbortController()
    this.#running.set(key, stop)
    if (this.#calledOff.delete(key)) stop.abort()
    try {
      return await work(stop.signal)
    } finally {
      this.#running.delete(key)
    }
  }

  /** Stops the job, or keeps it from beginning. */
  callOff(account: string, job: string): void {
    const key = `${account}/${job}`
    const stop = this.#running.get(key)
    if (stop !== undefined) stop.abort()
    else this.#calledOff.add(key)
  }
}
