import type { Knex } from 'knex'
import * as v from 'valibot'
import { canonical } from '#electron/crypto/canonical.ts'
import { certificateFingerprint, verifyChain } from '#electron/crypto/certificates.ts'
import { sha256 } from '#electron/crypto/fingerprint.ts'
import { signBody, verifyBody } from '#electron/crypto/signature.ts'
import type { SigningKey } from '#electron/crypto/token.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import { businessRoles, isOfficerRole, type Role, rolesAreSeparate } from '#shared/domain/accounts.ts'
import { policyFault } from '#shared/domain/policy.ts'
import type { Account, LedgerView, Norm } from '../session/types.ts'
import {
  type AccountBody,
  type Body,
  bodies,
  type Kind,
  laterKinds,
  type Signatures,
  type Signer,
  signaturesOf,
} from './ledger-kinds.ts'

/** One line of the ledger; `body` is canonical JSON text, `signature` covers everything before it. */
export interface LedgerRecord {
  readonly seq: number
  readonly prev: string
  readonly kind: string
  readonly body: string
  readonly signer: string
  readonly signature: string
}

interface Member {
  readonly body: AccountBody
  readonly roles: Set<Role>
  readonly keys: Set<'office' | 'cases'>
  /** Signing certificates before the account was activated again: what they signed stays signed. */
  readonly former: readonly string[]
  /** Certificate of the CA that certified the account's present keys. */
  readonly authority: string
  disabled: boolean
  /** Until when a role was held that is held no more: what was signed before stays signed. */
  readonly until: ReadonlyMap<Role, string>
}

type Refuse = (reason: string) => never

interface Pending {
  readonly record: LedgerRecord
  readonly kind: Kind
  readonly body: unknown
  readonly needed: Signatures
  readonly signers: string[]
}

/** Signer's name of records that two paper sheets sign. */
export const recoverySigner = 'recovery'

/** A record that does not have all its signatures yet. */
export interface Waiting {
  readonly seq: number
  readonly hash: string
  readonly kind: Kind
  readonly body: unknown
  readonly signers: readonly string[]
  /** The slots nobody has filled yet. */
  readonly open: Signatures
}

/** Hash of a record, signature included: what the next record's `prev` and a confirmation name. */
export function recordHash(record: LedgerRecord): string {
  const { seq, prev, kind, body, signer, signature } = record
  return sha256(canonical({ seq, prev, kind, body, signer, signature }))
}

function signedPart(record: Omit<LedgerRecord, 'signature'>): unknown {
  const { seq, prev, kind, body, signer } = record
  return { seq, prev, kind, body, signer }
}

/**
 * The ledger replayed from its genesis: the only source of accounts, roles, certificates, key ids and policy. Whoever
 * holds the key of `office.db` can write the file, so every record is judged by its signatures and nothing else.
 */
export class Ledger implements LedgerView {
  genesis = ''
  kind: 'production' | 'trial' = 'production'
  unit = ''
  machineLevel: LedgerView['machineLevel'] = 'none'
  caCertificate = ''
  readonly #authorities: string[] = []
  readonly #members = new Map<string, Member>()
  readonly #policies = new Map<string, readonly { readonly value: unknown; readonly at: string }[]>()
  readonly #norms = new Map<number, Norm>()
  /** Ids of the keys a database had, the present one last. */
  readonly #keyIds = new Map<'office' | 'cases', readonly string[]>()
  readonly #pending = new Map<number, Pending>()
  readonly #restores: Body<'restore'>[] = []
  #clock: Body<'clock'> | null = null
  #recovery: Body<'recovery'> | null = null
  readonly #recoveryKeys: string[] = []
  readonly #leftWith = new Set<'office' | 'cases'>()
  #last: LedgerRecord | null = null

