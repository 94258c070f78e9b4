import { basename, join } from 'node:path'
import {
  bundlesOfVolume,
  bundleWritten,
  findVolume,
  insertBundle,
  nextDelivery,
  updateVolume,
} from '#db/repositories/archive.ts'
import { certificateFingerprint, readPem } from '#electron/crypto/certificates.ts'
import { dropBundle, finishBundle } from '#electron/sealing/bundle.ts'
import { fail } from '#shared/contract/errors.ts'
import type { CheckItem, SealReceipt } from '#shared/domain/archive.ts'
import { objectHash } from '../audit/object-hash.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { HandlerInput, Handlers, LongContext } from '../context.ts'
import type { JobProgress } from '../jobs/runner.ts'
import { assertFolder } from '../papers/export.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { type SealTicket, spendTicket, unwritten, usableSealTicket } from '../secrecy/using.ts'
import { archiveLayout } from '../session/folder.ts'
import { Stoppable } from '../stoppable.ts'
import { type Bagged, bagsOf, bundleLabel } from './bags.ts'
import { type Checkable, checkData, checkPackage, reportPart, settledChecks } from './checks.ts'
import { checkReport, type Handover, handoverForm } from './forms.ts'
import { assertCurrent } from './recipients.ts'
import { runSeal } from './run-seal.ts'
import { finishing, requestSeal, sealable, sealedDigest, settleInterrupted } from './seal-tickets.ts'

const sealing = new Stoppable()

/**
 * Seals a filed volume into the bundles these tickets allow, one after the other: read and checked once for all of them,
 * each under its own leave, 份号, line and log line. What was sealed before something went wrong stands; `signal` stops
 * while nothing of the next has been committed.
 */
async function seal(
  context: LongContext<SealReceipt[]>,
  { caseId, volumeId, ticketIds, folder, checks, job }: HandlerInput<'archive.seal'>,
  signal: AbortSignal,
): Promise<SealReceipt[]> {
  await assertFolder(folder)
  await settleInterrupted(context, volumeId)
  const shares: Share[] = []
  for (const ticketId of ticketIds) shares.push(await shareOf(context, { caseId, volumeId, ticketId }))
  const [first] = shares
  if (first === undefined) return []
  const settled = settledChecks(context, await checkPackage(context, first.inner), checks)
  const total = shares.reduce((sum, { bagged }) => sum + bytesOf(bagged), 0)
  const receipts: SealReceipt[] = []
  let before = 0
  for (const [at, ticketId] of ticketIds.entries()) {
    const own = bytesOf(shares[at]?.bagged)
    const told = before
    receipts.push(
      await sealOne(context, { caseId, volumeId, ticketId }, { folder, settled, signal }, (progress) => {
        // All bundles of the run are one job: the share of this one's tar, put on what it holds.
        const done = progress.total === 0 ? 0 : (progress.done / progress.total) * own
        context.push('jobs.progress', { job, ...progress, done: told + done, total })
      }),
    )
    before += own
  }
  return receipts
}

type Named = Pick<HandlerInput<'archive.seal'>, 'caseId' | 'volumeId'> & { readonly ticketId: string }

/** What one ticket allows to leave: its share of the volume as it stands. */
interface Share {
  readonly ticket: SealTicket
  readonly inner: Checkable
  readonly bagged: Bagged
}

function bytesOf(bagged: Bagged | undefined): number {
  return bagged?.parts.reduce((sum, part) => sum + part.size, 0) ?? 0
}

/** Errors: those of `usableSealTicket`, `archive.ticketOutdated`, `archive.certificateExpired`. */
async function shareOf(context: LongContext<SealReceipt[]>, named: Named): Promise<Share> {
  const { ticket, inner } = await context.read(async (inside) => ({
    ticket: await usableSealTicket(inside, named),
    inner: await sealable(inside, named.caseId, named.volumeId),
  }))
  const { bag, batchId, recipients } = ticket
  const bagged = bagsOf(inner, bag.limit, batchId)[bag.number - 1] ?? fail('archive.ticketOutdated')
  // What was allowed is what leaves, and for whom; a certificate may have run out since.
  if (sealedDigest(inner, bagged, ticket) !== ticket.sha256) fail('archive.ticketOutdated')
  for (const one of recipients) assertCurrent(readPem(one.certificate).notAfter, context.now)
  return { ticket, inner, bagged }
}

