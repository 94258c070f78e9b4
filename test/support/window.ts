import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type BrowserContext, type ElectronApplication, type Page } from 'playwright-core'
import { openPreview } from '#build/preview/shell.ts'
import { electronArguments, findElectron, napiOf } from '#build/runtime.ts'
import { readDoorLog } from '#electron/core/accounts/door-log.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { electronOrigins, previewOrigins, startAddress } from '#electron/shell/protocol.ts'
import type { WindowName } from '#shared/contract/verb.ts'
import { type Display, openDisplay } from './display.ts'

export type ShellKind = 'electron' | 'preview'

export interface TestWindowOptions {
  readonly shell: ShellKind
  /** An existing folder of its own; the machine folder and browser data are made inside it. */
  readonly base: string
  /** Archive the program starts with; null as on a first run. */
  readonly archive: string | null
  readonly viewport?: { width: number; height: number }
}

/** The real program in a real window, whichever shell holds it. */
export interface TestWindow {
  readonly shell: ShellKind
  /** The page of this window once it stands at its own host; sign-in and case are different pages in Electron. */
  page(name: WindowName): Promise<Page>
  /** Start address of a window in this shell. */
  address(name: WindowName): string
  /** Codes that stand in the archive's `door.log`. */
  refused(): readonly string[]
  /** What a person does at the corner of the window; it may stay open. */
  pressClose(): Promise<void>
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** The Electron for tests, or null: then its suites are skipped, and `npm test` says so. */
export const testElectron = findElectron()

/** Both shells, for `describe.each`; without an Electron its suites are skipped, and `npm test` says so. */
export const shells: readonly { readonly shell: ShellKind; readonly name: string; readonly skipped: boolean }[] = [
  { shell: 'preview', name: 'preview', skipped: false },
  { shell: 'electron', name: '[electron]', skipped: testElectron === null },
]

const patience = 60_000
/** Longest waits for the debugger's handshake before it is tried again, in ms. */
const handshakes = [15_000, 30_000]
/** Longest wait for Electron to end by itself, in ms. */
const closeLimit = 20_000

/** Signs an account of a trial archive in, as a person does; answers the case window. */
export async function signIn(window: TestWindow, login: string): Promise<Page> {
  const door = await window.page('signin')
  await door.getByRole('textbox', { name: '账号', exact: true }).fill(login)
  await door.getByLabel('密码', { exact: true }).fill(trialPassword)
  await door.getByLabel('密码', { exact: true }).press('Enter')
  return window.page('case')
}

/** Starts the built program (`dist/`) in one of the two shells. */
export async function openTestWindow(options: TestWindowOptions): Promise<TestWindow> {
  mkdirSync(join(options.base, 'machine'), { recursive: true })
  return options.shell === 'electron' ? openInElectron(options) : openInPreview(options)
}

function refusedIn(archive: string | null): readonly string[] {
  return archive === null ? [] : readDoorLog(archiveLayout(archive).doorLog).map((entry) => entry.code)
}

async function openInPreview(options: TestWindowOptions): Promise<TestWindow> {
  const chromium = process.env.CHROME_PATH ?? '/usr/bin/chromium'
  const preview = await openPreview({
    chromium,
    node: process.execPath,
    machineFolder: join(options.base, 'machine'),
    archiveFolder: options.archive,
    headless: true,
    temp: options.base,
    viewport: options.viewport ?? { width: 1280, height: 800 },
  })
  const address = (name: WindowName): string => startAddress(previewOrigins, name)
  return {
    shell: 'preview',
    address,
    page: async (name) => {
      if (name === 'side' || name === 'stepup') return besidePage(preview.context, address(name))
      await preview.page.waitForURL((url) => url.href.startsWith(address(name)), { timeout: patience })
      await bridged(preview.page)
      return preview.page
    },
    refused: () => refusedIn(options.archive),
    pressClose: () => preview.page.close({ runBeforeUnload: true }),
    ended: preview.ended,
    close: () => preview.close(),
  }
}

/** Environment and arguments under which Electron runs from the repository. */
export function electronLaunch(base: string, archive: string | null, display: Display) {
  if (testElectron === null) throw new Error('no Electron runtime for tests')
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: base,
    TMPDIR: base,
    DISPLAY: display.name,
    YUETAN_MACHINE: join(base, 'machine'),
    YUETAN_HEADLESS: '1',
    // A folder stands in for the printer: no machine of ours has one.
    YUETAN_PRINT_TO: join(base, 'printed'),
    ...(archive === null ? {} : { YUETAN_ARCHIVE: archive }),
  }
  return {
    executablePath: testElectron,
    args: [`--user-data-dir=${join(base, 'electron')}`, ...electronArguments()],
    env,
  }
}

async function openInElectron(options: TestWindowOptions): Promise<TestWindow> {
  const display = await openDisplay()
  const launch = electronLaunch(options.base, options.archive, display)
  // The core needs Node-API 10; an older Electron gets this Node as its host (DESIGN §3, core host).
  const napi = napiOf(launch.executablePath, { ...process.env, ELECTRON_RUN_AS_NODE: '1' })
  const env = napi >= 10 ? launch.env : { ...launch.env, YUETAN_CORE_NODE: process.execPath }
  const app = await launched({ ...launch, env })
  const address = (name: WindowName): string => startAddress(electronOrigins, name)
  return {
    shell: 'electron',
    address,
    page: (name) => pageAt(app, address(name)),
    refused: () => refusedIn(options.archive),
    pressClose: () =>
      app.evaluate(({ BrowserWindow }, address) => {
        for (const one of BrowserWindow.getAllWindows()) if (one.webContents.getURL().startsWith(address)) one.close()
      }, address('case')),
    ended: new Promise((resolve) => app.once('close', () => resolve())),
    close: async () => {
      // Under a debugger Electron's exit now and then waits for the debugger to let go; the core has ended by then.
      const stuck = setTimeout(() => app.process().kill('SIGKILL'), closeLimit)
      await app.close().catch(() => undefined)
      clearTimeout(stuck)
      display.stop()
    },
  }
}

/**
 * Starts Electron under its debugger. The debugger's handshake stalls now and then, before a line of ours has run: then
 * once more. Whether the program itself starts is seen by the windows that are waited for.
 */
async function launched(launch: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  for (const timeout of handshakes) {
    const app = await _electron.launch({ ...launch, timeout }).catch(() => null)
    if (app !== null) return app
  }
  return _electron.launch({ ...launch, timeout: patience })
}

/** Waits for the bridge. Polled by time: a window that is not on a screen yet paints no frame to poll by. */
async function bridged(page: Page): Promise<void> {
  await page.waitForFunction(() => 'yuetan' in window, undefined, { timeout: patience, polling: 50 })
}

/** A window beside of the preview: a page beside the working one. */
async function besidePage(context: BrowserContext, address: string): Promise<Page> {
  const until = Date.now() + patience
  while (Date.now() < until) {
    const page = context.pages().find((one) => !one.isClosed() && one.url().startsWith(address))
    if (page) {
      await bridged(page)
      return page
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no window at ${address}`)
}

async function pageAt(app: ElectronApplication, address: string): Promise<Page> {
  const until = Date.now() + patience
  while (Date.now() < until) {
    const page = app.windows().find((one) => !one.isClosed() && one.url().startsWith(address))
    if (page) {
      await bridged(page)
      return page
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no window at ${address}; there are ${app.windows().map((one) => one.url())}`)
}
