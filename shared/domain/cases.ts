import * as v from 'valibot'
import { id, line, optionalLine, prose } from './common.ts'
import { level } from './secrecy.ts'

/** Stages of a case on the rail, in order (DESIGN §5). */
export const stages = ['intake', 'notice', 'interview', 'minutes', 'rectification', 'filing', 'archived'] as const
export const stage = v.picklist([...stages, 'withdrawn'])
export type Stage = v.InferOutput<typeof stage>
export const stageNames: Readonly<Record<Stage, string>> = {
  intake: '立项',
  notice: '通知',
  interview: '约谈',
  minutes: '纪要',
  rectification: '整改',
  filing: '立卷',
  archived: '归档',
  withdrawn: '撤销',
}

/** The ten triggers of Art. 3 by code; their text is the rule profile's. */
export const triggerCodes = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'] as const
export const triggerCode = v.picklist(triggerCodes)
export type TriggerCode = v.InferOutput<typeof triggerCode>

/** Kinds of matter that Art. 22 sends elsewhere. */
export const excludedMatter = v.picklist(['none', 'productionSafety', 'pollution'])

export const caseForm = v.picklist(['individual', 'collective'])

/** Intake as 承办人 fills it (Art. 2, 3, 4, 6, 22). */
export const intake = v.object({
  form: caseForm,
  enterpriseIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(60)),
  /** 约谈事由, as the notice will print it. */
  matter: line,
  triggers: v.pipe(v.array(triggerCode), v.minLength(1)),
  /** Sub-areas of trigger (四). */
  areas: v.array(v.string()),
  facts: prose,
  /** Where the problem came from: audit, inspection, report … */
  sources: optionalLine,
  /** Sum concerned in fen; null when none is named. */
  amountFen: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** 批示 of a leader, as text. */
  instruction: optionalLine,
  /** Answer of the Art. 22 gate; anything but `none` stops the intake. */
  excluded: excludedMatter,
  /** Trigger (六): has an accountability procedure begun? Null unless (六) is chosen. */
  accountabilityStarted: v.nullable(v.boolean()),
  /** Trigger (八): the demand that was ignored, also one that lives on paper. */
  earlierDemand: optionalLine,
  proposedLevel: level,
  /** Accounts inside the 知悉范围 beside the officer who opens the case. */
  scope: v.array(id),
})
export type Intake = v.InferOutput<typeof intake>

/** A fault of an intake: the field it stands at and a code for the words. */
export interface FieldFault {
  readonly field: string
  readonly code: string
}

/** Names every reason why an intake cannot be opened; each cites its article in the window's text. */
export function intakeFaults(value: Intake): readonly FieldFault[] {
  const faults: FieldFault[] = []
  if (value.excluded !== 'none') faults.push({ field: 'excluded', code: 'cases.article22' })
  if (value.form === 'individual' && value.enterpriseIds.length > 1)
    faults.push({ field: 'form', code: 'cases.individualHasMany' })
  if (value.form === 'collective' && value.enterpriseIds.length < 2)
    faults.push({ field: 'form', code: 'cases.collectiveNeedsTwo' })
  if (new Set(value.enterpriseIds).size !== value.enterpriseIds.length)
    faults.push({ field: 'enterpriseIds', code: 'cases.enterpriseTwice' })
  if (value.triggers.includes('four') && value.areas.length === 0)
    faults.push({ field: 'areas', code: 'cases.areasMissing' })
  if (value.triggers.includes('six') && value.accountabilityStarted === null)
    faults.push({ field: 'accountabilityStarted', code: 'cases.accountabilityUnanswered' })
  if (value.triggers.includes('six') && value.accountabilityStarted === true)
    faults.push({ field: 'accountabilityStarted', code: 'cases.accountabilityStarted' })
  if (value.triggers.includes('eight') && value.earlierDemand === '')
    faults.push({ field: 'earlierDemand', code: 'cases.earlierDemandMissing' })
  return faults
}