  /**
   * Replays records in order against the pinned genesis hash (null only while an archive is being founded).
   * Errors: `ledger.invalid` with the record's place and the reason; nothing of an invalid ledger is used.
   */
  static replay(records: readonly LedgerRecord[], pinnedGenesis: string | null): Ledger {
    const ledger = new Ledger()
    for (const record of records) ledger.accept(record)
    if (ledger.genesis === '' || ledger.#pending.has(1)) fail('ledger.invalid', { seq: 1, reason: 'genesis' })
    if (pinnedGenesis !== null && ledger.genesis !== pinnedGenesis)
      fail('ledger.invalid', { seq: 1, reason: 'foreignGenesis' })
    return ledger
  }

  /** Checks one record against the state before it and applies what is complete. Errors: `ledger.invalid`. */
  accept(record: LedgerRecord): void {
    const refuse: Refuse = (reason) => fail('ledger.invalid', { seq: record.seq, reason })
    const last = this.#last
    if (record.seq !== (last?.seq ?? 0) + 1) refuse('sequence')
    if (record.prev !== (last === null ? '' : recordHash(last))) refuse('chain')
    if (!Object.hasOwn(bodies, record.kind)) refuse('unknownKind')
    const kind = record.kind as Kind
    // Obeying half of such a record, or passing over it, would both be wrong: it needs the program that knows it.
    if (laterKinds.has(kind)) refuse('notYet')
    const parsed = v.safeParse(bodies[kind], parseBody(record.body))
    if (!parsed.success || canonical(parsed.output) !== record.body) refuse('body')
    const body = parsed.output
    if ((kind === 'genesis') !== (record.seq === 1)) refuse('genesis')
    if (kind === 'genesis') this.#found(record, body as Body<'genesis'>, refuse)
    const certificate = this.#certificateOf(record.signer, kind, body)
    if (certificate === null) refuse('unknownSigner')
    const genesis = kind === 'genesis' ? '' : this.genesis
    if (!verifyBody(certificate ?? '', 'ledger', genesis, signedPart(record), record.signature)) refuse('signature')

    if (kind === 'confirm') this.#confirm(record, body as Body<'confirm'>, refuse)
    else if (kind === 'withdraw') this.#withdraw(record, body as Body<'withdraw'>, refuse)
    else {
      const pending: Pending = { record, kind, body, needed: signaturesOf(kind, body as never), signers: [] }
      this.#sign(pending, record.signer, refuse)
    }
    this.#noteNorm(record, kind, body)
    this.#last = record
  }

  /** Makes the next record, signed by `signer`; it has effect only after `accept`. */
  compose<K extends Kind>(kind: K, body: Body<K>, signer: string, key: SigningKey): LedgerRecord {
    const last = this.#last
    const unsigned = {
      seq: (last?.seq ?? 0) + 1,
      prev: last === null ? '' : recordHash(last),
      kind,
      body: canonical(body),
      signer,
    }
    return {
      ...unsigned,
      signature: signBody(key, 'ledger', kind === 'genesis' ? '' : this.genesis, signedPart(unsigned)),
    }
  }

  /** A copy that may run ahead of this ledger; `adopt` takes it over, nothing else does. */
  fork(): Ledger {
    const copy = new Ledger()
    copy.adopt(this)
    return copy
  }

  /** Becomes equal to `other`, sharing nothing with it that changes. */
  adopt(other: Ledger): void {
    const { genesis, kind, unit, machineLevel, caCertificate } = other
    Object.assign(this, { genesis, kind, unit, machineLevel, caCertificate })
    refill(this.#members, other.#members, (one) => ({ ...one, roles: new Set(one.roles), keys: new Set(one.keys) }))
    refill(this.#policies, other.#policies, (one) => one)
    refill(this.#norms, other.#norms, (one) => one)
    refill(this.#keyIds, other.#keyIds, (one) => one)
    refill(this.#pending, other.#pending, (one) => ({ ...one, signers: [...one.signers] }))
    this.#restores.splice(0, Number.POSITIVE_INFINITY, ...other.#restores)
    this.#clock = other.#clock
    this.#recovery = other.#recovery
    this.#recoveryKeys.splice(0, Number.POSITIVE_INFINITY, ...other.#recoveryKeys)
    this.#leftWith.clear()
    for (const database of other.#leftWith) this.#leftWith.add(database)
    this.#authorities.splice(0, Number.POSITIVE_INFINITY, ...other.#authorities)
    this.#last = other.#last
  }

  /** Hash of the last record accepted. */
  head(): { seq: number; hash: string } {
    return this.#last === null ? { seq: 0, hash: '' } : { seq: this.#last.seq, hash: recordHash(this.#last) }
  }

  /** Complete records wait for nobody; these still wait, by their place. */
  waiting(): readonly Waiting[] {
    return [...this.#pending.values()].map((pending) => ({
      seq: pending.record.seq,
      hash: recordHash(pending.record),
      kind: pending.kind,
      body: pending.body,
      signers: [...pending.signers],
      open: openSlots(pending.needed, pending.signers, (one, slot) => this.#fits(one, slot, pending)),
    }))
  }

  /** True when the account's own confirmation would bring a waiting record further. */
  mayConfirm(seq: number, accountId: string): boolean {
    const pending = this.#pending.get(seq)
    if (pending === undefined || pending.signers.includes(accountId)) return false
    return canFill(pending.needed, [...pending.signers, accountId], (one, slot) => this.#fits(one, slot, pending))
  }

  /** What officers gave up after comparing, and the clock they set right; see `audit/rollback.ts`. */
  restores(): readonly Body<'restore'>[] {
    return this.#restores
  }

  clock(): Body<'clock'> | null {
    return this.#clock
  }

  /** Id of the key a database must have; an unwrapped key that differs is refused. */
  keyId(database: 'office' | 'cases'): string {
    return this.#keyIds.get(database)?.at(-1) ?? ''
  }

  /** The recovery account as its sheets were last made; null while there are none, or after their use. */
  recovery(): Body<'recovery'> | null {
    return this.#recovery
  }

  /** Signing keys of every recovery account there was: what they signed when their sheets were used stays signed. */
  recoveryKeys(): readonly string[] {
    return this.#recoveryKeys
  }

  /** Databases whose present key is known to somebody who has left: it has to be renewed. */
  renewalsDue(): readonly ('office' | 'cases')[] {
    return [...this.#leftWith].sort()
  }

  /** Id of the key before the present one; empty while there was none. */
  formerKeyId(database: 'office' | 'cases'): string {
    return this.#keyIds.get(database)?.at(-2) ?? ''
  }

  account(id: string): Account | undefined {
    const member = this.#members.get(id)
    return member && shown(member)
  }

  accounts(): readonly Account[] {
    return [...this.#members.values()].map(shown)
  }

  holds(accountId: string, role: Role): boolean {
    const member = this.#members.get(accountId)
    return member !== undefined && !member.disabled && member.roles.has(role)
  }

  held(accountId: string, role: Role, at: string): boolean {
    const until = this.#members.get(accountId)?.until.get(role)
    return this.holds(accountId, role) || (until !== undefined && at <= until)
  }

  authorities(): readonly string[] {
    return this.#authorities
  }

  authorityOf(accountId: string): string {
    return this.#members.get(accountId)?.authority ?? this.caCertificate
  }

  policy<T>(name: string, fallback: T): T {
    return this.policyAt(name, '9999', fallback)
  }

  policyAt<T>(name: string, at: string, fallback: T): T {
    const value = this.#policies.get(name)?.findLast((one) => one.at <= at)?.value
    return typeof value === typeof fallback ? (value as T) : fallback
  }

  norms(): readonly Norm[] {
    return [...this.#norms.values()]
  }

  #found(record: LedgerRecord, body: Body<'genesis'>, refuse: Refuse): void {
    this.#certifyBy(body.caCertificate, refuse)
    for (const [role, founder] of Object.entries(body.founders) as [Role, AccountBody][]) {
      this.#admit(founder, body.at, refuse)
      const member = this.#members.get(founder.id)
      member?.roles.add(role)
      member?.keys.add('office')
      if (!isOfficerRole(role)) member?.keys.add('cases')
    }
    if (this.#members.size !== 4) refuse('founders')
    this.genesis = recordHash(record)
    this.kind = body.kind
    this.unit = body.unit
    this.machineLevel = body.machineLevel
    this.#keyIds.set('office', [body.keys.office])
    this.#keyIds.set('cases', [body.keys.cases])
  }

  /** Certificates are issued by another CA from now on; what earlier ones issued stays issued. */
  #certifyBy(authority: string, refuse: Refuse): void {
    if (this.#authorities.includes(authority)) refuse('authority')
    this.caCertificate = authority
    this.#authorities.push(authority)
  }

  /** Another person for an officer: a new account, so that nobody who ever had a key of `cases.db` becomes an officer. */
  #replace(body: Body<'officerReplaced'>, refuse: Refuse): void {
    const { role, from, account, authority, at } = body
    const leaver = this.#members.get(from) ?? refuse('unknownAccount')
    if (leaver.disabled || !leaver.roles.has(role)) refuse('officerRole')
    if (this.#members.has(account.id)) refuse('accountTwice')
    if ((authority !== '') !== (role !== 'auditor')) refuse('authority')
    if (authority !== '') this.#certifyBy(authority, refuse)
    this.#admit(account, at, refuse)
    const newcomer = this.#members.get(account.id)
    newcomer?.roles.add(role)
    newcomer?.keys.add('office')
    this.#dismiss(from, leaver, at)
  }

  /** Lets an account in no more; keys it knew have to be renewed. */
  #dismiss(id: string, member: Member, at: string): void {
    for (const database of member.keys) this.#leftWith.add(database)
    member.disabled = true
    this.#members.set(id, ended(member, [...member.roles], at))
  }

  #admit(body: AccountBody, at: string, refuse: Refuse): void {
    const known = this.#members.get(body.id)
    // A forgotten password means activation again: the same account with new keys, and no database key until handed over.
    if (known && (this.genesis === '' || known.body.login !== body.login)) refuse('accountTwice')
    // An officer holds half of the CA's key: replaced, never activated again.
    if (known && [...known.roles].some(isOfficerRole)) refuse('officerRole')
    const others = [...this.#members.values()].filter((member) => member !== known)
    if (others.some((member) => member.body.login === body.login)) refuse('loginTwice')
    for (const certificate of [body.signingCertificate, body.encryptionCertificate]) {
      try {
        verifyChain(certificate, this.caCertificate, at)
      } catch (error) {
        if (error instanceof YuetanError) refuse('certificate')
        throw error
      }
    }
    const former = known ? [...known.former, known.body.signingCertificate] : []
    this.#members.set(body.id, {
      body,
      roles: new Set(known?.roles),
      keys: new Set(),
      former,
      authority: this.caCertificate,
      disabled: false,
      until: known?.until ?? new Map(),
    })
  }

  #certificateOf(signer: string, kind: Kind, body: unknown): string | null {
    if (kind === 'confirm') {
      // An account confirms its own record with the keys that the record brings: that proves it holds them.
      const waiting = this.#pending.get((body as Body<'confirm'>).of)
      if (waiting?.kind === 'account' || waiting?.kind === 'officerReplaced') {
        const { account } = waiting.body as Body<'account' | 'officerReplaced'>
        if (account.id === signer) return account.signingCertificate
      }
    }
    if (signer === recoverySigner) return this.#recovery?.signingKey ?? null
    const member = this.#members.get(signer)
    return member === undefined || member.disabled ? null : member.body.signingCertificate
  }

  #confirm(record: LedgerRecord, body: Body<'confirm'>, refuse: Refuse): void {
    const waiting = this.#pending.get(body.of)
    if (waiting === undefined || recordHash(waiting.record) !== body.hash) refuse('confirmsNothing')
    else this.#sign(waiting, record.signer, refuse)
  }

  /** Sheets made replace earlier ones; used they are void, and every key they opened has to be renewed. */
  #recover(body: Body<'recovery'>, refuse: Refuse): void {
    const { act, holders, account } = body
    if (act === 'made') {
      if (new Set(holders).size !== 3) refuse('holders')
      for (const holder of holders) {
        const member = this.#members.get(holder)
        if (member === undefined || member.disabled || [...member.roles].some(isOfficerRole)) refuse('holders')
      }
      this.#recovery = body
      this.#recoveryKeys.push(body.signingKey)
    } else if (act === 'used') {
      const member = this.#members.get(account) ?? refuse('unknownAccount')
      if (member.disabled || [...member.roles].some(isOfficerRole)) refuse('officerKey')
      member.keys.add('cases')
      this.#recovery = null
      for (const database of ['office', 'cases'] as const) this.#leftWith.add(database)
    }
  }

  #withdraw(record: LedgerRecord, body: Body<'withdraw'>, refuse: Refuse): void {
    const waiting = this.#pending.get(body.of)
    if (waiting === undefined || recordHash(waiting.record) !== body.hash) refuse('confirmsNothing')
    const { signers = [] } = waiting ?? {}
    if (!signers.includes(record.signer) && !this.mayConfirm(body.of, record.signer)) refuse('notEntitled')
    // A genesis waits for its founders inside one transaction only: nobody may cut it in half.
    if (body.of === 1) refuse('genesis')
    this.#pending.delete(body.of)
    const norm = this.#norms.get(body.of)
    if (norm) this.#norms.set(body.of, { ...norm, state: 'declined', reason: body.reason })
  }

  /** Keeps how a rule profile or holiday pack stands after a record about it. */
  #noteNorm(record: LedgerRecord, kind: Kind, body: unknown): void {
    if (kind === 'ruleProfile' || kind === 'holidayPack' || kind === 'retentionTable') {
      const { at, hash, ...named } = body as Body<'ruleProfile'> | Body<'holidayPack'> | Body<'retentionTable'>
      const shown = shownNorm(named)
      const signers = [{ account: record.signer, at }]
      const { seq } = record
      this.#norms.set(seq, {
        seq,
        record: recordHash(record),
        kind,
        hash,
        ...shown,
        state: 'waiting',
        signers,
        reason: '',
      })
    } else if (kind === 'confirm') {
      const { of, at } = body as Body<'confirm'>
      const norm = this.#norms.get(of)
      if (!norm) return
      const signers = [...norm.signers, { account: record.signer, at }]
      this.#norms.set(of, { ...norm, signers, state: this.#pending.has(of) ? 'waiting' : 'adopted' })
    }
  }

