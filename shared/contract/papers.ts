import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, path } from '../domain/common.ts'
import { noticeFields } from '../domain/notices.ts'
import { paper, paperFormat, paperKind, substitution } from '../domain/papers.ts'
import { verb } from './verb.ts'

const common = { window: 'case', scope: 'case', database: 'cases', roles: businessRoles } as const

export const papers = {
  /** The paper as it would print now: a PDF, made in a job. `fields` shows a notice that is not saved yet. */
  'papers.preview': verb({
    ...common,
    input: v.object({ caseId: id, kind: paperKind, objectId: id, fields: v.nullable(noticeFields) }),
    output: v.object({ pdf: v.instance(Uint8Array), substitutions: v.array(substitution) }),
    stepUp: { none: 'shown inside the window only' },
    audit: 'papers.preview',
  }),
  /** Frozen papers of the case. */
  'papers.list': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(paper),
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.list',
  }),
  /** Writes one frozen paper into a folder the user chose; the file carries the next copy number. */
  'papers.export': verb({
    ...common,
    input: v.object({ caseId: id, paperId: id, folder: path }),
    output: v.object({ file: v.string(), sha256: v.string(), copyNumber: v.number() }),
    stepUp: {
      none: 'the export ticket of Article 21 comes with the copies register; every export is logged with its copy number',
    },
    audit: 'papers.export',
  }),
  /** Freezes the record for signature, or any paper of a settled object, in both formats. */
  'papers.freeze': verb({
    ...common,
    input: v.object({ caseId: id, kind: paperKind, objectId: id, formats: v.array(paperFormat) }),
    output: v.array(paper),
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.freeze',
  }),
} as const
