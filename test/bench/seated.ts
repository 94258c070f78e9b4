import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createCore } from '#electron/core/core.ts'
import { createHandlers } from '#electron/core/handlers.ts'
import type { VerbInput, VerbName, VerbOutput } from '#shared/contract/bridge.ts'

export interface Place {
  readonly folder: string
  readonly machineFolder: string
}

/** An account of a trial archive at the program's own core, in this process and without a window. */
export interface Seated {
  /** Calls a verb of the case window. Errors: `bench: …` with the code of a refusal. */
  call<N extends VerbName>(verb: N, input: VerbInput<N>): Promise<VerbOutput<N>>
  stop(): Promise<void>
}

/** Signs an account in. Errors: `bench: …` with the code of a refusal. */
export async function seated(place: Place, login: string): Promise<Seated> {
  const core = createCore({
    archiveFolder: place.folder,
    machineFolder: place.machineFolder,
    resources: '',
    session: () => undefined,
    handlers: (control) => createHandlers(control, { trialOnly: true }),
  })
  const ask = async <N extends VerbName>(window: 'signin' | 'case', verb: N, input: VerbInput<N>) => {
    const answer = await core.door.call(window, verb, input)
    if (!answer.ok) throw new Error(`bench: ${verb}: ${answer.error.code}`)
    return answer.value as VerbOutput<N>
  }
  await ask('signin', 'session.signIn', { login, password: trialPassword })
  return { call: (verb, input) => ask('case', verb, input), stop: () => core.stop() }
}
