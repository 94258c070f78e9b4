import { monotonicFactory } from 'ulid'

/** A source of choices that gives the same ones for the same seed, whatever machine it runs on. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
  /** `count` different entries of a list, in the list's order. */
  some<T>(list: readonly T[], count: number): T[]
}

/** mulberry32: 32 bits of state are plenty for texts, and its few lines need no library. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    pick: (list) => {
      const one = list[between(0, list.length - 1)]
      if (one === undefined) throw new RangeError('nothing to pick from')
      return one
    },
    chance: (share) => next() < share,
    some: (list, count) => {
      const places = new Set<number>()
      while (places.size < Math.min(count, list.length)) places.add(between(0, list.length - 1))
      return list.filter((_, index) => places.has(index))
    },
  }
}

/** Ids that rise with the moments of the story, not with those of its making. */
export function idsOf(random: Random): (at: string) => string {
  const next = monotonicFactory(() => random.next())
  return (at) => next(Date.parse(at))
}
