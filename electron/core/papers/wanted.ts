import type { PaperSource } from '#electron/documents/paper-of.ts'
import { type PaperFormat, type PaperKind, paperNames } from '#shared/domain/papers.ts'
import type { Level } from '#shared/domain/secrecy.ts'

/** A paper to be made: its data, what it belongs to, in which formats. */
export interface Wanted {
  readonly kind: PaperKind
  readonly objectKind: string
  readonly objectId: string
  /** 第几版; only a record and minutes have more than one, left out it is the first. */
  readonly edition?: number
  readonly title: string
  readonly level: Level
  readonly source: PaperSource
  readonly formats: readonly PaperFormat[]
}

export interface Printing {
  /** 份号 of this copy; 1 is the original that is filed. */
  readonly copyNumber: number
  /** ISO instant in the metadata. */
  readonly made: string
  /** An edition that became final; left out, the wording as it stands. */
  readonly edition?: number
}

export const both = ['pdf', 'docx'] as const

/** A paper of an object, in both formats; `about` stands in brackets behind the name of its kind. */
export function wanted(
  source: PaperSource & { readonly kind: PaperKind },
  object: { readonly kind: string; readonly id: string },
  about: string,
  level: Level,
  formats: readonly PaperFormat[] = both,
  edition = 1,
): Wanted {
  const name = `${paperNames[source.kind]}${about === '' ? '' : `（${about}）`}`
  return {
    kind: source.kind,
    objectKind: object.kind,
    objectId: object.id,
    edition,
    title: edition > 1 ? `${name}第${edition}版` : name,
    level,
    source,
    formats,
  }
}
