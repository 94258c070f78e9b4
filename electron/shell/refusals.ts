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
  | 'shell.print'
  | 'shell.foreignFrame'
  | 'shell.malformed'

export type ReportRefusal = (code: RefusalCode) => void
