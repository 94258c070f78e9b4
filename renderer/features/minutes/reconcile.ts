import {
  type MinutesDraft,
  type MinutesFieldName,
  type MinutesFields,
  minutesFieldNames,
  type Sentence,
} from '#shared/domain/minutes.ts'

/** A field or a sentence that reads differently here and in the archive, and that only a person can decide. */
export type Clash =
  | { readonly kind: 'field'; readonly key: MinutesFieldName; readonly mine: string; readonly theirs: string }
  | {
      readonly kind: 'sentence'
      readonly key: string
      readonly mine: Sentence | null
      readonly theirs: Sentence | null
    }

export interface Reconciled {
  /** Everything that could be put together; where there is a clash, mine stands. */
  readonly merged: MinutesDraft
  readonly clashes: readonly Clash[]
}

const same = (a: Sentence | null, b: Sentence | null): boolean => JSON.stringify(a) === JSON.stringify(b)
const byId = (list: readonly Sentence[]) => new Map(list.map((one) => [one.id, one]))

/**
 * Lays my unsaved wording over the one somebody else stored meanwhile, field by field and sentence by sentence. What
 * only one side changed since `base` is taken from that side. Without a base every difference is a clash. Order is
 * mine; sentences the other side added stand behind the one they followed there.
 */
export function reconcile(base: MinutesDraft | null, mine: MinutesDraft, theirs: MinutesDraft): Reconciled {
  const clashes: Clash[] = []
  const fields: MinutesFields = { ...mine.fields }
  for (const key of Object.keys(minutesFieldNames) as MinutesFieldName[]) {
    const [was, here, there] = [base?.fields[key], mine.fields[key], theirs.fields[key]]
    if (here === there) continue
    if (here === was) fields[key] = there
    else if (there !== was) clashes.push({ kind: 'field', key, mine: here, theirs: there })
  }
  if (base !== null && mine.fields.signatures === base.fields.signatures) fields.signatures = theirs.fields.signatures

  const before = byId(base?.sentences ?? [])
  const there = byId(theirs.sentences)
  const here = byId(mine.sentences)
  const kept: Sentence[] = []
  for (const own of mine.sentences) {
    const was = before.get(own.id) ?? null
    const other = there.get(own.id) ?? null
    if (same(own, other) || (base !== null && same(other, was))) kept.push(own)
    else if (base !== null && same(own, was)) {
      if (other !== null) kept.push(other)
    } else {
      kept.push(own)
      // Mine alone and unknown to both the base and the other side: simply new.
      if (other !== null || was !== null) clashes.push({ kind: 'sentence', key: own.id, mine: own, theirs: other })
    }
  }
  theirs.sentences.forEach((other, index) => {
    if (here.has(other.id)) return
    const was = before.get(other.id) ?? null
    // Taken out here and unchanged there: it stays out.
    if (base !== null && was !== null && same(other, was)) return
    if (was !== null || base === null) clashes.push({ kind: 'sentence', key: other.id, mine: null, theirs: other })
    else kept.splice(placeAfter(kept, theirs.sentences, index), 0, other)
  })
  return { merged: { version: theirs.version, fields, sentences: kept }, clashes }
}

/** Where a sentence of the other side goes: behind the nearest one before it that stands here too. */
function placeAfter(kept: readonly Sentence[], order: readonly Sentence[], index: number): number {
  for (let at = index - 1; at >= 0; at -= 1) {
    const found = kept.findIndex((one) => one.id === order[at]?.id)
    if (found >= 0) return found + 1
  }
  return 0
}

/** The wording after a person decided every clash; `theirs` names those decided for the other side. */
export function decide(
  { merged, clashes }: Reconciled,
  theirs: MinutesDraft,
  chosen: ReadonlySet<string>,
): MinutesDraft {
  const fields: MinutesFields = { ...merged.fields }
  let sentences = [...merged.sentences]
  for (const clash of clashes) {
    if (!chosen.has(clash.key)) continue
    if (clash.kind === 'field') {
      fields[clash.key] = clash.theirs
      continue
    }
    const other = clash.theirs
    if (other === null) sentences = sentences.filter((one) => one.id !== clash.key)
    else if (clash.mine !== null) sentences = sentences.map((one) => (one.id === clash.key ? other : one))
    else {
      const index = theirs.sentences.findIndex((one) => one.id === clash.key)
      sentences.splice(placeAfter(sentences, theirs.sentences, index), 0, other)
    }
  }
  return { version: merged.version, fields, sentences }
}
