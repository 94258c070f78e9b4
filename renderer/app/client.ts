import type { Bridge, ShellBridge, VerbInput, VerbName, VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import type { EventName, EventPayload } from '#shared/contract/events.ts'

declare global {
  interface Window {
    readonly yuetan: Bridge
  }
}

/** A verb the core refused, or an answer that never came; the words are made by `errors.ts`. */
export class CallError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.name = 'CallError'
    this.failure = failure
  }
}

/** Calls one verb of the contract. Throws `CallError` with the core's code when it is refused. */
export async function call<N extends VerbName>(verb: N, input: VerbInput<N>): Promise<VerbOutput<N>> {
  let result = await window.yuetan.call(verb, input)
  if (!result.ok && result.error.code === 'door.stepUp') {
    // The password is typed in another window, which this one cannot look into; then the same call is made once more.
    await shell().stepUp()
    result = await window.yuetan.call(verb, input)
  }
  if (!result.ok) throw new CallError(result.error)
  return result.value
}

/** Listens to a push of the core; returns how to stop. */
export function listen<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void {
  return window.yuetan.on(event, listener)
}

/** What the shell does for the window (dialogs, closing). */
export function shell(): ShellBridge {
  return window.yuetan.shell
}

/** Whatever was thrown, as a failure with a code. A fault of the window itself carries no text of the case. */
export function asFailure(error: unknown): Failure {
  return error instanceof CallError ? error.failure : { code: 'window.fault', params: {} }
}
