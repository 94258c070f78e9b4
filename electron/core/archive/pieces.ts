import type { StoredVolume } from '#db/repositories/archive.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { insertPiece, lastPieceNumber, listPieces, piecesOfVolume } from '#db/repositories/pieces.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
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
import { openOnes } from '../secrecy/closed.ts'

/** The unit's own table; null while it has none. */
async function tableNow(context: Context): Promise<RetentionTable | null> {
  return (await rulesOf(context)).retentionOn(dayInChina(context.now))
}

/**
 * Gives every piece of a volume its 档号 where the unit's own table asks for filing by piece: year of the paper, term by
 * the table, 机构 of the organising office, the next 件号. What has one keeps it. A signed act. Errors:
 * `archive.organUnknown`, `archive.pieceNumbers`.
 */
export async function numberPieces(context: Context, volume: StoredVolume): Promise<void> {
  const { trx, now, account } = context
  const table = await tableNow(context)
  if (table?.form !== 'piece') return
  const organ = table.organs?.find((one) => one.office === volume.organiser)?.code
  if (organ === undefined) return fail('archive.organUnknown', { office: volume.organiser })
  const known = await piecesOfVolume(trx, volume.id)
  for (const item of volume.items) {
    const has = (one: Piece): boolean => one.paperId === item.paperId && one.documentId === item.documentId
    if (known.some(has)) continue
    const run = { year: Number(item.day.slice(0, 4)), term: termOfPiece(table, item.code), organ }
    const n = (await lastPieceNumber(trx, run)) + 1
    if (n > 9999) fail('archive.pieceNumbers')
    const { paperId, documentId, title, number, author, day, level, pages } = item
    const written = { paperId, documentId, title, number, author, day, level, pages }
    const code = pieceCode(piecePrefix(table, run), n)
    const { caseId, id: volumeId } = volume
    await insertPiece(
      trx,
      { id: context.newId(), caseId, volumeId, code, ...run, n, ...written, filedAt: now },
      account.id,
    )
  }
  await context.act({
    kind: 'archive.number',
    objectKind: 'pieces',
    objectId: volume.id,
    objectHash: objectHash((await piecesOfVolume(trx, volume.id)).map(({ code, title }) => ({ code, title }))),
  })
}

/** Pieces the account may know, in the order of their 档号. */
async function piecesFor(context: Context, year: number | null): Promise<Piece[]> {
  const found = await listPieces(context.trx, casesInScope(context.trx, context.account.id), year)
  return openOnes(context, null, found, (one) => one.paperId ?? one.id)
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
