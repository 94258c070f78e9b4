import { memo, useRef, useState } from 'react'
import { type MinutesSection, minutesSectionNames, type Sentence } from '#shared/domain/minutes.ts'
import { TextBlock, type TextHandle } from '../../ui/text-block.tsx'
import { dragTypes } from './drag.ts'
import type { Place } from './editing.ts'
import { leftText } from './left-text.ts'
import type { SheetProps } from './sheet.tsx'
import { text } from './text.ts'

interface ParagraphProps extends Pick<SheetProps, 'writable' | 'commented' | 'onComment' | 'onShow' | 'onCurrent'> {
  readonly paragraph: readonly Sentence[]
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
    const { paragraph, number, section, writable, open, current, commented, onDrop } = props
    const [over, setOver] = useState(false)
    const first = paragraph[0]
    if (first === undefined) return null
    const name = text.sentence(minutesSectionNames[section], number)
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: a place to drag and drop; Alt+↑↓ and Alt+1–3 do it by key
      <div
        className={over ? 'sheet-paragraph sheet-over' : 'sheet-paragraph'}
        draggable={writable && open === null}
        onDragStart={(event) => event.dataTransfer.setData(dragTypes.sentence, first.id)}
        onDragOver={(event) => {
          if (!writable) return
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          onDrop(event.dataTransfer, { section, before: first.id })
        }}
      >
        {section === 'opinions' && <span className="sheet-number">（{chineseDigits(number)}）</span>}
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
        onMouseEnter={() => onShow(sources)}
        onMouseLeave={() => onShow([])}
        onFocus={() => {
          onCurrent(id)
          onShow(sources)
        }}
        onClick={() => writable && onOpen(id)}
      >
        {sentence.text === '' ? text.emptySentence : sentence.text}
      </span>
      {(marked > 0 || isCurrent) && onComment !== null && (
        <button
          type="button"
          className={marked > 0 ? 'sheet-comment sheet-commented' : 'sheet-comment'}
          aria-label={`${label} ${text.comment}`}
          onClick={() => onComment(id)}
        >
          {marked > 0 ? `批${marked}` : '批'}
        </button>
      )}
    </>
  )
}

/** The sentence under the caret. Enter breaks it here, Backspace at its start joins it to what stands before. */
function SentenceEditor({
  sentence,
  caret,
  label,
  onClose,
  onWanted,
  onSplit,
  onMerge,
  onRewrite,
  onShow,
}: Pick<ParagraphProps, 'onClose' | 'onWanted' | 'onSplit' | 'onMerge' | 'onRewrite' | 'onShow'> & {
  sentence: Sentence
  caret: number
  label: string
}) {
  const handle = useRef<TextHandle>(null)
  const placed = useRef(false)
  const { id } = sentence
  return (
    <TextBlock
      className="sheet-edit"
      label={label}
      initial={sentence.text}
      rows={1}
      autoFocus
      handle={(value) => {
        handle.current = value
        if (value === null || placed.current) return
        placed.current = true
        onShow(sentence.sources)
        value.set(sentence.text, Math.min(caret, sentence.text.length))
      }}
      onText={(value) => onRewrite(id, value)}
      onFlush={() => {
        if (leftText()) onClose(id)
      }}
      onEnter={() => {
        onSplit(id, handle.current?.caret() ?? 0)
        return true
      }}
      onKey={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          onClose(id)
          onWanted(id)
        } else if (event.key === 'Backspace' && atStart(event.target)) {
          event.preventDefault()
          onMerge(id)
        } else if (event.key === 'F12') {
          event.preventDefault()
          onShow(sentence.sources)
        }
      }}
    />
  )
}

/** The caret stands before the first character and nothing is selected. */
function atStart(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement && target.selectionStart === 0 && target.selectionEnd === 0
}

const digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 → 一, 12 → 十二: as the paper numbers opinions; beyond 99 in Arabic. */
function chineseDigits(value: number): string {
  if (value > 99) return String(value)
  const tens = Math.floor(value / 10)
  const ones = value % 10
  return `${tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`}${ones === 0 ? '' : digits[ones]}`
}
