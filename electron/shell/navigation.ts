import { type Session, session, type WebContents } from 'electron'
import { type ReportRefusal, refusalOfConsole } from './refusals.ts'

/** Denies every way out of a window: navigation, redirect, sub-frames, new windows, webviews. */
export function confine(contents: WebContents, report: ReportRefusal): void {
  const refuse = (code: Parameters<ReportRefusal>[0]) => (event: { preventDefault: () => void }) => {
    event.preventDefault()
    report(code)
  }
  contents.on('will-navigate', refuse('shell.navigation'))
  contents.on('will-redirect', refuse('shell.redirect'))
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame) return
    event.preventDefault()
    report('shell.frame')
  })
  contents.on('will-attach-webview', refuse('shell.webview'))
  // Electron 35 moved the text from the arguments into the event; the test runtime is older.
  contents.on('console-message', (event, _level, message: string | undefined) => {
    const code = refusalOfConsole(message ?? event.message)
    if (code !== null) report(code)
  })
  contents.setWindowOpenHandler(() => {
    report('shell.window')
    return { action: 'deny' }
  })
}

/** The one in-memory session of the program: no cache on disk, no network, no permission, no download. */
export function confinedSession(report: ReportRefusal): Session {
  const confined = session.fromPartition('yuetan', { cache: false })
  // No permission is ever granted: the window needs none. Clipboard shortcuts of the system work without one.
  confined.setPermissionRequestHandler((_contents, _permission, answer) => {
    report('shell.permission')
    answer(false)
  })
  confined.setPermissionCheckHandler(() => false)
  confined.setDevicePermissionHandler(() => false)
  confined.on('will-download', (event) => {
    event.preventDefault()
    report('shell.download')
  })
  confined.webRequest.onBeforeRequest((details, answer) => {
    const local = /^(app|data|blob|devtools):/.test(details.url)
    if (!local) report('shell.network')
    answer({ cancel: !local })
  })
  confined.setSpellCheckerEnabled(false)
  return confined
}
