import type { ReactNode, Ref } from 'react'
import type { Passage, PassagePoint, Strike } from '#shared/domain/redactions.ts'
import { redactionText as text } from './redaction-text.ts'

/** The passages of a paper with what is struck in them; a struck stretch is a button where it may be taken back. */
export function Passages({
  passages,
  strikes,
  onUndo,
  handle,
}: {
  passages: readonly Passage[]
  strikes: readonly Strike[]
  onUndo?: (strike: Strike) => void
  handle?: Ref<HTMLElement>
}) {
  return (
    <section ref={handle} className="redaction-paper" aria-label={text.passages}>
      {passages.map((one, index) => (
        // Passages never change places.
        <p key={index} className={one.role === 'heading' ? 'redaction-heading' : undefined}>
          {text.roles[one.role] !== undefined && <span className="y-tag">{text.roles[one.role]}</span>}
          {stretchesOf(
            one.text,
            strikes.filter((each) => each.passage === index),
          ).map(({ from, text: words, strike }) =>
            strike === null ? (
              <span key={from} data-passage={index} data-from={from}>
                {words}
              </span>
            ) : (
              <Struck key={from} strike={strike} onUndo={onUndo}>
                {words}
              </Struck>
            ),
          )}
        </p>
      ))}
    </section>
  )
}

function Struck({
  strike,
  onUndo,
  children,
}: {
  strike: Strike
  onUndo: ((strike: Strike) => void) | undefined
  children: ReactNode
}) {
  if (onUndo === undefined) return <del className="redaction-struck">{children}</del>
  return (
    <button
      type="button"
      className="redaction-struck"
      aria-label={text.undo(strike.text)}
      title={text.undo(strike.text)}
      onClick={() => onUndo(strike)}
    >
      {children}
    </button>
  )
}

interface Stretch {
  readonly from: number
  readonly text: string
  readonly strike: Strike | null
}

function stretchesOf(words: string, strikes: readonly Strike[]): Stretch[] {
  const found: Stretch[] = []
  let at = 0
  for (const strike of [...strikes].sort((a, b) => a.from - b.from)) {
    if (strike.from > at) found.push({ from: at, text: words.slice(at, strike.from), strike: null })
    found.push({ from: strike.from, text: strike.text, strike })
    at = strike.to
  }
  if (at < words.length) found.push({ from: at, text: words.slice(at), strike: null })
  return found
}

/** Both ends of what is selected inside the passages; null where nothing is. */
export function selectedIn(element: HTMLElement | null): readonly [PassagePoint, PassagePoint] | null {
  const selection = window.getSelection()
  if (element === null || selection === null || selection.isCollapsed) return null
  const one = pointOf(element, selection.anchorNode, selection.anchorOffset)
  const other = pointOf(element, selection.focusNode, selection.focusOffset)
  return one === null || other === null ? null : [one, other]
}

function pointOf(element: HTMLElement, node: Node | null, offset: number): PassagePoint | null {
  const span = node?.parentElement?.closest<HTMLElement>('[data-passage]')
  if (!span || !element.contains(span) || node?.nodeType !== Node.TEXT_NODE) return null
  return { passage: Number(span.dataset.passage), offset: Number(span.dataset.from) + offset }
}
