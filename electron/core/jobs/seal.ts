import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { MessagePort } from 'node:worker_threads'
import { type PreparedBundle, prepareBundle, type SealRequest } from '../../sealing/bundle.ts'
import { type PartInput, partOf } from '../archive/parts.ts'
import { serveJob } from './worker.ts'

/** A seal request as it crosses to the worker: sources instead of streams, a port instead of a private key. */
export type SealInput = Omit<SealRequest, 'parts' | 'reports' | 'signer' | 'verifyPage'> & {
  readonly parts: readonly PartInput[]
  readonly reports: readonly PartInput[]
  readonly signer: { readonly certificate: string; readonly authority: string }
  /** File of the built verify page. */
  readonly verifyPage: string
  /** Folder of the archive's attachments. */
  readonly blobs: string
  readonly port: MessagePort
}

serveJob<SealInput, PreparedBundle>(async ({ port, blobs, verifyPage, ...input }, progress) => {
  let told = -1
  const sign = async (attributes: Uint8Array): Promise<Uint8Array> => {
    const answer = once(port, 'message')
    port.postMessage(attributes)
    const [signature] = await answer
    return signature
  }
  try {
    const request: SealRequest = {
      ...input,
      parts: input.parts.map((part) => partOf(part, blobs)),
      reports: input.reports.map((part) => partOf(part, blobs)),
      signer: { ...input.signer, sign },
      verifyPage: await readFile(verifyPage),
    }
    return await prepareBundle(request, {
      progress: (done, total) => {
        const percent = Math.floor((done / total) * 100)
        if (percent !== told) progress({ step: 'seal', done, total })
        told = percent
      },
    })
  } finally {
    port.close()
  }
})
