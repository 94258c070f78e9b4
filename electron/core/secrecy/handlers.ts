import type { Handlers } from '../context.ts'
import { decisionHandlers } from './decisions.ts'
import { followupHandlers } from './followups.ts'
import { scopeHandlers } from './scope.ts'

export const secrecyHandlers = {
  ...decisionHandlers,
  ...followupHandlers,
  ...scopeHandlers,
} satisfies Partial<Handlers>
