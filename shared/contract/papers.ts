import * as v from 'valibot'
import { allRoles, businessRoles } from '../domain/accounts.ts'
import { day, id, line, nothing, path } from '../domain/common.ts'
import { noticeFields } from '../domain/notices.ts'
import { fontLine, paper, paperFormat, paperKind, paperScan, substitution, workingKind } from '../domain/papers.ts'
import { verb } from './verb.ts'

const common = { window: 'case', scope: 'case', database: 'cases', roles: businessRoles } as const

export const papers = {
  /** The paper as it would print now: a PDF, made in a job. `fields` shows a notice that is not saved yet. */
  'papers.preview': verb({
    ...common,
    input: v.object({ caseId: id, kind: paperKind, objectId: id, fields: v.nullable(noticeFields) }),
    output: v.object({
      pdf: v.instance(Uint8Array),
      substitutions: v.array(substitution),
      /** Characters no face of this machine can print. */
      missing: v.array(v.string()),
    }),
    stepUp: { none: 'shown inside the window only' },
    audit: 'papers.preview',
  }),
  /** What the papers of this machine are printed with: face, file, licence, coverage, what stands in (DESIGN §7). */
  'papers.fonts': verb({
    window: 'case',
    input: nothing,
    output: v.array(fontLine),
    roles: allRoles,
    scope: { none: 'touches no case' },
    stepUp: { none: 'shown inside the window only' },
    database: { none: 'reads font files only' },
    audit: { none: 'reads nothing of the archive' },
  }),
  /** Frozen papers of the case. */
  'papers.list': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(paper),
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.list',
  }),
  /** Working papers that can be made of the case as it stands: 送达回执, 确认单, 提纲, 台账, 封面. */
  'papers.working': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(v.object({ kind: workingKind, objectId: id, title: v.string() })),
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.working',
  }),
  /** Signed papers that came back as scans. */
  'papers.scans': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(paperScan),
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.scans',
  }),
  /** Attaches a signed scan (PDF, JPG, TIFF) to the frozen paper it shows, with who signed and when. */
  'papers.attachScan': verb({
    ...common,
    roles: ['caseOfficer', 'officeHead', 'archivist'],
    input: v.object({ caseId: id, paperId: id, file: path, signer: line, signedOn: day }),
    output: paperScan,
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.attachScan',
  }),
  /** Freezes any paper of a settled object in both formats; a record is frozen by `record.freeze`. */
  'papers.freeze': verb({
    ...common,
    input: v.object({ caseId: id, kind: paperKind, objectId: id, formats: v.array(paperFormat) }),
    output: v.array(paper),
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.freeze',
  }),
} as const
