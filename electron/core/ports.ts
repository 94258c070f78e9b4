import type { FromCore, ToCore } from '../shell/wire.ts'

/** A window's end of the wire, whatever carries it. */
export interface WindowPort {
  post(message: unknown): void
  listen(listener: (message: unknown) => void): void
  close(): void
}

/** The shell's end: Electron's `parentPort`, or the IPC channel of a Node child. */
export interface ShellPort {
  send(message: FromCore): void
  /** `port` is a transferred MessagePort where the host can transfer one. */
  listen(listener: (message: ToCore, port: WindowPort | null) => void): void
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
  const parent = 'parentPort' in process ? (process.parentPort as unknown as ElectronPort | undefined) : undefined
  if (parent) {
    return {
      send: (message) => parent.postMessage(message),
      listen: (listener) => {
        parent.on('message', (event) => {
          const [port] = event.ports
          listener(event.data as ToCore, port ? windowPort(port) : null)
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
      process.on('message', (message) => listener(message as ToCore, null))
    },
  }
}
