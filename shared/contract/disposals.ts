import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, line, optionalLine, path } from '../domain/common.ts'
import { conclusion, disposal, retained } from '../domain/disposals.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const one = { caseId: id, volumeId: id }
const deciders = ['officeHead', 'deputyLeader', 'chiefLeader'] as const

export const disposals = {
  /** Filed volumes with the end of their term, the due ones first; destroyed ones for whoever stood in their 知悉范围. */
  'disposals.list': verb({
    ...common,
    scope: 'filtered',
    input: v.object({}),
    output: v.array(retained),
    roles: businessRoles,
    audit: 'disposals.list',
  }),
  /** 暂缓处置: a dispute, an audit, an accountability matter still needs it. A signed act; released by another one. */
  'disposals.hold': verb({
    ...common,
    input: v.object({ ...one, held: v.boolean(), reason: line }),
    output: retained,
    roles: ['archivist', 'officeHead', 'accountabilityOffice', 'chiefLeader'],
    audit: 'disposals.hold',
  }),
  /** 鉴定意见 of the archivist: destroy what is due, or keep it for another term. A signed act. */
  'disposals.ask': verb({
    ...common,
    input: v.object({ ...one, conclusion, reason: line }),
    output: disposal,
    roles: ['archivist'],
    audit: 'disposals.ask',
  }),
  /** Decided by another person; a signed act. */
  'disposals.decide': verb({
    ...common,
    input: v.object({
      caseId: id,
      disposalId: id,
      decision: v.picklist(['approved', 'returned']),
      opinion: optionalLine,
    }),
    output: disposal,
    roles: deciders,
    audit: 'disposals.decide',
  }),
  /**
   * 销毁 of an approved volume: keys of its attachments and papers destroyed, its text removed, the index written anew;
   * registers, acts and log lines stay. Nobody opens the case again. Certificate of destruction. A signed act.
   */
  'disposals.destroy': verb({
    ...common,
    input: v.object({ caseId: id, disposalId: id, witness: line }),
    output: disposal,
    stepUp: 'password',
    roles: ['archivist'],
    audit: 'disposals.destroy',
  }),
  /** 档案销毁证明 as it was made. */
  'disposals.certificate': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ disposalId: id }),
    output: v.object({ pdf: v.instance(Uint8Array) }),
    roles: businessRoles,
    audit: 'disposals.certificate',
  }),
  /** The same into a folder. */
  'disposals.exportCertificate': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ disposalId: id, folder: path }),
    output: v.object({ file: v.string() }),
    stepUp: 'password',
    roles: ['archivist'],
    audit: 'disposals.exportCertificate',
  }),
} as const
