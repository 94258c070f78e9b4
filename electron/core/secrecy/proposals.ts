import { scopeOf } from '#db/repositories/cases.ts'
import { findInterview } from '#db/repositories/interviews.ts'
import { findMinutes } from '#db/repositories/minutes.ts'
import { findNotice, storedOf } from '#db/repositories/notices.ts'
import { findPaper } from '#db/repositories/papers.ts'
import { enterprisesById } from '#db/repositories/parties.ts'
import { findRedaction } from '#db/repositories/redactions.ts'
import { insertClassification, supersede } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Role } from '#shared/domain/accounts.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { maySign } from '#shared/domain/notices.ts'
import {
  type Classification,
  type ClassificationAct,
  type ClassifiedObject,
  type Level,
  type LevelLimits,
  type Proposal,
  proposalFaults,
} from '#shared/domain/secrecy.ts'
import { caseOf, nameOf } from '../cases/case-file.ts'
import type { Context, Outside } from '../context.ts'
import { profileOf } from '../rules/rules.ts'

/** The organ's own authority (机密 by default, 保密法 17, DOMAIN §2.1 row 14) and what the machine may hold. */
export function limitsOf(context: Outside): LevelLimits {
  const { ledger } = context.session.archive
  return { authority: ledger.policy<Level>('classificationCeiling', 'confidential'), machine: ledger.machineLevel }
}

/** What a proposal takes the place of, when it is not the first one. */
export interface Replacing {
  readonly act: Exclude<ClassificationAct, 'initial'>
  readonly replaces: string
}

/** Keeps a proposal; an earlier one for the same object gives way. Errors: `secrecy.…` of the first fault. */
export async function propose(
  context: Context,
  object: { readonly caseId: string; readonly kind: ClassifiedObject; readonly id: string },
  proposal: Proposal,
  replacing: Replacing | { readonly act: 'initial'; readonly replaces: null } = { act: 'initial', replaces: null },
): Promise<Classification> {
  const { trx } = context
  const from = await madeDay(context, object.caseId, object.kind, object.id)
  const [fault] = proposalFaults(proposal, limitsOf(context), from)
  if (fault) fail(fault, { level: proposal.level })
  const members = await scopeOf(trx, object.caseId)
  const outsider = proposal.scope.find((accountId) => !members.includes(accountId))
  if (outsider) fail('secrecy.scopeOutside', { account: outsider })
  await assertSignerKnows(context, object, proposal)
  await supersede(trx, object.kind, object.id, ['proposed'])
  const classification: Classification = {
    id: context.newId(),
    caseId: object.caseId,
    objectKind: object.kind,
    objectId: object.id,
    ...replacing,
    state: 'proposed',
    ...proposal,
    // 知悉范围 is one of the three elements (保密法 19): none named means those who know the case already.
    scope: proposal.scope.length > 0 ? proposal.scope : members,
    proposerId: context.account.id,
    proposedAt: context.now,
    approverId: null,
    approvedAt: null,
    opinion: '',
  }
  await insertClassification(trx, classification)
  context.note({ level: proposal.level })
  return classification
}

/**
 * A paper whose 知悉范围 leaves out everybody who may sign it could never be signed (Art. 4, 9): the one it is addressed to,
 * or one of those whom the rules name. Errors: `secrecy.signerOutside` names them.
 */
async function assertSignerKnows(
  context: Context,
  object: { readonly caseId: string; readonly kind: ClassifiedObject; readonly id: string },
  { level, scope }: Proposal,
): Promise<void> {
  const { trx } = context
  if (level === 'none' || scope.length === 0 || (object.kind !== 'notice' && object.kind !== 'minutes')) return
  const { ledger } = context.session.archive
  const members = await scopeOf(trx, object.caseId)
  const signers = async (): Promise<readonly string[]> => {
    if (object.kind === 'minutes') return members.filter((one) => finalisers.some((role) => ledger.holds(one, role)))
    const notice = await findNotice(trx, object.id)
    const addressed = notice && storedOf(notice).addressedTo
    if (addressed) return [addressed]
    const profile = await profileOf(context, await caseOf(context, object.caseId))
    return members.filter((one) => maySign(profile, [...(ledger.account(one)?.roles ?? [])]))
  }
  const named = await signers()
  if (named.length > 0 && !named.some((one) => scope.includes(one)))
    fail('secrecy.signerOutside', { names: named.map((one) => nameOf(context, one)).join('、') })
}

/** Who may make minutes final (Art. 9). */
const finalisers: readonly Role[] = ['officeHead', 'deputyLeader', 'chiefLeader']

/**
 * 制发日, from which a term runs (实施条例 19): the day the notice was signed, the minutes became final, the interview
 * ended, the redacted version was reviewed. Until then today, the day it would be.
 */
export async function madeDay(
  context: Context,
  caseId: string,
  kind: ClassifiedObject,
  objectId: string,
): Promise<string> {
  const { trx, now } = context
  const at = async (): Promise<string | null | undefined> => {
    if (kind === 'notice') return (await findNotice(trx, objectId))?.approved_at
    if (kind === 'minutes') return (await findMinutes(trx, caseId, objectId))?.finalised_at
    if (kind === 'redaction') return (await findRedaction(trx, caseId, objectId))?.reviewedAt
    return (await findInterview(trx, caseId, objectId))?.ended_at
  }
  return dayInChina((await at()) ?? now)
}

/** Title of the object a classification is for; fails with `secrecy.unknownObject` when it is not of this case. */
export async function objectTitle(
  context: Context,
  caseId: string,
  kind: ClassifiedObject,
  objectId: string,
): Promise<string> {
  const { trx } = context
  const named = async (title: string, enterpriseId: string): Promise<string> => {
    const [enterprise] = await enterprisesById(trx, [enterpriseId])
    return `${title}（${enterprise?.name ?? ''}）`
  }
  if (kind === 'notice') {
    const row = await findNotice(trx, objectId)
    if (row?.case_id === caseId) return named('责任约谈通知书', row.enterprise_id)
  } else if (kind === 'minutes') {
    const row = await findMinutes(trx, caseId, objectId)
    if (row) return named('约谈纪要', row.enterprise_id)
  } else if (kind === 'redaction') {
    const one = await findRedaction(trx, caseId, objectId)
    const paper = one && (await findPaper(trx, caseId, one.paperId))
    if (paper) return `${paper.title}遮盖版`
  } else if (await findInterview(trx, caseId, objectId)) return '约谈记录'
  return fail('secrecy.unknownObject')
}
