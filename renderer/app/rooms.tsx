import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { businessRoles, officerRoles, type Role, recordWriters } from '#shared/domain/accounts.ts'
import { compilationReaders } from '#shared/domain/compilations.ts'
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

const everybody = [...businessRoles] as const

/** Every room an account may enter. Screens are mounted when they are first opened. */
export const roomTable: Readonly<Partial<Record<Room, RoomEntry>>> = {
  /** The officers' own 今日: they see acts and keys, never a case. */
  duties: {
    name: '今日',
    roles: officerRoles,
    listed: true,
    screen: lazy(() => import('../features/settings/duties.tsx').then((m) => ({ default: m.DutiesRoom }))),
  },
  today: {
    name: '今日',
    roles: everybody,
    listed: true,
    screen: lazy(() => import('../features/today/today.tsx').then((m) => ({ default: m.TodayRoom }))),
  },
  cases: {
    name: '约谈事项',
    roles: everybody,
    listed: true,
    screen: lazy(() => import('../features/cases/list.tsx').then((m) => ({ default: m.CaseList }))),
  },
  intake: {
    name: '立项',
    roles: ['caseOfficer', 'officeHead'],
    listed: false,
    screen: lazy(() => import('../features/cases/intake.tsx').then((m) => ({ default: m.Intake }))),
  },
  case: {
    name: '事项',
    roles: everybody,
    listed: false,
    screen: lazy(() => import('../features/cases/case.tsx').then((m) => ({ default: m.CasePage }))),
  },
  interviews: {
    name: '约谈现场',
    roles: everybody,
    listed: true,
    screen: lazy(() => import('../features/interviews/index.tsx').then((m) => ({ default: m.InterviewRoom }))),
  },
  aids: {
    name: '记录工具',
    roles: recordWriters,
    listed: false,
    screen: lazy(() => import('../features/aids/index.tsx').then((m) => ({ default: m.AidsRoom }))),
  },
  live: {
    name: '约谈记录',
    roles: everybody,
    listed: false,
    screen: lazy(() => import('../features/interviews/index.tsx').then((m) => ({ default: m.LiveRecord }))),
  },
  numbers: {
    name: '编号册',
    roles: ['accountabilityOffice', 'caseOfficer', 'officeHead'],
    listed: true,
    screen: lazy(() => import('../features/numbers/index.tsx').then((m) => ({ default: m.NumbersRoom }))),
  },
  secrecy: {
    name: '保密',
    roles: everybody,
    listed: true,
    screen: lazy(() => import('../features/secrecy/index.tsx').then((m) => ({ default: m.SecrecyRoom }))),
  },
  archive: {
    name: '立卷归档',
    roles: everybody,
    listed: true,
    screen: lazy(() => import('../features/archive/index.tsx').then((m) => ({ default: m.ArchiveRoom }))),
  },
  search: {
    name: '全局搜索',
    roles: everybody,
    listed: false,
    screen: lazy(() => import('../features/search/index.tsx').then((m) => ({ default: m.SearchRoom }))),
  },
  analysis: {
    name: '分析',
    roles: compilationReaders,
    listed: true,
    screen: lazy(() => import('../features/analysis/index.tsx').then((m) => ({ default: m.AnalysisRoom }))),
  },
  parties: {
    name: '企业与人员',
    roles: everybody,
    listed: true,
    screen: lazy(() => import('../features/parties/parties.tsx').then((m) => ({ default: m.PartiesRoom }))),
  },
  rules: {
    name: '规则与节假日',
    roles: [...everybody, 'securityOfficer'],
    listed: true,
    screen: lazy(() => import('../features/rules/index.tsx').then((m) => ({ default: m.RulesRoom }))),
  },
  fonts: {
    name: '字体',
    roles: [...everybody, ...officerRoles],
    listed: true,
    screen: lazy(() => import('../features/settings/fonts.tsx').then((m) => ({ default: m.FontsRoom }))),
  },
  accounts: {
    name: '账户',
    roles: ['systemAdmin', 'securityOfficer', 'auditor', 'chiefLeader'],
    listed: true,
    screen: lazy(() => import('../features/accounts/index.tsx').then((m) => ({ default: m.AccountsRoom }))),
  },
  settings: {
    name: '策略',
    roles: officerRoles,
    listed: true,
    screen: lazy(() => import('../features/settings/index.tsx').then((m) => ({ default: m.SettingsRoom }))),
  },
  backups: {
    name: '备份',
    roles: ['systemAdmin', 'auditor', 'archivist', 'chiefLeader'],
    listed: true,
    screen: lazy(() => import('../features/backups/index.tsx').then((m) => ({ default: m.BackupsRoom }))),
  },
  audit: {
    name: '审计',
    roles: ['auditor', 'securityOfficer'],
    listed: true,
    screen: lazy(() => import('../features/audit/index.tsx').then((m) => ({ default: m.AuditRoom }))),
  },
}

interface TabEntry {
  readonly name: string
  readonly screen: LazyExoticComponent<ComponentType<CaseTabProps>>
}

/** Tabs of a case, in the order of its life. */
export const caseTabTable: Readonly<Partial<Record<CaseTab, TabEntry>>> = {
  overview: {
    name: '概况',
    screen: lazy(() => import('../features/cases/overview.tsx').then((m) => ({ default: m.Overview }))),
  },
  notice: {
    name: '通知',
    screen: lazy(() => import('../features/notices/notices.tsx').then((m) => ({ default: m.NoticesTab }))),
  },
  preparation: {
    name: '会前',
    screen: lazy(() => import('../features/preparation/index.tsx').then((m) => ({ default: m.PreparationTab }))),
  },
  interview: {
    name: '约谈',
    screen: lazy(() => import('../features/interviews/index.tsx').then((m) => ({ default: m.LiveRecord }))),
  },
  minutes: {
    name: '纪要',
    screen: lazy(() => import('../features/minutes/index.tsx').then((m) => ({ default: m.MinutesEditor }))),
  },
  rectification: {
    name: '整改',
    screen: lazy(() => import('../features/rectification/index.tsx').then((m) => ({ default: m.RectificationPanel }))),
  },
  papers: {
    name: '材料',
    screen: lazy(() => import('../features/papers/index.tsx').then((m) => ({ default: m.MaterialsPanel }))),
  },
  secrecy: {
    name: '密级',
    screen: lazy(() => import('../features/secrecy/case-tab.tsx').then((m) => ({ default: m.SecrecyTab }))),
  },
  archive: {
    name: '归档',
    screen: lazy(() => import('../features/archive/index.tsx').then((m) => ({ default: m.ArchivePanel }))),
  },
  history: {
    name: '经过',
    screen: lazy(() => import('../features/cases/history.tsx').then((m) => ({ default: m.HistoryTab }))),
  },
}
