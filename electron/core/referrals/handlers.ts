import { volumeOfCase } from '#db/repositories/archive.ts'
import { enterprisesOfCase, scopeOf } from '#db/repositories/cases.ts'
import { papersOfCase } from '#db/repositories/papers.ts'
import {
  answerReferral,
  findReferral,
  insertReferral,
  listReferrals,
  nextLead,
  nextReferral,
  referralsOfCase,
  type StoredReferral,
} from '#db/repositories/referrals.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { fail } from '#shared/contract/errors.ts'
import { speaksForOrganiser } from '#shared/domain/archive.ts'
import { dayInChina } from '#shared/domain/common.ts'
import {
  choiceFault,
  leadNumber,
  type ReferralInput,
  referralNumber,
  referralRefusal,
} from '#shared/domain/referrals.ts'
import { highestLevel, isStateSecret, type Level } from '#shared/domain/secrecy.ts'
import { assertOrganiser } from '../archive/custody.ts'
import { blobOfPiece, keptFile } from '../archive/piece-file.ts'
import { followReferral } from '../archive/volume.ts'
import { readBlobBytes } from '../blobs.ts'
import { answerHash, assertCaseActs, referralHash } from '../cases/acts.ts'
import { assertStage, caseOf, factsOfCase, nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { knowersOf, openOnes } from '../secrecy/closed.ts'
import { archiveLayout } from '../session/folder.ts'
import { choicesOf } from './choices.ts'
import { disciplineHandlers } from './discipline.ts'
import { transferListRequest, transferReceiptRequest } from './papers.ts'

/** Leads come up from the notice on; what an archived case still holds asks for its volume to be reopened. */
const stages = ['notice', 'interview', 'minutes', 'rectification', 'filing'] as const

function shown(context: Context, value: StoredReferral) {
  const { sentBy, answeredBy, ...rest } = value
  const name = answeredBy === null ? '' : nameOf(context, answeredBy)
  return { ...rest, sentBy: nameOf(context, sentBy), answeredBy: name }
}

/** The level a lead is handled at: that of its case, now or when it was sent. */
async function levelOf(context: Context, value: Pick<StoredReferral, 'caseId' | 'level'>): Promise<Level> {
  return highestLevel([value.level, (await factsOfCase(context, value.caseId)).level])
}

/**
 * Whether an account may read a lead: inside the 知悉范围 of the case and of every paper on its list, or as the
 * accountability office whose duty leads are, as long as no state secret is in it (保密法 21; Art. 20).
 */
async function reads(context: Context, value: StoredReferral): Promise<boolean> {
  const { account, trx } = context
  const inside = (await scopeOf(trx, value.caseId)).includes(account.id)
  if (inside && !(await closedIds(trx, account, value.caseId)).has(value.id)) return true
  return account.roles.includes('accountabilityOffice') && !isStateSecret(await levelOf(context, value))
}

/** A lead the account may read. Errors: `referrals.unknown`, `referrals.outsideScope`. */
async function readable(context: Context, referralId: string): Promise<StoredReferral> {
  const found = (await findReferral(context.trx, referralId)) ?? fail('referrals.unknown')
  if (!(await reads(context, found))) fail('referrals.outsideScope', { number: found.number })
  return found
}

/** A lead that waits for this account's answer. Errors: also `referrals.answered`, `referrals.ownReferral`. */
async function awaited(context: Context, referralId: string): Promise<StoredReferral> {
  const found = await readable(context, referralId)
  if (found.state !== 'sent') fail('referrals.answered', { number: found.number })
  const row = await caseOf(context, found.caseId)
  const organiser = speaksForOrganiser(context.account, { organiser: found.office, officerId: row.officer_id })
  if (organiser || found.sentBy === context.account.id) fail('referrals.ownReferral')
  await assertCaseActs(context, found.caseId)
  return found
}

/** The referral as it would be sent now. Errors: those of `referralRefusal` and `choiceFault`, `referrals.nobodyInScope`. */
async function drafted(context: Context, caseId: string, input: ReferralInput, id: string) {
  const { trx, now, account } = context
  const row = await assertStage(context, caseId, stages)
  assertOrganiser(context, row)
  const refusal = referralRefusal((await volumeOfCase(trx, caseId)) ?? null)
  if (refusal !== null) fail(refusal)
  await assertCaseActs(context, caseId)
  const known = await choicesOf(context, row)
  const fault = choiceFault(input.pieces, known)
  if (fault !== null) fail(fault)
  const { level } = await factsOfCase(context, caseId)
  if (isStateSecret(level) && (await knowersOf(context, caseId, ['accountabilityOffice'], input.pieces)).length === 0)
    fail('referrals.nobodyInScope')
  const year = Number(dayInChina(now).slice(0, 4))
  const n = await nextReferral(trx, year)
  const value: StoredReferral = {
    ...input,
    id,
    caseId,
    number: referralNumber(year, n),
    state: 'sent',
    pieces: input.pieces.flatMap(({ form, ...chosen }) => {
      const piece = known.find((one) => one.paperId === chosen.paperId && one.documentId === chosen.documentId)
      if (!piece) return []
      const { gone: _, ...rest } = piece
      return { ...rest, form }
    }),
    office: row.office,
    level,
    sentAt: now,
    sentBy: account.id,
    register: '',
    answeredAt: null,
    answeredBy: null,
    note: '',
  }
  return { row, value, place: { year, n } }
}

/** Answers a lead: signs, tells the history of the case, and brings its volume up to date. */
async function answer(
  context: Context,
  value: StoredReferral,
  place: { readonly year: number; readonly n: number } | null,
): Promise<void> {
  const act = value.state === 'received' ? 'referrals.receive' : 'referrals.return'
  await answerReferral(context.trx, value, place)
  await context.act({ kind: act, objectKind: 'referral', objectId: value.id, objectHash: answerHash(value) })
  const text = [value.number, value.register, value.note].filter((part) => part !== '').join('，')
  await recordEvent(context, value.caseId, act, 20, { text })
  await followReferral(context, await caseOf(context, value.caseId))
  context.note({ objectKind: 'referral', objectId: value.id, level: value.level })
}

/** A frozen paper of a referral. Errors: `referrals.unknownPiece` when it has not been made yet. */
async function paperOf(context: Context, value: StoredReferral, part: 'list' | 'receipt'): Promise<string> {
  const kind = part === 'list' ? 'transferList' : 'transferReceipt'
  const papers = await papersOfCase(context.trx, value.caseId)
  const paper = papers.find((one) => one.kind === kind && one.objectId === value.id)
  return paper?.blobId ?? fail('referrals.unknownPiece')
}

/** The attachment that holds a piece of a referral. Errors: `referrals.unknownPiece`. */
async function pieceBlob(context: Context, value: StoredReferral, index: number): Promise<string> {
  const piece = value.pieces[index] ?? fail('referrals.unknownPiece')
  return (await blobOfPiece(context, value.caseId, piece)) ?? fail('referrals.unknownPiece')
}

/** Every lead the account may read whole, the last first. */
export async function readableLeads(context: Context): Promise<StoredReferral[]> {
  const leads = []
  for (const one of await listReferrals(context.trx)) if (await reads(context, one)) leads.push(one)
  return leads
}

/** Leads that wait for a receipt this account may give, by their case. */
export async function openLeads(context: Context): Promise<{ caseId: string; matter: string; enterprise: string }[]> {
  const waiting = []
  for (const one of await listReferrals(context.trx, 'sent')) {
    if (!(await reads(context, one))) continue
    const { matter } = await caseOf(context, one.caseId)
    const names = (await enterprisesOfCase(context.trx, one.caseId)).map((each) => each.name)
    waiting.push({ caseId: one.caseId, matter, enterprise: names.join('、') })
  }
  return waiting
}

export const referralHandlers = {
  ...disciplineHandlers,

  'referrals.choices': async (context, { caseId }) => choicesOf(context, await caseOf(context, caseId)),

  'referrals.send': {
    long: async (context, { caseId, referral }) => {
      const id = context.newId()
      const list = await context.read(async (inside) => {
        const { value } = await drafted(inside, caseId, referral, id)
        return {
          number: value.number,
          wanted: await transferListRequest(inside, value, { copyNumber: 1, made: inside.now }),
        }
      })
      const made = await makePapers(context, [list.wanted])
      return context.commit(async (inside) => {
        const { row, value, place } = await drafted(inside, caseId, referral, id)
        if (value.number !== list.number) fail('referrals.numberTaken')
        await insertReferral(inside.trx, value, place)
        await freezeAll(inside, caseId, made)
        const objectHash = referralHash(value)
        await inside.act({ kind: 'referrals.send', objectKind: 'referral', objectId: id, objectHash })
        await followReferral(inside, row)
        await recordEvent(inside, caseId, 'referrals.send', 20, { text: `${value.number}，${value.pieces.length}件` })
        inside.note({ level: value.level, detail: { referral: id } })
        return shown(inside, value)
      })
    },
  },

  'referrals.ofCase': async (context, { caseId }) =>
    (await openOnes(context, caseId, await referralsOfCase(context.trx, caseId), (one) => one.id))
      .toReversed()
      .map((one) => shown(context, one)),

  'referrals.register': async (context) => {
    const lines = []
    for (const one of await listReferrals(context.trx)) {
      const open = await reads(context, one)
      const row = await caseOf(context, one.caseId)
      const line = shown(context, one)
      const enterprises = (await enterprisesOfCase(context.trx, one.caseId)).map((each) => each.name)
      const hidden = { reason: '', summary: '', period: '', amount: '', persons: [], pieces: [], note: '' }
      lines.push({
        ...(open ? line : { ...line, ...hidden }),
        matter: open ? row.matter : '',
        enterprises: open ? enterprises : [],
        count: one.pieces.length,
        closed: !open,
      })
    }
    return lines
  },

  'referrals.receive': {
    long: async (context, { referralId, note }) => {
      const year = Number(dayInChina(context.now).slice(0, 4))
      const receive = async (inside: Context) => {
        const found = await awaited(inside, referralId)
        const n = await nextLead(inside.trx, year)
        const value: StoredReferral = {
          ...found,
          state: 'received',
          register: leadNumber(year, n),
          answeredAt: inside.now,
          answeredBy: inside.account.id,
          note,
        }
        return { value, place: { year, n } }
      }
      const receipt = await context.read(async (inside) => {
        const { value } = await receive(inside)
        return {
          register: value.register,
          wanted: await transferReceiptRequest(inside, value, { copyNumber: 1, made: inside.now }),
        }
      })
      const made = await makePapers(context, [receipt.wanted])
      return context.commit(async (inside) => {
        const { value, place } = await receive(inside)
        if (value.register !== receipt.register) fail('referrals.numberTaken')
        await freezeAll(inside, value.caseId, made)
        await answer(inside, value, place)
        return shown(inside, value)
      })
    },
  },

  'referrals.return': async (context, { referralId, reason }) => {
    const found = await awaited(context, referralId)
    const value: StoredReferral = {
      ...found,
      state: 'returned',
      answeredAt: context.now,
      answeredBy: context.account.id,
      note: reason,
    }
    await answer(context, value, null)
    return shown(context, value)
  },

  'referrals.file': {
    long: async (context, { referralId, part }) => {
      const { blob, mediaType } = await context.read(async (inside) => {
        const found = await readable(inside, referralId)
        inside.note({ objectKind: 'referral', objectId: found.id, level: found.level })
        const blobId =
          typeof part === 'number' ? await pieceBlob(inside, found, part) : await paperOf(inside, found, part)
        return keptFile(inside, blobId)
      })
      const { blobs } = archiveLayout(context.session.archive.folder)
      return { bytes: new Uint8Array(await readBlobBytes(blobs, blob)), mediaType }
    },
  },
} satisfies Partial<Handlers>
