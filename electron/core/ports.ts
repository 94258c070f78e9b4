import type { WindowName } from '#shared/contract/verb.ts'

/** From the shell to the core. `relay` messages carry what a window said when ports cannot cross the processes. */
export type ShellMessage =
  | {
      readonly kind: 'start'
      readonly machineFolder: string
      readonly archiveFolder: string | null
      readonly resources: string
      /** The preview shell opens trial archives only. */
      readonly trialOnly: boolean
    }
  /** Something the shell refused; the code is written down, nothing else. */
  | { readonly kind: 'refusal'; readonly code: string }
  | { readonly kind: 'connect'; readonly port: string; readonly window: WindowName }
  | { readonly kind: 'disconnect'; readonly port: string }
  | { readonly kind: 'message'; readonly port: string; readonly message: unknown }
  | { readonly kind: 'stop' }

/** From the core to the shell. After `locked` and `closed` the core ends; the shell starts a new one. */
export type CoreMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly code: string; readonly params: Readonly<Record<string, unknown>> }
  | { readonly kind: 'message'; readonly port: string; readonly message: unknown }
  | { readonly kind: 'session'; readonly state: 'open' | 'locked' | 'closed'; readonly trial: boolean }

/** A window's end of the wire, whatever carries it. */
export interface WindowPort {
  post(message: unknown): void
  listen(listener: (message: unknown) => void): void
  close(): void
}

/** The shell's end: Electron's `parentPort`, or the IPC channel of a Node child. */
export interface ShellPort {
  send(message: CoreMessage): void
  /** `port` is a transferred MessagePort where the host can transfer one. */
  listen(listener: (message: unknown, port: WindowPort | null) => void): void
}

/** What we use of Electron's MessagePortMain and of `process.parentPort` inside a utility process. */
interface ElectronPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: readonly ElectronPort[] }) => void): unknown
  start(): void
  close(): void
}

function windowPort(port: ElectronPort): WindowPort {
  return {
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.on('message', (event) => listener(event.data))
      port.start()
    },
    close: () => port.close(),
  }
}

/** The shell this process was started by, or null when it was started by hand. */
export function shellPort(): ShellPort | null {
  const parent = 'parentPort' in process ? (process.parentPort as ElectronPort | undefined) : undefined
  if (parent) {
    return {
      send: (message) => parent.postMessage(message),
      listen: (listener) => {
        parent.on('message', (event) => {
          const [port] = event.ports
          listener(event.data, port ? windowPort(port) : null)
        })
      },
    }
  }
  const send = process.send?.bind(process)
  if (!send) return null
  return {
    send: (message) => {
      // The channel is gone when the shell died; the core ends itself then (`disconnect`).
      if (process.connected) send(message)
    },
    listen: (listener) => {
      process.on('message', (message) => listener(message, null))
    },
  }
}
