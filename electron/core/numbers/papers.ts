import { type BlockRow, numbersOfBlock, registerOf } from '#db/repositories/numbers.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { blockText, findingNames, numberText, paperOfNumber, stateNames } from '#shared/domain/numbers.ts'
import type { Context } from '../context.ts'
import { anchorOf, frameOf } from '../papers/frame.ts'
import type { Wanted } from '../papers/wanted.ts'
import { rulesOf } from '../rules/rules.ts'
import { reconcile } from './reconcile.ts'
import { shownEntry, wordOf } from './register.ts'

type RegisterSource = Extract<Wanted['source'], { readonly kind: 'register' }>['data']

async function wanted(
  context: Context,
  title: string,
  data: Pick<RegisterSource, 'facts' | 'columns' | 'rows' | 'notes' | 'landscape'>,
): Promise<Pick<Wanted, 'title' | 'source'>> {
  const { profile } = (await rulesOf(context)).on(dayInChina(context.now))
  return {
    title,
    source: {
      kind: 'register',
      data: { ...frameOf(context, profile, null, context.now), title, ...data, anchor: await anchorOf(context) },
    },
  }
}

/** 编号册 of a year with its 对账, as the office files it (Art. 4). */
export async function registerPaper(context: Context, year: number): Promise<Pick<Wanted, 'title' | 'source'>> {
  const rules = await rulesOf(context)
  const { authority, numbering } = rules.on(dayInChina(context.now)).profile
  const entries = (await registerOf(context.trx, year)).map((row) => shownEntry(context, rules, row))
  const found = await reconcile(context, year)
  const verdict =
    found.findings.length === 0
      ? '对账结果：编号连续，每号均有签名办理记录，作废均有原因。'
      : `对账发现：${found.findings.map((one) => `${one.n}号${findingNames[one.code]}`).join('；')}。`
  return wanted(context, `《责任约谈通知书》编号册（${year}年）`, {
    landscape: true,
    facts: [
      `编号单位：${authority}${numbering.office}`,
      `年度：${year}年　末号：${found.last}　已用：${found.used}　预留：${found.reserved}　作废：${found.void}`,
    ],
    columns: [
      { label: '编号', width: 46, align: 'left' },
      { label: '状态', width: 16, align: 'center' },
      { label: '文书', width: 24, align: 'center' },
      { label: '被约谈企业', width: 52, align: 'left' },
      { label: '约谈事由', width: 51, align: 'left' },
      { label: '办理', width: 32, align: 'left' },
      { label: '号段、原因', width: 36, align: 'left' },
    ],
    rows: entries.map((one) => [
      one.text,
      stateNames[one.state],
      paperOfNumber[one.paper],
      one.enterpriseName,
      one.matter,
      `${officialDay(dayInChina(one.at))} ${one.by}`,
      [one.block, one.reason].filter(Boolean).join('：'),
    ]),
    notes: [verdict, '核对人（签名）：　　　　　　　　　　日期：'],
  })
}

/** The slip of a block: it goes to the other machine on paper, and comes back filled in. */
export async function blockPaper(context: Context, row: BlockRow): Promise<Pick<Wanted, 'title' | 'source'>> {
  const numbers = await numbersOfBlock(context.trx, row.id)
  const word = await wordOf(context)
  return wanted(context, `编号号段单（${row.year}年${row.first}至${row.last}号）`, {
    landscape: false,
    facts: [
      `号段：${blockText(word, row.year, row.first, row.last)}`,
      `使用处室：${row.office}`,
      `校验码：${row.slip}（在使用处室的机器上登记号段时输入）`,
      `发放日期：${officialDay(dayInChina(row.at))}`,
    ],
    columns: [
      { label: '编号', width: 46, align: 'left' },
      { label: '状态', width: 18, align: 'center' },
      { label: '被约谈企业', width: 50, align: 'left' },
      { label: '用号日期', width: 26, align: 'center' },
      { label: '作废原因', width: 30, align: 'left' },
    ],
    rows: numbers.map((one) => {
      const used: { enterprise?: string; day?: string } = one.elsewhere === null ? {} : JSON.parse(one.elsewhere)
      const day = used.day ?? (one.notice_id === null ? null : dayInChina(one.at))
      return [
        numberText(word, one.year, one.n),
        one.state === 'reserved' ? '' : stateNames[one.state],
        used.enterprise ?? '',
        day === null ? '' : officialDay(day),
        one.reason ?? '',
      ]
    }),
    notes: [
      '号段内的编号只用于《责任约谈通知书》及其改期、取消通知，逐号使用，不得重复；年终未用的编号登记作废，本单随光盘或纸面退回责任追究部门。',
      '发放人（签名）：　　　　　　　　领用人（签名）：　　　　　　　　',
    ],
  })
}