  /** Adds a signer to a record; when every slot is filled by another account, the record takes effect. */
  #sign(pending: Pending, signer: string, refuse: Refuse): void {
    if (pending.signers.includes(signer)) refuse('signedTwice')
    // The head of an office is its 定密责任人 by office (保密法 16): the leader's own signature counts beside the officer's.
    const own = pending.kind === 'role' && (pending.body as Body<'role'>).account === signer
    if (own && !this.holds(signer, 'chiefLeader')) refuse('ownRole')
    const signers = [...pending.signers, signer]
    if (!canFill(pending.needed, signers, (one, slot) => this.#fits(one, slot, pending))) refuse('notEntitled')
    pending.signers.push(signer)
    if (signers.length < pending.needed.length) {
      this.#pending.set(pending.record.seq, pending)
      return
    }
    this.#pending.delete(pending.record.seq)
    this.#apply(pending, refuse)
  }

  #fits(signer: string, slot: readonly Signer[], pending: Pending): boolean {
    return slot.some((wanted) => {
      if (wanted === 'self')
        return (
          (pending.kind === 'account' || pending.kind === 'officerReplaced') &&
          (pending.body as Body<'account' | 'officerReplaced'>).account.id === signer
        )
      if (wanted === 'recovery') return signer === recoverySigner
      // Nobody has a say in who follows: it is for the two others.
      if (pending.kind === 'officerReplaced' && (pending.body as Body<'officerReplaced'>).from === signer) return false
      const member = this.#members.get(signer)
      if (member === undefined || member.disabled) return false
      if (wanted === 'sheetHolder')
        return member.keys.has('cases') && (pending.body as Body<'recovery'>).holders.includes(signer)
      if (wanted === 'keyHolder') return member.keys.has('cases')
      if (wanted === 'business') return businessRoles.some((role) => member.roles.has(role))
      return member.roles.has(wanted)
    })
  }

