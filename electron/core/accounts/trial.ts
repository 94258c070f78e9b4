import type { Role } from '#shared/domain/accounts.ts'
import { type Founder, type Founding, foundArchive } from './founding.ts'

/** One password for every sample account: a trial archive practises, it protects nobody's secrets. */
export const trialPassword = 'Yanlian-2026'

/** A sample account for every role of DOMAIN §2.6; names of the 某某 kind, logins by function. */
export const trialPeople: readonly Omit<Founder, 'password'>[] = [
  { login: 'xitong', name: '罗某某', office: '办公室', roles: ['systemAdmin'] },
  { login: 'anquan', name: '秦某某', office: '办公室', roles: ['securityOfficer'] },
  { login: 'shenji', name: '许某某', office: '机关纪委', roles: ['auditor'] },
  { login: 'zhuyao', name: '严某某', office: '委领导', roles: ['chiefLeader'] },
  { login: 'fenguan', name: '曹某某', office: '委领导', roles: ['deputyLeader'] },
  { login: 'chuzhang', name: '赵某某', office: '监督处', roles: ['officeHead'] },
  { login: 'chengban', name: '孙某某', office: '监督处', roles: ['caseOfficer'] },
  { login: 'jilu', name: '郝某某', office: '监督处', roles: ['minuteTaker'] },
  { login: 'dingmi', name: '魏某某', office: '办公室', roles: ['classifier'] },
  { login: 'zhuize', name: '姜某某', office: '责任追究处', roles: ['accountabilityOffice'] },
  { login: 'dangan', name: '戚某某', office: '办公室', roles: ['archivist'] },
  { login: 'baomi', name: '谢某某', office: '办公室', roles: ['secrecyOfficer'] },
]

/** Founds a trial archive in one step and returns its sample accounts with their password. */
export async function createTrial(
  request: Pick<Founding, 'folder' | 'machineFolder' | 'unit' | 'now' | 'furnish'>,
): Promise<{ login: string; name: string; roles: Role[]; password: string }[]> {
  const people = trialPeople.map((person) => ({ ...person, password: trialPassword }))
  await foundArchive({ ...request, kind: 'trial', machineLevel: 'confidential', people })
  return people.map(({ login, name, roles, password }) => ({ login, name, roles: [...roles], password }))
}
