import { enterprisesOfCase } from '#db/repositories/cases.ts'
import {
  disciplineOfCase,
  findDiscipline,
  insertDiscipline,
  nextDiscipline,
  type StoredDiscipline,
  stepDiscipline,
} from '#db/repositories/discipline.ts'
import { fail } from '#shared/contract/errors.ts'
import { holdsAny, leaderRoles } from '#shared/domain/accounts.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { disciplineFault, disciplineNumber, findingText } from '#shared/domain/discipline.ts'
import { choiceFault } from '#shared/domain/referrals.ts'
import { assertOrganiser } from '../archive/custody.ts'
import { assertCaseActs, disciplineHash } from '../cases/acts.ts'
import { assertStage, caseOf, factsOfCase, nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, HandlerInput, HandlerOutput, Handlers } from '../context.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { shownEntries } from '../rectification/entries.ts'
import { assertEnterprise } from '../rectification/guards.ts'
import { knowersOf, openOnes } from '../secrecy/closed.ts'
import { choicesOf } from './choices.ts'
import { disciplineLetter, disciplineList } from './papers.ts'

/** What is suspected comes up from the interview on; of an archived case the volume is opened again first. */
const stages = ['interview', 'minutes', 'rectification', 'filing'] as const

type Shown = HandlerOutput<'referrals.discipline'>[number]

async function shown(context: Context, value: StoredDiscipline): Promise<Shown> {
  const { account } = context
  const name = (by: string | null): string => (by === null ? '' : nameOf(context, by))
  const { askedBy, decidedBy, sentBy, receivedBy, ...rest } = value
  const enterprise = (await enterprisesOfCase(context.trx, value.caseId)).find((one) => one.id === value.enterpriseId)
  return {
    ...rest,
    enterprise: enterprise?.name ?? '',
    askedBy: name(askedBy),
    decidedBy: name(decidedBy),
    sentBy: name(sentBy),
    receivedBy: name(receivedBy),
    mayDecide: value.state === 'asked' && holdsAny(account, leaderRoles) && askedBy !== account.id,
  }
}

/** What the evaluation that stands found of an enterprise: the basis of Art. 18 that need not be typed again. */
async function findingOf(context: Context, caseId: string, enterpriseId: string): Promise<string> {
  const entries = (await shownEntries(context, caseId)).filter((one) => one.enterpriseId === enterpriseId)
  const found = entries.findLast((one) => one.body.kind === 'evaluation')?.body
  return findingText(found?.kind === 'evaluation' ? found : null)
}

/** What is suspected never goes to the enterprise it is about, the record of the interview least of all. Errors: `referrals.notAnOrgan`. */
async function assertOrgan(context: Context, caseId: string, organ: string): Promise<void> {
  const enterprises = await enterprisesOfCase(context.trx, caseId)
  const named = enterprises.flatMap(({ name, shortName }) => [name, shortName]).filter((name) => name !== '')
  if (named.some((name) => organ.includes(name))) fail('referrals.notAnOrgan', { field: 'organ' })
}

async function asked(
  context: Context,
  { caseId, request }: HandlerInput<'referrals.askDiscipline'>,
): Promise<StoredDiscipline> {
  const row = await assertStage(context, caseId, stages)
  assertOrganiser(context, row)
  await assertEnterprise(context, caseId, request.enterpriseId)
  await assertOrgan(context, caseId, request.organ)
  await assertCaseActs(context, caseId)
  const known = await choicesOf(context, row)
  // Copies go; the originals stay where the office answers for them (Art. 20).
  const copies = request.pieces.map((one) => ({ ...one, form: 'copy' as const }))
  const fault = choiceFault(copies, known)
  if (fault !== null) fail(fault)
  const leaders = await knowersOf(context, caseId, leaderRoles, copies)
  if (leaders.every((one) => one.id === context.account.id)) fail('referrals.noLeaderInScope')
  return {
    ...request,
    id: context.newId(),
    caseId,
    number: '',
    state: 'asked',
    pieces: copies.flatMap(({ paperId, documentId, form }) => {
      const piece = known.find((one) => one.paperId === paperId && one.documentId === documentId)
      if (!piece) return []
      const { gone: _, ...rest } = piece
      return { ...rest, form }
    }),
    finding: await findingOf(context, caseId, request.enterpriseId),
    office: row.office,
    level: (await factsOfCase(context, caseId)).level,
    askedAt: context.now,
    askedBy: context.account.id,
    decidedAt: null,
    decidedBy: null,
    opinion: '',
    sending: null,
    sentBy: null,
    receipt: null,
    receivedBy: null,
  }
}

type Step = Parameters<typeof disciplineHash>[1]

