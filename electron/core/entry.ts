import { assertRuntime } from '#db/connection.ts'
import { assertPrimitives } from '#electron/crypto/self-test.ts'
import { YuetanError } from '#shared/contract/errors.ts'
import type { ToCore } from '../shell/wire.ts'
import { type Core, createCore } from './core.ts'
import { createHandlers } from './handlers.ts'
import { type ShellPort, shellPort, type WindowPort } from './ports.ts'
import { printingThrough } from './printing.ts'

/** Composition root of the core process: the order of start-up, nothing else. */
function main(shell: ShellPort): void {
  let core: Core | null = null
  const relayed = new Map<number, (message: unknown) => void>()
  const forget = new Map<number, () => void>()
  const printing = printingThrough((message) => shell.send(message))

  function begin(start: Extract<ToCore, { kind: 'start' }>): Core {
    const { machineFolder, archiveFolder, resources, trialOnly } = start
    return createCore({
      machineFolder,
      archiveFolder,
      resources,
      printing,
      handlers: (control) => createHandlers(control, { trialOnly }),
      session: (state, trial, folder) => {
        shell.send({ kind: 'session', state, trial, folder })
        // A session that ended leaves nothing of itself to the next one: its process goes, the shell starts another.
        if (state !== 'open') setImmediate(() => process.exit(0))
      },
    })
  }

  shell.listen((message, port) => {
    switch (message.kind) {
      case 'start':
        if (core) return
        core = begin(message)
        shell.send({ kind: 'ready' })
        return
      case 'connect': {
        const id = message.port
        const carrier = port ?? relayPort(id)
        if (core) forget.set(id, core.connect(message.window, carrier))
        return
      }
      case 'disconnect':
        forget.get(message.port)?.()
        forget.delete(message.port)
        relayed.delete(message.port)
        return
      case 'message':
        relayed.get(message.port)?.(message.message)
        return
      case 'refusal':
        core?.shellRefused(message.code).catch(() => undefined)
        return
      case 'printers':
      case 'printed':
        printing.heard(message)
        return
      case 'stop':
        if (core) void core.stop()
        else process.exit(0)
    }
  })

  function relayPort(id: number): WindowPort {
    return {
      post: (message) => shell.send({ kind: 'message', port: id, message }),
      listen: (listener) => relayed.set(id, listener),
      close: () => relayed.delete(id),
    }
  }

  // The shell died: nobody can ask for anything any more, and the folder must not stay taken.
  process.on('disconnect', () => {
    if (core) void core.stop()
    else process.exit(0)
  })
  // Never the message: it may quote case text.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`core: ${error instanceof YuetanError ? error.code : error.name}\n`)
    shell.send({ kind: 'failed', code: 'core.unexpected' })
    process.exitCode = 70
    setTimeout(() => process.exit(), 100)
  })
}

const shell = shellPort()
if (!shell) {
  process.stderr.write('core: started without a shell\n')
  process.exitCode = 64
} else {
  try {
    assertRuntime()
    assertPrimitives()
    main(shell)
  } catch (error) {
    shell.send({ kind: 'failed', code: error instanceof YuetanError ? error.code : 'core.unexpected' })
    process.exitCode = 69
  }
}