  #apply({ kind, body }: Pending, refuse: Refuse): void {
    if (kind === 'account') {
      const { account, at } = body as Body<'account'>
      this.#admit(account, at, refuse)
    } else if (kind === 'role') {
      const { account, role, grant } = body as Body<'role'>
      const member = this.#members.get(account) ?? refuse('unknownAccount')
      // One officer alone must never make or unmake another: officers change by `officerReplaced` only.
      if (isOfficerRole(role)) refuse('officerRole')
      const roles = new Set(member.roles)
      if (grant) roles.add(role)
      else roles.delete(role)
      if (!rolesAreSeparate([...roles])) refuse('separation')
      if (grant) member.roles.add(role)
      else {
        member.roles.delete(role)
        this.#members.set(account, ended(member, [role], (body as Body<'role'>).at))
      }
    } else if (kind === 'handOver') {
      const { account, database, keyId } = body as Body<'handOver'>
      const member = this.#members.get(account) ?? refuse('unknownAccount')
      if (keyId !== this.keyId(database)) refuse('foreignKey')
      if (database === 'cases' && [...member.roles].some(isOfficerRole)) refuse('officerKey')
      member.keys.add(database)
    } else if (kind === 'policy') {
      const { name, value, at } = body as Body<'policy'>
      const fault = policyFault(this.machineLevel, name, value)
      if (fault) refuse(fault)
      this.#policies.set(name, [...(this.#policies.get(name) ?? []), { value, at }])
    } else if (kind === 'disable') {
      const { account, at } = body as Body<'disable'>
      const member = this.#members.get(account) ?? refuse('unknownAccount')
      // One officer alone must never unmake another: officers go by `officerReplaced` only.
      if ([...member.roles].some(isOfficerRole)) refuse('officerRole')
      this.#dismiss(account, member, at)
    } else if (kind === 'certificateRevoked') {
      const { account, fingerprints, at } = body as Body<'certificateRevoked'>
      const member = this.#members.get(account) ?? refuse('unknownAccount')
      if ([...member.roles].some(isOfficerRole)) refuse('officerRole')
      if (member.disabled || canonical(fingerprints) !== canonical(fingerprintsOf(member.body))) refuse('certificate')
      this.#dismiss(account, member, at)
    } else if (kind === 'certificateAuthority') {
      this.#certifyBy((body as Body<'certificateAuthority'>).certificate, refuse)
    } else if (kind === 'officerReplaced') {
      this.#replace(body as Body<'officerReplaced'>, refuse)
    } else if (kind === 'databaseKey') {
      const { database, keyId } = body as Body<'databaseKey'>
      const known = this.#keyIds.get(database) ?? []
      // A key that was given up must never come back.
      if (known.includes(keyId)) refuse('foreignKey')
      this.#keyIds.set(database, [...known, keyId])
      this.#leftWith.delete(database)
    } else if (kind === 'recovery') {
      this.#recover(body as Body<'recovery'>, refuse)
    } else if (kind === 'restore') {
      this.#restores.push(body as Body<'restore'>)
    } else if (kind === 'clock') {
      this.#clock = body as Body<'clock'>
    }
  }
}

