import { accountHandlers } from './accounts/handlers.ts'
import { auditHandlers } from './audit/handlers.ts'
import type { CoreControl } from './core.ts'
import { sessionHandlers } from './session/handlers.ts'

export interface HandlerOptions {
  /** The preview shell opens trial archives only. */
  readonly trialOnly: boolean
}

/** The use case of every verb; each room brings its own. */
export function createHandlers(control: CoreControl, { trialOnly }: HandlerOptions): object {
  return {
    ...sessionHandlers(control),
    ...accountHandlers(control, { trialOnly, sample: async () => undefined }),
    ...auditHandlers,
  }
}
