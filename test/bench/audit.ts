import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Knex } from 'knex'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { closeArchive, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { type LogHead, signHeadIn } from '#electron/core/audit/heads.ts'
import { hashRow, type LogRow, lastPosition, type Position } from '#electron/core/audit/log.ts'
import type { Identity, OpenArchive } from '#electron/core/session/types.ts'
import { canonical } from '#electron/crypto/canonical.ts'
import { compare, type Figure, figure } from './figure.ts'
import { type Place, seated } from './seated.ts'

const lines = 1_000_000
/** Lines after which a head is signed, as `openAudit` does it. */
const linesPerHead = 64
/** Lines of one session, from its sign-in to the next one's. */
const linesPerSession = 640
/** Lines written in one transaction here; the program writes each with its act. */
const linesPerWrite = 64_000
const logins = ['chengban', 'jilu', 'fenguan', 'zhuize', 'dangan'] as const
const actions = [
  'cases.get',
  'today.get',
  'interviews.append',
  'notices.save',
  'papers.preview',
  'search.find',
] as const

/**
 * `audit.verify-1m`: the auditor's own verb over one million lines of `office.db`, most of them copies of lines of
 * `cases.db`, with 15,625 signed heads. The peer is the arithmetic alone: every line's bytes read from a plain file and
 * hashed one by one, every head's signature checked, with no database, no encryption and no canonical form to be made.
 */
export async function benchAudit(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yuetan-bench-'))
  try {
    const place = { folder: join(folder, 'archive'), machineFolder: join(folder, 'machine') }
    const bare = { lines: join(folder, 'lines'), heads: join(folder, 'heads') }
    await createTrial({ ...place, unit: '渝某国资监管机构', now: new Date().toISOString() })
    const begun = performance.now()
    const keys = await fill(place, bare)
    console.log(`audit.verify-1m: ${lines} lines written in ${Math.round((performance.now() - begun) / 1000)} s`)
    const auditor = await seated(place, 'shenji')
    let peak = 0
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss())
    }, 100)
    const [value, peerValue] = await compare(
      3,
      async () => {
        const { intact, lines: checked, fault } = await auditor.call('audit.verify', { job: 'bench' })
        if (!intact || checked < lines) throw new Error(`bench: the log is not sound: ${fault}`)
      },
      () => arithmetic(bare, keys),
      0,
    )
    clearInterval(watch)
    await auditor.stop()
    console.log(`audit.verify-1m: ${Math.round(peak / 1e6)} MB at the most, the bench included`)
    const peer = 'a SHA-256 of each line and a check of each signature, from plain files'
    return [figure('audit.verify-1m', 'ms', value, peer, peerValue)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Where the bytes of the lines and of the heads stand in the clear, for the peer. */
interface Bare {
  readonly lines: string
  readonly heads: string
}

/** Writes the lines by the program's own hash and signature; returns the key of each signer. */
async function fill(place: Place, bare: Bare): Promise<ReadonlyMap<string, KeyObject>> {
  const people: OpenArchive[] = []
  for (const login of logins) {
    const request = { ...place, login, password: trialPassword, now: new Date().toISOString() }
    people.push((await unlockArchive(request)).archive)
  }
  const [first] = people
  if (!first) throw new Error('bench: nobody signed in')
  const { office, ledger } = first
  const plain = { lines: openSync(bare.lines, 'w'), heads: openSync(bare.heads, 'w') }
  const identities = people.map((one) => one.identity)
  let last = await lastPosition(office.knex)
  for (let written = 0; written < lines; written += linesPerWrite) {
    await office.transaction(async (trx) => {
      for (let n = written; n < Math.min(written + linesPerWrite, lines); n += linesPerHead) {
        const identity = identities[Math.floor(n / linesPerSession) % identities.length] ?? first.identity
        const rows: LogRow[] = []
        for (let each = n; each < n + linesPerHead; each += 1) {
          const row = { ...content(each, identity), seq: last.seq + 1, prev: last.hash }
          const hash = hashRow(row)
          rows.push({ ...row, hash })
          last = { seq: row.seq, hash }
        }
        await trx<LogRow>('log').insert(rows)
        writeSync(plain.lines, rows.map(({ hash: _hash, ...row }) => `${canonical(row)}\n`).join(''))
        const head = await sign(trx, identity, rows.at(-1)?.at ?? '')
        const { signature, ...body } = head
        const bytes = `yuetan/log-head/v1\0${ledger.genesis}${canonical(body)}`
        writeSync(plain.heads, `${JSON.stringify({ bytes, signature, signer: head.signer })}\n`)
      }
    })
  }
  for (const one of Object.values(plain)) closeSync(one)
  for (const one of people) await closeArchive(one)
  return new Map(identities.map(({ id, signingCertificate }) => [id, createPublicKey(signingCertificate)]))
}

async function sign(trx: Knex.Transaction, identity: Identity, at: string): Promise<LogHead> {
  const signed = await signHeadIn(trx, 'office', identity, at)
  if (!signed) throw new Error('bench: nothing to sign')
  return signed.head
}

/** The n-th line but for its place in the chain: a sign-in, then acts of that account, nine of ten in `cases.db`. */
function content(n: number, identity: Identity): Omit<LogRow, keyof Position | 'prev'> {
  const own = n % linesPerSession === 0 || n % 10 === 9
  const action = n % linesPerSession === 0 ? 'session.signIn' : (actions[n % actions.length] ?? 'cases.get')
  const digest = createHash('sha256').update(String(n)).digest('hex')
  return {
    at: new Date(Date.UTC(2026, 0, 5) + n * 1000).toISOString(),
    account: identity.id,
    roles: JSON.stringify(identity.roles),
    action,
    object_kind: own ? null : 'case',
    object_id: own ? null : digest.slice(0, 26).toUpperCase(),
    level: own ? null : 'secret',
    result: 'ok',
    source: own ? 'office' : 'cases',
    source_seq: own ? null : n + 1,
    detail: own ? '{}' : JSON.stringify({ line: digest }),
  }
}

async function arithmetic(bare: Bare, keys: ReadonlyMap<string, KeyObject>): Promise<void> {
  let bytes = 0
  for await (const line of createInterface({ input: createReadStream(bare.lines) }))
    bytes += createHash('sha256').update(line).digest('hex').length
  if (bytes === 0) throw new Error('bench: no lines for the peer')
  for await (const line of createInterface({ input: createReadStream(bare.heads) })) {
    const head = JSON.parse(line) as { bytes: string; signature: string; signer: string }
    const key = keys.get(head.signer)
    if (!key || !verify('sha256', Buffer.from(head.bytes), key, Buffer.from(head.signature, 'base64')))
      throw new Error('bench: a head of the peer is not valid')
  }
}
