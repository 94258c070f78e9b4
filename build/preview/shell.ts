import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page, type Request, type Route } from 'playwright-core'
import { startCoreChild } from '#electron/shell/core-child.ts'
import { keepCore } from '#electron/shell/core-keeper.ts'
import { previewOrigins, serve, startAddress, windowOf } from '#electron/shell/protocol.ts'
import { type RefusalCode, refusalOfConsole } from '#electron/shell/refusals.ts'
import type { AsideName, WindowName } from '#shared/contract/verb.ts'
import { root } from '../paths.ts'
import { decode, encode } from './codec.ts'
import { listFolder, makeFolder } from './folders.ts'
import type {} from './page.ts'

export interface PreviewOptions {
  readonly chromium: string
  /** Node with Node-API 10 for the core. */
  readonly node: string
  readonly machineFolder: string
  readonly archiveFolder: string | null
  readonly headless: boolean
  readonly viewport?: { width: number; height: number }
  /** Parent of the browser profile; removed at the end. Default: the system's temporary folder. */
  readonly temp?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Where a navigation would land; a new window asks before it has a frame at all. */
function placeOf(request: Request): 'page' | 'frame' | 'new window' {
  try {
    return request.frame().parentFrame() === null ? 'page' : 'frame'
  } catch {
    return 'new window'
  }
}

/** Electron asks the shell about every permission; a browser has to be told with the page that it may grant none. */
const withoutPermissions = {
  'permissions-policy':
    'camera=(), clipboard-read=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), serial=(), usb=()',
} as const

/** What a browser would otherwise offer beside the window: to translate it, to keep a password, to fill in a form. */
const quiet = {
  translate: { enabled: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  browser: { enable_spellchecking: false },
} as const

/** A running preview: the page, and what tests and the demo need beside it. */
export interface Preview {
  readonly page: Page
  readonly context: BrowserContext
  /** Codes of what the shell refused, in order. */
  readonly refusals: readonly RefusalCode[]
  /** Resolves when the window or the core is gone. */
  readonly ended: Promise<void>
  close(): Promise<void>
  /** Ends core and browser at once, as a power cut would. */
  kill(): void
}

/** How long a Chromium may take to come up before another one is started, in ms. */
const launchLimit = 45_000

/** Starts Chromium with a profile of its own; one that does not come up is given up, and another is started once. */
async function launch(
  options: PreviewOptions,
): Promise<{ readonly profile: string; readonly context: BrowserContext }> {
  const attempt = async (timeout: number) => {
    const profile = await mkdtemp(join(options.temp ?? tmpdir(), 'yuetan-preview-'))
    await mkdir(join(profile, 'Default'))
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(quiet))
    try {
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: options.chromium,
        headless: options.headless,
        timeout,
        args: [
          `--app=${startAddress(previewOrigins, 'signin')}`,
          '--test-type',
          '--lang=zh-CN',
          '--host-resolver-rules=MAP * ~NOTFOUND',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          // As in the product's main process: where the graphics process fails, the window would stay blank.
          '--disable-gpu',
          '--no-first-run',
          '--disk-cache-size=1',
          '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication',
        ],
        viewport: options.viewport ?? null,
        serviceWorkers: 'block',
        acceptDownloads: false,
        chromiumSandbox: process.getuid?.() !== 0,
        locale: 'zh-CN',
        permissions: [],
      })
      return { profile, context }
    } catch (error) {
      await rm(profile, { recursive: true, force: true, maxRetries: 3 })
      throw error
    }
  }
  return attempt(launchLimit).catch(() => attempt(4 * launchLimit))
}

