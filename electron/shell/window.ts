import { join } from 'node:path'
import { app, BrowserWindow, type Session, screen } from 'electron'
import type { WindowName } from '#shared/contract/verb.ts'
import { confine } from './navigation.ts'
import { protectionArgument, protectionOf } from './protection.ts'
import { electronOrigins, startAddress } from './protocol.ts'
import type { ReportRefusal } from './refusals.ts'

const sizes: Readonly<Record<WindowName, { width: number; height: number; minWidth: number; minHeight: number }>> = {
  signin: { width: 1120, height: 760, minWidth: 880, minHeight: 640 },
  case: { width: 1440, height: 900, minWidth: 1100, minHeight: 700 },
  side: { width: 1280, height: 800, minWidth: 640, minHeight: 480 },
  stepup: { width: 600, height: 600, minWidth: 520, minHeight: 520 },
}

/**
 * Opens one hardened window at its own host; shown when it has something to show. With a parent it stands before that one,
 * which takes no input meanwhile.
 */
export function openWindow(
  name: WindowName,
  session: Session,
  folder: string,
  report: ReportRefusal,
  { trial, parent }: { readonly trial: boolean; readonly parent?: BrowserWindow },
): BrowserWindow {
  const protection = protectionOf(trial, process.platform)
  const window = new BrowserWindow({
    ...sizes[name],
    ...(parent === undefined ? {} : { parent, modal: true }),
    ...(name === 'side' ? placeForRoom() : {}),
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f4f5f7',
    title: '约谈卷',
    webPreferences: {
      session,
      preload: join(folder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      additionalArguments: [`--yuetan-window=${name}`, protectionArgument(protection)],
    },
  })
  window.setContentProtection(protection === 'on')
  window.removeMenu()
  confine(window.webContents, report)
  window.once('ready-to-show', () => window.show())
  window.loadURL(startAddress(electronOrigins, name)).catch(() => undefined)
  return window
}

/** The screen the room looks at: the second one of the machine, filled; on a machine with one, an ordinary window. */
function placeForRoom(): { x: number; y: number; fullscreen: boolean } | Record<string, never> {
  const primary = screen.getPrimaryDisplay().id
  const other = screen.getAllDisplays().find((display) => display.id !== primary)
  return other === undefined ? {} : { x: other.bounds.x, y: other.bounds.y, fullscreen: true }
}
