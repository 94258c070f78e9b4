import { casesInScope } from '#db/repositories/cases.ts'
import { compilationsInScope } from '#db/repositories/compilations.ts'
import { copiesOf, type FateRow, fatesOf, type Held, ticketsOfCopies } from '#db/repositories/copies.ts'
import { listIncidents } from '#db/repositories/incidents.ts'
import { decidedClassifications } from '#db/repositories/secrecy.ts'
import { lastReviews } from '#db/repositories/secrecy-followups.ts'
import { type BookKey, bookNames } from '#shared/domain/books.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { copyActNames, copyFateNames, type LeavingAct } from '#shared/domain/copies.ts'
import { reportDue } from '#shared/domain/incidents.ts'
import {
  classificationActNames,
  highestLevel,
  isStateSecret,
  type Level,
  levelNames,
  markText,
  reviewConclusionNames,
} from '#shared/domain/secrecy.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers, LongContext } from '../context.ts'
import { exportFile } from '../papers/export.ts'
import { anchorOf, frameOf } from '../papers/frame.ts'
import { printPaper } from '../papers/freeze.ts'
import type { Wanted } from '../papers/wanted.ts'
import { rulesOf } from '../rules/rules.ts'
import { openOnes } from './closed.ts'
import { objectTitle } from './proposals.ts'

/** A line of a register before it has its number: when it belongs, what level it speaks of, its columns after 序号. */
interface Line {
  readonly day: string
  readonly level: Level
  readonly cells: readonly string[]
}

const moment = (at: string): string => `${officialDay(dayInChina(at))} ${clockInChina(at).slice(0, 5)}`

/** Every copy of the own scope with the ticket it left by and what became of it, the first that left first. */
async function leftCopies(context: Context) {
  const { trx, account } = context
  const compilations = await compilationsInScope(trx, account)
  const held = (): Held => ({ cases: casesInScope(trx, account.id), compilations: compilations() })
  const fates = await fatesOf(trx, held())
  const tickets = await ticketsOfCopies(trx, held())
  const copies = await openOnes(context, null, await copiesOf(trx, held()), (one) => one.id)
  return copies.toReversed().map((copy) => {
    const own: readonly FateRow[] = fates.get(copy.id) ?? []
    const last = (fate: FateRow['fate']): FateRow | undefined => own.findLast((one) => one.fate === fate)
    return { copy, ticket: tickets.get(copy.id), fates: own, last }
  })
}

type Left = Awaited<ReturnType<typeof leftCopies>>[number]

const dayOf = (fate: FateRow | undefined): string => (fate ? officialDay(fate.day) : '')

/** 份号登记: every copy by number, to whom it went and what became of it (实施条例 27, 28). */
const copyLine = ({ copy, last, fates }: Left): Line => ({
  day: dayInChina(copy.at),
  level: copy.level,
  cells: [
    copy.title,
    levelNames[copy.level],
    copy.label,
    copy.recipient,
    copyActNames[copy.act],
    officialDay(dayInChina(copy.at)),
    [last('received')?.person ?? '', dayOf(last('received'))].filter(Boolean).join(' '),
    dayOf(last('returned')),
    dayOf(last('destroyed')),
    fates.at(-1) ? copyFateNames[fates.at(-1)?.fate ?? 'received'] : '在外，待签收',
  ],
})

const outputLine =
  (context: Context) =>
  ({ copy, ticket }: Left): Line => ({
    day: dayInChina(copy.at),
    level: copy.level,
    cells: [
      moment(copy.at),
      copy.title,
      levelNames[copy.level],
      copy.label,
      copyActNames[copy.act],
      copy.medium,
      ticket ? nameOf(context, ticket.requesterId) : '',
      ticket?.deciderId ? nameOf(context, ticket.deciderId) : '',
      nameOf(context, copy.accountId),
      copy.recipient,
      copy.sha256.slice(0, 16),
    ],
  })

/** 清退 (实施条例 27(9)). */
function returnLine({ copy, last }: Left): Line[] {
  const back = last('returned')
  if (!back) return []
  return [
    {
      day: back.day,
      level: copy.level,
      cells: [
        copy.title,
        copy.label,
        '',
        copy.recipient,
        back.person,
        [`${officialDay(back.day)}清退`, back.note].filter(Boolean).join('；'),
      ],
    },
  ]
}

/** 销毁, counted by one and watched by another (实施条例 28). */
const destructionLine =
  (context: Context) =>
  ({ copy, last }: Left): Line[] => {
    const [asked, done] = [last('destroyAsked'), last('destroyed')]
    if (!asked || !done) return []
    return [
      {
        day: done.day,
        level: copy.level,
        cells: [
          officialDay(done.day),
          copy.title,
          copy.label,
          asked.person,
          [...new Set([nameOf(context, done.accountId), done.person])].filter(Boolean).join('、'),
          asked.destroying?.approver ?? '',
          [asked.destroying?.method ?? '', asked.note].filter(Boolean).join('；'),
          asked.destroying?.destination ?? '',
        ],
      },
    ]
  }

