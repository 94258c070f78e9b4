import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  bundlesOfVolume,
  findVolume,
  insertBundle,
  nextDelivery,
  type StoredVolume,
  updateVolume,
} from '#db/repositories/archive.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { fail } from '#shared/contract/errors.ts'
import type { SealReceipt } from '#shared/domain/archive.ts'
import { objectHash } from '../audit/object-hash.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, HandlerInput, Handlers, LongContext } from '../context.ts'
import { assertFolder } from '../papers/export.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { archiveLayout } from '../session/folder.ts'
import { checkableOf, checkData, checkPackage, reportPart, settledChecks } from './checks.ts'
import { checkReport, type Handover, handoverForm } from './forms.ts'
import { confirmedRecipient, type Recipient } from './recipients.ts'
import { runSeal } from './run-seal.ts'
import { assertWhole } from './volume.ts'

/** Seals under way that may be stopped, by account and job. */
const running = new Map<string, AbortController>()
/** Seals that were called off while the door was still looking at them. */
const calledOff = new Set<string>()

async function filedVolume(context: Context, caseId: string, volumeId: string): Promise<StoredVolume> {
  const volume = (await findVolume(context.trx, caseId, volumeId)) ?? fail('archive.unknownVolume')
  if (volume.state === 'open') fail('archive.notFiled')
  return volume
}

/** Seals a filed volume; `signal` stops it while nothing has been committed. */
async function seal(
  context: LongContext<SealReceipt>,
  { caseId, volumeId, recipients, folder, checks, job }: HandlerInput<'archive.seal'>,
  signal: AbortSignal,
): Promise<SealReceipt> {
  await assertFolder(folder)
  const { archive } = context.session
  const confirmed: Recipient[] = []
  for (const one of recipients)
    confirmed.push(await confirmedRecipient(one.certificateFile, one.fingerprint, context.now))
  const { inner, delivery } = await context.read(async (inside) => {
    await assertWhole(inside, caseId)
    const volume = await filedVolume(inside, caseId, volumeId)
    // The bundle holds every paper: whoever seals it must be allowed to know each.
    if ((await closedIds(inside.trx, inside.account, caseId)).size > 0) fail('secrecy.papersClosed')
    return { inner: await checkableOf(inside, volume), delivery: await nextDelivery(inside.trx) }
  })
  const { volume, filed } = inner
  const settled = settledChecks(context, await checkPackage(context, inner), checks)
  const bundleId = context.newId()
  // The CA that certified the signer: it may be an earlier one than the CA of today.
  const authority = archive.ledger.authorityOf(archive.identity.id)
  const caFingerprint = certificateFingerprint(authority)
  const handover: Handover = {
    deliveryId: bundleId,
    recipients: confirmed.map((one) => one.name),
    files: inner.parts.length,
    bytes: inner.parts.reduce((sum, part) => sum + part.size, 0),
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
  const sealedName = `case-${bundleId.toLowerCase()}`
  const result = await runSeal(
    context.jobs,
    archive.identity,
    {
      folder,
      name: sealedName,
      unit: archive.ledger.unit,
      title: volume.title,
      archivalCode: volume.archivalCode,
      parts: inner.parts,
      reports,
      eep: inner.eep,
      delivery: { id: bundleId, trial: archive.ledger.kind === 'trial', level: volume.level, ...delivery },
      recipients: confirmed.map(({ name, certificate }) => ({ name, certificate })),
      signer: { certificate: archive.identity.signingCertificate, authority },
      sealedAt: context.now,
      blobs: archiveLayout(archive.folder).blobs,
    },
    { progress: (progress) => context.push('jobs.progress', { job, ...progress }), signal },
  ).catch(async (error: unknown) => {
    // A worker that was stopped had no time to clear up after itself.
    await rm(join(folder, `${sealedName}.sealed.part`), { force: true })
    if (signal.aborted) fail('bundle.cancelled')
    throw error
  })
  const name = basename(result.file)
  const outer = await context.read((inside) =>
    handoverForm(inside, volume, { ...handover, bundles: [{ name, sha256: result.sha256 }] }),
  )
  // Each consignment has a form of its own.
  const made = await makePapers(context, [
    { ...forms.checked, objectKind: 'bundle', objectId: bundleId },
    { ...outer, objectKind: 'bundle', objectId: bundleId },
  ])
  return context.commit(async (inside) => {
    if ((await nextDelivery(inside.trx)).sequence !== delivery.sequence) fail('archive.sequenceTaken')
    await freezeAll(inside, caseId, made)
    const receipt = {
      bundleId,
      file: result.file,
      sequence: delivery.sequence,
      sha256: result.sha256,
      size: result.size,
      level: volume.level,
      caFingerprint,
      sealedAt: context.now,
    }
    const named = confirmed.map((one) => ({ name: one.name, fingerprint: one.fingerprint }))
    await insertBundle(inside.trx, { ...receipt, file: name, volumeId, recipients: named, by: inside.account.id })
    const hash = objectHash({ bundleId, volumeId, sha256: result.sha256, recipients: named })
    await inside.act({ kind: 'archive.seal', objectKind: 'bundle', objectId: bundleId, objectHash: hash })
    await updateVolume(inside.trx, { ...volume, state: 'sealed' })
    await recordEvent(inside, caseId, 'archive.seal', 20, { text: name })
    inside.note({ level: volume.level, detail: { bundle: bundleId, sha256: result.sha256 } })
    return receipt
  })
}

export const sealingHandlers = {
  'archive.check': {
    long: async (context, { caseId, volumeId }) =>
      checkPackage(
        context,
        await context.read(async (inside) => checkableOf(inside, await filedVolume(inside, caseId, volumeId))),
      ),
  },

  'archive.seal': {
    long: async (context, input) => {
      const key = `${context.account.id}/${input.job}`
      const stop = new AbortController()
      running.set(key, stop)
      if (calledOff.delete(key)) stop.abort()
      try {
        return await seal(context, input, stop.signal)
      } finally {
        running.delete(key)
      }
    },
  },

  'archive.cancel': (context, { job }) => {
    const key = `${context.account.id}/${job}`
    const stop = running.get(key)
    if (stop !== undefined) stop.abort()
    else calledOff.add(key)
    return {}
  },

  'archive.bundles': async (context, { caseId, volumeId }) => {
    if (!(await findVolume(context.trx, caseId, volumeId))) fail('archive.unknownVolume')
    const made = await bundlesOfVolume(context.trx, volumeId)
    return made.map((one) => ({ ...one, by: nameOf(context, one.by) }))
  },
} satisfies Partial<Handlers>
