/** A stretch of text that stands in both wordings, or only in the newer, or only in the older one. */
export interface Stretch {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Above this many words the middle of two wordings is not compared word by word: it is shown as replaced. */
const longest = 4_000

function words(text: string): string[] {
  return Array.from(segmenter.segment(text), (one) => one.segment)
}

/**
 * Lays two wordings side by side, word by word. The older wording is the `same` and `removed` stretches put together,
 * the newer one the `same` and `added`. Longest common subsequence; equal ends are taken off first.
 */
export function difference(before: string, after: string): Stretch[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const old = words(before)
  const now = words(after)
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1
  let tail = 0
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail += 1
  const stretches: Stretch[] = []
  const put = (kind: Stretch['kind'], text: string): void => {
    if (text === '') return
    const last = stretches.at(-1)
    if (last?.kind === kind) stretches[stretches.length - 1] = { kind, text: last.text + text }
    else stretches.push({ kind, text })
  }
  put('same', old.slice(0, head).join(''))
  for (const { kind, text } of middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)))
    put(kind, text)
  put('same', old.slice(old.length - tail).join(''))
  return stretches
}

function middle(old: readonly string[], now: readonly string[]): Stretch[] {
  if (old.length > longest || now.length > longest || old.length * now.length > longest * 1_000)
    return [
      { kind: 'removed', text: old.join('') },
      { kind: 'added', text: now.join('') },
    ]
  const width = now.length + 1
  // common[i][j]: length of the longest common subsequence of old from i and now from j.
  const common = new Uint16Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        old[i] === now[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  const found: Stretch[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      found.push({ kind: 'same', text: old[i] ?? '' })
      i += 1
      j += 1
    } else if (
      i < old.length &&
      (j === now.length || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      found.push({ kind: 'removed', text: old[i] ?? '' })
      i += 1
    } else {
      found.push({ kind: 'added', text: now[j] ?? '' })
      j += 1
    }
  }
  return found
}

/**
 * Two longer texts, first line by line, then word by word inside the lines that changed: one changed word of a thick
 * paper stays one changed word. Stretches read as those of `difference`; lines end with `\n`.
 */
export function differenceOfLines(before: string, after: string): Stretch[] {
  const lines = (text: string): string[] => text.split(/(?<=\n)/)
  const [old, now] = [lines(before), lines(after)]
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  const found: Stretch[] = []
  const put = ({ kind, text }: Stretch): void => {
    const last = found.at(-1)
    if (text === '') return
    if (last?.kind === kind) found[found.length - 1] = { kind, text: last.text + text }
    else found.push({ kind, text })
  }
  let [gone, come] = ['', '']
  const settle = (): void => {
    for (const one of difference(gone, come)) put(one)
    ;[gone, come] = ['', '']
  }
  put({ kind: 'same', text: old.slice(0, head).join('') })
  for (const one of middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail))) {
    if (one.kind === 'removed') gone += one.text
    else if (one.kind === 'added') come += one.text
    else {
      settle()
      put(one)
    }
  }
  settle()
  put({ kind: 'same', text: old.slice(old.length - tail).join('') })
  return found
}