function refill<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>, copy: (value: V) => V): void {
  target.clear()
  for (const [key, value] of source) target.set(key, copy(value))
}

/** What names both certificates of an account in a revocation. */
export function fingerprintsOf(
  account: Pick<AccountBody, 'signingCertificate' | 'encryptionCertificate'>,
): [string, string] {
  return [certificateFingerprint(account.signingCertificate), certificateFingerprint(account.encryptionCertificate)]
}

/** A member some of whose roles came to their end at a moment. */
function ended(member: Member, roles: readonly Role[], at: string): Member {
  return { ...member, until: new Map([...member.until, ...roles.map((role) => [role, at] as const)]) }
}

function shown(member: Member): Account {
  const { id, login, name, office, signingCertificate, encryptionCertificate } = member.body
  const roles = [...member.roles]
  const needsCases = roles.some((role) => !isOfficerRole(role))
  const keyed = member.keys.has('office') && (!needsCases || member.keys.has('cases'))
  const state = member.disabled ? 'disabled' : keyed && roles.length > 0 ? 'active' : 'pending'
  const formerSigningCertificates = member.former
  return { id, login, name, office, roles, state, signingCertificate, encryptionCertificate, formerSigningCertificates }
}

/** True when the signers can be put into the slots, each into one of its own. Slots are few: plain backtracking. */
function canFill(
  slots: Signatures,
  signers: readonly string[],
  fits: (signer: string, slot: readonly Signer[]) => boolean,
): boolean {
  const [signer, ...rest] = signers
  if (signer === undefined) return true
  return slots.some((slot, index) => fits(signer, slot) && canFill(slots.toSpliced(index, 1), rest, fits))
}

