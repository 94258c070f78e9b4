import { difference, type Stretch } from '#shared/domain/difference.ts'
import {
  attendanceLists,
  type Minutes,
  type MinutesFieldName,
  type MinutesSection,
  minutesFieldNames,
  minutesSectionNames,
  minutesSections,
  type Sentence,
} from '#shared/domain/minutes.ts'

export interface Wording {
  readonly fields: Minutes['fields']
  readonly sentences: readonly Sentence[]
}

/** A line of the comparison. A `\n` inside a stretch is the end of a paragraph: added it was split, removed it was joined. */
export interface Compared {
  readonly key: string
  readonly label: string | null
  readonly stretches: readonly Stretch[]
  /** What became of its place: another section or order, put on to the paragraph above, or made a paragraph of its own. */
  readonly place: 'moved' | 'joined' | 'parted' | null
}

export interface Part {
  readonly title: string
  readonly lines: readonly Compared[]
}

/**
 * Two wordings side by side: fields, then section by section. A sentence is known by its id, however it was rewritten;
 * what was split off it or joined to it is compared with it as one text, so that only the paragraph's end is a change.
 */
export function compare(before: Wording, after: Wording): Part[] {
  const listed = (name: MinutesFieldName) => !attendanceLists.some((one) => one === name)
  const names = (Object.keys(minutesFieldNames) as MinutesFieldName[]).filter(
    (name) => listed(name) || before.fields.lists || after.fields.lists,
  )
  const value = ({ fields }: Wording, name: MinutesFieldName) => (listed(name) || fields.lists ? fields[name] : '')
  const lines = names.map((name) => ({
    key: name,
    label: minutesFieldNames[name],
    stretches: difference(value(before, name), value(after, name)),
    place: null,
  }))
  return [
    { title: '', lines },
    ...minutesSections.map((section) => ({
      title: minutesSectionNames[section],
      lines: compareSection(before, after, section),
    })),
  ]
}

/** A sentence both wordings know with those behind it that only this wording has; or such a run without one before it. */
interface Run {
  readonly anchor: Sentence | null
  readonly sentences: Sentence[]
}

function runs(sentences: readonly Sentence[], section: MinutesSection, known: ReadonlySet<string>): Run[] {
  const list: Run[] = []
  for (const one of sentences) {
    if (one.section !== section) continue
    const last = list.at(-1)
    if (known.has(one.id)) list.push({ anchor: one, sentences: [one] })
    else if (last === undefined) list.push({ anchor: null, sentences: [one] })
    else last.sentences.push(one)
  }
  return list
}

/** A run as one text: a sentence that opens a paragraph stands behind a line's end. */
const textOf = (run: Run | undefined): string =>
  (run?.sentences ?? []).map((one, index) => `${index > 0 && !one.joined ? '\n' : ''}${one.text}`).join('')

function compareSection(before: Wording, after: Wording, section: MinutesSection): Compared[] {
  const now = new Set(after.sentences.map((one) => one.id))
  const both = new Set(before.sentences.map((one) => one.id).filter((id) => now.has(id)))
  const old = new Map(before.sentences.map((one) => [one.id, one]))
  const older = runs(before.sentences, section, both)
  const newer = runs(after.sentences, section, both)
  const olderOf = new Map(older.map((run) => [run.anchor?.id ?? '', run]))
  const steady = inOrder(
    newer.flatMap(({ anchor }) => (anchor !== null && old.get(anchor.id)?.section === section ? [anchor.id] : [])),
    before.sentences.map((one) => one.id),
  )
  const shown = new Set<Run>()
  const lines: Compared[] = []
  const put = (key: string, was: Run | undefined, is: Run | undefined, place: Compared['place']) => {
    if (was !== undefined) shown.add(was)
    const stretches = difference(textOf(was), textOf(is))
    if (stretches.length > 0) lines.push({ key, label: null, stretches, place })
  }
  const head = olderOf.get('')
  if (newer[0]?.anchor !== null || newer.length === 0) put('head', head, undefined, null)
  for (const run of newer) {
    const { anchor } = run
    if (anchor === null) {
      put('head', head, run, null)
      continue
    }
    const was = old.get(anchor.id)
    const here = was?.section === section
    // A sentence from another section reads against its own older wording; what followed it there is told there.
    const from = here ? olderOf.get(anchor.id) : was && { anchor: was, sentences: [was] }
    const place =
      !here || !steady.has(anchor.id)
        ? 'moved'
        : was?.joined === anchor.joined
          ? null
          : anchor.joined
            ? 'joined'
            : 'parted'
    put(anchor.id, from, run, place)
  }
  // What stood behind a sentence that went to another section, and was taken out.
  for (const run of older) {
    if (shown.has(run)) continue
    const rest = run.sentences.filter((one) => !both.has(one.id))
    if (rest.length > 0) put(`gone-${rest[0]?.id}`, { anchor: null, sentences: rest }, undefined, null)
  }
  return lines
}

/** Those of a list that kept their order against another one: the longest that did; the others were moved. */
function inOrder(list: readonly string[], order: readonly string[]): ReadonlySet<string> {
  const place = new Map(order.map((id, index) => [id, index]))
  const at = list.map((id) => place.get(id) ?? 0)
  const length = at.map(() => 1)
  const before = at.map(() => -1)
  let best = -1
  for (let i = 0; i < at.length; i += 1) {
    for (let j = 0; j < i; j += 1)
      if ((at[j] ?? 0) < (at[i] ?? 0) && (length[j] ?? 0) + 1 > (length[i] ?? 0)) {
        length[i] = (length[j] ?? 0) + 1
        before[i] = j
      }
    if (best < 0 || (length[i] ?? 0) > (length[best] ?? 0)) best = i
  }
  const kept = new Set<string>()
  for (let i = best; i >= 0; i = before[i] ?? -1) {
    const id = list[i]
    if (id !== undefined) kept.add(id)
  }
  return kept
}

/** How much changed: characters added and taken out, paragraphs split and joined, sentences moved. */
export function countChanges(parts: readonly Part[]) {
  const lines = parts.flatMap((part) => part.lines)
  const stretches = lines.flatMap((line) => line.stretches)
  const of = (kind: Stretch['kind']) =>
    stretches
      .filter((one) => one.kind === kind)
      .map((one) => one.text)
      .join('')
  const ends = (text: string) => text.split('\n').length - 1
  const placed = (place: Compared['place']) => lines.filter((line) => line.place === place).length
  return {
    added: of('added').replaceAll('\n', '').length,
    removed: of('removed').replaceAll('\n', '').length,
    split: ends(of('added')) + placed('parted'),
    joined: ends(of('removed')) + placed('joined'),
    moved: placed('moved'),
  }
}
