import { createHash } from 'node:crypto'
import { fail } from '#shared/contract/errors.ts'

/** How long a call waits for the password, and how long a password given holds, in ms. */
const patience = 120_000

interface Asked {
  readonly verb: string
  /** Digest of verb and input: what was asked for is what may be done. */
  readonly call: string
  readonly at: number
}

/**
 * The password typed again before something leaves (保密法 21; DESIGN §4: step-up). A grant is bound to one call, verb and
 * input together, holds for two minutes and is used up by taking it: a window cannot ask for one thing and do another.
 */
export function createStepUp(now: () => string) {
  let waiting: Asked | null = null
  let granted: Asked | null = null
  const time = (): number => Date.parse(now())
  const alive = (one: Asked | null): one is Asked => one !== null && Math.abs(time() - one.at) <= patience
  return {
    asked: (): string | null => (alive(waiting) ? waiting.verb : null),
    grant(): void {
      const one = waiting
      if (!alive(one)) fail('session.nothingAsked')
      granted = { ...one, at: time() }
      waiting = null
    },
    /** True when the password was given for exactly this call; otherwise the call is what waits for it now. */
    take(verb: string, input: unknown): boolean {
      const call = createHash('sha256')
        .update(JSON.stringify([verb, input]))
        .digest('hex')
      const given = alive(granted) && granted.call === call
      granted = null
      waiting = given ? null : { verb, call, at: time() }
      return given
    },
  }
}
