/** Roles of an archive. The three officers never hold a business role (DOMAIN §2.6; 实施条例 34). */
export const businessRoles = [
  'caseOfficer',
  'officeHead',
  'deputyLeader',
  'chiefLeader',
  'classifier',
  'accountabilityOffice',
  'minuteTaker',
  'archivist',
  'secrecyOfficer',
] as const
export const officerRoles = ['systemAdmin', 'securityOfficer', 'auditor'] as const

/** Roles that keep the record and write its minutes; the others of the 知悉范围 read. */
export const recordWriters = ['minuteTaker', 'caseOfficer', 'officeHead'] as const satisfies readonly Role[]

/** 分管 and 主要负责同志: who signs for the unit. */
export const leaderRoles = ['deputyLeader', 'chiefLeader'] as const satisfies readonly Role[]

/** True when an account holds one of the roles. */
export function holdsAny(account: { readonly roles: readonly Role[] }, roles: readonly Role[]): boolean {
  return roles.some((role) => account.roles.includes(role))
}

export type BusinessRole = (typeof businessRoles)[number]
export type OfficerRole = (typeof officerRoles)[number]
export type Role = BusinessRole | OfficerRole

/** Official names of the roles, as they stand on screens and in the ledger's printed form. */
export const roleNames: Readonly<Record<Role, string>> = {
  caseOfficer: '承办人',
  officeHead: '处室负责人',
  deputyLeader: '分管负责同志',
  chiefLeader: '主要负责同志',
  classifier: '定密责任人',
  accountabilityOffice: '责任追究部门',
  minuteTaker: '记录人',
  archivist: '档案员',
  secrecyOfficer: '保密员',
  systemAdmin: '系统管理员',
  securityOfficer: '安全保密管理员',
  auditor: '安全审计员',
}

export const allRoles: readonly Role[] = [...businessRoles, ...officerRoles]

export function isOfficerRole(role: Role): role is OfficerRole {
  return (officerRoles as readonly Role[]).includes(role)
}

/** True when the roles may be held by one account: officers stand alone, and no officer holds a business role. */
export function rolesAreSeparate(roles: readonly Role[]): boolean {
  const officers = roles.filter(isOfficerRole)
  return officers.length === 0 || roles.length === 1
}
