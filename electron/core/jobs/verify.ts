import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { Verdict } from '#shared/domain/archive.ts'
import { isEnvelope } from '../../crypto/cms-enveloped.ts'
import { readWhole, verifyBundle } from '../../sealing/verify.ts'
import { serveJob } from './worker.ts'

export interface VerifyInput {
  readonly file: string
  readonly caFingerprint: string
}

/** A sealed file can only be compared with the register by its digest; an opened one is judged in full. */
export type VerifyOutput =
  | { readonly kind: 'sealed'; readonly sha256: string; readonly size: number }
  | { readonly kind: 'opened'; readonly verdict: Verdict }

serveJob<VerifyInput, VerifyOutput>(async ({ file, caFingerprint }, progress) => {
  const found = await stat(file).catch(() => null)
  if (found?.isFile() && (await isEnvelope(file))) {
    const hash = createHash('sha256')
    for await (const chunk of readWhole(file)) hash.update(chunk)
    return { kind: 'sealed', sha256: hash.digest('hex'), size: found.size }
  }
  const verdict = await verifyBundle(file, {
    caFingerprint,
    progress: (done, total) => progress({ step: 'verify', done, total }),
  })
  return { kind: 'opened', verdict }
})
