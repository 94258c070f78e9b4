import { app, type BrowserWindow, ipcMain, MessageChannelMain, type MessagePortMain, type Session } from 'electron'
import type { WindowName } from '#shared/contract/verb.ts'
import { keepCore } from './core-keeper.ts'
import type { startCoreUtility } from './core-utility.ts'
import { chooseFile, chooseFolder } from './dialogs.ts'
import { electronOrigins, windowOf } from './protocol.ts'
import type { ReportRefusal } from './refusals.ts'
import { openWindow } from './window.ts'
import type { CoreProcess, ToCore } from './wire.ts'

type Core = CoreProcess & Partial<Pick<ReturnType<typeof startCoreUtility>, 'connect'>>

export interface LifecycleOptions {
  readonly launch: () => Core
  readonly start: Extract<ToCore, { kind: 'start' }>
  readonly session: (report: ReportRefusal) => Session
  /** Folder of the built main process and preload. */
  readonly folder: string
}

/** Longest the window may take to hand over what it holds before it is closed, in ms. */
const flushLimit = 3000

/**
 * Keeps exactly one window: sign-in while no session is open, the case window while one is. A session that locks
 * destroys the case window's renderer and with it everything it remembered.
 */
export function runLifecycle({ launch, start, session: makeSession, folder }: LifecycleOptions): void {
  let current: { name: WindowName; window: BrowserWindow; port: number } | null = null
  let ports = 0
  const relayed = new Map<number, MessagePortMain>()
  const core = keepCore<Core>(launch, start, (message) => {
    if (message.kind === 'message') relayed.get(message.port)?.postMessage(message.message)
    else if (message.kind === 'session' && message.state !== 'closed')
      show(message.state === 'open' ? 'case' : 'signin')
  })
  const report: ReportRefusal = (code) => core.send({ kind: 'refusal', code })
  const session = makeSession(report)

  function show(name: WindowName): void {
    const before = current
    const window = openWindow(name, session, folder, report)
    current = { name, window, port: 0 }
    guardClose(window)
    before?.window.destroy()
    if (before !== null) disconnect(before.port)
  }

  /** A window asks for its port once for each load; the frame decides which, never the message. */
  function connect(window: BrowserWindow, name: WindowName): void {
    ports += 1
    const port = ports
    const { port1, port2 } = new MessageChannelMain()
    const message = { kind: 'connect', port, window: name } as const
    const { connect: transfer } = core.current
    if (transfer) transfer(message, port1)
    else {
      core.send(message)
      relayed.set(port, port1)
      port1.on('message', (event) => core.send({ kind: 'message', port, message: event.data }))
      port1.start()
    }
    window.webContents.postMessage('yuetan:port', null, [port2])
    if (current?.window === window) {
      disconnect(current.port)
      current.port = port
    }
  }

  function disconnect(port: number): void {
    if (port === 0) return
    relayed.get(port)?.close()
    relayed.delete(port)
    core.send({ kind: 'disconnect', port })
  }

  /** The window may close only after it has said that nothing typed is left in it, or after a bounded wait. */
  function guardClose(window: BrowserWindow): void {
    let asked = false
    window.on('close', (event) => {
      if (asked || window.isDestroyed()) return
      asked = true
      event.preventDefault()
      window.webContents.send('yuetan:closing')
      setTimeout(() => window.isDestroyed() || window.destroy(), flushLimit)
    })
    window.on('closed', () => {
      if (current?.window === window) app.quit()
    })
  }

  /** Only the top frame of the current window under its own host is listened to. */
  function trusted(event: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent): BrowserWindow | null {
    const frame = event.senderFrame
    const top = frame !== null && frame.parent === null && current?.window.webContents === event.sender
    if (top && frame !== null && windowOf(electronOrigins, frame.url) === current?.name) return current?.window ?? null
    report('shell.foreignFrame')
    return null
  }

  ipcMain.on('yuetan:connect', (event) => {
    const window = trusted(event)
    if (window !== null && current !== null) connect(window, current.name)
  })
  ipcMain.on('yuetan:ready-to-close', (event) => trusted(event)?.destroy())
  ipcMain.on('yuetan:refused', (event, code: unknown) => {
    if (trusted(event) !== null && code === 'shell.print') report(code)
  })
  ipcMain.handle('yuetan:choose-folder', (event, title: unknown) => {
    const window = trusted(event)
    return window === null ? null : chooseFolder(window, String(title).slice(0, 80))
  })
  ipcMain.handle('yuetan:choose-file', (event, title: unknown, extensions: unknown) => {
    const window = trusted(event)
    const wanted = Array.isArray(extensions) ? extensions.map(String).filter((item) => /^\w{1,8}$/.test(item)) : []
    return window === null ? null : chooseFile(window, String(title).slice(0, 80), wanted)
  })

  let leaving = false
  app.on('before-quit', (event) => {
    if (leaving) return
    leaving = true
    event.preventDefault()
    void core.stop().then(() => app.exit(0))
  })
  void core.ended.then(() => app.quit())
  show('signin')
}
