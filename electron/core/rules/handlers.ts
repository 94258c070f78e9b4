import { keepNorm, normBodies } from '#db/repositories/rules.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { differences } from '#shared/rules/difference.ts'
import type { DeadlineAnchor } from '#shared/rules/profile.ts'
import { appendRecord, confirmRecord, draftOf, type LedgerRecord } from '../accounts/ledger.ts'
import { ledgerOf } from '../accounts/unlock.ts'
import { objectHash } from '../audit/object-hash.ts'
import type { Context, HandlerOutput, Handlers } from '../context.ts'
import type { Norm } from '../session/types.ts'
import { type NormFile, normOf, readNormFile } from './files.ts'
import { rulesOf, shippedNorms } from './rules.ts'

type ShownNorm = HandlerOutput<'rules.approveNorm'>

/** The norms of the ledger as it stands in this transaction, with what the program ships before them. */
async function shownNorms(context: Context): Promise<ShownNorm[]> {
  const { ledger } = ledgerOf(context.session.archive)
  const norms = draftOf(context.trx, ledger).norms()
  const adopted = norms.filter((norm) => norm.state === 'adopted')
  const today = dayInChina(context.now)
  const inForce = (one: { kind: Norm['kind']; name: string; hash: string; effective: string }): boolean => {
    const rivals = [...shippedNorms, ...adopted].filter((other) => other.kind === one.kind)
    const same = one.kind === 'holidayPack' ? rivals.filter((other) => other.name === one.name) : rivals
    const open = one.kind === 'holidayPack' ? same : same.filter((other) => other.effective <= today)
    const best = open.reduce<(typeof open)[number] | null>(
      (top, other) => (top && top.effective > other.effective ? top : other),
      null,
    )
    return best?.hash === one.hash
  }
  const shipped = shippedNorms.map(
    (one): ShownNorm => ({
      ...one,
      seq: 0,
      record: '',
      state: 'shipped',
      inForce: inForce(one),
      signers: [],
      reason: '',
      mine: false,
    }),
  )
  const own = norms.map(
    (one): ShownNorm => ({
      ...one,
      inForce: one.state === 'adopted' && inForce(one),
      signers: one.signers.map(({ account, at }) => {
        const known = ledger.account(account)
        return { name: known?.name ?? '', office: known?.office ?? '', at }
      }),
      mine: one.signers.some((signer) => signer.account === context.account.id),
    }),
  )
  return [...shipped, ...own]
}

async function shownNorm(context: Context, seq: number): Promise<ShownNorm> {
  return (await shownNorms(context)).find((one) => one.seq === seq && seq > 0) ?? fail('rules.unknownNorm')
}

/** What a file would take the place of: the profile or table of today, or the pack of the same year. */
async function counterpart(context: Context, kind: Norm['kind'], name: string): Promise<unknown> {
  const rules = await rulesOf(context)
  if (kind === 'retentionTable') return rules.retentionOn(dayInChina(context.now)) ?? {}
  return kind === 'ruleProfile'
    ? rules.on(dayInChina(context.now)).profile
    : (rules.packs.find((pack) => String(pack.year) === name) ?? {})
}

/** A file that waits or holds, as it was imported. Errors: `rules.unknownNorm`, `rules.normAltered`. */
async function keptFile(context: Context, norm: Pick<Norm, 'kind' | 'hash'>): Promise<NormFile> {
  const body = (await normBodies(context.office)).get(norm.hash)
  const value: unknown = body === undefined ? undefined : JSON.parse(body)
  const read = value === undefined ? null : normOf(norm.kind, value)
  // Between the two signatures somebody may have written the row: the ledger's hash decides.
  if (read === null || 'faults' in read || read.hash !== norm.hash || objectHash(value) !== norm.hash)
    fail('rules.normAltered', { hash: norm.hash.slice(0, 16) })
  return read
}

/** The ledger refuses whoever is not of the offices concerned; the window is told so in a word of its own. */
async function signed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof YuetanError && error.params.reason === 'notEntitled') fail('rules.notEntitled')
    throw error
  }
}

async function waitingNorm(context: Context, seq: number, record: string): Promise<Norm> {
  const { ledger } = ledgerOf(context.session.archive)
  const norm = draftOf(context.trx, ledger)
    .norms()
    .find((one) => one.seq === seq)
  if (norm?.record !== record) fail('rules.unknownNorm')
  if (norm.state !== 'waiting') fail('rules.notWaiting', { state: norm.state })
  return norm
}

