import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, line, nothing } from '../domain/common.ts'
import { confirmation } from '../domain/notices.ts'
import {
  consultation,
  consultationInput,
  materialState,
  reminder,
  service,
  serviceInput,
} from '../domain/preparation.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const writers = ['caseOfficer', 'officeHead'] as const

/** 会前: what lies between the notice and the interview (Art. 5, 7, 10). */
export const preparation = {
  'preparation.get': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.object({
      consultations: v.array(consultation),
      confirmations: v.array(v.object({ noticeId: id, enterpriseName: v.string(), ...confirmation.entries })),
      materials: v.array(materialState),
      reminders: v.array(reminder),
      services: v.array(service),
    }),
    roles: businessRoles,
    audit: 'preparation.get',
  }),
  /** 会前沟通: the agreed text, who took part, what was objected (Art. 5). */
  'preparation.consult': verb({
    ...common,
    input: v.object({ caseId: id, consultation: consultationInput }),
    output: consultation,
    roles: writers,
    audit: 'preparation.consult',
  }),
  /** An enterprise is reminded of materials that are due or missing (Art. 10). */
  'preparation.remind': verb({
    ...common,
    input: v.object({ caseId: id, noticeId: id, channel: confirmation.entries.channel, to: line, text: line }),
    output: nothing,
    roles: writers,
    audit: 'preparation.remind',
  }),
  /** 送达回执: a copy reached the enterprise or a unit of the 抄送 list. */
  'preparation.serve': verb({
    ...common,
    input: v.object({ caseId: id, service: serviceInput }),
    output: service,
    roles: writers,
    audit: 'preparation.serve',
  }),
} as const
