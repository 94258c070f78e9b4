import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { excludedMatter, intake } from '#shared/domain/cases.ts'
import { line } from '#shared/domain/common.ts'
import { delegation, section, utteranceKind } from '#shared/domain/interviews.ts'
import { noticeFields } from '#shared/domain/notices.ts'
import { documentKind } from '#shared/domain/rectification.ts'
import { level, term } from '#shared/domain/secrecy.ts'

/*
 * A case script says everything a person types on the way from intake to the sealed bundle, in the order of the case's
 * life. `npm run demo -- --case FILE` types it into the real window. Enterprises are named by their short names and
 * speakers by their names, so that a script can be read and written by hand.
 */

const decided = v.strictObject({ level, term: v.nullable(term), basis: v.string(), reason: v.string() })

const { enterpriseIds: _ids, excluded: _gate, proposedLevel: _level, scope: _scope, ...typedIntake } = intake.entries
const { addressee: _addressee, matter: _matter, ...typedNotice } = noticeFields.entries

const utterance = v.strictObject({
  /** Name of an attendee. */
  speaker: line,
  kind: utteranceKind,
  section,
  /** `all`, or short names of the enterprises the utterance is for. */
  audience: v.union([v.literal('all'), v.pipe(v.array(line), v.minLength(1))]),
  text: v.pipe(v.string(), v.minLength(1)),
})

const schema = v.strictObject({
  format: v.literal('yuetan-case-script/1'),
  title: line,
  /** Whether the case carries a mark; must agree with the levels under `classification`. */
  classified: v.boolean(),
  enterprises: v.pipe(
    v.array(
      v.strictObject({
        name: line,
        shortName: line,
        code: v.string(),
        people: v.array(v.strictObject({ name: line, title: v.string() })),
      }),
    ),
    v.minLength(1),
  ),
  intake: v.strictObject({ ...typedIntake, excluded: v.optional(excludedMatter, 'none') }),
  classification: v.strictObject({ notice: decided, minutes: decided }),
  notice: v.strictObject({ ...typedNotice, opinion: line }),
  interview: v.strictObject({
    place: line,
    attendees: v.pipe(
      v.array(
        v.strictObject({
          delegation,
          enterprise: v.nullable(line),
          unit: line,
          name: line,
          title: v.string(),
          /** Speaker key Alt+n; null for those who do not speak. */
          key: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99))),
        }),
      ),
      v.minLength(2),
    ),
    utterances: v.pipe(v.array(utterance), v.minLength(1)),
  }),
  materials: v.array(
    v.strictObject({
      enterprise: line,
      kind: documentKind,
      title: line,
      /** 文号 of a report that was formally submitted under seal (Art. 15). */
      number: v.optional(line),
      text: v.string(),
    }),
  ),
  /** What came of the rectification, the same for each enterprise; left out, the case is filed without 销账 and says why. */
  rectification: v.optional(
    v.strictObject({
      effects: v.strictObject({ stopped: line, losses: line, risk: line, influence: line }),
      /** What became of each item. */
      itemResult: line,
      evaluation: line,
      closing: line,
    }),
  ),
  archive: v.strictObject({
    /** Reason given for each paper the filing list asks for and the volume does not hold. */
    gapReason: line,
    /** What the archivist writes for each item of the four-property check that only a person can see. */
    finding: line,
    recipient: v.strictObject({ organization: line, commonName: line }),
  }),
})

export type CaseScript = v.InferOutput<typeof schema>

/** Reads and checks a case script. Errors: one line per fault, each with its place, e.g. `interview.utterances[12].kind`. */
export async function readCaseScript(file: string): Promise<CaseScript> {
  let raw: unknown
  try {
    raw = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(
      `case script ${file}: ${error instanceof SyntaxError ? `not JSON: ${error.message}` : 'cannot be read'}`,
    )
  }
  return checkCaseScript(raw, file)
}

/** Checks a parsed case script; see `readCaseScript`. */
export function checkCaseScript(raw: unknown, file: string): CaseScript {
  const parsed = v.safeParse(schema, raw)
  const faults = parsed.success
    ? crossFaults(parsed.output)
    : parsed.issues.map((issue) => `${place(issue.path)}: ${explain(issue)}`)
  if (!parsed.success || faults.length > 0) {
    throw new Error(
      [`case script ${file} has ${faults.length} fault(s):`, ...faults.map((fault) => `  ${fault}`)].join('\n'),
    )
  }
  return parsed.output
}

function place(path: readonly v.IssuePathItem[] | undefined): string {
  if (path === undefined || path.length === 0) return '(the whole script)'
  return path.reduce(
    (at, item) =>
      typeof item.key === 'number' ? `${at}[${item.key}]` : `${at}${at === '' ? '' : '.'}${String(item.key)}`,
    '',
  )
}

function explain(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown field'
  if (issue.received === 'undefined') return 'missing field'
  return `expected ${issue.expected ?? issue.type}, found ${issue.received}`
}

/** What the shape alone cannot say: names that must resolve, levels that must agree. */
function crossFaults(script: CaseScript): string[] {
  const faults: string[] = []
  const shortNames = new Set(script.enterprises.map((item) => item.shortName))
  const speakers = new Set(script.interview.attendees.map((item) => item.name))
  const unknown = (at: string, name: string) => faults.push(`${at}: no enterprise has the short name ${name}`)
  script.interview.attendees.forEach((item, index) => {
    if (item.enterprise !== null && !shortNames.has(item.enterprise))
      unknown(`interview.attendees[${index}].enterprise`, item.enterprise)
  })
  script.interview.utterances.forEach((item, index) => {
    if (!speakers.has(item.speaker))
      faults.push(`interview.utterances[${index}].speaker: ${item.speaker} is no attendee`)
    if (item.audience !== 'all') {
      for (const name of item.audience)
        if (!shortNames.has(name)) unknown(`interview.utterances[${index}].audience`, name)
    }
  })
  script.materials.forEach((item, index) => {
    if (!shortNames.has(item.enterprise)) unknown(`materials[${index}].enterprise`, item.enterprise)
  })
  for (const name of ['notice', 'minutes'] as const) {
    const marked = script.classification[name].level !== 'none'
    if (marked !== script.classified)
      faults.push(`classification.${name}.level: disagrees with "classified": ${script.classified}`)
  }
  return faults
}
