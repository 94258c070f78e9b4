import { app, type BrowserWindow, ipcMain, MessageChannelMain, type MessagePortMain, type Session } from 'electron'
import type { AsideName, WindowName } from '#shared/contract/verb.ts'
import { keepCore } from './core-keeper.ts'
import type { startCoreUtility } from './core-utility.ts'
import { askAboutDeafWindow, chooseFile, chooseFolder } from './dialogs.ts'
import { printerNames, printSheets } from './printing.ts'
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

/** How soon a window has to answer that it heard of being closed, in ms; after that the person is asked. */
const answerLimit = 3000

/** A window with its port to the core; 0 before it has asked for one. */
interface Opened {
  readonly name: WindowName
  readonly window: BrowserWindow
  port: number
  /** Runs while the window was asked to close and has not answered. */
  unanswered: NodeJS.Timeout | null
}

/**
 * Keeps exactly one window to work in: sign-in while no session is open, the case window while one is. Beside the case
 * window, and only while it stands, the 旁屏 may be open: a port of its own, no dialogs, no word in anything; and the
 * window that asks for the password again. A session that locks destroys the renderers of all and with them everything
 * they remembered.
 */
export function runLifecycle({ launch, start, session: makeSession, folder }: LifecycleOptions): void {
  let current: Opened | null = null
  const asides = new Map<AsideName, Opened>()
  let ports = 0
  /** The archive that is open, or was last, is one to practise with. */
  let trial = false
  const relayed = new Map<number, MessagePortMain>()
  const core = keepCore<Core>(launch, start, (message) => {
    if (message.kind === 'message') relayed.get(message.port)?.postMessage(message.message)
    else if (message.kind === 'session' && message.state !== 'closed')
      show(message.state === 'open' ? 'case' : 'signin', message.trial)
    else if (message.kind === 'printers')
      void printerNames(current?.window ?? null).then((names) => core.send({ ...message, names }))
    else if (message.kind === 'print')
      void printSheets(session, folder, report, message).then((outcome) =>
        core.send({ kind: 'printed', ask: message.ask, outcome }),
      )
  })
  const report: ReportRefusal = (code) => core.send({ kind: 'refusal', code })
  const session = makeSession(report)

  function show(name: WindowName, ofTrial = false): void {
    const before = current
    trial = ofTrial
    const window = openWindow(name, session, folder, report, { trial })
    current = { name, window, port: 0, unanswered: null }
    guardClose(current)
    closeAsides()
    before?.window.destroy()
    if (before !== null) disconnect(before.port)
  }

  /** A window beside the case window: it opens from there only and never outlives it. Null when there is no case window. */
  function openAside(name: AsideName, parent?: BrowserWindow): Opened | null {
    const known = asides.get(name)
    if (known !== undefined) known.window.show()
    if (known !== undefined || current?.name !== 'case') return known ?? null
    const opened: Opened = {
      name,
      window: openWindow(name, session, folder, report, parent === undefined ? { trial } : { trial, parent }),
      port: 0,
      unanswered: null,
    }
    asides.set(name, opened)
    opened.window.on('closed', () => {
      disconnect(opened.port)
      if (asides.get(name) === opened) asides.delete(name)
    })
    return opened
  }

  /** The room's screen. */
  function showSide(open: boolean): void {
    if (!open) asides.get('side')?.window.destroy()
    // The one who keeps the record goes on typing.
    else if (!asides.has('side') && openAside('side') !== null) current?.window.focus()
    else asides.get('side')?.window.show()
  }

  /** Asks for the password again, before the window that wants it. Resolves when the question is gone. */
  function askStepUp(): Promise<void> {
    const opened = openAside('stepup', current?.window)
    if (opened === null) return Promise.resolve()
    return new Promise((resolve) => opened.window.once('closed', () => resolve()))
  }

  function closeAsides(): void {
    for (const { window } of [...asides.values()]) window.destroy()
  }

  /** A window asks for its port once for each load; the frame decides which, never the message. */
  function connect(opened: Opened): void {
    ports += 1
    const port = ports
    const { port1, port2 } = new MessageChannelMain()
    const message = { kind: 'connect', port, window: opened.name } as const
    const { connect: transfer } = core.current
    if (transfer) transfer(message, port1)
    else {
      core.send(message)
      relayed.set(port, port1)
      port1.on('message', (event) => core.send({ kind: 'message', port, message: event.data }))
      port1.start()
    }
    opened.window.webContents.postMessage('yuetan:port', null, [port2])
    disconnect(opened.port)
    opened.port = port
  }

  function disconnect(port: number): void {
    if (port === 0) return
    relayed.get(port)?.close()
    relayed.delete(port)
    core.send({ kind: 'disconnect', port })
  }

  /**
   * A window one works in closes only after it has said that nothing typed is left in it, or that the person gives up
   * what is. One that does not answer at all is closed by the person alone, never by a clock.
   */
  function guardClose(opened: Opened): void {
    const { window } = opened
    window.on('close', (event) => {
      // A page that never spoke holds no text; one that has crashed holds none any more.
      if (opened.port === 0 || window.webContents.isCrashed()) return
      event.preventDefault()
      if (opened.unanswered !== null) return
      window.webContents.send('yuetan:closing')
      opened.unanswered = setTimeout(() => {
        opened.unanswered = null
        if (window.isDestroyed()) return
        void askAboutDeafWindow(window).then((force) => {
          if (force && !window.isDestroyed()) window.destroy()
        })
      }, answerLimit)
    })
    window.on('closed', () => {
      answered(opened)
      if (current?.window === window) app.quit()
    })
  }

  function answered(opened: Opened): void {
    if (opened.unanswered !== null) clearTimeout(opened.unanswered)
    opened.unanswered = null
  }

  /** Only the top frame of an open window under its own host is listened to. */
  function sender(event: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent): Opened | null {
    const frame = event.senderFrame
    const opened = [current, ...asides.values()].find((one) => one?.window.webContents === event.sender) ?? null
    const top = frame !== null && frame.parent === null
    if (opened !== null && top && windowOf(electronOrigins, frame.url) === opened.name) return opened
    report('shell.foreignFrame')
    return null
  }

  /** What only the window one works in may ask of the shell; those beside it are refused like a foreign frame. */
  function trusted(event: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent): BrowserWindow | null {
    const opened = sender(event)
    if (opened === null || opened === current) return opened?.window ?? null
    report('shell.foreignFrame')
    return null
  }

  ipcMain.on('yuetan:connect', (event) => {
    const opened = sender(event)
    if (opened !== null) connect(opened)
  })
  ipcMain.on('yuetan:side', (event, open: unknown) => {
    if (trusted(event) !== null) showSide(open === true)
  })
  ipcMain.on('yuetan:stay-open', (event) => {
    if (trusted(event) !== null && current !== null) answered(current)
  })
  ipcMain.on('yuetan:ready-to-close', (event) => {
    // The question for the password closes itself, answered or not.
    if (asides.get('stepup')?.window.webContents === event.sender) sender(event)?.window.destroy()
    else trusted(event)?.destroy()
  })
  ipcMain.handle('yuetan:step-up', (event) => (trusted(event) === null ? undefined : askStepUp()))
  ipcMain.on('yuetan:refused', (event, code: unknown) => {
    if (sender(event) !== null && code === 'shell.print') report(code)
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
    event.preventDefault()
    // Whoever ends the program from the menu or the system is asked like one who closes the window.
    if (current !== null && !current.window.isDestroyed()) {
      current.window.close()
      return
    }
    leaving = true
    void core.stop().then(() => app.exit(0))
  })
  void core.ended.then(() => app.quit())
  show('signin')
}
