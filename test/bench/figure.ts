/** One line of `out/bench.json`: a value beside what a peer needs for equal work in the same run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 'MB'
  /** What the peer is, in words. */
  readonly peer: string
  readonly peerValue: number
  /** value ÷ peerValue. */
  readonly ratio: number
}

export function figure(name: string, unit: Figure['unit'], value: number, peer: string, peerValue: number): Figure {
  const round = (number: number): number => Math.round(number * 1000) / 1000
  return { name, value: round(value), unit, peer, peerValue: round(peerValue), ratio: round(value / peerValue) }
}

/**
 * Time of one round of each piece of work, in ms: the median, or what `pick` takes. Rounds alternate, so that a busy
 * machine slows both alike.
 */
export async function compare(
  rounds: number,
  work: (round: number) => Promise<unknown>,
  peer: (round: number) => Promise<unknown>,
  warmUp = 20,
  pick: (values: readonly number[]) => number = median,
): Promise<readonly [value: number, peerValue: number]> {
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const [index, run] of [work, peer].entries()) {
      const begun = performance.now()
      await run(round)
      if (round >= warmUp) times[index]?.push(performance.now() - begun)
    }
  }
  return [pick(times[0]), pick(times[1])]
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The value that 95 of 100 do not exceed. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
}