async function sealOne(
  context: LongContext<SealReceipt[]>,
  named: Named,
  {
    folder,
    settled,
    signal,
  }: { readonly folder: string; readonly settled: readonly CheckItem[]; readonly signal: AbortSignal },
  progress: (progress: JobProgress) => void,
): Promise<SealReceipt> {
  const { archive } = context.session
  const { caseId, volumeId, ticketId } = named
  const { ticket, inner, bagged } = await shareOf(context, named)
  const delivery = await context.read(({ trx }) => nextDelivery(trx))
  const { recipients, label, bag } = ticket
  const { volume, filed } = inner
  const bundleId = context.newId()
  // The CA that certified the signer: it may be an earlier one than the CA of today.
  const authority = archive.ledger.authorityOf(archive.identity.id)
  const caFingerprint = certificateFingerprint(authority)
  const handover: Handover = {
    deliveryId: bundleId,
    copy: label,
    recipients: recipients.map((one) => one.name),
    bag,
    pieces: bagged.eep.files.length,
    files: bagged.parts.length,
    bytes: bytesOf(bagged),
    checks: settled,
    caFingerprint,
    signerFingerprint: certificateFingerprint(archive.identity.signingCertificate),
    bundles: [],
  }
  const forms = await context.read(async (inside) => ({
    checked: await checkReport(inside, volume, settled),
    handed: await handoverForm(inside, volume, handover),
  }))
  const reports = [
    ...filed,
    await reportPart(context, forms.checked, 'four-property'),
    checkData(settled, context.now),
    await reportPart(context, forms.handed, 'handover'),
  ]
  const sealedName = `case-${bundleId.toLowerCase()}${bag.count === 1 ? '' : `-${bag.number}of${bag.count}`}`
  const prepared = await runSeal(
    context.jobs,
    archive.identity,
    {
      folder,
      name: sealedName,
      unit: archive.ledger.unit,
      title: volume.title,
      archivalCode: volume.archivalCode,
      parts: bagged.parts,
      reports,
      eep: { ...bagged.eep, carrier: ticket.medium === '' ? bagged.eep.carrier : ticket.medium },
      group: bagged.index && { number: bag.number, index: bagged.index },
      limit: bag.limit,
      delivery: {
        id: bundleId,
        trial: archive.ledger.kind === 'trial',
        level: volume.level,
        copy: label,
        ...delivery,
      },
      recipients: recipients.map(({ name, certificate }) => ({ name, certificate })),
      signer: { certificate: archive.identity.signingCertificate, authority },
      sealedAt: context.now,
      blobs: archiveLayout(archive.folder).blobs,
    },
    { progress, signal },
  ).catch(async (error: unknown) => {
    // A worker that was stopped had no time to clear up after itself.
    await dropBundle({ file: join(folder, `${sealedName}.sealed`) })
    if (signal.aborted) fail('bundle.cancelled')
    throw error
  })
  const { file, sha256, size } = prepared
  const name = basename(file)
  const copyId = context.newId()
  finishing.add(bundleId)
  try {
    const receipt = await enter(name).catch(async (error: unknown) => {
      await dropBundle(prepared)
      throw error
    })
    // The line stands; now, and not before, somebody can open the file.
    await finishBundle(prepared).catch(async (error: NodeJS.ErrnoException) => {
      await dropBundle(prepared).catch(() => undefined)
      await unwritten(context, [copyId])
      fail('bundle.unwritten', { copy: label, code: error.code ?? 'unknown' })
    })
    await context.read(({ trx, now }) => bundleWritten(trx, bundleId, now))
    return receipt
  } finally {
    finishing.delete(bundleId)
  }

  /** The ticket is used up, the copy and the bundle stand in their registers: one transaction. */
  async function enter(name: string): Promise<SealReceipt> {
    const outer = await context.read((inside) =>
      handoverForm(inside, volume, { ...handover, bundles: [{ name, sha256 }] }),
    )
    // Each consignment has a form of its own.
    const papers = await makePapers(context, [
      { ...forms.checked, objectKind: 'bundle', objectId: bundleId },
      { ...outer, objectKind: 'bundle', objectId: bundleId },
    ])
    const [entered] = await context.commit(async (inside) => {
      const { trx, account } = inside
      const { sequence } = delivery
      if ((await nextDelivery(trx)).sequence !== sequence) fail('archive.sequenceTaken')
      await spendTicket(inside, await usableSealTicket(inside, named), {
        ...{ copyId, sha256, medium: ticket.medium },
        place: folder,
      })
      await freezeAll(inside, caseId, papers)
      const { level } = volume
      const line: SealReceipt = {
        bundleId,
        file,
        sequence,
        copy: label,
        bag: { number: bag.number, count: bag.count },
        discLabel: bundleLabel(inside, ticket, { bag, by: account.id, at: context.now }),
        sha256,
        size,
        level,
        caFingerprint,
        sealedAt: context.now,
      }
      const to = recipients.map((one) => ({ name: one.name, fingerprint: one.fingerprint }))
      await insertBundle(trx, { ...line, file: name, folder, volumeId, copyId, recipients: to, by: account.id })
      const hash = objectHash({ bundleId, volumeId, copy: label, sha256, recipients: to })
      await inside.act({ kind: 'archive.seal', objectKind: 'bundle', objectId: bundleId, objectHash: hash })
      await updateVolume(trx, { ...volume, state: 'sealed' })
      await recordEvent(inside, caseId, 'archive.seal', 20, { text: name })
      inside.note({ level, detail: { bundle: bundleId, ticketId, label, sha256 } })
      return [line]
    })
    return entered ?? fail('internal.unexpected')
  }
}

export const sealingHandlers = {
  'archive.requestSeal': {
    long: async (context, input) => {
      await settleInterrupted(context, input.volumeId)
      return context.commit((inside) => requestSeal(inside, input))
    },
  },

  'archive.seal': {
    long: (context, input) => sealing.run(context.account.id, input.job, (signal) => seal(context, input, signal)),
  },

  'archive.cancel': ({ account }, { job }) => {
    sealing.callOff(account.id, job)
    return {}
  },

  'archive.bundles': async (context, { caseId, volumeId }) => {
    const { title } = (await findVolume(context.trx, caseId, volumeId)) ?? fail('archive.unknownVolume')
    const made = await bundlesOfVolume(context.trx, volumeId)
    return made.map(({ medium, bag, ...one }) => {
      const recipient = one.recipients.join('、')
      const leaving = { title, label: one.copy, level: one.level, recipient, medium }
      return {
        ...one,
        bag: { number: bag.number, count: bag.count },
        discLabel: bundleLabel(context, leaving, { bag, by: one.by, at: one.sealedAt }),
        by: nameOf(context, one.by),
      }
    })
  },
} satisfies Partial<Handlers>
