import * as v from 'valibot'
import { day, id, isRealDay, line, optionalLine, prose } from './common.ts'
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
/** Art. 6. */
export const formNames = { individual: '个别约谈', collective: '集体约谈' } as const

/** What trigger (八) points at: a demand that was ignored, in the archive or on paper, or an earlier case (Art. 3). */
export const demandKinds = [
  'tip',
  'circular',
  'audit',
  'inspection',
  'discipline',
  'supervision',
  'case',
  'other',
] as const
export const demandNames: Readonly<Record<(typeof demandKinds)[number], string>> = {
  tip: '提示函',
  circular: '通报',
  audit: '审计',
  inspection: '巡视巡察',
  discipline: '纪检监察',
  supervision: '督查',
  case: '此前约谈',
  other: '其他监管要求',
}
export const demand = v.object({
  kind: v.picklist(demandKinds),
  /** 文号; empty when the demand has none. */
  number: optionalLine,
  day: v.union([day, v.literal('')]),
  /** Who demanded. */
  from: optionalLine,
  /** What was demanded and how it was ignored. */
  gist: optionalLine,
  /** It lives on paper; `gist` then says where. */
  onPaper: v.boolean(),
  /** An earlier case of this archive. */
  caseId: v.nullable(id),
})
export type Demand = v.InferOutput<typeof demand>

/** 批示: who, when, the words. */
export const instruction = v.object({ leader: line, day: v.union([day, v.literal('')]), text: line })
/** A relation that asks for 回避, and what was decided about it. */
export const recusal = v.object({
  name: line,
  relation: line,
  decision: v.picklist(['recused', 'stays']),
  reason: optionalLine,
})
export const recusalNames = { recused: '回避', stays: '不需回避' } as const
/** A person the case is about; from the register of persons or by name only. */
export const concerned = v.object({ personId: v.nullable(id), name: line, title: optionalLine, unit: optionalLine })

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
  /** 责任追究情形 of the list the rule profile keeps, by code. */
  situations: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(30)), []),
  /** Sum concerned in fen; null when none is named. */
  amountFen: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  instructions: v.optional(v.pipe(v.array(instruction), v.maxLength(20)), []),
  /** Answer of the Art. 22 gate; anything but `none` stops the intake. */
  excluded: excludedMatter,
  /** Trigger (六): has an accountability procedure begun? Null unless (六) is chosen. */
  accountabilityStarted: v.nullable(v.boolean()),
  /** Trigger (八): the demands that were ignored. */
  demands: v.optional(v.pipe(v.array(demand), v.maxLength(30)), []),
  /** Persons concerned, so that their earlier cases are found. */
  persons: v.optional(v.pipe(v.array(concerned), v.maxLength(60)), []),
  /** Asked of everybody who will handle the case; the relations that were named, with the decision. */
  recusalAsked: v.optional(v.boolean(), false),
  recusals: v.optional(v.pipe(v.array(recusal), v.maxLength(20)), []),
  /** Why an office whose duties do not cover the matter takes it (Art. 4); empty when they do. */
  dutyReason: v.optional(optionalLine, ''),
  proposedLevel: level,
  /** Accounts inside the 知悉范围 beside the officer who opens the case. */
  scope: v.array(id),
  /** Outside units inside the 知悉范围: only they may be named for 抄送 (Art. 4). */
  scopeUnits: v.optional(v.pipe(v.array(line), v.maxLength(30)), []),
})
export type Intake = v.InferOutput<typeof intake>

/** A fault of an intake: the field it stands at and a code for the words. */
export interface FieldFault {
  readonly field: string
  readonly code: string
}

/** What the checks know beside the intake: the plain day in Chongqing, and whether the office's duties cover the matter. */
export interface IntakeKnown {
  readonly today?: string
  readonly dutyCovered?: boolean | null
}

/**
 * Whether an office's duties cover what the intake is about (Art. 4: 相关处室根据职责启动): its duties name aspects of
 * trigger (四). Null where that cannot be said: the office has no duties on record, or no aspect was chosen.
 */
export function dutyCovered(
  value: Pick<Intake, 'triggers' | 'areas'>,
  office: { readonly duties: readonly string[] } | undefined,
): boolean | null {
  if (office === undefined || office.duties.length === 0 || !value.triggers.includes('four')) return null
  return value.areas.every((area) => office.duties.includes(area))
}

/** Names every reason why an intake cannot be opened; each cites its article in the window's text. */
export function intakeFaults(value: Intake, known: IntakeKnown = {}): readonly FieldFault[] {
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
  if (value.triggers.includes('eight') && value.demands.length === 0)
    faults.push({ field: 'demands', code: 'cases.earlierDemandMissing' })
  const { today } = known
  // An impossible day is named where it stands, not dropped.
  const badDay = (one: { readonly day: string }): boolean => one.day !== '' && !isRealDay(one.day)
  if (value.demands.some(badDay)) faults.push({ field: 'demands', code: 'cases.badDay' })
  if (value.instructions.some(badDay)) faults.push({ field: 'instructions', code: 'cases.badDay' })
  for (const one of value.demands) {
    if (one.caseId === null && one.number === '' && one.gist === '')
      faults.push({ field: 'demands', code: 'cases.demandEmpty' })
    if (today !== undefined && one.day > today) faults.push({ field: 'demands', code: 'cases.demandAhead' })
  }
  if (today !== undefined && value.instructions.some((one) => one.day > today))
    faults.push({ field: 'instructions', code: 'cases.instructionAhead' })
  if (!value.recusalAsked) faults.push({ field: 'recusals', code: 'cases.recusalUnasked' })
  if (value.recusals.some((one) => one.decision === 'stays' && one.reason === ''))
    faults.push({ field: 'recusals', code: 'cases.recusalReason' })
  if (known.dutyCovered === false && value.dutyReason === '')
    faults.push({ field: 'dutyReason', code: 'cases.dutyReasonMissing' })
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
  /** Enterprises whose rectification is closed (销账), or of which a reason says why not (Art. 16). */
  readonly settled: number
  readonly volume: 'none' | 'open' | 'filed' | 'sealed'
}

