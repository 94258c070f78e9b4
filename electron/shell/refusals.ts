/** Everything the shell refuses, by code. Only the code is ever written down: never an address, never a text. */
export type RefusalCode =
  | 'shell.navigation'
  | 'shell.redirect'
  | 'shell.frame'
  | 'shell.window'
  | 'shell.webview'
  | 'shell.permission'
  | 'shell.download'
  | 'shell.network'
  | 'shell.path'
  | 'shell.method'
  | 'shell.policy'
  | 'shell.print'
  | 'shell.foreignFrame'
  | 'shell.malformed'

/**
 * What the browser engine refuses by itself, before any handler of ours is asked, stands only in its console. A page
 * could write such a line too; all it gains is a line in the log.
 */
export function refusalOfConsole(text: string): RefusalCode | null {
  if (text.startsWith('Not allowed to load local resource')) return 'shell.navigation'
  if (/content security policy/i.test(text)) return 'shell.policy'
  return /permissions policy/i.test(text) ? 'shell.permission' : null
}

export type ReportRefusal = (code: RefusalCode) => void
