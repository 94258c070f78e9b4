import type { StoredVolume } from '#db/repositories/archive.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { boundOf, compilationsInScope, findCompilation, type StoredCompilation } from '#db/repositories/compilations.ts'
import { papersOf } from '#db/repositories/papers.ts'
import {
  insertPiece,
  lastPieceNumber,
  listPieces,
  pieceOfCompilation,
  piecesOfVolume,
} from '#db/repositories/pieces.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { fail } from '#shared/contract/errors.ts'
import { holdsAny, type Role } from '#shared/domain/accounts.ts'
import { withheld } from '#shared/domain/archive.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { compilationReaders } from '#shared/domain/compilations.ts'
import { organName, type Piece, pieceCode, piecePrefix, termName, termOfPiece } from '#shared/domain/pieces.ts'
import { highestLevel, levelNames } from '#shared/domain/secrecy.ts'
import type { RetentionTable } from '#shared/rules/retention.ts'
import { objectHash } from '../audit/object-hash.ts'
import type { Context, HandlerInput, Handlers } from '../context.ts'
import { assertFolder, exportTable } from '../papers/export.ts'
import { anchorOf, frameOf } from '../papers/frame.ts'
import { printPaper } from '../papers/freeze.ts'
import type { Wanted } from '../papers/wanted.ts'
import { rulesOf } from '../rules/rules.ts'

/** The unit's own table; null while it has none. */
async function tableNow(context: Context): Promise<RetentionTable | null> {
  return (await rulesOf(context)).retentionOn(dayInChina(context.now))
}

/** What a piece says of itself before it has a 档号. */
type Unfiled = Omit<Piece, 'id' | 'code' | 'year' | 'term' | 'organ' | 'n' | 'filedAt'>

/**
 * Gives one piece the next 档号 of its run: year of the paper, term by the table, 机构 of the office. `kind` is its code in
 * the filing list. Errors: `archive.organUnknown`, `archive.pieceNumbers`.
 */
async function filePiece(
  context: Context,
  table: RetentionTable,
  { office, kind }: { readonly office: string; readonly kind: string },
  unfiled: Unfiled,
): Promise<void> {
  const { trx, now, account } = context
  const organ = table.organs?.find((one) => one.office === office)?.code
  if (organ === undefined) return fail('archive.organUnknown', { office })
  const run = { year: Number(unfiled.day.slice(0, 4)), term: termOfPiece(table, kind), organ }
  const n = (await lastPieceNumber(trx, run)) + 1
  if (n > 9999) fail('archive.pieceNumbers')
  const code = pieceCode(piecePrefix(table, run), n)
  await insertPiece(trx, { id: context.newId(), ...unfiled, code, ...run, n, filedAt: now }, account.id)
}

/** The signed act over what pieces of a volume or compilation are called and numbered. */
async function signPieces(context: Context, objectId: string, pieces: readonly Piece[]): Promise<void> {
  const hash = objectHash(pieces.map(({ code, title }) => ({ code, title })))
  await context.act({ kind: 'archive.number', objectKind: 'pieces', objectId, objectHash: hash })
}

/**
 * Gives every piece of a volume its 档号 where the unit's own table asks for filing by piece. What has one keeps it. A
 * signed act. Errors: those of `filePiece`.
 */
export async function numberPieces(context: Context, volume: StoredVolume): Promise<void> {
  const { trx } = context
  const table = await tableNow(context)
  if (table?.form !== 'piece') return
  const { caseId, id: volumeId, organiser: office } = volume
  const known = await piecesOfVolume(trx, volumeId)
  for (const { paperId, documentId, code: kind, title, number, author, day, level, pages } of volume.items) {
    if (known.some((one) => one.paperId === paperId && one.documentId === documentId)) continue
    const held = { caseId, volumeId, compilationId: null, paperId, documentId }
    await filePiece(context, table, { office, kind }, { ...held, title, number, author, day, level, pages })
  }
  await signPieces(context, volumeId, await piecesOfVolume(trx, volumeId))
}

/**
 * Files an approved compilation as a piece of its own: it is drawn from several cases and lies in the volume of none
 * (Art. 17, 19; DA/T 22). A signed act. Errors: `archive.notByPiece`, `archive.filedAlready`, those of `filePiece`.
 */
export async function fileCompilation(context: Context, compilation: StoredCompilation, number: string): Promise<void> {
  const { trx } = context
  const { id: compilationId, title, office, subject } = compilation
  const table = await tableNow(context)
  if (table?.form !== 'piece') return fail('archive.notByPiece')
  if ((await pieceOfCompilation(trx, compilationId)) !== undefined) fail('archive.filedAlready')
  const papers = await papersOf(trx, { caseId: null, compilationId })
  const paper = papers.findLast((one) => one.format === 'pdf') ?? fail('papers.unknown')
  await filePiece(
    context,
    table,
    { office, kind: subject.kind },
    {
      ...{ caseId: null, volumeId: null, compilationId, paperId: paper.id, documentId: null },
      ...{ title, number, author: office, level: boundOf(compilation).level },
      day: dayInChina(paper.frozenAt),
      pages: paper.pages ?? 1,
    },
  )
  const filed = await pieceOfCompilation(trx, compilationId)
  await signPieces(context, compilationId, filed === undefined ? [] : [filed])
}

