import { listBackups } from '#db/repositories/backups.ts'
import { copiesOf, fatesOf } from '#db/repositories/copies.ts'
import type { FiledRow } from '#db/repositories/disposals.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { conclusionNames, type Disposal } from '#shared/domain/disposals.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { anchorOf, frameOf } from '../papers/frame.ts'
import type { Wanted } from '../papers/wanted.ts'
import { rulesOf } from '../rules/rules.ts'

/** Backups made while the content stood in the archive and still kept: until they are removed, they hold it. */
async function holdingBackups(context: Context) {
  return (await listBackups(context.office)).filter((one) => one.state === 'kept')
}

/** Copies of a case that are out and neither came back nor were destroyed. */
async function copiesOut(context: Context, caseId: string): Promise<string[]> {
  const held = () => ({
    cases: context.trx('cases').where({ id: caseId }).select('id'),
    compilations: context.trx('compilations').whereRaw('false').select('id'),
  })
  const fates = await fatesOf(context.trx, held())
  return (await copiesOf(context.trx, held()))
    .filter((copy) => !['returned', 'destroyed', 'failed'].includes(fates.get(copy.id)?.at(-1)?.fate ?? ''))
    .map((copy) => `《${copy.title}》${copy.label}（${copy.recipient}）`)
}

/**
 * 档案销毁证明 (实施条例 28; 档案法实施条例 24): what was destroyed, who asked, who approved, who stood by — and where the
 * content still is: every backup that holds it, every copy that is out. The program destroys keys and text, never a paper
 * or a medium, and the certificate says so.
 */
export async function certificateOf(
  context: Context,
  volume: Omit<FiledRow, 'lastPaper'>,
  disposal: Disposal,
  attachments: number,
): Promise<Pick<Wanted, 'title' | 'source'>> {
  const { profile } = (await rulesOf(context)).on(dayInChina(context.now))
  const backups = await holdingBackups(context)
  const out = await copiesOut(context, volume.caseId)
  const on = (at: string | null): string => (at === null ? '' : officialDay(dayInChina(at)))
  return {
    title: `档案销毁证明（${volume.archivalCode}）`,
    source: {
      kind: 'register',
      data: {
        ...frameOf(context, profile, null, context.now),
        anchor: await anchorOf(context),
        title: '档案销毁证明',
        landscape: false,
        facts: [
          `档号：${volume.archivalCode}`,
          `案卷题名：${volume.title}`,
          `密级：${levelNames[volume.level]}　　保管期限：${volume.retention}　　${volume.pieces}件${volume.pages}页`,
          `鉴定意见：${conclusionNames[disposal.conclusion]}，${disposal.reason}（${nameOf(context, disposal.askedBy)}，${on(disposal.askedAt)}）`,
          `批准：${nameOf(context, disposal.decidedBy ?? '')}，${on(disposal.decidedAt)}${disposal.opinion === '' ? '' : `，${disposal.opinion}`}`,
          `销毁：${nameOf(context, context.account.id)}，${on(context.now)}　　监销：${disposal.witness}`,
          `方式：销毁${attachments}个电子文件的密钥，清除数据库中的文字并重写检索；登记、签名和日志保留。`,
          `在外未收回的份：${out.length === 0 ? '无' : out.join('；')}`,
          `仍含该案卷内容的备份：${backups.length === 0 ? '无' : `${backups.length}份，见下表；备份移除或销毁之前，内容仍可恢复。`}`,
        ],
        columns: [
          { label: '备份', width: 88, align: 'left' },
          { label: '位置', width: 52, align: 'left' },
          { label: '时间', width: 30, align: 'center' },
        ],
        rows:
          backups.length === 0
            ? [['无', '', '']]
            : backups.map((one) => [one.name, one.place, officialDay(dayInChina(one.at))]),
        notes: [
          '纸质文件和存储介质的销毁另按国家有关规定清点、登记、审批，送指定单位办理；本证明只证明电子内容的处置。',
          '销毁人（签名）：　　　　　　　　监销人（签名）：　　　　　　　　',
        ],
      },
    },
  }
}
