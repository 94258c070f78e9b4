import { type MessagePortMain, utilityProcess } from 'electron'
import type { CoreProcess, FromCore, ToCore } from './wire.ts'

/** The core inside Electron's own utility process; `connect` messages carry a real port that bypasses the shell. */
export function startCoreUtility(
  entry: string,
): CoreProcess & { connect(message: ToCore, port: MessagePortMain): void } {
  const child = utilityProcess.fork(entry, [], { serviceName: 'yuetan-core', stdio: 'inherit' })
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
  })
  return {
    exited,
    send: (message) => child.postMessage(message),
    connect: (message, port) => child.postMessage(message, [port]),
    listen: (listener) => child.on('message', (message) => listener(message as FromCore)),
    kill: () => child.kill(),
  }
}
