import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleWritten, findVolume, type StoredVolume, unsettledBundles } from '#db/repositories/archive.ts'
import { nextCopyNumber } from '#db/repositories/copies.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { dropBundle } from '#electron/sealing/bundle.ts'
import { readWhole } from '#electron/sealing/verify.ts'
import { fail } from '#shared/contract/errors.ts'
import { copyLabel, sealedFormat, type Ticket } from '#shared/domain/copies.ts'
import { objectHash } from '../audit/object-hash.ts'
import { recordEvent } from '../cases/case-file.ts'
import type { Context, HandlerInput, LongContext } from '../context.ts'
import { askTicket } from '../secrecy/tickets.ts'
import { type SealTicket, unwritten } from '../secrecy/using.ts'
import { type Bagged, bagsOf, bundleLimit } from './bags.ts'
import { type Checkable, checkableOf } from './checks.ts'
import { confirmedRecipient } from './recipients.ts'
import { assertKnowsAll } from './shown.ts'
import { assertWhole } from './volume.ts'

// Leave to seal a volume (实施条例 27; 公文条例 32), and what became of bundles the program did not live to finish.

/** Bundles whose line stands and whose file is taking its name at this moment. */
export const finishing = new Set<string>()

export async function filedVolume(context: Context, caseId: string, volumeId: string): Promise<StoredVolume> {
  const volume = (await findVolume(context.trx, caseId, volumeId)) ?? fail('archive.unknownVolume')
  if (volume.state === 'open') fail('archive.notFiled')
  return volume
}

/** The filed volume as it would be sealed, whose every paper the account may know. */
export async function sealable(inside: Context, caseId: string, volumeId: string): Promise<Checkable> {
  await assertWhole(inside, caseId)
  const volume = await filedVolume(inside, caseId, volumeId)
  await assertKnowsAll(inside, caseId)
  return checkableOf(inside, volume)
}

/**
 * What a ticket for a volume is bound to: every byte that travels as it was filed, its share among the bundles of the case,
 * and the certificates it is sealed for.
 */
export function sealedDigest(
  { volume, filed }: Checkable,
  { parts, index }: Bagged,
  { recipients, bag }: Pick<SealTicket, 'recipients' | 'bag'>,
): string {
  return objectHash({
    volumeId: volume.id,
    edition: volume.edition,
    bag,
    group: index,
    parts: [...parts, ...filed].map(({ path, sha256 }) => ({ path, sha256 })),
    recipients: recipients.map(({ name, certificate }) => ({ name, certificate: certificateFingerprint(certificate) })),
  })
}

/** Asks leave to seal a volume: a ticket for each bundle it makes, decided together, as those of papers are. */
export async function requestSeal(context: Context, input: HandlerInput<'archive.requestSeal'>): Promise<Ticket[]> {
  const { trx, now } = context
  const { caseId, volumeId, purpose, carrier } = input
  const recipients: SealTicket['recipients'][number][] = []
  for (const one of input.recipients) {
    const { name, certificate, fingerprint } = await confirmedRecipient(one.certificateFile, one.fingerprint, now)
    if (!recipients.some((other) => other.fingerprint === fingerprint))
      recipients.push({ name, certificate, fingerprint })
  }
  const inner = await sealable(context, caseId, volumeId)
  const { level, title } = inner.volume
  const recipient = recipients.map((one) => one.name).join('、')
  const batchId = context.newId()
  const limit = bundleLimit(context, carrier)
  const bags = bagsOf(inner, limit, batchId)
  const tickets: Ticket[] = []
  for (const [at, bagged] of bags.entries()) {
    const copyNumber = await nextCopyNumber(trx, volumeId)
    const bag = { number: at + 1, count: bags.length, carrier, limit }
    const of = { caseId, compilationId: null, paperId: null, volumeId, bag, title, format: sealedFormat, level }
    const copy = { parentId: null, copyNumber, label: copyLabel(level, copyNumber, null), blobId: null, recipients }
    const sha256 = sealedDigest(inner, bagged, { recipients, bag })
    const leave = { act: 'seal' as const, recipient, purpose, medium: input.medium }
    tickets.push(await askTicket(context, { batchId, ...of, ...copy, ...leave, sha256 }))
  }
  const labels = tickets.map(({ label }) => label).join('、')
  await recordEvent(context, caseId, 'copies.request', 21, { text: `${recipient} ${labels}` })
  return tickets
}

/**
 * Lines of the register whose file nobody has seen, because the program ended between the two: a file that stands where it
 * was to be is the bundle, anything else is noise that nobody can open, and the register says that no copy came of it.
 */
export async function settleInterrupted<O>(context: LongContext<O>, volumeId: string): Promise<void> {
  for (const one of await context.read(({ trx }) => unsettledBundles(trx, volumeId))) {
    if (finishing.has(one.id)) continue
    const file = join(one.folder, one.file)
    const size = await stat(file).then(
      (found) => found.size,
      () => null,
    )
    if (size === one.size && (await digestOf(file)) === one.sha256) {
      await context.read(({ trx, now }) => bundleWritten(trx, one.id, now))
    } else {
      await dropBundle({ file })
      await unwritten(context, [one.copyId])
    }
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of readWhole(file)) hash.update(chunk)
  return hash.digest('hex')
}
