import { type MouseEvent, memo } from 'react'
import { chineseNumber } from '#shared/domain/common.ts'
import { type MinutesSection, minutesSectionNames, type Sentence } from '#shared/domain/minutes.ts'
import { startDrag, useDrop } from './drag.ts'
import type { Place } from './editing.ts'
import { OpenText } from './open-text.tsx'
import type { SheetProps } from './sheet.tsx'
import { text } from './text.ts'

interface ParagraphProps
  extends Pick<SheetProps, 'draft' | 'writable' | 'commented' | 'onComment' | 'onShow' | 'onOpenSource' | 'onCurrent'> {
  readonly paragraph: readonly Sentence[]
  /** First sentence of the paragraph below in the section; null at its end. */
  readonly next: string | null
  readonly number: number
  readonly section: MinutesSection
  readonly open: { readonly id: string; readonly caret: number } | null
  readonly current: string | null
  readonly onOpen: (id: string, caret?: number) => void
  readonly onClose: (id: string) => void
  readonly onWanted: (id: string) => void
  readonly onSplit: (id: string, caret: number) => void
  readonly onMerge: (id: string) => void
  readonly onRewrite: (id: string, value: string) => void
  readonly onDrop: (data: DataTransfer, place: Place) => void
}

/** One paragraph of the minutes: its sentences, each with its own source; one of them may be open for writing. */
export const Paragraph = memo(
  function Paragraph(props: ParagraphProps) {
    const { paragraph, next, number, section, writable, open, current, commented, onDrop } = props
    const first = paragraph[0]
    const { edge, handlers } = useDrop(writable, (data, at) =>
      onDrop(data, { section, before: at === 'above' ? (first?.id ?? null) : next }),
    )
    if (first === undefined) return null
    const name = text.sentence(minutesSectionNames[section], number)
    return (
      <div className={edge === null ? 'sheet-paragraph' : `sheet-paragraph sheet-${edge}`} {...handlers}>
        {writable && (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; Alt+↑↓ and Alt+1–3 do it by key
          <span
            className="sheet-grip"
            title={text.grip}
            draggable
            onDragStart={(event) => startDrag(event, 'paragraph', first.id)}
          >
            ⠿
          </span>
        )}
        {section === 'opinions' && <span className="sheet-number">（{chineseNumber(number)}）</span>}
        {paragraph.map((sentence, index) => {
          const label = index === 0 ? name : `${name}之${index + 1}`
          return open?.id === sentence.id ? (
            <SentenceEditor key={sentence.id} {...props} sentence={sentence} caret={open.caret} label={label} />
          ) : (
            <SentenceText
              key={sentence.id}
              {...props}
              sentence={sentence}
              label={label}
              marked={commented.get(sentence.id) ?? 0}
              isCurrent={current === sentence.id}
            />
          )
        })}
      </div>
    )
  },
  (before, after) =>
    before.number === after.number &&
    before.next === after.next &&
    before.section === after.section &&
    before.writable === after.writable &&
    before.open === after.open &&
    before.current === after.current &&
    before.commented === after.commented &&
    before.onComment === after.onComment &&
    before.paragraph.length === after.paragraph.length &&
    before.paragraph.every((one, index) => one === after.paragraph[index]),
)

function SentenceText({
  sentence,
  label,
  marked,
  isCurrent,
  writable,
  onCurrent,
  onOpen,
  onShow,
  onComment,
}: Pick<ParagraphProps, 'writable' | 'onCurrent' | 'onOpen' | 'onShow' | 'onComment'> & {
  sentence: Sentence
  label: string
  marked: number
  isCurrent: boolean
}) {
  const { id, sources } = sentence
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a button never breaks over lines, and the sentences of a paragraph do */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the sheet listens for Enter and F2 */}
      <span
        role="button"
        tabIndex={isCurrent ? 0 : -1}
        data-sentence={id}
        className={isCurrent ? 'sheet-text sheet-current' : 'sheet-text'}
        aria-label={`${label} ${text.rewrite}`}
        title={sources.length === 0 ? text.noSource : undefined}
        draggable={writable}
        onDragStart={(event) => startDrag(event, 'sentence', id)}
        onMouseEnter={() => onShow(sources)}
        onMouseLeave={() => onShow([])}
        onFocus={() => {
          onCurrent(id)
          onShow(sources)
        }}
        onClick={(event) => writable && onOpen(id, caretUnder(event))}
      >
        {sentence.text === '' ? text.emptySentence : sentence.text}
      </span>
      {/* Only what stays: a mark that came and went with the keys would move the words under the pointer. */}
      {marked > 0 && onComment !== null && (
        <button
          type="button"
          className="sheet-comment"
          aria-label={`${label} ${text.comment}`}
          onClick={() => onComment(id)}
        >
          批{marked}
        </button>
      )}
    </>
  )
}

/** Where in its text a sentence was clicked; undefined: at the end. */
function caretUnder({ clientX, clientY, currentTarget }: MouseEvent): number | undefined {
  const place = document.caretPositionFromPoint(clientX, clientY)
  return place?.offsetNode.parentNode === currentTarget ? place.offset : undefined
}

/** The sentence under the caret. Enter breaks it here, Backspace at its start joins it to what stands before. */
function SentenceEditor({
  sentence,
  caret,
  label,
  draft,
  onClose,
  onWanted,
  onSplit,
  onMerge,
  onRewrite,
  onShow,
  onOpenSource,
  onComment,
}: Pick<
  ParagraphProps,
  'draft' | 'onClose' | 'onWanted' | 'onSplit' | 'onMerge' | 'onRewrite' | 'onShow' | 'onOpenSource' | 'onComment'
> & {
  sentence: Sentence
  caret: number
  label: string
}) {
  const { id } = sentence
  return (
    <OpenText
      id={id}
      label={label}
      caret={caret}
      initial={sentence.text}
      draft={draft}
      textNow={() => draft.read().sentences.find((one) => one.id === id)?.text}
      onOpen={() => onShow(sentence.sources)}
      onText={(value) => onRewrite(id, value)}
      onClose={() => onClose(id)}
      onEscape={() => onWanted(id)}
      onEnter={(at) => onSplit(id, at)}
      onKey={(event, { from, to }) => {
        if (event.key === 'Backspace' && from === 0 && to === 0) {
          event.preventDefault()
          onMerge(id)
        } else if (event.key === 'F12') {
          event.preventDefault()
          onOpenSource(sentence.sources)
        } else if (event.key === 'F8' && onComment !== null) {
          event.preventDefault()
          onComment(id)
        }
      }}
    />
  )
}