/** The slots that stay open once every signer has taken one. */
function openSlots(
  slots: Signatures,
  signers: readonly string[],
  fits: (signer: string, slot: readonly Signer[]) => boolean,
): Signatures {
  if (slots.length <= signers.length) return []
  const spare = slots.findIndex((_slot, index) => canFill(slots.toSpliced(index, 1), signers, fits))
  const slot = slots[spare]
  return slot === undefined ? [] : [slot, ...openSlots(slots.toSpliced(spare, 1), signers, fits)]
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads and replays the ledger of an open `office.db`. Errors: `ledger.invalid`. */
export async function readLedger(db: Knex, pinnedGenesis: string): Promise<Ledger> {
  return Ledger.replay(await db<LedgerRecord>('ledger').orderBy('seq'), pinnedGenesis)
}

/** The ledgers that run ahead inside a transaction, by the ledger they will become. */
const drafts = new WeakMap<Knex.Transaction, Map<Ledger, Ledger>>()

/**
 * The ledger as it stands inside a transaction. It becomes the ledger itself when the transaction commits; a rollback
 * leaves nothing behind: a ledger in memory ahead of its file would sign records that have no predecessor.
 */
export function draftOf(trx: Knex.Transaction, ledger: Ledger): Ledger {
  const known = drafts.get(trx) ?? new Map<Ledger, Ledger>()
  drafts.set(trx, known)
  if ([...known.values()].includes(ledger)) return ledger
  const draft = known.get(ledger) ?? ledger.fork()
  if (!known.has(ledger)) {
    known.set(ledger, draft)
    trx.executionPromise.then(
      () => ledger.adopt(draft),
      () => undefined,
    )
  }
  return draft
}

/** Signs, checks and appends one record. Errors: `ledger.invalid` when it may not stand there; nothing is written then. */
export async function appendRecord<K extends Kind>(
  trx: Knex.Transaction,
  ledger: Ledger,
  kind: K,
  body: Body<K>,
  signer: { id: string; key: SigningKey },
): Promise<LedgerRecord> {
  const draft = draftOf(trx, ledger)
  const record = draft.compose(kind, body, signer.id, signer.key)
  draft.accept(record)
  await trx<LedgerRecord>('ledger').insert(record)
  return record
}

/** Confirms a waiting record in the name of another account. */
export async function confirmRecord(
  trx: Knex.Transaction,
  ledger: Ledger,
  record: LedgerRecord | { readonly seq: number; readonly hash: string },
  at: string,
  signer: { id: string; key: SigningKey },
): Promise<void> {
  const hash = 'hash' in record ? record.hash : recordHash(record)
  await appendRecord(trx, ledger, 'confirm', { of: record.seq, hash, at }, signer)
}

type Named<K extends 'ruleProfile' | 'holidayPack' | 'retentionTable'> = Omit<Body<K>, 'at' | 'hash'>

/** Name, version and first day of an imported file, whichever kind it is. */
function shownNorm(named: Named<'ruleProfile'> | Named<'holidayPack'> | Named<'retentionTable'>) {
  if ('year' in named) return { name: String(named.year), version: named.notice, effective: `${named.year}-01-01` }
  if ('id' in named) return { name: named.id, version: named.version, effective: named.effective }
  return { name: named.name, version: named.document, effective: named.effective }
}