/**
 * The second shell: an installed Chromium over a pipe (no port is opened), the same protocol handler and policy as the
 * product's, a binding in place of the message port. Opens only trial archives; never packaged.
 */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const folder = join(root, 'dist', 'renderer')
  const refusals: RefusalCode[] = []
  const report = (code: RefusalCode) => {
    refusals.push(code)
    core.send({ kind: 'refusal', code })
  }
  const { profile, context } = await launch(options)
  const browser = context.browser()
  let current: WindowName = 'signin'
  let port = 0
  let ports = 0
  const asides = new Map<AsideName, { readonly page: Page; port: number; readonly gone: Promise<void> }>()
  const asideOf = (page: Page): AsideName | null => [...asides].find(([, one]) => one.page === page)?.[0] ?? null
  /** True while the shell itself opens a page beside: any other new page is a foreign one. */
  let openingAside = false
  let closing = false
  /** The shell itself leads the page to its other window. */
  let moving = false
  /** A folder dialog is open: only then the page may ask what a folder holds. */
  let choosing = false
  const core = keepCore(
    () => startCoreChild(options.node, join(root, 'dist', 'electron', 'core.js'), options.env),
    {
      kind: 'start',
      machineFolder: options.machineFolder,
      archiveFolder: options.archiveFolder,
      resources: root,
      trialOnly: true,
    },
    (message) => {
      if (message.kind === 'message') {
        const beside = [...asides.values()].find((one) => one.port === message.port)
        const to = message.port === port ? page : beside?.page
        void to?.evaluate((text) => window.yuetanDeliver?.(text), encode(message.message)).catch(() => undefined)
      } else if (message.kind === 'session' && message.state !== 'closed')
        void show(message.state === 'open' ? 'case' : 'signin')
      // A browser prints by its own dialog only, which could make two sheets of one copy: the preview has no printer.
      else if (message.kind === 'printers') core.send({ ...message, names: [] })
      else if (message.kind === 'print') core.send({ kind: 'printed', ask: message.ask, outcome: 'noPrinter' })
    },
  )

  await context.route('**/*', (route) => answer(route))
  await context.exposeBinding('yuetanBinding', async ({ page: from, frame }, kind: string, text: string) => {
    const beside = asideOf(from)
    const name = from === page ? current : beside
    const own = frame.parentFrame() === null && windowOf(previewOrigins, frame.url()) === name
    // A window beside may join its line; dialogs and the like are the working window's. The question for the password
    // closes itself.
    const besideMay = ['connect', 'message', 'refused', ...(beside === 'stepup' ? ['ready-to-close'] : [])]
    const may = beside === null || besideMay.includes(kind)
    if (name === null || !own || !may) {
      report('shell.foreignFrame')
      return ''
    }
    const opened = beside === null ? null : asides.get(beside)
    if (kind === 'connect') connect(name)
    else if (kind === 'message') core.send({ kind: 'message', port: opened?.port ?? port, message: decode(text) })
    else if (kind === 'side') await (text === 'open' ? openAside('side') : asides.get('side')?.page.close())
    else if (kind === 'step-up') {
      await openAside('stepup')
      await asides.get('stepup')?.gone
    } else if (kind === 'ready-to-close' && beside !== null) void from.close()
    else if (kind === 'refused') report('shell.print')
    else if (kind === 'ready-to-close') void close()
    else if (kind === 'stay-open') return ''
    else if (kind === 'choosing') {
      choosing = true
      return 'granted'
    } else if (kind === 'chosen') choosing = false
    else if (choosing && kind === 'list-folder') return JSON.stringify(await listFolder(text))
    else if (choosing && kind === 'make-folder') return JSON.stringify(await madeFolder(text))
    else report('shell.malformed')
    return ''
  })
  await context.addInitScript({ content: await readFile(join(root, 'dist', 'preview', 'page.js'), 'utf8') })
  const page = context.pages()[0] ?? (await context.newPage())
  // Any further window is closed at once: the program opens no other but those beside the case window.
  context.on('page', (other) => {
    if (openingAside) return
    report('shell.window')
    void other.close()
  })
  page.on('console', (message) => {
    const code = refusalOfConsole(message.text())
    if (code !== null) report(code)
  })
  // A browser asks the page itself whether it may go. The shell's own way leads on; a person's wish to close is put to
  // the window as Electron puts it.
  page.on('dialog', (dialog) => {
    if (dialog.type() !== 'beforeunload' || moving || closing) void dialog.accept().catch(() => undefined)
    else
      void dialog
        .dismiss()
        .then(() => page.evaluate(() => window.yuetanClosing?.()))
        .catch(() => undefined)
  })
  page.on('download', (download) => {
    report('shell.download')
    void download.cancel()
  })

  async function answer(route: Route): Promise<void> {
    const request = route.request()
    const address = request.url()
    const target = windowOf(previewOrigins, address)
    const navigation = request.isNavigationRequest()
    const place = navigation ? placeOf(request) : 'page'
    if (place !== 'page') return refuse(route, place === 'frame' ? 'shell.frame' : 'shell.window')
    if (target === null) return refuse(route, navigation ? 'shell.navigation' : 'shell.network')
    if (target !== (asideOfRequest(request) ?? current)) return refuse(route, 'shell.navigation')
    const served = await serve(previewOrigins, folder, request.method(), address)
    if (served.refusal !== null) report(served.refusal)
    await route
      .fulfill({ status: served.status, headers: { ...served.headers, ...withoutPermissions }, body: served.body })
      .catch(() => undefined)
  }

  async function refuse(route: Route, code: RefusalCode): Promise<void> {
    report(code)
    // `aborted` leaves the page where it is; any other reason would put an error page in its place.
    await route.abort('aborted').catch(() => undefined)
  }

  function connect(name: WindowName): void {
    const opened = name === 'side' || name === 'stepup' ? asides.get(name) : undefined
    const before = opened?.port ?? port
    if (before !== 0) core.send({ kind: 'disconnect', port: before })
    ports += 1
    if (opened !== undefined) opened.port = ports
    else port = ports
    core.send({ kind: 'connect', port: ports, window: name })
  }

  function asideOfRequest(request: Request): AsideName | null {
    try {
      return asideOf(request.frame().page())
    } catch {
      return null
    }
  }

  /** A window beside: a page of its own host, opened by the working window only. */
  async function openAside(name: AsideName): Promise<void> {
    if (asides.has(name) || current !== 'case') return
    openingAside = true
    const opened = await context.newPage().finally(() => {
      openingAside = false
    })
    const gone = new Promise<void>((resolve) => {
      opened.once('close', () => {
        const known = asides.get(name)
        if (known?.page === opened) {
          if (known.port !== 0) core.send({ kind: 'disconnect', port: known.port })
          asides.delete(name)
        }
        resolve()
      })
    })
    asides.set(name, { page: opened, port: 0, gone })
    opened.on('console', (message) => {
      const code = refusalOfConsole(message.text())
      if (code !== null) report(code)
    })
    await opened.goto(startAddress(previewOrigins, name)).catch(() => undefined)
    if (name === 'side') await page.bringToFront().catch(() => undefined)
  }

  async function closeAsides(): Promise<void> {
    for (const { page: beside } of [...asides.values()]) await beside.close().catch(() => undefined)
  }

  async function madeFolder(text: string) {
    const asked = decode(text)
    const [parent, name] = Array.isArray(asked) ? asked : []
    return typeof parent === 'string' && typeof name === 'string' ? makeFolder(parent, name) : null
  }

  async function show(name: WindowName): Promise<void> {
    current = name
    await closeAsides()
    // Another host means another renderer process: the one that knew the case is gone.
    moving = true
    await page.goto(startAddress(previewOrigins, name)).catch(() => undefined)
    moving = false
  }

  async function close(): Promise<void> {
    if (closing) return
    closing = true
    await core.stop()
    await context.close().catch(() => undefined)
    await rm(profile, { recursive: true, force: true })
  }

  const ended = new Promise<void>((resolve) => {
    void core.ended.then(() => close()).then(() => resolve())
    context.once('close', () => void close().then(() => resolve()))
    page.once('close', () => void close().then(() => resolve()))
  })

  await show('signin')
  return {
    page,
    context,
    refusals,
    ended,
    close,
    kill: () => {
      closing = true
      core.kill()
      void browser?.close().catch(() => undefined)
    },
  }
}
