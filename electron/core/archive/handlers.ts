import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import {
  bundleByDigest,
  findVolume,
  insertBundle,
  listVolumes,
  matterOf,
  nextDelivery,
  replaceItems,
  type StoredVolume,
  updateVolume,
} from '#db/repositories/archive.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { interviewOfCase } from '#db/repositories/interviews.ts'
import { papersOfCase } from '#db/repositories/papers.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { checkFourProperties } from '#electron/sealing/four-property.ts'
import { confirmsIssuer } from '#electron/sealing/judge.ts'
import { fail } from '#shared/contract/errors.ts'
import type { CheckItem, Verdict } from '#shared/domain/archive.ts'
import { objectHash } from '../audit/object-hash.ts'
import { findBlob } from '../blobs.ts'
import { assertCaseActs, volumeHash } from '../cases/acts.ts'
import { assertStage, nameOf, recordEvent, take } from '../cases/case-file.ts'
import type { Context, Handlers, Outside } from '../context.ts'
import type { VerifyInput, VerifyOutput } from '../jobs/verify.ts'
import { assertFolder } from '../papers/export.ts'
import { freezeAll, type MadePaper, makePapers, printPaper } from '../papers/freeze.ts'
import type { Wanted } from '../papers/wanted.ts'
import { assertFrozenRecord } from '../record/freezing.ts'
import { profileOf } from '../rules/rules.ts'
import { archiveLayout } from '../session/folder.ts'
import { checkReport, filingForms, type Handover, handoverForm } from './forms.ts'
import { packageOf, requiredActions, type VolumePackage } from './package.ts'
import { type PartInput, partOf } from './parts.ts'
import { confirmedRecipient, type Recipient, readRecipient } from './recipients.ts'
import { runSeal } from './run-seal.ts'
import { assemble, gapsOf, paged } from './volume.ts'

async function volumeOf(context: Context, caseId: string, volumeId: string): Promise<StoredVolume> {
  return (await findVolume(context.trx, caseId, volumeId)) ?? fail('archive.unknownVolume')
}

/** Every decision is signed and the record is the one that was frozen. Errors: `acts.invalid`, `interviews.frozenChanged`. */
async function assertWhole(context: Context, caseId: string): Promise<void> {
  await assertCaseActs(context, caseId)
  const interview = await interviewOfCase(context.trx, caseId)
  if (interview) await assertFrozenRecord(context, caseId, interview.id)
}

/** Checks the inner package; reads every file once, so it stands outside any transaction. */
async function checkPackage(context: Outside, { parts, eep, takenCodes }: VolumePackage): Promise<CheckItem[]> {
  const { blobs } = archiveLayout(context.session.archive.folder)
  return checkFourProperties({
    parts: parts.map((part) => partOf(part, blobs)),
    eep,
    register: { files: parts.length, bytes: parts.reduce((sum, part) => sum + part.size, 0) },
    requiredActions,
    takenCodes,
  })
}

/** What the program found, with what the archivist confirmed by hand. Errors: `archive.checkFailed`, `archive.checkOpen`. */
function settledChecks(found: readonly CheckItem[], confirmed: readonly CheckItem[]): CheckItem[] {
  return found.map((item) => {
    if (item.result === 'failed') fail('archive.checkFailed', { code: item.code, name: item.name })
    if (item.result !== 'manual') return item
    const answer = confirmed.find((one) => one.code === item.code)
    if (!answer || answer.result === 'failed' || answer.detail.trim() === '')
      fail('archive.checkOpen', { code: item.code, name: item.name })
    return { ...item, result: answer.result, detail: answer.detail }
  })
}

async function reportPart(context: Outside, wanted: Wanted, name: string): Promise<PartInput> {
  const { bytes } = await printPaper(context, wanted, 'pdf')
  return {
    path: `reports/${name}.pdf`,
    title: wanted.title,
    role: 'report',
    mediaType: 'application/pdf',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    source: { kind: 'bytes', bytes },
  }
}

/** The forms frozen at filing, as parts of the bundle. */
async function filedReports(context: Context, caseId: string): Promise<PartInput[]> {
  const names = { contents: 'contents', referenceSheet: 'reference-sheet' } as const
  const reports: PartInput[] = []
  for (const paper of await papersOfCase(context.trx, caseId)) {
    if (paper.kind !== 'contents' && paper.kind !== 'referenceSheet') continue
    const blob = await findBlob(context.trx, paper.blobId)
    reports.push({
      path: `reports/${names[paper.kind]}.pdf`,
      title: paper.title,
      role: 'report',
      mediaType: 'application/pdf',
      size: blob.size,
      sha256: blob.sha256,
      source: { kind: 'blob', blob },
    })
  }
  return reports
}

