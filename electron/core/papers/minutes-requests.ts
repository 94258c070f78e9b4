import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { fieldsOfMinutes, findEdition, findMinutes, sentencesOf } from '#db/repositories/minutes.ts'
import { correctionReason, recordContentOf, recordEditions } from '#db/repositories/record.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import {
  type Attendee,
  delegationNames,
  heldTime,
  pledge,
  spokenClock,
  type Utterance,
} from '#shared/domain/interviews.ts'
import { type MinutesSection, paragraphsIn, partyText, type Sentence } from '#shared/domain/minutes.ts'
import { correctedLines, type RecordSignatures } from '#shared/domain/record.ts'
import { insidePlace } from '#shared/rules/profile.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { interviewOf } from '../interviews/record.ts'
import { editionOfRecord, recordContent } from '../record/freezing.ts'
import { decisionFor, frameOf, markOf, rulesOfCase, whichInterview } from './frame.ts'
import { both, type Printing, type Wanted, wanted } from './wanted.ts'

/** A line that may be empty, as the papers take it: nothing prints no line. */
const some = (text: string): string[] => (text === '' ? [] : [text])

const because = ({ reason }: Attendee): string => (reason === '' ? '' : `：${reason}`)

/** The date before the time of a line that is the first of another day than the line before it. */
function newDay(before: Utterance | undefined, line: Utterance): string {
  const day = dayInChina(line.startedAt)
  return before === undefined || dayInChina(before.startedAt) === day ? '' : officialDay(day)
}

/** The whole record of an interview, as it will be signed and filed (Art. 9). */
export async function recordRequest(
  context: Context,
  caseId: string,
  interviewId: string,
  printing: Printing,
  signatures?: RecordSignatures,
): Promise<Wanted> {
  const { trx } = context
  const profile = await rulesOfCase(context, caseId)
  const row = await caseOf(context, caseId)
  const interview = await interviewOf(context, caseId, interviewId)
  const edition = printing.edition ?? (await editionOfRecord(context, interview))
  const content =
    printing.edition === undefined
      ? await recordContent(context, interview)
      : ((await recordContentOf(trx, interviewId, edition)) ?? fail('record.unknownEdition'))
  const frozen = (await recordEditions(trx, interviewId)).find((one) => one.edition === edition)
  const before = await recordContentOf(trx, interviewId, edition - 1)
  const enterprises = await enterprisesOfCase(trx, caseId)
  const { attendees } = content
  const here = attendees.filter((one) => one.state !== 'absent')
  const of = (delegation: Attendee['delegation']): Attendee[] => here.filter((one) => one.delegation === delegation)
  const names = new Map(enterprises.map((one) => [one.id, one.shortName === '' ? one.name : one.shortName]))
  const speakers = new Map(attendees.map((one) => [one.id, one.name]))
  const decision = await decisionFor(context, caseId, 'record', interviewId)
  const which = await whichInterview(context, caseId, interviewId)
  return wanted(
    {
      kind: 'record',
      data: {
        ...frameOf(context, profile, markOf(decision, printing.copyNumber), printing.made),
        title: '责任约谈记录',
        time: heldTime(content.startedAt, content.endedAt),
        place: content.place ?? '',
        hosts: [`${content.host ?? ''}${content.hostTitle ? `（${content.hostTitle}）` : ''}`],
        interviewers: some(partyText(of('host'))),
        jointInterviewers: some(partyText(of('joint'))),
        enterprises: enterprises.map((enterprise) => ({
          name: enterprise.name,
          persons: some(
            partyText(
              of('enterprise')
                .filter((one) => one.enterpriseId === enterprise.id)
                .map((one) => ({ ...one, unit: one.unit === enterprise.name ? '' : one.unit })),
            ),
          ),
        })),
        absent: attendees.filter((one) => one.state === 'absent').map((one) => `${partyText([one])}${because(one)}`),
        moved: attendees.flatMap((one) =>
          one.at === null || (one.state !== 'late' && one.state !== 'left')
            ? []
            : [`${partyText([one])}${spokenClock(one.at)}${one.state === 'late' ? '到会' : '离席'}${because(one)}`],
        ),
        unticked: attendees.filter((one) => one.state === 'expected').map((one) => partyText([one])),
        recorder: of('recorder')
          .map((one) => one.name)
          .join('、'),
        cause: row.matter,
        ordinal: which.ordinal,
        utterances: content.utterances.map((one, index) => ({
          speaker: one.speakerId === null ? delegationNames.recorder : (speakers.get(one.speakerId) ?? ''),
          kind: one.kind,
          enterprises: one.audience === 'all' ? [] : one.audience.map((id) => names.get(id) ?? ''),
          time: `${newDay(content.utterances[index - 1], one)}${clockInChina(one.startedAt).slice(0, 5)}`,
          text: `${one.text}${pledge(one)}`,
        })),
        correction:
          before === undefined
            ? null
            : {
                edition,
                reason: frozen?.reason ?? (await correctionReason(trx, interviewId, edition)),
                lines: correctedLines(before, content, names),
              },
        signatures: signatures ?? frozen?.signatures ?? 'each-page',
      },
    },
    { kind: 'interview', id: interviewId },
    which.name,
    decision?.level ?? 'none',
    both,
    edition,
  )
}

/** The minutes of one enterprise in the fields of the template (Art. 9). */
export async function minutesRequest(
  context: Context,
  caseId: string,
  minutesId: string,
  printing: Printing,
): Promise<Wanted> {
  const { trx } = context
  const profile = await rulesOfCase(context, caseId)
  const row = (await findMinutes(trx, caseId, minutesId)) ?? fail('minutes.unknown')
  const edition = printing.edition ?? row.edition
  const final =
    printing.edition === undefined
      ? null
      : ((await findEdition(trx, minutesId, edition)) ?? fail('minutes.unknownEdition'))
  const fields = fieldsOfMinutes(final ?? row)
  const sentences: readonly Sentence[] = final ? JSON.parse(final.sentences) : await sentencesOf(trx, minutesId)
  const texts = (section: MinutesSection): string[] =>
    paragraphsIn(sentences, section).map((paragraph) => paragraph.map((one) => one.text).join(''))
  const decided = (final ?? row).classification_id
  const found = decided === null ? undefined : await findClassification(trx, decided)
  // An older edition keeps the mark of its own decision, also after a later one took its place.
  const decision = found && final && found.state === 'superseded' ? { ...found, state: 'approved' as const } : found
  const enterprise = (await enterprisesOfCase(trx, caseId)).find((one) => one.id === row.enterprise_id)
  const which = await whichInterview(context, caseId, row.interview_id)
  return wanted(
    {
      kind: 'minutes',
      data: {
        ...frameOf(context, profile, markOf(decision, printing.copyNumber), printing.made),
        ordinal: which.several ? which.ordinal : null,
        time: fields.time,
        place: insidePlace(profile, fields.place),
        host: fields.host,
        interviewers: some(fields.hostUnit),
        jointInterviewers: some(fields.jointUnit),
        enterprise: some(fields.enterpriseParty),
        recorder: fields.recorder,
        cause: fields.matter,
        demand: fields.requirement,
        statements: texts('statements').join('\n'),
        opinions: texts('opinions'),
        others: texts('other').join('\n'),
        lists: fields.lists
          ? { attended: fields.attended, excused: fields.excused, observers: fields.observers }
          : null,
        signatures: fields.signatures,
      },
    },
    { kind: 'minutes', id: minutesId },
    [enterprise?.name ?? '', which.name].filter(Boolean).join('，'),
    decision?.state === 'approved' ? decision.level : 'none',
    both,
    edition,
  )
}
