import { extname } from 'node:path'
import { otherCodes, type StoredVolume } from '#db/repositories/archive.ts'
import { eventsOf } from '#db/repositories/cases.ts'
import { finalsOfCase, papersOfCase, type StoredPaper, scanFiles } from '#db/repositories/papers.ts'
import { otherPieceCodes, piecesOfVolume } from '#db/repositories/pieces.ts'
import { documentsOfCase } from '#db/repositories/rectification.ts'
import { decisionsOn } from '#db/repositories/secrecy.ts'
import type { EepActor, EepEvent, EepFile, EepPackage } from '#electron/sealing/eep.ts'
import { fail } from '#shared/contract/errors.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import type { VolumeItem } from '#shared/domain/archive.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { bearsMark } from '#shared/domain/papers.ts'
import { termName } from '#shared/domain/pieces.ts'
import { findBlob } from '../blobs.ts'
import type { Context } from '../context.ts'
import { rulesOfCase, termText } from '../papers/frame.ts'
import type { PartInput } from './parts.ts'
import { keptFile } from './piece-file.ts'
import { type Member, recordFiles } from './record-files.ts'
import { isSamePaper } from './volume.ts'

/** Acts of a case that travel with it as 业务行为 (DA/T 48: 业务实体块), by the kind of the event. */
const actions: Readonly<Record<string, string>> = {
  'cases.create': '立项',
  'cases.accept': '拟稿',
  'notices.submit': '送审',
  'notices.decide': '审签',
  'notices.return': '退回',
  'secrecy.decide': '定密',
  'secrecy.return': '退回定密意见',
  'numbers.allocate': '编号',
  'numbers.void': '作废编号',
  'notices.issue': '印发',
  'notices.confirm': '确认',
  'interviews.start': '开始约谈',
  'interviews.end': '结束约谈',
  'minutes.draft': '拟写纪要',
  'minutes.finalise': '定稿',
  'minutes.reopen': '重新打开纪要',
  'minutes.dispatch': '印送',
  'papers.approveFinal': '核定定稿',
  'record.freeze': '打印记录核对',
  'record.correct': '更正记录',
  'rectification.receive': '收文',
  'rectification.acceptPlan': '接受工作方案',
  'rectification.returnPlan': '退回工作方案',
  'rectification.acceptReport': '接受专项工作报告',
  'rectification.returnReport': '退回专项工作报告',
  'rectification.decideExtension': '同意延期',
  'rectification.closeItem': '事项销账',
  'rectification.evaluation': '评估',
  'rectification.reminder': '催办',
  'rectification.closure': '销账',
  'rectification.reopening': '重新开启',
  'cases.beginFiling': '整改办结',
  'referrals.send': '移送线索',
  'referrals.receive': '签收移送线索',
  'referrals.return': '退回移送线索',
  'archive.handOver': '移交',
  'archive.receive': '签收',
  'archive.return': '退回案卷',
  'archive.file': '归档',
  'archive.reopen': '重新打开案卷',
}
/** What a filed case must have behind it (Art. 4, 9, 20, 21). */
export const requiredActions = ['审签', '定密', '编号', '印发', '定稿', '移交', '签收', '归档']

/** Endings of the formats a scanner gives. */
const scanEndings: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/tiff': '.tif',
}

const system = '约谈卷 0.1.0'

export interface VolumePackage {
  readonly parts: readonly PartInput[]
  readonly eep: EepPackage
  /** 档号 of the other volumes, which this one must not repeat. */
  readonly takenCodes: readonly string[]
}

/** ASCII name of a file inside the bag; the Chinese titles stand in the map. */
function pathOf({ code, position, paperId }: VolumeItem, ending: string): string {
  const folder = paperId === null || code === 'attachment' ? 'materials' : code === 'record' ? 'record' : 'papers'
  return `data/${folder}/${String(position).padStart(2, '0')}-${code}${ending}`
}

