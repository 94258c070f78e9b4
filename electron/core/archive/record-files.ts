import { createHash } from 'node:crypto'
import { enterprisesOfCase } from '#db/repositories/cases.ts'
import type { StoredPaper } from '#db/repositories/papers.ts'
import { recordContentOf, recordEditions } from '#db/repositories/record.ts'
import type { Block, Paper } from '#electron/documents/model.ts'
import { paperOf } from '#electron/documents/paper-of.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Context } from '../context.ts'
import { recordRequest } from '../papers/minutes-requests.ts'
import type { PartInput } from './parts.ts'

/** A file of a volume before it has its place in the bag; `ending` is put behind the path of its piece. */
export type Member = Omit<PartInput, 'path' | 'role'> & { readonly ending: string }

/**
 * The record beside its paper, for those who have neither our program nor a reader of PDF (DESIGN §8): the words of the
 * paper as plain text, and the frozen edition as data with the digest it was signed with. The same bytes each time.
 * Errors: `record.unknownEdition`.
 */
export async function recordFiles(
  context: Context,
  caseId: string,
  { objectId: interviewId, edition }: StoredPaper,
  title: string,
): Promise<Member[]> {
  const { trx } = context
  const frozen = (await recordEditions(trx, interviewId)).find((one) => one.edition === edition)
  const content = await recordContentOf(trx, interviewId, edition)
  if (frozen === undefined || content === undefined) return fail('record.unknownEdition')
  const printing = { copyNumber: 1, made: frozen.frozenAt, edition }
  const { source } = await recordRequest(context, caseId, interviewId, printing, 'none')
  const data = {
    format: 'yuetan/record/v1',
    edition,
    reason: frozen.reason,
    frozenAt: frozen.frozenAt,
    /** SHA-256 of the canonical JSON of `content` (RFC 8785), as whoever froze it signed. */
    sha256: frozen.hash,
    enterprises: (await enterprisesOfCase(trx, caseId)).map(({ id, name }) => ({ id, name })),
    content,
  }
  return [
    bytesOf(`${title}（文字）`, 'text/plain', '.txt', plainText(paperOf(source))),
    bytesOf(`${title}（数据）`, 'application/json', '.json', `${JSON.stringify(data, null, 2)}\n`),
  ]
}

function bytesOf(title: string, mediaType: string, ending: string, text: string): Member {
  const bytes = Buffer.from(text, 'utf8')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { title, mediaType, ending, size: bytes.length, sha256, source: { kind: 'bytes', bytes } }
}

/** A paper's title and paragraphs, a line each, its mark above them. */
function plainText({ mark, blocks }: Paper): string {
  const lines = blocks.flatMap((block: Block): string[] => {
    if (block.kind === 'title') return [block.text, '']
    if (block.kind === 'paragraph') return [block.runs.map(({ text }) => text).join('')]
    return block.kind === 'blank' ? [''] : []
  })
  return `${[...(mark ? [mark.text] : []), ...lines].join('\n')}\n`
}