/** 涉密载体: what state secrets stand on outside this archive, a disc or a sheet each, and where it is. */
function carrierLine({ copy, fates, last }: Left): Line[] {
  if (!isStateSecret(copy.level)) return []
  const kinds: Readonly<Record<LeavingAct, string>> = { burn: '光盘', print: '纸质', export: '电子文件', seal: '封包' }
  const state = fates.at(-1)?.fate
  const gone = state === 'returned' || state === 'destroyed' || state === 'failed'
  return [
    {
      day: dayInChina(copy.at),
      level: copy.level,
      cells: [
        [copy.act === 'burn' ? copy.medium : '', `${copy.title} ${copy.label}`].filter(Boolean).join(' '),
        kinds[copy.act],
        levelNames[copy.level],
        last('received')?.person ?? '',
        gone ? '' : copy.recipient,
        state === undefined ? '在外，待签收' : copyFateNames[state],
      ],
    },
  ]
}

async function classificationLines(context: Context): Promise<Line[]> {
  const { trx, account } = context
  const cases = () => casesInScope(trx, account.id)
  const reviews = await lastReviews(trx, cases())
  const decided = await openOnes(context, null, await decidedClassifications(trx, cases()), (one) => one.id)
  const lines: Line[] = []
  for (const one of decided) {
    const review = reviews.get(one.id)
    lines.push({
      day: dayInChina(one.approvedAt ?? one.proposedAt),
      level: one.level,
      cells: [
        await objectTitle(context, one.caseId, one.objectKind, one.objectId),
        '',
        classificationActNames[one.act],
        one.basis,
        levelNames[one.level],
        markText(one)?.split('★')[1] ?? '',
        one.scope.map((id) => nameOf(context, id)).join('、'),
        nameOf(context, one.proposerId),
        one.approverId === null ? '' : nameOf(context, one.approverId),
        review ? `${review.year}年 ${reviewConclusionNames[review.conclusion]}` : '',
      ],
    })
  }
  return lines
}

async function incidentLines(context: Context): Promise<Line[]> {
  return (await listIncidents(context.trx)).toReversed().map((one) => ({
    day: dayInChina(one.foundAt),
    level: one.level,
    cells: [
      moment(one.foundAt),
      one.what,
      one.measures,
      moment(reportDue(one.foundAt)),
      one.reportedTo,
      [one.reportedAt === null ? '未报告' : `${moment(one.reportedAt)}报告`, one.number, one.conclusion]
        .filter(Boolean)
        .join('；'),
    ],
  }))
}

async function linesOf(context: Context, book: BookKey): Promise<Line[]> {
  switch (book) {
    case 'copies':
      return (await leftCopies(context)).map(copyLine)
    case 'output':
      return (await leftCopies(context)).map(outputLine(context))
    case 'return':
      return (await leftCopies(context)).flatMap(returnLine)
    case 'destruction':
      return (await leftCopies(context)).flatMap(destructionLine(context))
    case 'carrier':
      return (await leftCopies(context)).flatMap(carrierLine)
    case 'classification':
      return classificationLines(context)
    case 'incident':
      return incidentLines(context)
  }
}

/** The paper of a register: internal, with the anchor of the log at its foot (DESIGN §4). */
async function bookPaper(context: Context, book: BookKey, year: number | null) {
  const { ledger } = context.session.archive
  const { profile } = (await rulesOf(context)).on(dayInChina(context.now))
  const lines = (await linesOf(context, book)).filter((one) => year === null || one.day.startsWith(`${year}-`))
  const level = highestLevel(lines.map((one) => one.level))
  const source: Wanted['source'] = {
    kind: 'registers',
    data: {
      ...frameOf(context, profile, null, context.now),
      anchor: await anchorOf(context),
      book,
      facts: [
        `单位：${ledger.unit}　　${year === null ? '全部年度' : `${year}年度`}　　截至${officialDay(dayInChina(context.now))}`,
        `所载最高密级：${levelNames[level]}　　共${lines.length}条（限登记人知悉范围内）`,
      ],
      rows: lines.map((one, index) => [String(index + 1), ...one.cells]),
      keeper: context.account.name,
    },
  }
  context.note({ level, detail: { book, rows: lines.length } })
  return { source, rows: lines.length, title: `${bookNames[book]}${year === null ? '' : `（${year}年）`}` }
}

async function printed<O>(context: LongContext<O>, book: BookKey, year: number | null) {
  const { source, rows, title } = await context.read((inside) => bookPaper(inside, book, year))
  return { rows, title, bytes: (await printPaper(context, { source }, 'pdf')).bytes }
}

export const bookHandlers = {
  'books.show': {
    long: async (context, { book, year }) => {
      const { bytes, rows } = await printed(context, book, year)
      return { pdf: new Uint8Array(bytes), rows }
    },
  },

  'books.export': {
    long: async (context, { book, year, folder }) => {
      const { bytes, rows, title } = await printed(context, book, year)
      return context.commit(async () => ({ file: await exportFile(folder, `${title}.pdf`, bytes), rows }))
    },
  },
} satisfies Partial<Handlers>
