import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { YuetanError } from '#shared/contract/errors.ts'
import type { FixityFault } from '#shared/domain/fixity.ts'
import { type Blob, readBlob } from '../blobs.ts'
import { serveJob } from './worker.ts'

export interface FixityInput {
  /** Folder of the attachments, and every row that has a key. */
  readonly folder: string
  readonly blobs: readonly Blob[]
  readonly bundles: readonly { readonly id: string; readonly file: string; readonly sha256: string }[]
}

export interface FixityOutput {
  /** Bundles that stand where they were written. */
  readonly bundles: number
  readonly faults: readonly Omit<FixityFault, 'title'>[]
}

serveJob<FixityInput, FixityOutput>(async ({ folder, blobs, bundles }, progress) => {
  const faults: Omit<FixityFault, 'title'>[] = []
  for (const [at, blob] of blobs.entries()) {
    progress({ step: 'fixity', done: at, total: blobs.length })
    try {
      // A key that crossed to a worker arrives as a plain Uint8Array.
      for await (const _chunk of readBlob(folder, { ...blob, key: Buffer.from(blob.key) }));
    } catch (error) {
      faults.push({ kind: 'attachment', id: blob.id, code: error instanceof YuetanError ? error.code : 'blobs.disk' })
    }
  }
  const here = bundles.filter(({ file }) => existsSync(file))
  for (const { id, file, sha256 } of here) {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(file)) hash.update(chunk)
    if (hash.digest('hex') !== sha256) faults.push({ kind: 'bundle', id, code: 'bundle.changed' })
  }
  return { bundles: here.length, faults }
})
