import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, type Session } from 'electron'
import type { PrintOutcome } from '#shared/domain/copies.ts'
import { confine } from './navigation.ts'
import { electronOrigins, startAddress, windowOf } from './protocol.ts'
import type { ReportRefusal } from './refusals.ts'
import type { Sheets } from './wire.ts'

/** What the page of sheets says when everything is drawn. */
interface Drawn {
  readonly pages: number
  readonly landscape: boolean
}

/** Longest time the page may take to draw a paper, in ms; a thick one has a few hundred sheets. */
const drawLimit = 240_000

/** Unpackaged only: a folder that stands in for a printer, so that what is printed can be looked at. */
const folderPrinter = (): string | null => (app.isPackaged ? null : (process.env.YUETAN_PRINT_TO ?? null))
const folderName = '打印到文件夹（开发用）'

/** Printers by the name the system gives them. */
export async function printerNames(window: BrowserWindow | null): Promise<string[]> {
  if (folderPrinter() !== null) return [folderName]
  if (window === null || window.isDestroyed()) return []
  return (await window.webContents.getPrintersAsync()).map((one) => one.name)
}

/**
 * Prints one set of sheets, exactly once and without a dialog that could make it two: a hidden window of a host of its
 * own draws the PDF with the watermark over it, and knows nothing else. Always answers.
 */
export async function printSheets(
  session: Session,
  folder: string,
  report: ReportRefusal,
  sheets: Sheets,
): Promise<PrintOutcome> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session,
      preload: join(folder, 'print-preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // Nobody looks at it; it has to draw all the same.
      backgroundThrottling: false,
    },
  })
  confine(window.webContents, report)
  try {
    const drawn = await drawnIn(window, sheets)
    if (drawn === null) return 'failed'
    const names = await printerNames(window)
    if (!names.includes(sheets.printer)) return 'noPrinter'
    const stand = folderPrinter()
    return stand === null ? await printFrom(window, sheets.printer, drawn) : await writeFrom(window, stand, drawn)
  } catch {
    return 'failed'
  } finally {
    if (!window.isDestroyed()) window.destroy()
  }
}

/** Resolves when the page has drawn every sheet; null when it could not. */
function drawnIn(window: BrowserWindow, sheets: Sheets): Promise<Drawn | null> {
  return new Promise((resolve) => {
    const own = (event: Electron.IpcMainEvent): boolean =>
      event.sender === window.webContents &&
      event.senderFrame?.parent === null &&
      windowOf(electronOrigins, event.senderFrame.url) === 'print'
    const asked = (event: Electron.IpcMainEvent): void => {
      if (own(event)) event.sender.send('yuetan:sheets', { pdf: sheets.pdf, watermark: sheets.watermark })
    }
    const told = (event: Electron.IpcMainEvent, value: unknown): void => {
      if (own(event)) settle(drawnOf(value))
    }
    const settle = (value: Drawn | null): void => {
      clearTimeout(timer)
      ipcMain.off('yuetan:sheets-wanted', asked)
      ipcMain.off('yuetan:sheets-drawn', told)
      resolve(value)
    }
    const timer = setTimeout(() => settle(null), drawLimit)
    ipcMain.on('yuetan:sheets-wanted', asked)
    ipcMain.on('yuetan:sheets-drawn', told)
    window.once('closed', () => settle(null))
    window.webContents.once('render-process-gone', () => settle(null))
    window.loadURL(startAddress(electronOrigins, 'print')).catch(() => settle(null))
  })
}

function drawnOf(value: unknown): Drawn | null {
  const { pages, landscape } = (value ?? {}) as Partial<Drawn>
  return typeof pages === 'number' && pages > 0 ? { pages, landscape: landscape === true } : null
}

function printFrom(window: BrowserWindow, deviceName: string, { landscape }: Drawn): Promise<PrintOutcome> {
  return new Promise((resolve) => {
    window.webContents.print(
      {
        silent: true,
        deviceName,
        copies: 1,
        printBackground: true,
        landscape,
        pageSize: 'A4',
        margins: { marginType: 'none' },
      },
      (done) => resolve(done ? 'printed' : 'failed'),
    )
  })
}

async function writeFrom(window: BrowserWindow, folder: string, { landscape }: Drawn): Promise<PrintOutcome> {
  const pdf = await window.webContents.printToPDF({
    printBackground: true,
    landscape,
    pageSize: 'A4',
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
  })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${Date.now()}.pdf`), pdf)
  return 'printed'
}
