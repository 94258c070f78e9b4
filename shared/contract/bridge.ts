import type * as v from 'valibot'
import type { Result } from './errors.ts'
import type { EventName, EventPayload } from './events.ts'
import type { contract } from './index.ts'

export type Contract = typeof contract
export type VerbName = keyof Contract
export type VerbInput<N extends VerbName> = v.InferInput<Contract[N]['input']>
export type VerbOutput<N extends VerbName> = v.InferOutput<Contract[N]['output']>

/** One request on the wire and its answer. */
export interface Request {
  readonly id: number
  readonly verb: string
  readonly input: unknown
}
export interface Answer {
  readonly id: number
  readonly result: Result<unknown>
}
export interface Push {
  readonly event: EventName
  readonly payload: unknown
}

/** 截屏防护 of a window, as it truly is: `off` in a trial archive, which is shown to a room. */
export type Protection = 'on' | 'off' | 'unavailable'

/** What the shell itself does for the window: dialogs and the window's own state. It never sees a verb. */
export interface ShellBridge {
  /** Which shell stands behind the window, and its version. */
  readonly kind: 'electron' | 'preview'
  /** Whether the system keeps this window out of screenshots and shared screens; Linux has no means to. */
  readonly protection: Protection
  /** Asks for a folder; null when the user cancels. */
  chooseFolder(title: string): Promise<string | null>
  /** Asks for one existing file; null when the user cancels. */
  chooseFile(title: string, extensions: readonly string[]): Promise<string | null>
  /** Opens or closes the 旁屏. What it shows is the core's to say. */
  showSide(open: boolean): void
  /** Asks for the password again in a window of its own; resolves when that window is gone, whatever came of it. */
  stepUp(): Promise<void>
  /** The window was asked to close and is seeing to what it holds; it is not closed before it says so. */
  stayOpen(): void
  /** Tells the shell that the window holds no unsaved text, or that the person gives it up: it closes. */
  readyToClose(): void
}

/** The whole surface of the preload. */
export interface Bridge {
  call<N extends VerbName>(verb: N, input: VerbInput<N>): Promise<Result<VerbOutput<N>>>
  on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void
  readonly shell: ShellBridge
}
