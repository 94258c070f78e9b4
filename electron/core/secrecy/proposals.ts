import { scopeOf } from '#db/repositories/cases.ts'
import { findInterview } from '#db/repositories/interviews.ts'
import { findMinutes } from '#db/repositories/minutes.ts'
import { findNotice } from '#db/repositories/notices.ts'
import { enterprisesById } from '#db/repositories/parties.ts'
import { insertClassification, supersede } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import {
  type Classification,
  type ClassifiedObject,
  type Level,
  levelRank,
  type Proposal,
  proposalFaults,
} from '#shared/domain/secrecy.ts'
import type { Context, Outside } from '../context.ts'

/**
 * Highest level that may be given here: the organ's own authority (机密 by default, 保密法 17, DOMAIN §2.1 row 14) and
 * never above what the machine may hold.
 */
export function ceilingOf(context: Outside): Level {
  const { ledger } = context.session.archive
  const authority = ledger.policy<Level>('classificationCeiling', 'confidential')
  return levelRank(ledger.machineLevel) < levelRank(authority) ? ledger.machineLevel : authority
}

/** Keeps a proposal; an earlier one for the same object gives way. Errors: `secrecy.…` of the first fault. */
export async function propose(
  context: Context,
  object: { readonly caseId: string; readonly kind: ClassifiedObject; readonly id: string },
  proposal: Proposal,
): Promise<Classification> {
  const { trx } = context
  const [fault] = proposalFaults(proposal, ceilingOf(context))
  if (fault) fail(fault, { level: proposal.level })
  const members = await scopeOf(trx, object.caseId)
  const outsider = proposal.scope.find((accountId) => !members.includes(accountId))
  if (outsider) fail('secrecy.scopeOutside', { account: outsider })
  await supersede(trx, object.kind, object.id, ['proposed'])
  const classification: Classification = {
    id: context.newId(),
    caseId: object.caseId,
    objectKind: object.kind,
    objectId: object.id,
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
  } else if (await findInterview(trx, caseId, objectId)) return '约谈记录'
  return fail('secrecy.unknownObject')
}
