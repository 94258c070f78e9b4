import type { Part } from '../../sealing/bundle.ts'
import { readWhole } from '../../sealing/verify.ts'
import { type Blob, readBlob } from '../blobs.ts'

/** Where the bytes of a part are: made in this moment, an attachment of the archive, or a file. */
export type PartSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'blob'; readonly blob: Blob }
  | { readonly kind: 'file'; readonly file: string }

/** A part that can cross to a worker. */
export type PartInput = Omit<Part, 'open'> & { readonly source: PartSource }

/** The part itself; `blobs` is the archive's folder of attachments. */
export function partOf({ source, ...part }: PartInput, blobs: string): Part {
  return {
    ...part,
    open: () => {
      if (source.kind === 'bytes') return once(source.bytes)
      if (source.kind === 'file') return readWhole(source.file)
      // A key that crossed to a worker arrives as a plain Uint8Array.
      return readBlob(blobs, { ...source.blob, key: Buffer.from(source.blob.key) })
    },
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
