import { sign } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundle } from '#build/bundle.ts'
import type { PartInput } from '#electron/core/archive/parts.ts'
import { runSeal } from '#electron/core/archive/run-seal.ts'
import { writeBlob } from '#electron/core/blobs.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import type { VerifyInput, VerifyOutput } from '#electron/core/jobs/verify.ts'
import type { Identity } from '#electron/core/session/types.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { openEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { finishBundle } from '#electron/sealing/bundle.ts'
import { makeCast, sampleEep, sampleParts, sampleRequest } from '#test/support/bundles.ts'
import { openerOf } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'

it('a job seals attachments and papers without ever holding the private key, and a job verifies', async () => {
  await bundle()
  const cast = makeCast()
  const folder = temporaryFolder()
  const blobs = join(folder, 'blobs')
  const bytes = Buffer.from('%PDF-1.7 喆堃赟镕\n'.repeat(20_000))
  const blob = await writeBlob(blobs, bytes)
  const from = async (): Promise<PartInput[]> => {
    const inputs: PartInput[] = []
    for (const { open, ...part } of sampleParts()) {
      const chunks: Uint8Array[] = []
      for await (const chunk of open()) chunks.push(chunk)
      inputs.push({ ...part, source: { kind: 'bytes', bytes: Buffer.concat(chunks) } })
    }
    const path = 'data/materials/attachment-01.pdf'
    const about = { path, title: '附件', role: 'material', mediaType: 'application/pdf' }
    return [...inputs, { ...about, size: blob.size, sha256: blob.sha256, source: { kind: 'blob', blob } }]
  }
  const parts = await from()
  const { signer, verifyPage: _page, parts: _parts, reports: _reports, ...rest } = await sampleRequest(cast, folder)
  const identity = { signAttributes: (der: Uint8Array) => sign('sha256', der, cast.signer.key) } as Identity
  const jobs = createJobs()
  const steps: number[] = []
  const eep = sampleEep(parts.map((part) => ({ ...part, open: () => [] as unknown as AsyncIterable<Uint8Array> })))
  const input = {
    ...rest,
    eep,
    parts,
    reports: [],
    signer: { certificate: signer.certificate, authority: signer.authority },
    blobs,
  }
  const result = await runSeal(jobs, identity, input, { progress: ({ done }) => steps.push(done) })
  expect(steps.at(-1)).toBe(result.tarSize)
  // Whole but for its head, which holds the key: nobody can open it before it has a name.
  await expect(
    openEnvelope(`${result.file}.part`, openerOf(cast.recipient), join(folder, 'early.tar')),
  ).rejects.toThrow(expect.objectContaining({ code: 'envelope.unreadable' }))
  await finishBundle(result)

  const caFingerprint = certificateFingerprint(cast.authority.certificate)
  const verify = (file: string) => jobs.run<VerifyInput, VerifyOutput>('verify', { file, caFingerprint })
  expect(await verify(result.file)).toEqual({ kind: 'sealed', sha256: result.sha256, size: result.size })
  const tar = join(folder, 'case.tar')
  await openEnvelope(result.file, openerOf(cast.recipient), tar)
  expect(await verify(tar)).toMatchObject({ kind: 'opened', verdict: { colour: 'green' } })
  await jobs.close()
})
