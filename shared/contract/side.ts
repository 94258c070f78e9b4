import * as v from 'valibot'
import { recordWriters } from '../domain/accounts.ts'
import { id, nothing } from '../domain/common.ts'
import { sideScreen, sideShow } from '../domain/side.ts'
import { verb } from './verb.ts'

const common = { stepUp: { none: 'nothing leaves the archive' }, database: 'cases', roles: recordWriters } as const

export const side = {
  /** Chooses what the 旁屏 shows, or blanks it. From the desk of the one who keeps the record. */
  'side.show': verb({
    ...common,
    window: 'case',
    scope: 'case',
    input: v.object({ caseId: id, interviewId: id, show: sideShow }),
    output: v.object({ show: sideShow }),
    audit: 'side.show',
  }),
  /** The screen of the room as it may be seen now; null while nothing is shown. The one verb of the side window. */
  'side.get': verb({
    ...common,
    window: 'side',
    scope: 'filtered',
    input: nothing,
    output: v.nullable(sideScreen),
    audit: { none: 'read again after every line; that the screen is shown is logged by side.show' },
  }),
} as const
