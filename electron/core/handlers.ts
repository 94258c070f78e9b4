import { auditHandlers } from './audit/handlers.ts'
import type { CoreControl } from './core.ts'
import { sessionHandlers } from './session/handlers.ts'

/** The use case of every verb; each room brings its own. */
export function createHandlers(control: CoreControl): object {
  return { ...sessionHandlers(control), ...auditHandlers }
}