export const rulesHandlers = {
  'rules.norms': async (context) => ({
    norms: await shownNorms(context),
    packs: [...(await rulesOf(context)).packs],
    retention: (await rulesOf(context)).retentionOn(dayInChina(context.now)),
    planAnchor: context.session.archive.ledger.policy<DeadlineAnchor>('planAnchor', 'interviewDay'),
  }),

  'rules.profile': async (context, { hash }) => {
    const rules = await rulesOf(context)
    return hash === null ? rules.on(dayInChina(context.now)) : { hash, profile: rules.byHash(hash) }
  },

  'rules.readNorm': {
    long: async (context, { kind, file }) => {
      const read = await readNormFile(kind, file)
      return context.commit(async (inside) => {
        if ('faults' in read)
          return { faults: [...read.faults], hash: null, name: '', version: '', effective: '', differences: [] }
        const { content, ...named } = read
        const before = await counterpart(inside, kind, read.name)
        return { ...named, faults: [], differences: [...differences(before, content)] }
      })
    },
  },

  'rules.compareNorm': async (context, { hash }) => {
    const { ledger } = context.session.archive
    const norm = ledger.norms().find((one) => one.hash === hash) ?? fail('rules.unknownNorm')
    const { content, name } = await keptFile(context, norm)
    return [...differences(await counterpart(context, norm.kind, name), content)]
  },

  'rules.proposeNorm': {
    long: async (context, { kind, file, hash }) => {
      const read = await readNormFile(kind, file)
      return context.commit(async (inside) => {
        // What was looked at is what is signed: a file that changed meanwhile is looked at again.
        if ('faults' in read || read.hash !== hash) return fail('rules.fileChanged')
        const { ledger, signer } = ledgerOf(inside.session.archive)
        const { name, version, effective, content } = read
        const others = [...shippedNorms, ...ledger.norms().filter((norm) => norm.state !== 'declined')]
        if (others.some((norm) => norm.hash === hash)) fail('rules.already')
        const taken = others.some((norm) => norm.kind === kind && norm.name === name && norm.version === version)
        if (kind === 'ruleProfile' && taken) fail('rules.versionTaken', { version })
        const { now: at } = inside
        await keepNorm(inside.trx, { hash, kind, body: JSON.stringify(content), at, account_id: signer.id })
        const record = await signed<LedgerRecord>(
          kind === 'ruleProfile'
            ? appendRecord(inside.trx, ledger, kind, { id: name, version, effective, hash, at }, signer)
            : kind === 'retentionTable'
              ? appendRecord(inside.trx, ledger, kind, { name, document: version, effective, hash, at }, signer)
              : appendRecord(inside.trx, ledger, kind, { year: Number(name), notice: version, hash, at }, signer),
        )
        inside.note({ objectKind: kind, objectId: `${name} ${version}` })
        return shownNorm(inside, record.seq)
      })
    },
  },

  'rules.approveNorm': async (context, { seq, record }) => {
    const { trx, now: at } = context
    const { ledger, signer } = ledgerOf(context.session.archive)
    const norm = await waitingNorm(context, seq, record)
    if (norm.signers.some((one) => one.account === signer.id)) fail('rules.sameperson')
    await keptFile(context, norm)
    await signed(confirmRecord(trx, ledger, { seq, hash: record }, at, signer))
    context.note({ objectKind: norm.kind, objectId: `${norm.name} ${norm.version}` })
    return shownNorm(context, seq)
  },

  'rules.declineNorm': async (context, { seq, record, reason }) => {
    const { trx, now: at } = context
    const { ledger, signer } = ledgerOf(context.session.archive)
    const norm = await waitingNorm(context, seq, record)
    await signed(appendRecord(trx, ledger, 'withdraw', { of: seq, hash: record, reason, at }, signer))
    context.note({ objectKind: norm.kind, objectId: `${norm.name} ${norm.version}` })
    return shownNorm(context, seq)
  },

  'rules.setPlanAnchor': async (context, { anchor }) => {
    const { ledger, signer } = ledgerOf(context.session.archive)
    const body = { name: 'planAnchor', value: anchor, at: context.now }
    await appendRecord(context.trx, ledger, 'policy', body, signer)
    context.note({ detail: { anchor } })
    return {}
  },
} satisfies Partial<Handlers>
