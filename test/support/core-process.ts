import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { startCoreChild } from '#electron/shell/core-child.ts'
import type { FromCore } from '#electron/shell/wire.ts'
import type { Result } from '#shared/contract/errors.ts'

const entry = fileURLToPath(new URL('../../electron/core/entry.ts', import.meta.url))

export interface CoreUnderTest {
  call(window: 'signin' | 'case', verb: string, input?: unknown): Promise<Result<unknown>>
  /** The next session state the core announces. */
  state(): Promise<string>
  /** kill -9, and wait until the process is gone. */
  kill(): Promise<void>
  stop(): Promise<number | null>
  readonly exited: Promise<number | null>
  readonly pushed: readonly unknown[]
}

/** The real core in a process of its own, as both shells start it, with a window's two ports. */
export async function startCore(machineFolder: string, archiveFolder: string | null): Promise<CoreUnderTest> {
  const child = startCoreChild(process.execPath, entry)
  onTestFinished(() => child.kill())
  const ready = Promise.withResolvers<void>()
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const states: string[] = []
  const stateWaiters: ((state: string) => void)[] = []
  const pushed: unknown[] = []
  let id = 0
  child.listen((message: FromCore) => {
    if (message.kind === 'ready') ready.resolve()
    else if (message.kind === 'failed') ready.reject(new Error(message.code))
    else if (message.kind === 'session') {
      const waiter = stateWaiters.shift()
      if (waiter) waiter(message.state)
      else states.push(message.state)
    } else if (message.kind === 'message') {
      const answer = message.message as { id?: number; result?: Result<unknown> }
      if (answer.id !== undefined && answer.result) waiting.get(answer.id)?.(answer.result)
      else pushed.push(answer)
    }
  })
  child.send({ kind: 'start', machineFolder, archiveFolder, resources: '', trialOnly: true })
  await ready.promise
  let ports = 0
  const connect = (): void => {
    for (const window of ['signin', 'case'] as const) {
      ports += 1
      child.send({ kind: 'connect', port: ports, window })
    }
  }
  connect()
  return {
    pushed,
    exited: child.exited,
    call: (window, verb, input = {}) => {
      id += 1
      const call = id
      const port = window === 'signin' ? ports - 1 : ports
      return new Promise((resolve) => {
        waiting.set(call, resolve)
        child.send({ kind: 'message', port, message: { id: call, verb, input } })
      })
    },
    state: async () => {
      const state = states.shift() ?? (await new Promise<string>((resolve) => stateWaiters.push(resolve)))
      // As the shells do: another state is another window with another port.
      connect()
      return state
    },
    kill: async () => {
      child.kill()
      await child.exited
    },
    stop: () => {
      child.send({ kind: 'stop' })
      return child.exited
    },
  }
}
