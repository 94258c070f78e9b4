/** Numbers that look random and are the same for the same seed (mulberry32), so that a run can be repeated. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number from 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number between the two, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.whole(0, values.length - 1)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
}

const words =
  '公司 项目 投资 决策 程序 董事会 审议 论证 资金 合同 担保 风险 损失 整改 制度 会议 纪要 材料 情况 责任 监管 要求 我们 认为 存在 没有 已经 按照 规定 方案 报告 审批 管理 企业 子公司 境外 股权 评估 年度 计划 工作 落实 问题 原因 措施 下一步 认真 研究 尽快 完成 说明 补充 依据 过程 时间 金额 万元'.split(
    ' ',
  )
const marks = ['，', '。', '、', '？', '：'] as const

/** What an input method commits at a time: a word or two, now and then with a punctuation mark. */
export function phrase(random: Random): string {
  const first = random.pick(words)
  const second = random.next() < 0.5 ? random.pick(words) : ''
  return `${first}${second}${random.next() < 0.2 ? random.pick(marks) : ''}`
}
