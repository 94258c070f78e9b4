import type { WindowName } from '#shared/contract/verb.ts'
import type { PrintOutcome } from '#shared/domain/copies.ts'

/** One copy of a paper on its way to a printer. The shell draws and prints it; it knows neither case nor ticket. */
export interface Sheets {
  readonly printer: string
  readonly pdf: Uint8Array
  /** Laid faint over every page; null where policy asks for none. */
  readonly watermark: string | null
}

/** What the shell tells the core. Messages of the window are passed on unread: the shell never interprets a verb. */
export type ToCore =
  | {
      readonly kind: 'start'
      readonly machineFolder: string
      readonly archiveFolder: string | null
      readonly resources: string
      readonly trialOnly: boolean
    }
  | { readonly kind: 'connect'; readonly port: number; readonly window: WindowName }
  | { readonly kind: 'disconnect'; readonly port: number }
  | { readonly kind: 'message'; readonly port: number; readonly message: unknown }
  | { readonly kind: 'refusal'; readonly code: string }
  /** The answers to `printers` and `print`, by the number of the question. */
  | { readonly kind: 'printers'; readonly ask: number; readonly names: readonly string[] }
  | { readonly kind: 'printed'; readonly ask: number; readonly outcome: PrintOutcome }
  | { readonly kind: 'stop' }

/** What the core tells the shell. */
export type FromCore =
  | { readonly kind: 'ready' }
  | { readonly kind: 'message'; readonly port: number; readonly message: unknown }
  /** After `locked` and `closed` this process ends; `folder` is what the next one is started with. */
  | {
      readonly kind: 'session'
      readonly state: 'open' | 'locked' | 'closed'
      readonly trial: boolean
      readonly folder: string | null
    }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'printers'; readonly ask: number }
  | ({ readonly kind: 'print'; readonly ask: number } & Sheets)

/** The core process as the shell sees it, whatever hosts it. */
export interface CoreProcess {
  send(message: ToCore): void
  listen(listener: (message: FromCore) => void): void
  /** Resolves with the exit code once the process is gone. */
  readonly exited: Promise<number | null>
  kill(): void
}
