import type { CoreProcess, FromCore, ToCore } from './wire.ts'

type Start = Extract<ToCore, { kind: 'start' }>

/** The core as the window's shell uses it: always one process, a new one after every lock and after a crash. */
export interface KeptCore<Core extends CoreProcess> {
  /** The process of the moment. */
  readonly current: Core
  send(message: ToCore): void
  /** Ends the core in good order; it is killed when it takes longer than `stopLimit`. */
  stop(): Promise<void>
  kill(): void
  /** Resolves when the core was asked to end, or ended by itself with a closed session. */
  readonly ended: Promise<void>
}

const stopLimit = 5000

/**
 * Starts the core and keeps one running. A locked core is used up: its memory knew a case, so the process goes and a
 * new one waits for the password. A core that dies unasked is replaced the same way: the journal kept what was typed.
 */
export function keepCore<Core extends CoreProcess>(
  launch: () => Core,
  start: Start,
  listener: (message: FromCore) => void,
): KeptCore<Core> {
  let archiveFolder = start.archiveFolder
  let stopping = false
  let settle: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    settle = resolve
  })
  let current = run()

  function run(): Core {
    const core = launch()
    let closed = false
    core.listen((message) => {
      if (message.kind === 'session') {
        archiveFolder = message.folder ?? archiveFolder
        closed = message.state === 'closed'
        // `locked` is told when the process is gone and the next one stands.
        if (message.state === 'locked') return
      }
      listener(message)
    })
    core.send({ ...start, archiveFolder })
    void core.exited.then(() => {
      if (stopping || closed) return settle()
      current = run()
      listener({ kind: 'session', state: 'locked', trial: false, folder: archiveFolder })
    })
    return core
  }

  return {
    get current() {
      return current
    },
    ended,
    send: (message) => current.send(message),
    kill: () => {
      stopping = true
      current.kill()
    },
    stop: async () => {
      stopping = true
      current.send({ kind: 'stop' })
      const late = setTimeout(() => current.kill(), stopLimit)
      await current.exited
      clearTimeout(late)
    },
  }
}
