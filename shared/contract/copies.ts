import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { day, id, line, nothing, optionalLine, path } from '../domain/common.ts'
import { copy, destroying, fateEntry, outsideRow, printer, ticket, ticketRequest } from '../domain/copies.ts'
import { holder } from '../domain/papers.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  database: 'cases',
  stepUp: { none: 'nothing leaves the archive' },
} as const
const approvers = ['officeHead', 'deputyLeader', 'chiefLeader'] as const
const keepers = ['secrecyOfficer', 'archivist', 'caseOfficer', 'officeHead', 'accountabilityOffice'] as const

/** A ticket with the names a person reads. */
const ticketRow = v.object({ ...ticket.entries, matter: v.string(), requester: v.string(), decider: v.string() })

export const copies = {
  /** Asks leave to take papers out. The bytes are made and kept now: what is approved is what leaves. */
  'copies.request': verb({
    ...common,
    input: v.object({ ...holder, ...ticketRequest.entries }),
    output: v.array(ticket),
    roles: businessRoles,
    audit: 'copies.request',
  }),
  /** Tickets of a case or a compilation: asked for, ready, used. */
  'copies.tickets': verb({
    ...common,
    input: v.object({ ...holder }),
    output: v.array(ticketRow),
    roles: businessRoles,
    audit: 'copies.tickets',
  }),
  /** Tickets that wait for the account's decision. */
  'copies.waiting': verb({
    ...common,
    scope: 'filtered',
    input: nothing,
    output: v.array(ticketRow),
    roles: approvers,
    audit: 'copies.waiting',
  }),
  /** Decides all tickets of one request, never the own one (公文条例 32); a signed act. */
  'copies.decide': verb({
    ...common,
    input: v.object({
      ...holder,
      batchId: id,
      decision: v.picklist(['approved', 'returned']),
      opinion: optionalLine,
    }),
    output: nothing,
    roles: approvers,
    audit: 'copies.decide',
  }),
  /** Uses a ticket: it is used up and the copy entered before the file is written into the folder. */
  'copies.take': verb({
    ...common,
    input: v.object({ ...holder, ticketId: id, folder: path }),
    output: v.object({ file: v.string(), sha256: v.string(), label: v.string() }),
    roles: businessRoles,
    stepUp: 'password',
    audit: 'copies.take',
  }),
  /** Uses several tickets at once; those of a disc go into a folder of their own, with its label, register and digests. */
  'copies.takeAll': verb({
    ...common,
    input: v.object({ ...holder, ticketIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(100)), folder: path }),
    output: v.object({
      folder: v.string(),
      files: v.array(v.object({ file: v.string(), sha256: v.string(), label: v.string() })),
    }),
    roles: businessRoles,
    stepUp: 'password',
    audit: 'copies.takeAll',
  }),
  /** Printers of this machine by the names the system gives them; none where the shell cannot print. */
  'copies.printers': verb({
    window: 'case',
    input: nothing,
    output: v.array(v.string()),
    roles: businessRoles,
    scope: { none: 'touches no case' },
    stepUp: { none: 'nothing leaves the archive' },
    database: { none: 'asks the shell only' },
    audit: { none: 'reads nothing of the archive' },
  }),
  /** Uses a ticket on a printer: used up and entered first, one sheet set printed, the watermark laid over as policy asks. */
  'copies.print': verb({
    ...common,
    input: v.object({ ...holder, ticketId: id, printer }),
    output: v.object({ sha256: v.string(), label: v.string() }),
    roles: businessRoles,
    stepUp: 'password',
    audit: 'copies.print',
  }),
  /** The register of copies: every copy that left in the account's scope, or those of one case or compilation. */
  'copies.register': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ ...holder }),
    output: v.array(v.object({ ...copy.entries, matter: v.string() })),
    roles: businessRoles,
    audit: 'copies.register',
  }),
  /** What printing and exporting left outside the archive, not yet cleared first; lists of others to 保密员 only. */
  'copies.outside': verb({
    ...common,
    scope: 'filtered',
    input: nothing,
    output: v.array(outsideRow),
    roles: keepers,
    audit: 'copies.outside',
  }),
  /** 已清理: somebody looked at the folder or the print queue and nothing of it is left there. A signed act. */
  'copies.clear': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ kind: outsideRow.entries.kind, ref: line, day, note: optionalLine }),
    output: nothing,
    roles: keepers,
    audit: 'copies.clear',
  }),
  /** Receipt, return or loss of a copy (实施条例 27). */
  'copies.enterFate': verb({
    ...common,
    input: v.object({ ...holder, copyId: id, ...fateEntry.entries }),
    output: nothing,
    roles: keepers,
    audit: 'copies.enterFate',
  }),
  /** 销毁: counted and asked for by one, with who approved it and the unit it is sent to; a signed act … */
  'copies.askDestroy': verb({
    ...common,
    input: v.object({ ...holder, copyId: id, ...destroying.entries, note: optionalLine }),
    output: nothing,
    roles: keepers,
    audit: 'copies.askDestroy',
  }),
  /** … watched and confirmed by another (实施条例 28). A signed act. */
  'copies.confirmDestroy': verb({
    ...common,
    input: v.object({ ...holder, copyId: id, day, person: line }),
    output: nothing,
    roles: keepers,
    audit: 'copies.confirmDestroy',
  }),
} as const
