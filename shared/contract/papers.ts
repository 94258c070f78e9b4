import * as v from 'valibot'
import { allRoles, businessRoles } from '../domain/accounts.ts'
import { day, id, line, nothing, optionalLine, path } from '../domain/common.ts'
import { noticeFields } from '../domain/notices.ts'
import {
  fontLine,
  paper,
  paperFinal,
  paperFormat,
  paperKind,
  paperScan,
  substitution,
  workingKind,
} from '../domain/papers.ts'
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
  /** Working papers that can be made of the case as it stands: 送达回执, 确认单, 提纲, 台账, 评估与销账表, 封面. */
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
  /** Texts of papers that were edited elsewhere and came back, the earliest first. */
  'papers.finals': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(paperFinal),
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.finals',
  }),
  /** One of them beside the paper as it was frozen here, word by word. */
  'papers.compareFinal': verb({
    ...common,
    input: v.object({ caseId: id, finalId: id }),
    output: v.array(v.object({ kind: v.picklist(['same', 'added', 'removed']), text: v.string() })),
    stepUp: { none: 'shown inside the window only' },
    audit: 'papers.compareFinal',
  }),
  /** Takes a DOCX edited elsewhere back as 定稿 of its paper; it waits for the one who signed the paper. */
  'papers.bringFinal': verb({
    ...common,
    roles: ['minuteTaker', 'caseOfficer', 'officeHead'],
    input: v.object({ caseId: id, paperId: id, file: path, note: optionalLine }),
    output: paperFinal,
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.bringFinal',
  }),
  /** The signer has seen the differences and makes it the 定稿, or sends it back; a signed act. */
  'papers.decideFinal': verb({
    ...common,
    roles: ['officeHead', 'deputyLeader', 'chiefLeader'],
    input: v.object({
      caseId: id,
      finalId: id,
      decision: v.picklist(['approved', 'returned']),
      opinion: optionalLine,
    }),
    output: paperFinal,
    stepUp: { none: 'nothing leaves the archive' },
    audit: 'papers.decideFinal',
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