/** A step of a case's life: where it may be taken, what must be true, where it leads. */
export interface Transition {
  readonly article: number
  readonly from: readonly Stage[]
  /** The stage it leads to, or the ones a reopened case may come back to. */
  readonly to: Stage | ((facts: CaseFacts) => Stage)
  /** Code of what is missing, or null when the step may be taken. */
  readonly missing: (facts: CaseFacts) => string | null
}

const active = ['intake', 'notice', 'interview', 'minutes', 'rectification', 'filing'] as const

/** How far a case had come, by what it left behind. */
export function standingStage(facts: CaseFacts): Stage {
  const { notices, minutes, enterprises, interview } = facts
  if (minutes.final >= enterprises) return 'rectification'
  if (interview === 'ended' || interview === 'frozen') return 'minutes'
  if (notices.issued >= enterprises) return 'interview'
  return notices.drafted > 0 ? 'notice' : 'intake'
}

/** The whole life of a case (DESIGN §5). The door refuses what this table does not allow. */
export const transitions = {
  acceptIntake: { article: 4, from: ['intake'], to: 'notice', missing: () => null },
  issueNotices: {
    article: 4,
    from: ['notice'],
    to: 'interview',
    missing: (facts) => (facts.notices.issued < facts.enterprises ? 'cases.noticeNotIssued' : null),
  },
  /** 取消: when every notice is taken back, new ones may be drafted, or the case is withdrawn. */
  cancelInterview: {
    article: 4,
    from: ['interview'],
    to: 'notice',
    missing: (facts) => (facts.notices.issued > 0 ? 'cases.noticeStillOut' : null),
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
  beginFiling: {
    article: 16,
    from: ['rectification'],
    to: 'filing',
    missing: (facts) => (facts.settled < facts.enterprises ? 'cases.notClosed' : null),
  },
  archive: {
    article: 20,
    from: ['filing'],
    to: 'archived',
    missing: (facts) => (facts.volume === 'filed' || facts.volume === 'sealed' ? null : 'cases.volumeNotFiled'),
  },
  /** 重新打开案卷: what was filed is to be corrected or completed; it is filed again as the next edition. */
  reopenVolume: {
    article: 20,
    from: ['archived'],
    to: 'filing',
    missing: (facts) => (facts.volume === 'filed' || facts.volume === 'sealed' ? null : 'cases.volumeNotFiled'),
  },
  withdraw: {
    article: 4,
    from: active,
    to: 'withdrawn',
    missing: (facts) => {
      if (facts.volume !== 'none' && facts.volume !== 'open') return 'cases.volumeAlreadyFiled'
      // A talk under way is ended first: its record is finished, whatever becomes of the case.
      return facts.interview === 'running' || facts.interview === 'paused' ? 'cases.interviewUnderWay' : null
    },
  },
  /** 重新打开: a withdrawn case comes back to where it stood, an archived one to its rectification. */
  reopen: {
    article: 16,
    from: ['archived', 'withdrawn'],
    to: (facts) => (facts.stage === 'archived' ? 'rectification' : standingStage(facts)),
    missing: () => null,
  },
} as const satisfies Record<string, Transition>

export type TransitionName = keyof typeof transitions

/** Applies one step; the answer is the new stage, or the code of why it may not be taken. Pure. */
export function advance(name: TransitionName, facts: CaseFacts): { to: Stage } | { refused: string } {
  const step: Transition = transitions[name]
  if (!step.from.includes(facts.stage)) return { refused: 'cases.wrongStage' }
  const missing = step.missing(facts)
  if (missing !== null) return { refused: missing }
  return { to: typeof step.to === 'function' ? step.to(facts) : step.to }
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
  /** Title of the paper it left, its id in the case, and where it is shown: ours, or one an enterprise sent; null for none. */
  paper: v.optional(
    v.nullable(v.object({ id, title: v.string(), tab: v.picklist(['papers', 'rectification']) })),
    null,
  ),
})
export type ArticleLine = v.InferOutput<typeof articleLine>

/** The single next step of a case, and whose turn it is. */
export const nextStep = v.object({
  code: v.string(),
  role: v.nullable(v.string()),
  article: v.number(),
  due: v.nullable(v.string()),
  /** 暂定: the due day runs over a year whose holidays are not announced. */
  provisional: v.optional(v.boolean(), false),
})
export type NextStep = v.InferOutput<typeof nextStep>
