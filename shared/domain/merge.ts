/** A field two accounts changed to different values since the form was opened. */
export interface Clash<T> {
  readonly field: keyof T
  readonly mine: T[keyof T]
  readonly theirs: T[keyof T]
}

export interface Merge<T> {
  /** Every field as it is settled already; a clash stands with mine until somebody chooses. */
  readonly merged: T
  readonly clashes: readonly Clash<T>[]
  /** Fields only the other account changed. */
  readonly taken: readonly (keyof T)[]
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Brings together what two accounts made of the same form: `base` as it was opened, `mine` as it stands here, `theirs` as
 * it was stored meanwhile. What only one changed is kept from that one; what both changed is a clash. Pure; nothing of
 * either is dropped.
 */
export function mergeForms<T extends object>(base: T, mine: T, theirs: T): Merge<T> {
  const merged = { ...theirs }
  const clashes: Clash<T>[] = []
  const taken: (keyof T)[] = []
  for (const field of Object.keys({ ...base, ...mine, ...theirs }) as (keyof T)[]) {
    if (same(mine[field], theirs[field])) continue
    if (same(mine[field], base[field])) {
      taken.push(field)
      continue
    }
    merged[field] = mine[field]
    if (!same(theirs[field], base[field])) clashes.push({ field, mine: mine[field], theirs: theirs[field] })
  }
  return { merged, clashes, taken }
}
