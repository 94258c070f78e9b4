import type { StoredVolume } from '#db/repositories/archive.ts'
import type { Delivery } from '#electron/sealing/delivery.ts'
import type { CheckItem } from '#shared/domain/archive.ts'
import { type BagPlace, bagName } from '#shared/domain/bags.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { paperNames } from '#shared/domain/papers.ts'
import type { Receiving } from '#shared/domain/receivings.ts'
import { whereabouts } from '#shared/domain/referrals.ts'
import { type Level, levelNames } from '#shared/domain/secrecy.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { anchorOf, frameOf, highestDecision, markOf, rulesOfCase } from '../papers/frame.ts'
import type { Wanted } from '../papers/wanted.ts'
import { workingRequest } from '../papers/working.ts'
import { rulesOf } from '../rules/rules.ts'

const pdf = ['pdf'] as const

/** Most forms of a volume carry no mark of their own: they name levels, they are not classified papers (GB/T 9705). */
async function common(context: Context, volume: StoredVolume) {
  return {
    ...frameOf(context, await rulesOfCase(context, volume.caseId), null, context.now),
    archivalCode: volume.archivalCode,
    volumeTitle: volume.title,
    anchor: await anchorOf(context),
  }
}

function formWanted(
  source: Wanted['source'] & { readonly kind: Wanted['kind'] },
  volumeId: string,
  level: Level = 'none',
): Wanted {
  return {
    kind: source.kind,
    objectKind: 'volume',
    objectId: volumeId,
    title: paperNames[source.kind],
    level,
    source,
    formats: pdf,
  }
}

/** 案卷封面, 卷内文件目录 and 卷内备考表 (GB/T 9705; Art. 20). */
export async function filingForms(context: Context, volume: StoredVolume): Promise<Wanted[]> {
  const frame = await common(context, volume)
  const last = volume.items.at(-1)
  const gaps = volume.gaps.map((gap) => `缺${gap.name}：${gap.reason}`)
  const moved = volume.moved.map((piece) => `《${piece.title}》${whereabouts(piece)}`)
  const left = volume.moved.filter((piece) => piece.form === 'original')
  const situation = [...gaps, ...moved, volume.note].filter((text) => text !== '').join('；')
  const cover = await workingRequest(context, volume.caseId, 'volumeCover', volume.id, {
    copyNumber: 1,
    made: context.now,
  })
  const forms = [
    { ...cover, formats: pdf },
    formWanted(
      {
        kind: 'contents',
        data: {
          ...frame,
          // It repeats the titles of every paper: level and term of the highest of them (保密法 18).
          mark: markOf(await highestDecision(context, volume.caseId), 1),
          entries: [
            ...volume.items.map((item) => ({
              number: String(item.position),
              documentNumber: item.number,
              author: item.author,
              title: item.title,
              date: item.day.replaceAll('-', ''),
              level: item.level === 'none' ? '' : levelNames[item.level],
              pages: item.pages > 1 ? `${item.pageFrom}-${item.pageFrom + item.pages - 1}` : String(item.pageFrom),
              remarks: [
                ...(item.finalIds.length > 0 ? ['定稿'] : []),
                ...(item.scanIds.length > 0 ? ['签字件'] : []),
              ].join('、'),
            })),
            // 参见: what left stands behind what is here, without a number of its own (Art. 20).
            ...left.map((piece) => ({
              number: '',
              documentNumber: '',
              author: '',
              title: `${piece.title}（${whereabouts(piece)}）`,
              date: piece.day.replaceAll('-', ''),
              level: piece.level === 'none' ? '' : levelNames[piece.level],
              pages: '',
              remarks: '参见',
            })),
          ],
        },
      },
      volume.id,
      volume.level,
    ),
    formWanted(
      {
        kind: 'referenceSheet',
        data: {
          ...frame,
          pieces: volume.items.length,
          pages: last ? last.pageFrom + last.pages - 1 : 0,
          situation: situation === '' ? '卷内文件齐全，无破损、缺页。' : situation,
          filedBy: nameOf(context, context.account.id),
          checkedBy: null,
          filedOn: dayInChina(context.now),
        },
      },
      volume.id,
    ),
  ]
  // Each edition has forms of its own; those of the earlier ones stay.
  return forms.map((form) => ({ ...form, edition: volume.edition }))
}