/** What the core knows of a case when an act is asked for; counted from the tables, never typed. */
export interface CaseFacts {
  readonly stage: Stage
  readonly enterprises: number
  readonly notices: {
    readonly drafted: number
    readonly classified: number
    readonly approved: number
    readonly numbered: number
    readonly issued: number
  }
  readonly interview: 'none' | 'planned' | 'running' | 'paused' | 'ended' | 'frozen'
  readonly minutes: { readonly drafted: number; readonly classified: number; readonly final: number }
  readonly openItems: number
  readonly volume: 'none' | 'open' | 'filed' | 'sealed'
}

/** A step of a case's life: where it may be taken, what must be true, where it leads. */
export interface Transition {
  readonly article: number
  readonly from: readonly Stage[]
  readonly to: Stage
  /** Code of what is missing, or null when the step may be taken. */
  readonly missing: (facts: CaseFacts) => string | null
}

const active = ['intake', 'notice', 'interview', 'minutes', 'rectification', 'filing'] as const

/** The whole life of a case (DESIGN §5). The door refuses what this table does not allow. */
export const transitions = {
  acceptIntake: { article: 4, from: ['intake'], to: 'notice', missing: () => null },
  issueNotices: {
    article: 4,
    from: ['notice'],
    to: 'interview',
    missing: (facts) => (facts.notices.issued < facts.enterprises ? 'cases.noticeNotIssued' : null),
  },
  endInterview: {
    article: 9,
    from: ['interview'],
    to: 'minutes',
    missing: (facts) =>
      facts.interview === 'ended' || facts.interview === 'frozen' ? null : 'cases.interviewNotEnded',
  },
  finaliseMinutes: {
    article: 9,
    from: ['minutes'],
    to: 'rectification',
    missing: (facts) => (facts.minutes.final < facts.enterprises ? 'cases.minutesNotFinal' : null),
  },
  /** 重新打开纪要: the case waits again until every enterprise's minutes are final. */
  reopenMinutes: { article: 9, from: ['minutes', 'rectification'], to: 'minutes', missing: () => null },
  /** A further interview of the same case, once what was said at the last one stands in final minutes. */
  talkAgain: {
    article: 8,
    from: ['rectification'],
    to: 'interview',
    missing: (facts) => (facts.interview === 'frozen' ? null : 'cases.interviewNotEnded'),
  },
  beginFiling: { article: 20, from: ['rectification'], to: 'filing', missing: () => null },
  archive: {
    article: 20,
    from: ['filing'],
    to: 'archived',
    missing: (facts) => (facts.volume === 'filed' || facts.volume === 'sealed' ? null : 'cases.volumeNotFiled'),
  },
  withdraw: {
    article: 4,
    from: active,
    to: 'withdrawn',
    missing: (facts) => (facts.volume === 'none' || facts.volume === 'open' ? null : 'cases.volumeAlreadyFiled'),
  },
  reopen: { article: 16, from: ['archived', 'withdrawn'], to: 'rectification', missing: () => null },
} as const satisfies Record<string, Transition>

export type TransitionName = keyof typeof transitions

/** Applies one step; the answer is the new stage, or the code of why it may not be taken. Pure. */
export function advance(name: TransitionName, facts: CaseFacts): { to: Stage } | { refused: string } {
  const step: Transition = transitions[name]
  if (!step.from.includes(facts.stage)) return { refused: 'cases.wrongStage' }
  const missing = step.missing(facts)
  return missing === null ? { to: step.to } : { refused: missing }
}

/** One line of the 条款清单 beside a case: what an article asks and how it stands. */
export const articleLine = v.object({
  article: v.number(),
  topic: v.string(),
  state: v.picklist(['done', 'owed', 'waiting', 'notApplicable']),
  /** Who did it or who owes it. */
  who: v.string(),
  /** When it was done, or until when it is owed; empty when neither is fixed. */
  when: v.string(),
  note: v.string(),
})
export type ArticleLine = v.InferOutput<typeof articleLine>

/** The single next step of a case, and whose turn it is. */
export const nextStep = v.object({
  code: v.string(),
  role: v.nullable(v.string()),
  article: v.number(),
  due: v.nullable(v.string()),
})
export type NextStep = v.InferOutput<typeof nextStep>