/** Whether pieces are filed one by one here, by the unit's own table. */
export async function filesByPiece(context: Context): Promise<boolean> {
  return (await tableNow(context))?.form === 'piece'
}

/** Who sees compilations among the pieces: those who read them, and the archivist whose 目录 lists them. */
const listed: readonly Role[] = [...compilationReaders, 'archivist']

/**
 * Pieces of the cases and compilations the account stands in, in the order of their 档号; of a paper whose own 知悉范围 leaves
 * it out only the 档号, the level and the pages, so that no 件号 is missing from the 目录.
 */
async function piecesFor(context: Context, year: number | null): Promise<Piece[]> {
  const { trx, account } = context
  const known = (await compilationsInScope(trx, account))()
  const compilations = holdsAny(account, listed) ? known : known.whereRaw('false')
  const found = await listPieces(trx, { cases: casesInScope(trx, account.id), compilations }, year)
  const closed = await closedIds(trx, account, null)
  const pieces = []
  for (const one of found) {
    if (one.paperId !== null && closed.has(one.paperId)) {
      pieces.push(withheld(one))
      continue
    }
    // A compilation may have been bound anew since it was filed.
    const held = one.compilationId === null ? undefined : await findCompilation(trx, one.compilationId)
    pieces.push(held === undefined ? one : { ...one, level: boundOf(held).level })
  }
  return pieces
}

type Sheet = HandlerInput<'archive.pieceSheet'>

/** 归档文件目录 of a year, term and organ, or the 归档章 of its pieces (DA/T 22). Errors: `archive.noPieces`. */
async function sheetOf(context: Context, { what, year, term, organ }: Sheet) {
  const table = (await tableNow(context)) ?? fail('archive.noPieces')
  const pieces = (await piecesFor(context, year)).filter((one) => one.term === term && one.organ === organ)
  if (pieces.length === 0) fail('archive.noPieces')
  const { profile } = (await rulesOf(context)).on(dayInChina(context.now))
  const frame = { ...frameOf(context, profile, null, context.now), anchor: await anchorOf(context) }
  const fonds = table.fonds ?? { code: '', name: '' }
  const name = `${year}年${termName(term)}${organName(table, organ)}`
  const level = highestLevel(pieces.map((one) => one.level))
  const source: Wanted['source'] =
    what === 'list'
      ? {
          kind: 'archivedList',
          data: {
            ...frame,
            fondsCode: fonds.code,
            fonds: fonds.name,
            year,
            retention: termName(term),
            organ: organName(table, organ),
            entries: pieces.map((one) => ({
              archivalCode: one.code,
              documentNumber: one.number,
              author: one.author,
              title: one.title,
              date: one.day.replaceAll('-', ''),
              level: one.level === 'none' ? '' : levelNames[one.level],
              pages: one.pages,
              remarks: '',
            })),
          },
        }
      : {
          kind: 'pieceStamps',
          data: {
            ...frame,
            volumeTitle: name,
            stamps: pieces.map((one) => ({
              archivalCode: one.code,
              title: one.title,
              fonds: fonds.code,
              year: String(one.year),
              n: one.code.slice(-4),
              organ: one.organ,
              retention: termName(one.term),
              pages: String(one.pages),
            })),
          },
        }
  const title = `${what === 'list' ? '归档文件目录' : '归档章'}（${name}）`
  return { title, source, rows: pieces.length, level }
}

export const pieceHandlers = {
  'archive.pieces': async (context, { year }) => {
    const table = await tableNow(context)
    const pieces = await piecesFor(context, year)
    const shown = pieces.map((one) => ({ ...one, organName: table === null ? one.organ : organName(table, one.organ) }))
    return { byPiece: table?.form === 'piece', pieces: shown }
  },

  'archive.pieceSheet': {
    long: async (context, input) => {
      const { source } = await context.read((inside) => sheetOf(inside, input))
      return { pdf: new Uint8Array((await printPaper(context, { source }, 'pdf')).bytes) }
    },
  },

  'archive.exportPieceSheet': {
    long: async (context, { folder, ...input }) => {
      await assertFolder(folder)
      const { title, source, rows, level } = await context.read((inside) => sheetOf(inside, input))
      const { bytes } = await printPaper(context, { source }, 'pdf')
      return context.commit((inside) =>
        exportTable(inside, folder, `${title}.pdf`, { bytes: Buffer.from(bytes), rows, level }),
      )
    },
  },
} satisfies Partial<Handlers>
