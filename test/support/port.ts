import type { WindowPort } from '#electron/core/ports.ts'
import type { Result } from '#shared/contract/errors.ts'

/** The window's end of the wire, in this process: what the real window's client does, without a window. */
export class TestWindow implements WindowPort {
  readonly pushed: { event: string; payload: unknown }[] = []
  closed = false
  #listener: (message: unknown) => void = () => undefined
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>()
  #id = 0

  post(message: unknown): void {
    const answer = structuredClone(message) as {
      id?: number
      result?: Result<unknown>
      event?: string
      payload?: unknown
    }
    if (answer.event !== undefined) this.pushed.push({ event: answer.event, payload: answer.payload })
    else if (answer.id !== undefined && answer.result) this.#waiting.get(answer.id)?.(answer.result)
  }

  listen(listener: (message: unknown) => void): void {
    this.#listener = listener
  }

  close(): void {
    this.closed = true
  }

  call(verb: unknown, input: unknown = {}): Promise<Result<unknown>> {
    this.#id += 1
    const id = this.#id
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.raw({ id, verb, input })
    })
  }

  /** Anything at all, as a hostile window would send it. */
  raw(message: unknown): void {
    this.#listener(structuredClone(message))
  }
}
