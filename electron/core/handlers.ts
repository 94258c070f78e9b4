import { accountHandlers } from './accounts/handlers.ts'
import { auditHandlers } from './audit/handlers.ts'
import { restoreHandlers } from './backups/restoring.ts'
import type { Handlers } from './context.ts'
import type { CoreControl } from './core.ts'
import { roomHandlers } from './rooms.ts'
import { fillWithSamples } from './sample/cases.ts'
import { sessionHandlers } from './session/handlers.ts'
import { settingsHandlers } from './settings/handlers.ts'

export interface HandlerOptions {
  /** The preview shell opens trial archives only. */
  readonly trialOnly: boolean
}

/** The use case of every verb; each room brings its own. */
export function createHandlers(control: CoreControl, { trialOnly }: HandlerOptions): Handlers {
  return {
    ...sessionHandlers(control),
    ...accountHandlers(control, {
      trialOnly,
      sample: (folder, machineFolder, password) =>
        fillWithSamples({ folder, machineFolder, password, resources: control.resources, jobs: control.jobs }),
    }),
    ...auditHandlers,
    ...restoreHandlers(control),
    ...settingsHandlers,
    ...roomHandlers,
  }
}
