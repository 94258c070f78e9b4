import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Verdict } from '#shared/domain/archive.ts'
import { envelopeContent } from '../../crypto/cms-enveloped.ts'
import { type BundleContents, readContents } from '../../sealing/contents.ts'
import type { JudgeOptions } from '../../sealing/judge.ts'
import { readWhole, verifyTar } from '../../sealing/verify.ts'
import { type Blob, openBlob, writeBlob } from '../blobs.ts'
import { serveJob } from './worker.ts'

export interface OpenInput {
  readonly file: string
  /** Key of this one envelope's content; the private key that opened it stays in the core. */
  readonly contentKey: Uint8Array
  /** Folder of the archive's attachments. */
  readonly blobs: string
  readonly judge: Pick<JudgeOptions, 'caFingerprint' | 'recipient' | 'trial'>
}

export interface OpenOutput {
  readonly verdict: Verdict
  /** SHA-256 of the sealed file. */
  readonly sha256: string
  /** The tar as an encrypted attachment, and what it says of itself; null when it is red: nothing is left of it then. */
  readonly opened: { readonly blob: Blob; readonly contents: BundleContents } | null
}

/**
 * Decrypts an envelope straight into an encrypted attachment, so that its content never stands on a disk in the clear,
 * proves the tag, and only then reads and judges what lies in it.
 */
serveJob<OpenInput, OpenOutput>(async ({ file, contentKey, blobs, judge }, progress) => {
  const step = (name: string) => (done: number, total: number) => progress({ step: name, done, total })
  const blob = await writeBlob(blobs, envelopeContent(file, contentKey, { progress: step('open') }))
  let kept = false
  try {
    const tar = await openBlob(blobs, blob)
    try {
      const verdict = await verifyTar(tar, { ...judge, progress: step('verify') })
      const contents = verdict.colour === 'red' ? null : await readContents(tar)
      const hash = createHash('sha256')
      for await (const chunk of readWhole(file)) hash.update(chunk)
      kept = contents !== null
      return { verdict, sha256: hash.digest('hex'), opened: contents && { blob, contents } }
    } finally {
      await tar.close()
    }
  } finally {
    if (!kept) await rm(join(blobs, blob.id), { force: true })
  }
})