/** Signs a step, tells the history of the case, and shows the referral as it stands then. */
async function signed(context: Context, value: StoredDiscipline, step: Step, text: string): Promise<Shown> {
  const object = { objectKind: 'discipline', objectId: value.id, objectHash: disciplineHash(value, step) }
  await context.act({ kind: `referrals.${step}Discipline`, ...object })
  const event = value.state === 'returned' ? 'referrals.refuseDiscipline' : `referrals.${step}Discipline`
  await recordEvent(context, value.caseId, event, 18, { text })
  context.note({ level: value.level, detail: { referral: value.id } })
  return shown(context, value)
}

/** A referral that waits for this step, which is said to be of this day. Errors: `referrals.unknown`, those of `disciplineFault`. */
async function awaiting(
  context: Context,
  { caseId, referralId }: { readonly caseId: string; readonly referralId: string },
  step: Exclude<Step, 'ask'>,
  day = dayInChina(context.now),
): Promise<StoredDiscipline> {
  const found = (await findDiscipline(context.trx, caseId, referralId)) ?? fail('referrals.unknown')
  const fault = disciplineFault(step, found, { day, today: dayInChina(context.now) })
  if (fault !== null) fail(fault)
  if (step !== 'decide') assertOrganiser(context, await caseOf(context, caseId))
  return found
}

/** A referral a leader decides on now. Errors: those of `awaiting`, `referrals.ownReferral`. */
async function decided(context: Context, one: { readonly caseId: string; readonly referralId: string }) {
  const { now, account } = context
  const found = await awaiting(context, one, 'decide')
  if (found.askedBy === account.id) fail('referrals.ownReferral')
  await assertCaseActs(context, one.caseId)
  return { ...found, decidedAt: now, decidedBy: account.id }
}

/** The same agreed to, under the next number. */
async function agreed(
  context: Context,
  one: { readonly caseId: string; readonly referralId: string },
  opinion: string,
) {
  const year = Number(dayInChina(context.now).slice(0, 4))
  const place = { year, n: await nextDiscipline(context.trx, year) }
  const number = disciplineNumber(place.year, place.n)
  return { value: { ...(await decided(context, one)), state: 'approved' as const, opinion, number }, place }
}

export const disciplineHandlers = {
  'referrals.discipline': async (context, { caseId }) => {
    const known = await openOnes(context, caseId, await disciplineOfCase(context.trx, caseId), (one) => one.id)
    const list = []
    for (const one of known.toReversed()) list.push(await shown(context, one))
    return list
  },

  'referrals.askDiscipline': async (context, input) => {
    const value = await asked(context, input)
    await insertDiscipline(context.trx, value)
    return signed(context, value, 'ask', `${value.organ}，${value.pieces.length}件`)
  },

  'referrals.decideDiscipline': {
    long: async (context, { decision, opinion, ...one }) => {
      if (decision === 'returned') {
        if (opinion === '') fail('referrals.reasonMissing', { field: 'opinion' })
        return context.commit(async (inside) => {
          const value = { ...(await decided(inside, one)), state: 'returned' as const, opinion }
          await stepDiscipline(inside.trx, value)
          return signed(inside, value, 'decide', opinion)
        })
      }
      const { number, papers } = await context.read(async (inside) => {
        const { value } = await agreed(inside, one, opinion)
        const printing = { copyNumber: 1, made: inside.now }
        const list = await disciplineList(inside, value, printing)
        return { number: value.number, papers: [await disciplineLetter(inside, value, printing), list] }
      })
      const made = await makePapers(context, papers)
      return context.commit(async (inside) => {
        const { value, place } = await agreed(inside, one, opinion)
        if (value.number !== number) fail('referrals.numberTaken')
        await stepDiscipline(inside.trx, value, place)
        await freezeAll(inside, one.caseId, made)
        return signed(inside, value, 'decide', `${value.number}，${value.organ}`)
      })
    },
  },

  'referrals.sendDiscipline': async (context, { sending, ...one }) => {
    const found = await awaiting(context, one, 'send', sending.day)
    const value = { ...found, state: 'sent' as const, sending, sentBy: context.account.id }
    await stepDiscipline(context.trx, value)
    const { day, manner, person } = sending
    return signed(context, value, 'send', `${value.number}，${officialDay(day)}${manner}，${person}`)
  },

  'referrals.receiptDiscipline': async (context, { receipt, ...one }) => {
    const found = await awaiting(context, one, 'receipt', receipt.day)
    const value = { ...found, state: 'received' as const, receipt, receivedBy: context.account.id }
    await stepDiscipline(context.trx, value)
    const text = [value.number, `${officialDay(receipt.day)}${receipt.person}签收`, receipt.number].filter(Boolean)
    return signed(context, value, 'receipt', text.join('，'))
  },
} satisfies Partial<Handlers>
