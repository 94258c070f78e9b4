import * as v from 'valibot'
import { line, nothing } from '../domain/common.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: { none: 'touches no case' },
  stepUp: { none: 'nothing leaves the archive' },
  database: 'office',
} as const

/** What the officers set, and what stops business until they have checked (DESIGN §4). */
export const settings = {
  /** 系统管理员 has compared and gives up what was lost; 安全审计员 confirms (ledger record `restore`). */
  'settings.proposeRestore': verb({
    ...common,
    input: v.object({ reason: line }),
    output: nothing,
    roles: ['systemAdmin'],
    audit: 'settings.proposeRestore',
    whenStopped: true,
  }),
  /** The clock was wrong earlier and is right now: earlier moments no longer bind it (ledger record `clock`). */
  'settings.setClock': verb({
    ...common,
    input: v.object({ reason: line }),
    output: nothing,
    roles: ['securityOfficer'],
    audit: 'settings.setClock',
    whenStopped: true,
  }),
} as const
