import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Role } from '#shared/domain/accounts.ts'
import type { CaseTab, Room, Route } from './navigation.ts'

export interface RoomProps {
  readonly route: Route
}
export type CaseDetail = VerbOutput<'cases.get'>
export interface CaseTabProps {
  readonly detail: CaseDetail
  readonly route: Route
}

interface RoomEntry {
  readonly name: string
  readonly roles: readonly Role[]
  /** Stands in the navigation; the others are reached from inside a room. */
  readonly listed: boolean
  readonly screen: LazyExoticComponent<ComponentType<RoomProps>>
}

/** Every room an account may enter. Screens are mounted when they are first opened. */
export const roomTable: Readonly<Partial<Record<Room, RoomEntry>>> = {
  numbers: {
    name: '编号册',
    roles: ['accountabilityOffice'],
    listed: true,
    screen: lazy(async () => ({ default: (await import('../features/numbers/index.tsx')).NumbersRoom })),
  },
  accounts: {
    name: '账户',
    roles: ['systemAdmin', 'securityOfficer', 'auditor', 'chiefLeader'],
    listed: true,
    screen: lazy(async () => ({ default: (await import('../features/accounts/index.tsx')).AccountsRoom })),
  },
  audit: {
    name: '审计',
    roles: ['securityOfficer', 'auditor'],
    listed: true,
    screen: lazy(async () => ({ default: (await import('../features/audit/index.tsx')).AuditRoom })),
  },
}

interface TabEntry {
  readonly name: string
  readonly screen: LazyExoticComponent<ComponentType<CaseTabProps>>
}

/** Tabs of a case, in the order of its life. */
export const caseTabTable: Readonly<Partial<Record<CaseTab, TabEntry>>> = {}
