import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { closeArchive, unlockArchive } from '#electron/core/accounts/unlock.ts'
import type { JobProgress } from '#electron/core/jobs/runner.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { casesKeyForTest } from '#test/support/cases-key.ts'
import { runOutside } from '#test/support/sqlcipher.ts'
import { type Figure, figure } from './figure.ts'
import { type Place, seated } from './seated.ts'

const size = 1024 ** 3
/** Random text of one row, in characters, and rows of one transaction. */
const rowSize = 256 * 1024
const rowsAtOnce = 64

/**
 * `renew.1gb`: the sign-in that writes a `cases.db` of 1 GiB anew under the key two leaders have signed for, from the
 * password to both databases open. Attachments are not touched: their keys stand in `cases.db`. The peer is another
 * SQLCipher 4 doing the same to the same file: copied, re-keyed, its integrity checked. One round each: they are long.
 */
export async function benchRenewal(): Promise<readonly Figure[]> {
  const base = mkdtempSync(join(tmpdir(), 'yuetan-bench-'))
  try {
    const place = { folder: join(base, 'archive'), machineFolder: join(base, 'machine') }
    await createTrial({ ...place, unit: '渝某国资监管机构', now: new Date().toISOString() })
    const key = await fill(place)
    await renewSigned(place)
    const file = archiveLayout(place.folder).casesDatabase
    const copy = join(base, 'peer.db')
    const theirs = await timed(() => peer(file, copy, key))
    rmSync(copy)
    const begun = new Map<string, number>()
    const ours = await timed(() =>
      unlock(place, ({ step }) => void begun.set(step, begun.get(step) ?? performance.now())),
    )
    const steps = [...begun].map(([step, at], n, all) => {
      const seconds = ((all[n + 1]?.[1] ?? performance.now()) - at) / 1000
      return `${step} ${seconds.toFixed(1)} s`
    })
    console.log(`renew.1gb: ${steps.join(', ')}`)
    const words = 'another SQLCipher 4: copy, PRAGMA rekey, PRAGMA integrity_check'
    return [figure('renew.1gb', 'ms', ours, words, theirs)]
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function unlock(place: Place, progress: (told: JobProgress) => void = () => undefined) {
  const now = new Date().toISOString()
  const { archive } = await unlockArchive({ ...place, login: 'jilu', password: trialPassword, now, progress })
  await closeArchive(archive)
}

/** Fills `cases.db` to 1 GiB; returns its key. */
async function fill(place: Place): Promise<Buffer> {
  const now = new Date().toISOString()
  const { archive } = await unlockArchive({ ...place, login: 'jilu', password: trialPassword, now })
  const { cases } = archive
  if (!cases) throw new Error('bench: no key to cases.db')
  const key = Buffer.from(casesKeyForTest(archive))
  const { casesDatabase } = archiveLayout(place.folder)
  for (let n = 0; statSync(casesDatabase).size < size; n += rowsAtOnce) await cases.transaction((trx) => insert(trx, n))
  await closeArchive(archive)
  return key
}

async function insert(trx: Knex.Transaction, from: number): Promise<void> {
  for (let n = from; n < from + rowsAtOnce; n += 1)
    await trx('meta').insert({ key: `fill-${n}`, value: randomBytes(rowSize / 2).toString('hex') })
}

/** One leader proposes a new key for `cases.db`, another signs. */
async function renewSigned(place: Place): Promise<void> {
  const proposer = await seated(place, 'zhuyao')
  await proposer.call('accounts.renewKey', { database: 'cases' })
  await proposer.stop()
  const signer = await seated(place, 'fenguan')
  const [act] = await signer.call('accounts.waiting', {})
  if (!act) throw new Error('bench: no renewal waits')
  await signer.call('accounts.confirm', { seq: act.seq, hash: act.hash })
  await signer.stop()
}

/** The same renewal by another program. Errors: what it refused. */
async function peer(file: string, copy: string, key: Buffer): Promise<void> {
  copyFileSync(file, copy)
  const next = randomBytes(32)
  const rekeyed = await runOutside(copy, key, [{ sql: `PRAGMA rekey = "x'${next.toString('hex')}'"` }])
  if ('error' in rekeyed) throw new Error(`bench: the peer did not re-key: ${rekeyed.error}`)
  const checked = await runOutside(copy, next, [{ sql: 'PRAGMA integrity_check' }])
  if ('error' in checked) throw new Error(`bench: the peer did not check: ${checked.error}`)
}
