import { spawn } from 'node:child_process'
import type { CoreProcess, FromCore, ToCore } from './wire.ts'

/** Starts the core as a plain Node child (Node-API 10 or later) that talks over Node's own ipc. */
export function startCoreChild(node: string, entry: string, env: NodeJS.ProcessEnv = process.env): CoreProcess {
  const child = spawn(node, [entry], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
  })
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.once('error', () => resolve(null))
  })
  return {
    exited,
    send: (message: ToCore) => {
      if (child.connected) child.send(message, () => undefined)
    },
    listen: (listener) => child.on('message', (message) => listener(message as FromCore)),
    kill: () => child.kill('SIGKILL'),
  }
}
