import { ordinalsOf } from '#db/repositories/interviews.ts'
import { approvedClassification } from '#db/repositories/secrecy.ts'
import type { Mark } from '#electron/documents/model.ts'
import type { PaperFrame } from '#electron/documents/text.ts'
import { nthInterview } from '#shared/domain/minutes.ts'
import { policyRules } from '#shared/domain/policy.ts'
import {
  type Classification,
  type ClassifiedObject,
  isStateSecret,
  type Level,
  levelNames,
  levelRank,
  markText,
  type Term,
} from '#shared/domain/secrecy.ts'
import type { RuleProfile } from '#shared/rules/profile.ts'
import { lastPosition } from '../audit/log.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { profileOf } from '../rules/rules.ts'

/** 份号 has six digits (GB/T 9704 §7.2.1). */
const copyDigits = 6

/** What an approved classification prints; null where the law forbids a mark (保密法 22). */
export function markOf(value: Classification | undefined, copyNumber: number): Mark | null {
  return value?.state === 'approved' ? markFrom(value, copyNumber) : null
}

/** What a level and a term print; null where the law forbids a mark (保密法 22). */
export function markFrom(
  value: { readonly level: Level; readonly term: Term | null },
  copyNumber: number,
): Mark | null {
  const text = markText(value)
  if (text === null) return null
  return {
    level: value.level,
    term: text.split('★')[1] ?? '',
    text,
    copyNumber: isStateSecret(value.level) ? String(copyNumber).padStart(copyDigits, '0') : null,
  }
}

/** 保密期限 as a form prints it. */
export function termText(value: Classification): string {
  return markText(value)?.split('★')[1] ?? ''
}

export function levelText(level: Level): string {
  return level === 'none' ? '不属于国家秘密' : levelNames[level]
}

/**
 * The decision that marks a paper: its own, else that of what it is drawn from (派生定密, 保密法 18). 改期, 取消 and 催办函 are
 * drawn from a notice, `noticeId`; the record and what a referral sends take the highest one of the case with its term, and are
 * never below what is in them.
 */
export async function decisionFor(
  context: Context,
  caseId: string,
  kind: ClassifiedObject,
  objectId: string,
  noticeId: string | null = null,
): Promise<Classification | undefined> {
  const own = await approvedClassification(context.trx, kind, objectId)
  if (own) return own
  if (noticeId !== null) return approvedClassification(context.trx, 'notice', noticeId)
  return ['record', 'referral', 'discipline'].includes(kind) ? highestDecision(context, caseId) : undefined
}

/** The highest decision of a case's papers: what is drawn from all of them, the record and the 卷内目录, bears it. */
export async function highestDecision(context: Context, caseId: string): Promise<Classification | undefined> {
  const { trx } = context
  const sources: { object_kind: ClassifiedObject; object_id: string }[] = await trx('classifications')
    .where({ case_id: caseId, state: 'approved' })
    .select('object_kind', 'object_id')
  let highest: Classification | undefined
  for (const source of sources) {
    const one = await approvedClassification(trx, source.object_kind, source.object_id)
    if (one && (!highest || levelRank(one.level) > levelRank(highest.level))) highest = one
  }
  return highest
}

/** The rules the papers of a case are written by: those it was opened under. */
export async function rulesOfCase(context: Context, caseId: string): Promise<RuleProfile> {
  return profileOf(context, await caseOf(context, caseId))
}

export function frameOf(context: Context, profile: RuleProfile, mark: Mark | null, made: string): PaperFrame {
  return {
    mark,
    trial: context.session.archive.ledger.kind === 'trial',
    made,
    author: profile.authority,
  }
}

/**
 * 信函格式 or 样式原样, as policy had it when the paper was made: a further copy looks as the first one does, whatever was
 * set since (DOMAIN §7 row 2).
 */
export function layoutOf(context: Context, made: string): 'letter' | 'template' {
  const { ledger } = context.session.archive
  const { standard } = policyRules(ledger.machineLevel).letterLayout
  return ledger.policyAt('letterLayout', made, standard) === 1 ? 'template' : 'letter'
}

/** Which interview a paper is of, and whether its name has to say so: only where the case has another one beside it. */
export async function whichInterview(context: Context, caseId: string, interviewId: string) {
  const ordinals = await ordinalsOf(context.trx, caseId)
  const ordinal = ordinals.get(interviewId) ?? 1
  return { ordinal, several: ordinals.size > 1, name: ordinals.size > 1 ? nthInterview(ordinal) : '' }
}

/** The frame of a paper drawn from the whole case: it bears the highest mark decided there, or the one on itself. */
export async function frameOfCase(
  context: Context,
  caseId: string,
  objectId: string,
  printing: { readonly copyNumber: number; readonly made: string },
  kind: 'record' | 'referral' | 'discipline' = 'record',
): Promise<{ readonly profile: RuleProfile; readonly level: Level; readonly frame: PaperFrame }> {
  const profile = await rulesOfCase(context, caseId)
  const decision = await decisionFor(context, caseId, kind, objectId)
  return {
    profile,
    level: decision?.level ?? 'none',
    frame: frameOf(context, profile, markOf(decision, printing.copyNumber), printing.made),
  }
}

/** 纸上锚: position and 100 bits of the head of the log, on internal papers only (DESIGN §4). */
export async function anchorOf(context: Context): Promise<string> {
  const { seq, hash } = await lastPosition(context.trx)
  return `日志第${seq}行 ${hash.slice(0, 25)}`
}
