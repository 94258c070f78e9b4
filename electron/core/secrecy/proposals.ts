import { scopeOf } from '#db/repositories/cases.ts'
import { findDiscipline } from '#db/repositories/discipline.ts'
import { findInterview, ordinalsOf } from '#db/repositories/interviews.ts'
import { findMinutes } from '#db/repositories/minutes.ts'
import { findChange } from '#db/repositories/notice-changes.ts'
import { findNotice, storedOf } from '#db/repositories/notices.ts'
import { findPaper } from '#db/repositories/papers.ts'
import { enterprisesById } from '#db/repositories/parties.ts'
import { findEntry } from '#db/repositories/rectification.ts'
import { findRedaction } from '#db/repositories/redactions.ts'
import { findReferral } from '#db/repositories/referrals.ts'
import { insertClassification, supersede } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Role } from '#shared/domain/accounts.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { nthInterview } from '#shared/domain/minutes.ts'
import { maySign } from '#shared/domain/notices.ts'
import { paperNames } from '#shared/domain/papers.ts'
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
 * 制发日, from which a term runs (实施条例 19): the day the notice or its change was signed, the minutes became final, the
 * interview ended, the redacted version was reviewed, the reminder written, the referral sent or agreed to. Until then today,
 * the day it would be.
 */
export async function madeDay(
  context: Context,
  caseId: string,
  kind: ClassifiedObject,
  objectId: string,
): Promise<string> {
  const { trx, now } = context
  const at = async (): Promise<string | null | undefined> => {
    switch (kind) {
      case 'notice':
        return (await findNotice(trx, objectId))?.approved_at
      case 'noticeChange':
        return (await findChange(trx, objectId))?.approved_at
      case 'minutes':
        return (await findMinutes(trx, caseId, objectId))?.finalised_at
      case 'redaction':
        return (await findRedaction(trx, caseId, objectId))?.reviewedAt
      case 'record':
        return (await findInterview(trx, caseId, objectId))?.ended_at
      case 'reminder':
        return (await findEntry(trx, caseId, objectId))?.at
      case 'referral':
        return (await findReferral(trx, objectId))?.sentAt
      case 'discipline':
        return (await findDiscipline(trx, caseId, objectId))?.decidedAt
    }
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
  return (await titleOf(context, caseId, kind, objectId)) ?? fail('secrecy.unknownObject')
}

async function titleOf(
  context: Context,
  caseId: string,
  kind: ClassifiedObject,
  objectId: string,
): Promise<string | undefined> {
  const { trx } = context
  const named = async (title: string, enterpriseId: string, more = ''): Promise<string> => {
    const [enterprise] = await enterprisesById(trx, [enterpriseId])
    return `${title}（${[enterprise?.name ?? '', more].filter(Boolean).join('，')}）`
  }
  switch (kind) {
    case 'notice': {
      const row = await findNotice(trx, objectId)
      return row?.case_id === caseId ? named(paperNames.notice, row.enterprise_id) : undefined
    }
    case 'noticeChange': {
      const row = await findChange(trx, objectId)
      const notice = row?.case_id === caseId ? await findNotice(trx, row.notice_id) : undefined
      if (!row || !notice) return undefined
      return named(paperNames[row.kind === 'postpone' ? 'postponement' : 'cancellation'], notice.enterprise_id)
    }
    case 'minutes': {
      const row = await findMinutes(trx, caseId, objectId)
      if (!row) return undefined
      return named(paperNames.minutes, row.enterprise_id, await whichOf(context, caseId, row.interview_id))
    }
    case 'redaction': {
      const one = await findRedaction(trx, caseId, objectId)
      const paper = one && (await findPaper(trx, caseId, one.paperId))
      return paper && `${paper.title}遮盖版`
    }
    case 'record': {
      if (!(await findInterview(trx, caseId, objectId))) return undefined
      const which = await whichOf(context, caseId, objectId)
      return which === '' ? paperNames.record : `${paperNames.record}（${which}）`
    }
    case 'reminder': {
      const entry = await findEntry(trx, caseId, objectId)
      if (entry?.kind !== 'reminder') return undefined
      const { ordinal }: { readonly ordinal: number } = JSON.parse(entry.body)
      return named(paperNames.reminder, entry.enterprise_id, `第${ordinal}次`)
    }
    case 'referral': {
      const one = await findReferral(trx, objectId)
      return one?.caseId === caseId ? `${paperNames.transferList}（${one.number}）` : undefined
    }
    case 'discipline': {
      const one = await findDiscipline(trx, caseId, objectId)
      if (!one) return undefined
      return one.number === ''
        ? named(paperNames.transferLetter, one.enterpriseId)
        : `${paperNames.transferLetter}（${one.number}）`
    }
  }
}

/** Which interview of a case that has several, as it goes into a title. */
async function whichOf({ trx }: Context, caseId: string, interviewId: string): Promise<string> {
  const ordinals = await ordinalsOf(trx, caseId)
  return ordinals.size > 1 ? nthInterview(ordinals.get(interviewId) ?? 1) : ''
}
