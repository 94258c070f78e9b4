import { onTestFinished } from 'vitest'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createCore } from '#electron/core/core.ts'
import { createHandlers } from '#electron/core/handlers.ts'
import type { VerbInput, VerbName, VerbOutput } from '#shared/contract/bridge.ts'
import { type Result, YuetanError } from '#shared/contract/errors.ts'
import { TestWindow } from './port.ts'

/** One core with its three windows, in this process, with a clock of the test's own. */
export interface Seat {
  /** Calls a verb of the sign-in window; a refusal is thrown as it stands. */
  door<N extends VerbName>(verb: N, input: VerbInput<N>): Promise<VerbOutput<N>>
  /** Calls a verb of the case window; a refusal is thrown as it stands. */
  call<N extends VerbName>(verb: N, input: VerbInput<N>): Promise<VerbOutput<N>>
  /** Calls a verb over the port of the room's screen. */
  side<N extends VerbName>(verb: N, input: VerbInput<N>): Promise<VerbOutput<N>>
  /** Calls a verb over the port of the window that asks for the password again. */
  stepUp<N extends VerbName>(verb: N, input: VerbInput<N>): Promise<VerbOutput<N>>
  readonly sidePushed: readonly { event: string; payload: unknown }[]
  readonly pushed: readonly { event: string; payload: unknown }[]
  /** Ends the session and gives the folder back. */
  leave(): Promise<void>
}

interface Place {
  readonly folder: string
  readonly machineFolder: string
}

/** Takes the folder as the program does at its start; nobody is signed in. */
export function openSeat(place: Place, now: () => string = () => new Date().toISOString()): Seat {
  const core = createCore({
    machineFolder: place.machineFolder,
    archiveFolder: place.folder,
    resources: process.cwd(),
    now,
    handlers: (control) => createHandlers(control, { trialOnly: false }),
    session: () => undefined,
  })
  onTestFinished(() => core.stop())
  const signin = new TestWindow()
  const cases = new TestWindow()
  core.connect('signin', signin)
  core.connect('case', cases)
  const side = new TestWindow()
  core.connect('side', side)
  const stepUp = new TestWindow()
  core.connect('stepup', stepUp)
  return {
    door: async (verb, input) => value(await signin.call(verb, input)),
    call: async (verb, input) => value(await cases.call(verb, input)),
    side: async (verb, input) => value(await side.call(verb, input)),
    stepUp: async (verb, input) => value(await stepUp.call(verb, input)),
    sidePushed: side.pushed,
    pushed: cases.pushed,
    leave: () => core.stop(),
  }
}

/** Signs an account of a trial archive in. */
export async function signInAt(place: Place, login: string, now?: () => string): Promise<Seat> {
  const seat = openSeat(place, now)
  await seat.door('session.signIn', { login, password: trialPassword })
  return seat
}

/** Signs in, works, and leaves. */
export async function sitting<T>(
  place: Place,
  login: string,
  work: (seat: Seat) => Promise<T>,
  now?: () => string,
): Promise<T> {
  const seat = await signInAt(place, login, now)
  try {
    return await work(seat)
  } finally {
    await seat.leave()
  }
}

function value<T>(result: Result<unknown>): T {
  if (!result.ok) throw new YuetanError(result.error.code, result.error.params)
  return result.value as T
}
