import type { Paper } from '../model.ts'
import type { FormFrame } from './form.ts'
import { type RegisterColumn, register } from './register.ts'

/** A register of the office: its printed name and its columns in print order, widths in millimetres. */
interface Book {
  readonly title: string
  readonly columns: readonly RegisterColumn[]
}

const center = (label: string, width: number): RegisterColumn => ({ label, width, align: 'center' })
const left = (label: string, width: number): RegisterColumn => ({ label, width, align: 'left' })

/**
 * The registers a secrecy office keeps (公文条例 25, 32, 34, 35; 实施条例 20, 27, 28, 61; 保密法 24), A4 landscape. The
 * column widths add up to the 257 mm of the sheet.
 */
export const books = {
  /** 发文登记簿: 公文条例 25; 实施条例 27(2)(3). */
  dispatch: {
    title: '发文登记簿',
    columns: [
      center('序号', 11),
      center('日期', 20),
      left('标题', 42),
      left('文号', 35),
      center('密级', 13),
      center('保密期限', 17),
      center('印数', 11),
      center('份号起止', 20),
      left('发往单位', 30),
      center('交接方式', 18),
      center('签收人', 17),
      center('签收时间', 23),
    ],
  },
  /** 收文登记簿. */
  receipt: {
    title: '收文登记簿',
    columns: [
      center('收文号', 17),
      center('日期', 20),
      left('来文单位', 36),
      left('文号', 35),
      left('标题', 50),
      center('密级', 13),
      center('份数', 11),
      center('份号', 18),
      center('附件', 12),
      left('承办', 22),
      left('去向', 23),
    ],
  },
  /** 传阅登记簿: 实施条例 20, 27(4); a copy goes back to the register between two readers. */
  reading: {
    title: '涉密文件传阅登记簿',
    columns: [
      center('序号', 14),
      left('文件', 68),
      center('份号', 20),
      center('阅件人', 26),
      left('依据（知悉范围）', 55),
      center('阅时', 37),
      center('还时', 37),
    ],
  },
  /** 复制、摘录、汇编登记簿: 公文条例 32; 实施条例 27(5). */
  reproduction: {
    title: '涉密文件复制摘录汇编登记簿',
    columns: [
      center('序号', 12),
      center('日期', 20),
      left('文件', 42),
      center('申请人', 18),
      left('用途', 28),
      left('范围', 26),
      center('份数', 11),
      center('审批人', 18),
      left('复制件编号', 32),
      center('戳记', 14),
      left('发放对象', 36),
    ],
  },
  /** 份号登记簿: 公文条例 9, 25; 实施条例 27, every copy to its end. */
  copies: {
    title: '份号登记簿',
    columns: [
      center('序号', 11),
      left('文件', 56),
      center('密级', 16),
      center('份号', 22),
      left('接收单位或个人', 36),
      center('方式', 14),
      center('出件日期', 24),
      center('签收', 28),
      center('清退', 17),
      center('销毁', 17),
      center('现状', 16),
    ],
  },
  /** 打印、刻录、导出登记簿. */
  output: {
    title: '打印刻录导出登记簿',
    columns: [
      center('序号', 11),
      center('时间', 24),
      left('文件', 46),
      center('密级', 13),
      center('页/份', 14),
      left('设备', 22),
      left('介质编号', 22),
      center('申请人', 17),
      center('审批人', 17),
      center('操作人', 17),
      left('去向', 24),
      left('校验值', 30),
    ],
  },
  /** 清退登记簿: 实施条例 27(9); 公文条例 34. */
  return: {
    title: '涉密文件清退登记簿',
    columns: [
      center('序号', 14),
      left('文件', 80),
      center('份号', 24),
      center('要求清退日期', 32),
      center('退回人', 32),
      center('接收人', 32),
      left('备注', 43),
    ],
  },
  /** 销毁登记簿: 实施条例 28; 公文条例 35; two persons at least watch. */
  destruction: {
    title: '涉密载体销毁登记簿',
    columns: [
      center('序号', 12),
      center('日期', 22),
      left('清单', 62),
      center('份号', 22),
      center('清点人', 22),
      center('监销人（两人以上）', 38),
      center('审批人', 20),
      left('方式', 24),
      left('送交单位', 35),
    ],
  },
  /** 定密、变更、解密台账: 保密法 24; yearly review. */
  classification: {
    title: '定密变更解密台账',
    columns: [
      center('序号', 11),
      left('文件', 50),
      left('文号', 34),
      center('事项', 13),
      left('依据', 38),
      center('密级', 13),
      center('保密期限', 18),
      left('知悉范围', 26),
      center('承办人', 17),
      center('定密责任人', 19),
      center('年度审核', 18),
    ],
  },
  /** 涉密载体（介质）台账. */
  carrier: {
    title: '涉密载体登记台账',
    columns: [
      center('序号', 14),
      left('编号', 48),
      left('类型', 40),
      center('密级', 20),
      center('责任人', 32),
      left('存放地点', 58),
      left('状态', 45),
    ],
  },
  /** 泄密事件登记簿: 实施条例 61; reported within 24 hours. */
  incident: {
    title: '泄密事件登记簿',
    columns: [
      center('序号', 12),
      center('发现时间', 30),
      left('事件', 70),
      left('补救措施', 55),
      center('报告时限（24小时）', 30),
      left('报告单位', 34),
      left('备注', 26),
    ],
  },
  /** 印送登记簿 of the minutes (the Rules 9: 可以根据工作需要印送). */
  distribution: {
    title: '约谈纪要印送登记簿',
    columns: [
      center('序号', 14),
      left('文件', 70),
      center('份号', 22),
      left('印送单位', 50),
      center('印送日期', 28),
      center('签收人', 28),
      left('回执', 45),
    ],
  },
} as const satisfies Readonly<Record<string, Book>>

export type BookKey = keyof typeof books

/** One register as it stands: rows as they are printed, each with as many entries as the book has columns. */
export interface RegistersData extends FormFrame {
  readonly book: BookKey
  /** 单位, 年度 and what else stands above the table. */
  readonly facts: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly keeper: string
}

/** Errors: RangeError when a row does not fit the book. */
export function registers(data: RegistersData): Paper {
  const book: Book = books[data.book]
  const wrong = data.rows.findIndex((row) => row.length !== book.columns.length)
  if (wrong >= 0) throw new RangeError(`row ${wrong + 1} of ${data.book} does not have ${book.columns.length} entries`)
  return register({
    ...data,
    title: book.title,
    landscape: true,
    columns: book.columns,
    notes: [`登记人：${data.keeper}`],
  })
}