/** The files of a volume and what describes them: the inner package of a bundle (DESIGN §8). */
export async function packageOf(context: Context, volume: StoredVolume): Promise<VolumePackage> {
  const { trx, now } = context
  const { ledger } = context.session.archive
  const papers = await papersOfCase(trx, volume.caseId)
  const documents = await documentsOfCase(trx, volume.caseId)
  const scans = await scanFiles(trx, volume.caseId)
  const finals = await finalsOfCase(trx, volume.caseId)
  const pieces = await piecesOfVolume(trx, volume.id)
  const parts: PartInput[] = []
  const files: EepFile[] = []
  for (const item of volume.items) {
    const members: Member[] = []
    const add = async (blobId: string, title: string, mediaType: string, ending: string): Promise<void> => {
      const blob = await findBlob(trx, blobId)
      members.push({
        title,
        mediaType,
        ending,
        size: blob.size,
        sha256: blob.sha256,
        source: { kind: 'blob', blob },
      })
    }
    const paper = papers.find((one) => one.id === item.paperId)
    const document = documents.find((one) => one.id === item.documentId)
    if (paper?.kind === 'attachment') {
      await add(paper.blobId, item.title, (await keptFile(context, paper.blobId)).mediaType, `.${paper.format}`)
    } else if (paper) {
      // 正本 in the fixed layout first, the editable text of the same paper beside it.
      const formats = papers.filter((other) => isSamePaper(other, paper))
      for (const one of formats.sort((a, b) => Number(b.format === 'pdf') - Number(a.format === 'pdf')))
        await add(one.blobId, one.title, mediaTypeOf(one.format), `.${one.format}`)
      if (paper.kind === 'record') members.push(...(await recordFiles(context, volume.caseId, paper, item.title)))
      // 正本, 定稿 as its signer approved it, then what was signed by hand (Art. 20).
      for (const one of finals.filter((final) => item.finalIds.includes(final.id))) {
        const by = ledger.account(one.decidedBy ?? '')?.name ?? ''
        const day = officialDay(dayInChina(one.decidedAt ?? one.broughtAt))
        await add(one.blobId, `${item.title}（定稿，${by}，${day}核定）`, mediaTypeOf('docx'), '-final.docx')
      }
      const signed = scans.filter((scan) => item.scanIds.includes(scan.id))
      for (const [at, scan] of signed.entries()) {
        const title = `${item.title}（签字扫描件，${scan.signer}，${officialDay(scan.signedOn)}）`
        await add(scan.blobId, title, scan.mediaType, `-signed-${at + 1}${scanEndings[scan.mediaType] ?? '.bin'}`)
      }
    } else if (document?.blobId) {
      const name = document.fileName ?? ''
      const ending = /^\.[a-z0-9]{1,8}$/.test(extname(name).toLowerCase()) ? extname(name).toLowerCase() : '.bin'
      await add(document.blobId, item.title, (await keptFile(context, document.blobId)).mediaType, ending)
    } else fail('archive.itemMissing', { position: item.position })
    const described = []
    for (const { ending, ...member } of members) {
      const path = pathOf(item, ending)
      const { title, mediaType, size, sha256 } = member
      parts.push({ ...member, path, role: item.code })
      described.push({
        id: `D${files.length + 1}-${described.length + 1}`,
        title,
        path,
        mediaType,
        size,
        sha256,
      })
    }
    const piece = pieces.find((one) => one.paperId === item.paperId && one.documentId === item.documentId)
    const archivalCode = piece?.code ?? volume.archivalCode
    files.push({
      id: `F${files.length + 1}`,
      fonds: archivalCode.split('-')[0] ?? '',
      archivalCode,
      year: piece ? String(piece.year) : dayInChina(volume.createdAt).slice(0, 4),
      retention: piece ? termName(piece.term) : volume.retention,
      item: piece?.n ?? item.position,
      title: item.title,
      author: item.author,
      day: item.day,
      level: item.level,
      term: paper ? await termOf(context, paper) : null,
      number: item.number,
      pages: item.pages,
      documents: described,
    })
  }
  const { document: rules } = await rulesOfCase(context, volume.caseId)
  const actors = new Map<string, EepActor>()
  const events: EepEvent[] = []
  const firstOf = (code: string): string => files[volume.items.findIndex((item) => item.code === code)]?.id ?? 'F1'
  for (const event of (await eventsOf(trx, volume.caseId)).toReversed()) {
    const action = actions[event.kind]
    if (action === undefined) continue
    const account = ledger.account(event.account_id)
    actors.set(event.account_id, {
      id: event.account_id,
      kind: '个人',
      name: account?.name ?? '',
      post: account?.roles.map((role) => roleNames[role]).join('、') ?? '',
    })
    events.push({
      id: event.id,
      actorId: event.account_id,
      fileId: firstOf(event.kind.startsWith('minutes') || event.kind.startsWith('interviews') ? 'minutes' : 'notice'),
      state: '历史行为',
      action,
      at: event.at,
      basis: `${rules}第${event.article ?? ''}条`,
    })
  }
  const eep: EepPackage = {
    unit: ledger.unit,
    createdAt: now,
    system,
    carrier: '无',
    files,
    events,
    actors: [...actors.values()],
  }
  return { parts, eep, takenCodes: [...(await otherCodes(trx, volume.id)), ...(await otherPieceCodes(trx, volume.id))] }
}

function mediaTypeOf(format: string): string {
  return format === 'pdf'
    ? 'application/pdf'
    : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
}

/** 保密期限 of a paper by the decision on itself; null without a mark. */
async function termOf({ trx }: Context, paper: StoredPaper): Promise<string | null> {
  if (paper.caseId === null || !bearsMark(paper.kind)) return null
  const { inForce } = await decisionsOn(trx, paper.caseId, paper.objectId)
  return inForce ? termText(inForce) || null : null
}
