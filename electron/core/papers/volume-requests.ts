import { findVolume } from '#db/repositories/archive.ts'
import { custodyOf, findCustody, piecesOf } from '#db/repositories/custody.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { type Level, levelNames } from '#shared/domain/secrecy.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { anchorOf, frameOf, frameOfCase, rulesOfCase } from './frame.ts'
import { type Printing, type Wanted, wanted } from './wanted.ts'

const levelOf = (level: Level): string => (level === 'none' ? '' : levelNames[level])

/** 案卷封面 carries no mark: it names the level of what lies behind it (GB/T 9705). */
export async function coverRequest(
  context: Context,
  caseId: string,
  volumeId: string,
  printing: Printing,
): Promise<Wanted> {
  const volume = await findVolume(context.trx, caseId, volumeId)
  if (!volume) return fail('archive.unknownVolume')
  const profile = await rulesOfCase(context, caseId)
  const days = volume.items
    .map((item) => item.day)
    .filter((one) => one !== '')
    .sort()
  const [first, last] = [days[0], days.at(-1)]
  const end = volume.items.at(-1)
  return wanted(
    {
      kind: 'volumeCover',
      data: {
        ...frameOf(context, profile, null, printing.made),
        fonds: profile.authority,
        category: '国资监管责任约谈',
        volumeTitle: volume.title,
        period: first && last ? `${officialDay(first)}至${officialDay(last)}` : '',
        retention: volume.retention,
        pieces: volume.items.length,
        pages: end ? end.pageFrom + end.pages - 1 : 0,
        filingNumber: '',
        archivalCode: volume.archivalCode,
        level: levelOf(volume.level),
      },
    },
    { kind: 'volume', id: volumeId },
    '',
    'none',
  )
}

/**
 * 案卷移交签收单 of one hand-over, with the archivist's answer to it where there is one (Art. 20). It repeats the titles of
 * the pieces, so it bears the highest mark of the case, as the 卷内目录 does.
 */
export async function volumeReceiptRequest(
  context: Context,
  caseId: string,
  handedId: string,
  printing: Printing,
): Promise<Wanted> {
  const { trx } = context
  const handed = await findCustody(trx, caseId, handedId)
  if (handed?.act !== 'handed') return fail('archive.notHandedOver')
  const volume = (await findVolume(trx, caseId, handed.volume_id)) ?? fail('archive.unknownVolume')
  const later = (await custodyOf(trx, volume.id)).filter((row) => row.edition === handed.edition)
  const answer = later.slice(later.findIndex((row) => row.id === handedId) + 1)[0]
  const { level, frame } = await frameOfCase(context, caseId, handedId, printing)
  return wanted(
    {
      kind: 'volumeReceipt',
      data: {
        ...frame,
        anchor: await anchorOf(context),
        archivalCode: volume.archivalCode,
        volumeTitle: volume.title,
        edition: handed.edition,
        retention: volume.retention,
        level: levelOf(volume.level),
        organiser: volume.organiser,
        receiver: answer === undefined ? '档案员' : `${answer.office}档案员`,
        pieces: piecesOf(handed).map((piece) => ({
          title: piece.title,
          number: piece.number,
          date: piece.day.replaceAll('-', ''),
          level: levelOf(piece.level),
          pages: piece.pages,
        })),
        note: handed.note,
        handedBy: nameOf(context, handed.account_id),
        handedOn: dayInChina(handed.at),
        answer:
          answer === undefined
            ? null
            : {
                outcome: answer.act === 'received' ? '签收' : '退回',
                by: nameOf(context, answer.account_id),
                on: dayInChina(answer.at),
                note: answer.note,
              },
      },
    },
    { kind: 'volume', id: handedId },
    officialDay(dayInChina(handed.at)),
    level,
  )
}
