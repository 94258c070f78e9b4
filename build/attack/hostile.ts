import type { VerbSpec } from '#shared/contract/verb.ts'

/** A stream of whole numbers below `limit` that the seed decides: a failure can be run again. */
export type Random = (limit: number) => number

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  // Mulberry32 (Tommy Ettinger, public domain): small, fast, good enough to choose inputs.
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit) | 0
  }
}

const texts = [
  '',
  ' ',
  "'; DROP TABLE log; --",
  '%',
  '_%_',
  '../../../etc/passwd',
  '\0',
  '\ud800',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '01KB0000000000000000000020',
  '2026-02-30',
  '机密★10年',
  '{"seq":1}',
  'approved',
  'cases',
  'office',
  '𠮷'.repeat(300),
]

/** Anything that can cross the wire, small or monstrous, nested at most `depth` deep. */
export function hostileValue(random: Random, depth = 3): unknown {
  switch (random(depth > 0 ? 16 : 10)) {
    case 0:
      return null
    case 1:
      return undefined
    case 2:
      return random(2) === 0
    case 3:
      return random(2 ** 31) - 2 ** 30
    case 4:
      return [Number.NaN, Number.POSITIVE_INFINITY, -0, 1e308, 2 ** 53, 0.1][random(6)]
    case 5:
      return new Date(0)
    case 6:
      return new Uint8Array(random(64))
    case 7:
      return BigInt(random(1000))
    case 8:
      return new Map([['a', 1]])
    case 9:
    case 10:
    case 11:
      return texts[random(texts.length)]
    case 12:
      return Array.from({ length: random(5) }, () => hostileValue(random, depth - 1))
    case 13:
      return Object.fromEntries(
        Array.from({ length: random(5) }, (_, n) => [
          texts[random(texts.length)] ?? `k${n}`,
          hostileValue(random, depth - 1),
        ]),
      )
    case 14:
      return random(200) === 0 ? 'x'.repeat(random(6_000_000)) : 'x'.repeat(random(2000))
    default:
      return random(50) === 0 ? nested(random(4000)) : nested(random(40))
  }
}

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? [value] : { value }
  return value
}

/** An input for a verb: nonsense, or the declared members with hostile values in them. */
export function hostileInput(random: Random, spec: VerbSpec | undefined): unknown {
  const declared = spec?.input as unknown as { entries?: Record<string, unknown> } | undefined
  const names = Object.keys(declared?.entries ?? {})
  if (names.length === 0 || random(4) === 0) return hostileValue(random)
  return Object.fromEntries(names.map((name) => [name, likely(random, name)]))
}

/** A value that has a chance of passing the schema, so that the use case behind it is reached too. */
function likely(random: Random, name: string): unknown {
  if (random(3) === 0) return hostileValue(random)
  if (/Id$|^from$|^to$/.test(name)) return '01KB0000000000000000000020'
  if (/seq|before|year|value|version|limit/.test(name)) return random(3000)
  return texts[random(texts.length)]
}
