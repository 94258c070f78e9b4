import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog, protocol } from 'electron'
import { startCoreChild } from './shell/core-child.ts'
import { chooseCoreHost } from './shell/core-host.ts'
import { startCoreUtility } from './shell/core-utility.ts'
import { runLifecycle } from './shell/lifecycle.ts'
import { confinedSession } from './shell/navigation.ts'
import { electronOrigins, serve } from './shell/protocol.ts'

// The order of start-up, nothing else.
const folder = dirname(fileURLToPath(import.meta.url))
const renderer = join(folder, '..', 'renderer')

// Unpackaged and as root (tests in a container) Chromium has no sandbox to enable; a package knows no such flag.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
// Text and forms need no graphics driver, and one that fails while it starts leaves the window blank for ever.
app.disableHardwareAcceleration()
app.commandLine.appendSwitch('disable-background-networking')
app.commandLine.appendSwitch('disable-component-update')
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: false } },
])

if (process.argv.includes('--verify')) void verifyAndExit()
else if (!app.requestSingleInstanceLock()) app.quit()
else void app.whenReady().then(start)

/** `--verify FILE`: the judgement as JSON on the console and as exit status; no window, no archive. */
async function verifyAndExit(): Promise<void> {
  const { verifyFromCommandLine } = await import('./sealing/cli.ts')
  app.exit(await verifyFromCommandLine(process.argv, console.log))
}

function start(): void {
  const host = chooseCoreHost({
    napi: Number(process.versions.napi),
    packaged: app.isPackaged,
    coreNode: process.env.YUETAN_CORE_NODE,
  })
  if (host.kind === 'refused') {
    console.error(host.reason)
    if (!process.env.YUETAN_HEADLESS) dialog.showErrorBox('约谈卷未能启动', host.reason)
    app.exit(3)
    return
  }
  const entry = join(folder, 'core.js')
  runLifecycle({
    launch: () => (host.kind === 'utility' ? startCoreUtility(entry) : startCoreChild(host.node, entry)),
    start: {
      kind: 'start',
      machineFolder: process.env.YUETAN_MACHINE ?? join(app.getPath('userData'), 'machine'),
      archiveFolder: process.env.YUETAN_ARCHIVE ?? null,
      resources: app.isPackaged ? process.resourcesPath : join(folder, '..', '..'),
      trialOnly: false,
    },
    session: (report) => {
      const session = confinedSession(report)
      session.protocol.handle('app', async (request) => {
        const served = await serve(electronOrigins, renderer, request.method, request.url)
        if (served.refusal !== null) report(served.refusal)
        return new Response(new Uint8Array(served.body), { status: served.status, headers: served.headers })
      })
      return session
    },
    folder,
  })
}
