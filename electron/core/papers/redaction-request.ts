import { findPaper, type StoredPaper } from '#db/repositories/papers.ts'
import { findRedaction, type StoredRedaction } from '#db/repositories/redactions.ts'
import { approvedClassification } from '#db/repositories/secrecy.ts'
import { type PaperSource, paperOf } from '#electron/documents/paper-of.ts'
import { passagesOf, redactPaper } from '#electron/documents/redact.ts'
import { fail } from '#shared/contract/errors.ts'
import { paperNames } from '#shared/domain/papers.ts'
import { goneOf, isRedactable, type Passage, survivorsOf } from '#shared/domain/redactions.ts'
import { objectHash } from '../audit/object-hash.ts'
import type { Context } from '../context.ts'
import { markOf } from './frame.ts'
import { type Printing, type Wanted, wanted } from './wanted.ts'

/** Makes any paper's data; handed in, because a redacted version is one of the papers it makes. */
export type MakeRequest = (
  context: Context,
  caseId: string,
  kind: StoredPaper['kind'],
  objectId: string,
  printing: Printing,
) => Promise<Wanted>

/** A paper as it is made from data, and what it says. */
export interface RedactionSource {
  readonly paper: StoredPaper
  readonly source: PaperSource
  readonly passages: readonly Passage[]
  /** Digest of the passages. */
  readonly hash: string
}

/**
 * The paper a redacted version is made from, rebuilt as it was frozen. Errors: `papers.unknown`, `redactions.notOfThis` for
 * papers whose data have moved on or that came from outside.
 */
export async function redactionSource(
  context: Context,
  caseId: string,
  paperId: string,
  make: MakeRequest,
): Promise<RedactionSource> {
  const paper = (await findPaper(context.trx, caseId, paperId)) ?? fail('papers.unknown')
  if (!isRedactable(paper.kind)) fail('redactions.notOfThis')
  const printing = { copyNumber: 1, made: paper.frozenAt, edition: paper.edition }
  const { source } = await make(context, caseId, paper.kind, paper.objectId, printing)
  const passages = passagesOf(paperOf(source))
  return { paper, source, passages, hash: objectHash(passages) }
}

/**
 * A redacted version as it stands, or with the occurrences a reviewer is about to let stand. Its mark is that of its own
 * decision, never that of the paper it comes from. Errors: `redactions.unknown`, `redactions.changed`.
 */
export async function redactionRequest(
  context: Context,
  caseId: string,
  redactionId: string,
  printing: Printing,
  make: MakeRequest,
  kept?: StoredRedaction['kept'],
): Promise<Wanted> {
  const one = (await findRedaction(context.trx, caseId, redactionId)) ?? fail('redactions.unknown')
  const { paper, source, passages, hash } = await redactionSource(context, caseId, one.paperId, make)
  if (hash !== one.sourceHash) fail('redactions.changed')
  const decision = await approvedClassification(context.trx, 'redaction', one.id)
  const mark = markOf(decision, printing.copyNumber)
  // Before the review it is only looked at: what stands there is what the reviewer has to see.
  const standing = kept ?? (one.state === 'reviewed' ? one.kept : survivorsOf(passages, one.strikes))
  return {
    ...wanted(
      {
        kind: 'redaction',
        data: {
          paper: { ...redactPaper(paperOf(source), one.strikes), made: printing.made, mark },
          gone: goneOf(passages, one.strikes, standing),
        },
      },
      { kind: 'redaction', id: one.id },
      '',
      decision?.level ?? 'none',
    ),
    // Not the title of the paper it comes from: that may name what was struck, and becomes the name of a file.
    title: `${paperNames[paper.kind]}（遮盖版）`,
  }
}