const propertyNames = { authenticity: '真实性', integrity: '完整性', usability: '可用性', security: '安全性' } as const
const resultNames = { passed: '通过', failed: '不通过', manual: '人工确认', waived: '豁免' } as const

/** 四性检测报告 (DA/T 70-2018) of the package as it will be sealed. */
export async function checkReport(
  context: Context,
  volume: StoredVolume,
  checks: readonly CheckItem[],
): Promise<Wanted> {
  return formWanted(
    {
      kind: 'fourProperty',
      data: {
        ...(await common(context, volume)),
        checkedOn: dayInChina(context.now),
        checkedBy: nameOf(context, context.account.id),
        checks: checks.map(({ property, code, name, result, detail, person, day }) => ({
          property: propertyNames[property],
          code,
          name,
          result: resultNames[result],
          detail: person === '' ? detail : `${detail}（${person}，${officialDay(day)}）`,
        })),
      },
    },
    volume.id,
  )
}

export interface Handover {
  readonly deliveryId: string
  /** 份号 of the bundle. */
  readonly copy: string
  readonly recipients: readonly string[]
  readonly bag: BagPlace
  readonly pieces: number
  readonly files: number
  readonly bytes: number
  readonly checks: readonly CheckItem[]
  readonly caFingerprint: string
  readonly signerFingerprint: string
  /** The sealed file; none in the form that travels inside it. */
  readonly bundles: readonly { readonly name: string; readonly sha256: string }[]
}

function carrierText(place: BagPlace): string {
  const name = bagName(place)
  return name === '' ? '离线介质' : `离线介质（${name}）`
}

/** 移交接收登记表: the paper the recipient types the CA's fingerprint from (DESIGN §8). */
export async function handoverForm(context: Context, volume: StoredVolume, value: Handover): Promise<Wanted> {
  const count = (result: CheckItem['result']): number => value.checks.filter((one) => one.result === result).length
  return formWanted(
    {
      kind: 'handover',
      data: {
        ...(await common(context, volume)),
        sender: context.session.archive.ledger.unit,
        recipient: value.recipients.join('、'),
        deliveryId: value.deliveryId,
        level: levelNames[volume.level],
        copy: value.copy,
        pieces: value.pieces,
        files: value.files,
        bytes: value.bytes,
        carrier: carrierText(value.bag),
        bundles: value.bundles,
        caFingerprint: value.caFingerprint,
        signerFingerprint: value.signerFingerprint,
        checks: `四性检测 ${value.checks.length} 项：程序检测通过 ${count('passed')} 项，人工确认 ${count('manual')} 项，豁免 ${count('waived')} 项。`,
        handedBy: nameOf(context, context.account.id),
        receivedBy: null,
        date: dayInChina(context.now),
      },
    },
    volume.id,
  )
}

export interface ReceiptFacts {
  readonly number: string
  readonly consignment: Pick<Receiving, 'sender' | 'archivalCode' | 'title' | 'level' | 'files' | 'bytes' | 'sha256'>
  readonly delivery: Delivery
  readonly pieces: number
}

/** 移交接收登记表 as the receiver fills it: what came, by whom it was sealed, who took it in (DA/T 93; DESIGN §8). */
export async function receiptForm(
  context: Context,
  { number, consignment, delivery, pieces }: ReceiptFacts,
): Promise<Pick<Wanted, 'title' | 'source'>> {
  const { profile } = (await rulesOf(context)).on(dayInChina(context.now))
  const { ledger } = context.session.archive
  return {
    title: `${paperNames.handover}（${number}）`,
    source: {
      kind: 'handover',
      data: {
        ...frameOf(context, profile, null, context.now),
        anchor: await anchorOf(context),
        sender: consignment.sender,
        recipient: ledger.unit,
        deliveryId: delivery.id,
        archivalCode: consignment.archivalCode,
        volumeTitle: consignment.title,
        level: levelNames[consignment.level],
        copy: delivery.copy ?? '',
        pieces,
        files: consignment.files,
        bytes: consignment.bytes,
        carrier: carrierText(delivery.bag),
        bundles: [{ name: `移交第${delivery.sequence}号`, sha256: consignment.sha256 }],
        caFingerprint: delivery.sender.authority,
        signerFingerprint: delivery.sender.signer,
        checks: `接收登记号：${number}。验签各项通过，签发机构证书指纹与纸面一致，本单位为所列接收单位。`,
        handedBy: null,
        receivedBy: nameOf(context, context.account.id),
        date: dayInChina(context.now),
      },
    },
  }
}
