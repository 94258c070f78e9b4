import type * as v from 'valibot'
import type { Role } from '../domain/accounts.ts'

/**
 * The window a verb may be called from; each has a host and a port of its own (DESIGN: three processes, one contract).
 * `side` is the 旁屏 the room looks at: it reads its own screen, and no verb that writes is declared for it. `stepup` asks
 * for the password again: no script of the case window ever sees it being typed.
 */
export type WindowName = 'signin' | 'case' | 'side' | 'stepup'

/** The windows that stand beside the one a person works in, and go with it. */
export type AsideName = 'side' | 'stepup'

/** A requirement that does not apply, with the reason: leaving one out is never an oversight. */
export interface None {
  readonly none: string
}

/**
 * Declares one verb the window may call. Every field is required; the door (`electron/core/dispatch.ts`) is the only
 * place that reads them.
 */
export interface VerbSpec<
  Input extends v.GenericSchema = v.GenericSchema,
  Output extends v.GenericSchema = v.GenericSchema,
> {
  readonly input: Input
  readonly output: Output
  readonly window: WindowName
  /** Roles that may call it, any one of them suffices. */
  readonly roles: readonly Role[] | None
  /**
   * `case`: `input.caseId`, or every case `input.compilationId` is drawn from, must lie in the account's 知悉范围.
   * `filtered`: the use case returns only what lies in it. `borrowed`: the account has a running loan of the filed case
   * `input.caseId`.
   */
  readonly scope: 'case' | 'filtered' | 'borrowed' | None
  /** `password`: the password is asked again, in a window of its own, for this verb with this input, and used once. */
  readonly stepUp: 'password' | None
  /** Action code of the line written to the log, reads included. */
  readonly audit: string | None
  /** Database whose transaction carries the act and its log line. */
  readonly database: 'cases' | 'office' | None
  /** A call that does the same act several times: each commits, and writes a line, by itself. Left out: once. */
  readonly commits?: 'several'
  /** Answered although business is stopped by a finding (`shared/domain/audit.ts`): what is needed to clear it up. */
  readonly whenStopped?: true
  /** Answered while the screen is hidden because the journal cannot be written: what keeps the text, and the way back. */
  readonly whenHidden?: true
}

/** Identity function that keeps the literal types of a declaration. */
export function verb<Input extends v.GenericSchema, Output extends v.GenericSchema>(
  spec: VerbSpec<Input, Output>,
): VerbSpec<Input, Output> {
  return spec
}
