/** One place where two files differ; null where one of them holds nothing. */
export interface Difference {
  readonly place: string
  readonly before: string | null
  readonly after: string | null
}

/** What two plain JSON values differ in, leaf by leaf. Coded entries are matched by code or number, not by position. Pure. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const old = leaves(before)
  const young = leaves(after)
  const places = [...new Set([...old.keys(), ...young.keys()])]
  return places.flatMap((place) => {
    const pair = { place, before: old.get(place) ?? null, after: young.get(place) ?? null }
    return pair.before === pair.after ? [] : pair
  })
}

function leaves(value: unknown): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (at: string, one: unknown): void => {
    if (Array.isArray(one)) {
      one.forEach((entry, index) => {
        walk(`${at}[${keyOf(entry) ?? index + 1}]`, entry)
      })
    } else if (typeof one === 'object' && one !== null) {
      for (const [key, entry] of Object.entries(one)) walk(at === '' ? key : `${at}.${key}`, entry)
    } else if (one !== undefined && one !== null) found.set(at, String(one))
  }
  walk('', value)
  return found
}

function keyOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return null
  for (const key of ['code', 'number', 'day'] as const)
    if (key in entry) return String((entry as Record<string, unknown>)[key])
  return null
}