export const archiveHandlers = {
  'archive.list': async ({ trx, account }) => {
    const volumes = await listVolumes(trx, casesInScope(trx, account.id))
    const shown = []
    for (const volume of volumes) shown.push({ ...volume, matter: await matterOf(trx, volume.caseId) })
    return shown
  },

  'archive.assemble': async (context, { caseId }) => {
    const row = await assertStage(context, caseId, ['filing'])
    const volume = await assemble(context, row)
    await recordEvent(context, caseId, 'archive.assemble', 20, { text: volume.archivalCode })
    return volume
  },

  'archive.get': (context, { caseId, volumeId }) => volumeOf(context, caseId, volumeId),

  'archive.arrange': async (context, { caseId, volumeId, order }) => {
    const volume = await volumeOf(context, caseId, volumeId)
    if (volume.state !== 'open') fail('archive.volumeFiled')
    const byId = new Map(volume.items.map((item) => [item.id, item]))
    const moved = order.flatMap((id) => byId.get(id) ?? [])
    if (moved.length !== volume.items.length || new Set(order).size !== order.length) fail('archive.orderIncomplete')
    await replaceItems(context.trx, volumeId, paged(moved))
    await recordEvent(context, caseId, 'archive.arrange', 20)
    return volumeOf(context, caseId, volumeId)
  },

  'archive.file': {
    long: async (context, { caseId, volumeId, gaps, note }) => {
      const prepare = async (inside: Context): Promise<StoredVolume> => {
        const row = await assertStage(inside, caseId, ['filing'])
        const volume = await volumeOf(inside, caseId, volumeId)
        if (volume.state !== 'open') fail('archive.volumeFiled')
        if (volume.items.length === 0) fail('archive.empty')
        const open = gapsOf(await profileOf(inside, row), volume.items, gaps)
        const unexplained = open.find((gap) => gap.reason.trim() === '')
        if (unexplained) fail('archive.gapReason', { code: unexplained.code, name: unexplained.name })
        await assertWhole(inside, caseId)
        return { ...volume, gaps: open, note }
      }
      const forms = await context.read(async (inside) => filingForms(inside, await prepare(inside)))
      const made = await makePapers(context, forms)
      return context.commit(async (inside) => {
        const filed: StoredVolume = { ...(await prepare(inside)), state: 'filed', filedAt: inside.now }
        await freezeAll(inside, caseId, made)
        await updateVolume(inside.trx, filed)
        await inside.act({
          kind: 'archive.file',
          objectKind: 'volume',
          objectId: volumeId,
          objectHash: volumeHash(filed),
        })
        await take(inside, caseId, 'archive')
        await recordEvent(inside, caseId, 'archive.file', 20, { text: filed.archivalCode })
        inside.note({ level: filed.level })
        return filed
      })
    },
  },

  'archive.check': {
    long: async (context, { caseId, volumeId }) => {
      const inner = await context.read(async (inside) => {
        const volume = await volumeOf(inside, caseId, volumeId)
        if (volume.state === 'open') fail('archive.notFiled')
        return packageOf(inside, volume)
      })
      return checkPackage(context, inner)
    },
  },

  'archive.recipient': async (_context, { certificateFile }) => {
    const { name, fingerprint, notAfter } = await readRecipient(certificateFile)
    return { subject: name, fingerprint, notAfter }
  },

  'archive.seal': {
    long: async (context, { caseId, volumeId, recipients, folder, checks, job }) => {
      await assertFolder(folder)
      const { archive } = context.session
      const confirmed: Recipient[] = []
      for (const one of recipients)
        confirmed.push(await confirmedRecipient(one.certificateFile, one.fingerprint, context.now))
      const ready = await context.read(async (inside) => {
        await assertWhole(inside, caseId)
        const volume = await volumeOf(inside, caseId, volumeId)
        if (volume.state === 'open') fail('archive.notFiled')
        return {
          volume,
          inner: await packageOf(inside, volume),
          filed: await filedReports(inside, caseId),
          delivery: await nextDelivery(inside.trx),
        }
      })
      const { volume, inner, filed, delivery } = ready
      const settled = settledChecks(await checkPackage(context, inner), checks)
      const bundleId = context.newId()
      const caFingerprint = certificateFingerprint(archive.ledger.caCertificate)
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
        await reportPart(context, forms.handed, 'handover'),
      ]
      const result = await runSeal(
        context.jobs,
        archive.identity,
        {
          folder,
          name: `case-${bundleId.toLowerCase()}`,
          unit: archive.ledger.unit,
          title: volume.title,
          archivalCode: volume.archivalCode,
          parts: inner.parts,
          reports,
          eep: inner.eep,
          delivery: { id: bundleId, trial: archive.ledger.kind === 'trial', level: volume.level, ...delivery },
          recipients: confirmed.map(({ name, certificate }) => ({ name, certificate })),
          signer: { certificate: archive.identity.signingCertificate, authority: archive.ledger.caCertificate },
          sealedAt: context.now,
          blobs: archiveLayout(archive.folder).blobs,
        },
        { progress: (progress) => context.push('jobs.progress', { job, ...progress }) },
      )
      const name = basename(result.file)
      const outer = await context.read((inside) =>
        handoverForm(inside, volume, { ...handover, bundles: [{ name, sha256: result.sha256 }] }),
      )
      // Each consignment has a form of its own.
      const made: MadePaper[] = await makePapers(context, [
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
    },
  },

  'archive.verify': {
    long: async (context, { file, caFingerprint, job }) => {
      const output = await context.jobs.run<VerifyInput, VerifyOutput>(
        'verify',
        { file, caFingerprint },
        { progress: (progress) => context.push('jobs.progress', { job, ...progress }) },
      )
      if (output.kind === 'opened') return output.verdict
      return context.read(async (inside): Promise<Verdict> => {
        const known = await bundleByDigest(inside.trx, output.sha256)
        const own = certificateFingerprint(inside.session.archive.ledger.caCertificate)
        const confirmed = confirmsIssuer(caFingerprint, own)
        const detail = known
          ? `与移交登记第${known.sequence}号的摘要一致`
          : '不是本档案库封出的包，或封出后有改动；请接收单位用接收密钥打开后验证'
        return {
          // The register vouches for the bytes; the issuer is confirmed only by a fingerprint from paper (DESIGN §8).
          colour: known ? (confirmed ? 'green' : 'amber') : 'red',
          checks: [{ code: 'register', passed: known !== undefined, detail }],
          signer: known ? nameOf(inside, known.account_id) : '',
          signedAt: known?.sealed_at ?? '',
        }
      })
    },
  },
} satisfies Partial<Handlers>
