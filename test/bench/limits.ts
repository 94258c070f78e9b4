import type { Figure } from './figure.ts'

/** The most a figure may be: as a value in its own unit, as a multiple of its peer, above its peer. */
interface Limit {
  readonly value?: number
  readonly ratio?: number
  /** In the figure's own unit: what is ours where the peer is a part of the work. */
  readonly above?: number
}

/** What was promised of each figure, on two cores with nothing else running. A figure without a line is only told. */
const limits: Readonly<Record<string, Limit>> = {
  unlock: { value: 1_500, above: 1_000 },
  'door.overhead': { value: 1 },
  'record.keystroke': { value: 16, ratio: 1.3 },
  'record.keystroke-paper': { value: 16, ratio: 1.3 },
  'record.enter-durable': { value: 30 },
  'record.open-5000': { value: 300 },
  'record.heap-4h': { value: 20 },
  'minutes.draft-5000': { value: 1_000 },
  'list.20k': { value: 100 },
  'today.20k': { value: 100 },
  'case.open': { value: 150 },
  'analysis.10y': { value: 1_000 },
  'memory.20k': { value: 400 },
  'search.1m': { value: 50, ratio: 1 / 20 },
  'paper.notice-3p': { value: 300 },
  'paper.record-50p': { value: 2_000 },
  'paper.memory': { value: 250 },
  'preview.update': { value: 300 },
  'audit.verify-1m': { value: 20_000 },
  'seal.200mb': { ratio: 1.5 },
  'seal.1gb': { ratio: 1.3 },
  'verify.1gb': { ratio: 1.3 },
  'seal.10k-files': { value: 30_000 },
  'seal.memory': { value: 150 },
}

/** The figures that are over what was promised of them, each with its limit in words. */
export function overLimit(figures: readonly Figure[]): readonly string[] {
  return figures.flatMap(({ name, value, unit, ratio, peerValue }) => {
    const limit = limits[name] ?? {}
    const over = []
    if (limit.value !== undefined && !(value <= limit.value)) over.push(`${value} ${unit} of at most ${limit.value}`)
    if (limit.ratio !== undefined && !(ratio <= limit.ratio)) over.push(`${ratio} × of at most ${limit.ratio} ×`)
    const own = value - peerValue
    if (limit.above !== undefined && !(own <= limit.above))
      over.push(`${own} ${unit} above its peer of at most ${limit.above}`)
    return over.map((words) => `${name}: ${words}`)
  })
}
