import { enterprisesOfCase, scopeOf } from '#db/repositories/cases.ts'
import {
  disciplineOfCase,
  findDiscipline,
  insertDiscipline,
  nextDiscipline,
  type StoredDiscipline,
  stepDiscipline,
} from '#db/repositories/discipline.ts'
import { fail } from '#shared/contract/errors.ts'
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
  const leads = account.roles.some((role) => role === 'deputyLeader' || role === 'chiefLeader')
  return {
    ...rest,
    enterprise: enterprise?.name ?? '',
    askedBy: name(askedBy),
    decidedBy: name(decidedBy),
    sentBy: name(sentBy),
    receivedBy: name(receivedBy),
    mayDecide: value.state === 'asked' && leads && askedBy !== account.id,
  }
}

/** One referral of a case. Errors: `referrals.unknown`. */
async function disciplineOf(context: Context, caseId: string, referralId: string): Promise<StoredDiscipline> {
  return (await findDiscipline(context.trx, caseId, referralId)) ?? fail('referrals.unknown')
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

/** Signs a step and tells the history of the case. */
async function signed(
  context: Context,
  value: StoredDiscipline,
  step: Parameters<typeof disciplineHash>[1],
  event: string,
  text: string,
): Promise<void> {
  const object = { objectKind: 'discipline', objectId: value.id, objectHash: disciplineHash(value, step) }
  await context.act({ kind: `referrals.${step}Discipline`, ...object })
  await recordEvent(context, value.caseId, event, 18, { text })
  context.note({ level: value.level, detail: { referral: value.id } })
}

/** A referral a leader agrees to now. Errors: those of `disciplineFault`, `referrals.ownReferral`. */
async function agreed(context: Context, caseId: string, referralId: string) {
  const { trx, now, account } = context
  const found = await disciplineOf(context, caseId, referralId)
  const today = dayInChina(now)
  const fault = disciplineFault('decide', { ...found, since: dayInChina(found.askedAt) }, { day: today, today })
  if (fault !== null) fail(fault)
  if (found.askedBy === account.id) fail('referrals.ownReferral')
  if (!(await scopeOf(trx, caseId)).includes(account.id)) fail('door.scope')
  await assertCaseActs(context, caseId)
  const year = Number(today.slice(0, 4))
  const n = await nextDiscipline(trx, year)
  const decided = { decidedAt: now, decidedBy: account.id }
  return { found: { ...found, ...decided }, place: { year, n } }
}

export const disciplineHandlers = {
  'referrals.discipline': async (context, { caseId }) => {
    const list = []
    for (const one of (await disciplineOfCase(context.trx, caseId)).toReversed()) list.push(await shown(context, one))
    return list
  },

  'referrals.askDiscipline': async (context, input) => {
    const value = await asked(context, input)
    await insertDiscipline(context.trx, value)
    await signed(context, value, 'ask', 'referrals.askDiscipline', `${value.organ}，${value.pieces.length}件`)
    return shown(context, value)
  },

  'referrals.decideDiscipline': {
    long: async (context, { caseId, referralId, decision, opinion }) => {
      if (decision === 'returned') {
        if (opinion === '') fail('referrals.reasonMissing', { field: 'opinion' })
        return context.commit(async (inside) => {
          const { found } = await agreed(inside, caseId, referralId)
          const value = { ...found, state: 'returned' as const, opinion }
          await stepDiscipline(inside.trx, value)
          await signed(inside, value, 'decide', 'referrals.refuseDiscipline', opinion)
          return shown(inside, value)
        })
      }
      const approve = async (inside: Context) => {
        const { found, place } = await agreed(inside, caseId, referralId)
        const number = disciplineNumber(place.year, place.n)
        return { value: { ...found, state: 'approved' as const, opinion, number }, place }
      }
      const { number, papers } = await context.read(async (inside) => {
        const { value } = await approve(inside)
        const printing = { copyNumber: 1, made: inside.now }
        const list = await disciplineList(inside, value, printing)
        return { number: value.number, papers: [await disciplineLetter(inside, value, printing), list] }
      })
      const made = await makePapers(context, papers)
      return context.commit(async (inside) => {
        const { value, place } = await approve(inside)
        if (value.number !== number) fail('referrals.numberTaken')
        await stepDiscipline(inside.trx, value, place)
        await freezeAll(inside, caseId, made)
        await signed(inside, value, 'decide', 'referrals.decideDiscipline', `${value.number}，${value.organ}`)
        return shown(inside, value)
      })
    },
  },

  'referrals.sendDiscipline': async (context, { caseId, referralId, sending }) => {
    const { trx, now, account } = context
    assertOrganiser(context, await caseOf(context, caseId))
    const found = await disciplineOf(context, caseId, referralId)
    const since = dayInChina(found.decidedAt ?? now)
    const fault = disciplineFault('send', { ...found, since }, { day: sending.day, today: dayInChina(now) })
    if (fault !== null) fail(fault)
    const value = { ...found, state: 'sent' as const, sending, sentBy: account.id }
    await stepDiscipline(trx, value)
    const text = `${value.number}，${officialDay(sending.day)}${sending.manner}，${sending.person}`
    await signed(context, value, 'send', 'referrals.sendDiscipline', text)
    return shown(context, value)
  },

  'referrals.receiptDiscipline': async (context, { caseId, referralId, receipt }) => {
    const { trx, now, account } = context
    assertOrganiser(context, await caseOf(context, caseId))
    const found = await disciplineOf(context, caseId, referralId)
    const since = found.sending?.day ?? dayInChina(now)
    const fault = disciplineFault('receive', { ...found, since }, { day: receipt.day, today: dayInChina(now) })
    if (fault !== null) fail(fault)
    const value = { ...found, state: 'received' as const, receipt, receivedBy: account.id }
    await stepDiscipline(trx, value)
    const text = [value.number, `${officialDay(receipt.day)}${receipt.person}签收`, receipt.number].filter(Boolean)
    await signed(context, value, 'receipt', 'referrals.receiptDiscipline', text.join('，'))
    return shown(context, value)
  },
} satisfies Partial<Handlers>
