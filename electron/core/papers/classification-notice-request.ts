import { findVolume } from '#db/repositories/archive.ts'
import { copiesOf, fatesOf } from '#db/repositories/copies.ts'
import { papersOfCase } from '#db/repositories/papers.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { noticesAbout } from '#db/repositories/secrecy-followups.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { markedPapers } from '#shared/domain/papers.ts'
import type { Classification } from '#shared/domain/secrecy.ts'
import { caseOf, nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { shownNotice } from '../notices/shown.ts'
import { openOnes } from '../secrecy/closed.ts'
import { objectTitle } from '../secrecy/proposals.ts'
import { frameOf, levelText, markOf, rulesOfCase, termText } from './frame.ts'
import { both, type Printing, type Wanted } from './wanted.ts'

const titles = { change: '国家秘密变更通知', release: '国家秘密解密通知' } as const

/** Copies of the paper decided on that were out when it was decided and have not come back, by whoever received them. */
async function holdersOfCopies(context: Context, value: Classification): Promise<Map<string, string[]>> {
  const { trx } = context
  const { caseId, objectId, objectKind, approvedAt } = value
  const held = () => ({
    cases: trx('cases').where({ id: caseId }).select('id'),
    compilations: trx('compilations').whereRaw('0').select('id'),
  })
  const papers = (await papersOfCase(trx, caseId)).filter(
    (one) => one.objectId === objectId && markedPapers[objectKind].includes(one.kind),
  )
  const isOurs = (paperId: string | null): boolean => papers.some((one) => one.id === paperId)
  const volumes = new Map<string, boolean>()
  const inVolume = async (volumeId: string): Promise<boolean> => {
    const known = volumes.get(volumeId)
    if (known !== undefined) return known
    const found = (await findVolume(trx, caseId, volumeId))?.items.some((item) => isOurs(item.paperId)) ?? false
    volumes.set(volumeId, found)
    return found
  }
  const fates = await fatesOf(trx, held())
  const out = new Map<string, string[]>()
  for (const copy of (await openOnes(context, caseId, await copiesOf(trx, held()), (one) => one.id)).toReversed()) {
    const gone = ['returned', 'failed', 'destroyed'].includes(fates.get(copy.id)?.at(-1)?.fate ?? '')
    if (gone || copy.at > (approvedAt ?? copy.at)) continue
    if (copy.volumeId === null ? isOurs(copy.paperId) : await inVolume(copy.volumeId))
      out.set(copy.recipient, [...(out.get(copy.recipient) ?? []), copy.label])
  }
  return out
}

/**
 * The written notice of a change or a release, with the register of its delivery: the persons of the 知悉范围, who are told in
 * the window and sign there, and whoever holds copies, who signs on the paper (保密法 23; 实施条例 21).
 * Errors: `secrecy.unknown`, `papers.notSettled`.
 */
export async function classificationNoticeRequest(
  context: Context,
  caseId: string,
  classificationId: string,
  printing: Printing,
): Promise<Wanted> {
  const { trx } = context
  const value = await findClassification(trx, classificationId)
  if (value?.caseId !== caseId) return fail('secrecy.unknown')
  const before = value.replaces === null ? undefined : await findClassification(trx, value.replaces)
  if (value.act === 'initial' || before === undefined || !['approved', 'superseded'].includes(value.state))
    return fail('papers.notSettled', { kind: 'classificationNotice' })
  const profile = await rulesOfCase(context, caseId)
  const row = await caseOf(context, caseId)
  const notice = value.objectKind === 'notice' ? await shownNotice(context, caseId, value.objectId) : null
  const documentTitle = await objectTitle(context, caseId, value.objectKind, value.objectId)
  const day = (at: string | null): string | null => (at === null ? null : dayInChina(at))
  const elements = (one: Classification) => ({ level: levelText(one.level), term: termText(one) })
  const told = (await noticesAbout(trx, value.id)).map((one) => ({
    name: nameOf(context, one.accountId),
    copies: '',
    toldOn: day(one.at),
    receivedBy: one.acknowledgedAt === null ? '' : nameOf(context, one.accountId),
    receivedOn: day(one.acknowledgedAt),
  }))
  const outside = [...(await holdersOfCopies(context, value))].map(([name, copies]) => ({
    ...{ name, copies: copies.join('、') },
    ...{ toldOn: null, receivedBy: '', receivedOn: null },
  }))
  return {
    kind: 'classificationNotice',
    objectKind: 'classification',
    objectId: classificationId,
    title: `${titles[value.act]}（${documentTitle}）`,
    level: value.level,
    source: {
      kind: 'classificationNotice',
      data: {
        ...frameOf(context, profile, markOf(value, printing.copyNumber), printing.made),
        anchor: null,
        act: value.act,
        documentTitle,
        number: notice?.number ?? null,
        before: elements(before),
        after: elements(value),
        decidedOn: day(value.approvedAt),
        decidedBy: value.approverId === null ? '' : nameOf(context, value.approverId),
        reason: value.reason,
        office: row.office,
        contact: nameOf(context, row.officer_id),
        holders: [...told, ...outside],
      },
    },
    formats: both,
  }
}
