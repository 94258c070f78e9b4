import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import {
  checkItem,
  custodyStep,
  filingGap,
  groupVerdict,
  recipient,
  sealedBundle,
  sealReceipt,
  verdict,
  volume,
  volumeEdition,
} from '../domain/archive.ts'
import { carrier } from '../domain/bags.ts'
import { id, line, nothing, optionalLine, path } from '../domain/common.ts'
import { ticket } from '../domain/copies.ts'
import { piece } from '../domain/pieces.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const one = v.object({ caseId: id, volumeId: id })
/** A volume as it is to be filed. */
const filing = v.object({ ...one.entries, gaps: v.array(filingGap), note: optionalLine })
/** 归档文件目录 or the 归档章 of a run of pieces (DA/T 22). */
const pieceSheet = v.object({
  what: v.picklist(['list', 'stamps']),
  year: v.number(),
  term: piece.entries.term,
  organ: piece.entries.organ,
})
/** Those who act for the organising office; which office that is, the volume says. */
const organisers = ['caseOfficer', 'officeHead'] as const

export const archive = {
  /** Volumes the account may open. */
  'archive.list': verb({
    ...common,
    scope: 'filtered',
    input: v.object({}),
    output: v.array(v.object({ ...volume.entries, matter: v.string() })),
    roles: businessRoles,
    audit: 'archive.list',
  }),
  /** 立卷: the organising office collects papers and materials in the order of the filing list (谁组织、谁负责, Art. 20). */
  'archive.assemble': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: volume,
    roles: organisers,
    audit: 'archive.assemble',
  }),
  'archive.get': verb({ ...common, input: one, output: volume, roles: businessRoles, audit: 'archive.get' }),
  /** Moves items; positions and page numbers follow. Whoever answers for the volume does it: the office, then the archivist. */
  'archive.arrange': verb({
    ...common,
    input: v.object({ ...one.entries, order: v.array(id) }),
    output: volume,
    roles: ['caseOfficer', 'officeHead', 'archivist'],
    audit: 'archive.arrange',
  }),
  /** 移交: the organising office hands the volume, as it stands, to the archivist; a signed act (Art. 20). */
  'archive.handOver': verb({
    ...common,
    input: v.object({ ...one.entries, note: optionalLine }),
    output: volume,
    roles: organisers,
    audit: 'archive.handOver',
  }),
  /** 签收: the archivist answers for the volume from now on; nobody receipts from the own office. A signed act. */
  'archive.receive': verb({
    ...common,
    input: v.object({ ...one.entries, note: optionalLine }),
    output: volume,
    roles: ['archivist'],
    audit: 'archive.receive',
  }),
  /** 退回: back to the organising office, with what is to be put right; a signed act. */
  'archive.return': verb({
    ...common,
    input: v.object({ ...one.entries, reason: line }),
    output: volume,
    roles: ['archivist'],
    audit: 'archive.return',
  }),
  /** 交接登记 of the volume, the last act first. */
  'archive.custody': verb({
    ...common,
    input: one,
    output: v.array(custodyStep),
    roles: businessRoles,
    audit: 'archive.custody',
  }),
  /**
   * 归档 of a receipted volume: gaps need a reason, every item of the four-property check an answer (`archive.check` asks
   * them); cover, contents list, reference sheet and the report of the check are frozen; read-only from here on; a signed act.
   */
  'archive.file': verb({
    ...common,
    input: v.object({ ...filing.entries, checks: v.array(checkItem) }),
    output: volume,
    roles: ['archivist'],
    audit: 'archive.file',
  }),
  /** 重新打开: a filed volume is opened again as its next edition; what was filed stays as it was. A signed act. */
  'archive.reopen': verb({
    ...common,
    input: v.object({ ...one.entries, reason: line }),
    output: volume,
    roles: ['archivist', 'officeHead'],
    audit: 'archive.reopen',
  }),
  /** Every edition of the volume as it was filed. */
  'archive.editions': verb({
    ...common,
    input: one,
    output: v.array(volumeEdition),
    roles: businessRoles,
    audit: 'archive.editions',
  }),
  /** Pieces filed one by one, with their 档号; none where the unit's table files by volume. */
  'archive.pieces': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ year: v.nullable(v.number()) }),
    output: v.object({ byPiece: v.boolean(), pieces: v.array(v.object({ ...piece.entries, organName: v.string() })) }),
    roles: businessRoles,
    audit: 'archive.pieces',
  }),
  /** 归档文件目录 or 归档章 as it prints. */
  'archive.pieceSheet': verb({
    ...common,
    scope: 'filtered',
    input: pieceSheet,
    output: v.object({ pdf: v.instance(Uint8Array) }),
    roles: ['archivist'],
    audit: 'archive.pieceSheet',
  }),
  /** The same into a folder; it names titles of papers. */
  'archive.exportPieceSheet': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ ...pieceSheet.entries, folder: path }),
    output: v.object({ file: v.string(), rows: v.number() }),
    stepUp: 'password',
    roles: ['archivist'],
    audit: 'archive.exportPieceSheet',
  }),
  /**
   * Four-property check (DA/T 70): of a filed volume before it is sealed, or of a receipted one as it would be filed, with
   * what is said of its gaps; then what concerns a carrier is not asked yet.
   */
  'archive.check': verb({
    ...common,
    input: v.object({ ...one.entries, gaps: v.optional(v.array(filingGap), []), note: v.optional(optionalLine, '') }),
    output: v.array(checkItem),
    roles: ['archivist'],
    audit: 'archive.check',
  }),
  /** Reads a recipient's certificate and shows whose it is; nothing is kept. */
  'archive.recipient': verb({
    ...common,
    scope: { none: 'a public certificate, no case' },
    input: v.object({ certificateFile: path }),
    output: v.object({ subject: v.string(), fingerprint: v.string(), notAfter: v.string() }),
    roles: ['archivist'],
    audit: 'archive.recipient',
    database: { none: 'reads a file the user named' },
  }),
  /**
   * Asks leave to seal the filed volume as it stands, for these recipients and no others: a ticket with the next 份号 of
   * the volume, decided by `copies.decide` where its level asks for it (公文条例 32). A volume that one bundle on the
   * carrier does not take is shared out over several, with a ticket for each, decided together. Signed acts.
   */
  'archive.requestSeal': verb({
    ...common,
    input: v.object({
      ...one.entries,
      recipients: v.pipe(v.array(recipient), v.minLength(1)),
      purpose: line,
      carrier,
      medium: optionalLine,
    }),
    output: v.array(ticket),
    roles: ['archivist'],
    audit: 'archive.requestSeal',
  }),
  /**
   * Uses tickets to seal the filed volume, a bundle for each, in their order: each used up and entered before anybody can
   * open it, with a log line of its own; when one fails, those before it stand. Progress of them all comes as
   * `jobs.progress` under `job`.
   */
  'archive.seal': verb({
    ...common,
    input: v.object({
      ...one.entries,
      ticketIds: v.pipe(
        v.array(id),
        v.minLength(1),
        v.check((ids) => new Set(ids).size === ids.length),
      ),
      folder: path,
      checks: v.array(checkItem),
      job: v.string(),
    }),
    output: v.array(sealReceipt),
    stepUp: 'password',
    roles: ['archivist'],
    audit: 'archive.seal',
    commits: 'several',
  }),
  /** Stops a seal under way; nothing of it is left in the folder. */
  'archive.cancel': verb({
    ...common,
    scope: { none: 'names a job of the account, no case' },
    input: v.object({ job: v.string() }),
    output: nothing,
    roles: ['archivist'],
    audit: 'archive.cancel',
    database: 'cases',
  }),
  /** 封包登记 of a volume: every bundle that was made of it, the last first. */
  'archive.bundles': verb({
    ...common,
    input: one,
    output: v.array(sealedBundle),
    roles: businessRoles,
    audit: 'archive.bundles',
  }),
  /**
   * Verifies sealed bundles this archive made, without a recipient's key: envelope digest and register; or opened tars in
   * full. Several are judged together too, when all are sealed or all are opened and they belong to a group.
   */
  'archive.verify': verb({
    ...common,
    scope: { none: 'judges a file, no case of the archive' },
    input: v.object({
      files: v.pipe(v.array(path), v.minLength(1), v.maxLength(100)),
      caFingerprint: optionalLine,
      job: v.string(),
    }),
    output: v.object({
      bundles: v.array(v.object({ name: v.string(), verdict })),
      group: v.nullable(groupVerdict),
    }),
    roles: ['archivist'],
    audit: 'archive.verify',
    database: 'cases',
  }),
} as const
