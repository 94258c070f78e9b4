import type { Handlers } from '../context.ts'
import { bookHandlers } from './books.ts'
import { copyHandlers } from './copies.ts'
import { decisionHandlers } from './decisions.ts'
import { followupHandlers } from './followups.ts'
import { incidentHandlers } from './incidents.ts'
import { outsideHandlers } from './outside.ts'
import { redactionHandlers } from './redactions.ts'
import { scopeHandlers } from './scope.ts'
import { takingHandlers } from './taking.ts'
import { ticketHandlers } from './tickets.ts'

export const secrecyHandlers = {
  ...decisionHandlers,
  ...followupHandlers,
  ...scopeHandlers,
  ...ticketHandlers,
  ...takingHandlers,
  ...copyHandlers,
  ...outsideHandlers,
  ...bookHandlers,
  ...redactionHandlers,
  ...incidentHandlers,
} satisfies Partial<Handlers>
