import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import {
  attendanceLists,
  type MinutesFieldName,
  type MinutesSection,
  minutesFieldNames,
  minutesSectionNames,
  minutesSections,
  paragraphsIn,
  type Sentence,
} from '#shared/domain/minutes.ts'
import { dragTypes, useDrop } from './drag.ts'
import { merge, move, moveSentence, moveTo, type Place, remove, rewrite, split, write } from './editing.ts'
import { FieldLine } from './field-line.tsx'
import { Paragraph } from './paragraph.tsx'
import { text } from './text.ts'
import type { Draft } from './use-draft.ts'

const fieldNames = (Object.keys(minutesFieldNames) as MinutesFieldName[]).filter(
  (name) => !attendanceLists.some((one) => one === name),
)

export interface SheetProps {
  readonly draft: Draft
  readonly writable: boolean
  /** The minutes were opened at a sentence that was looked for. */
  readonly asked: boolean
  /** The sentence the keys act on. */
  readonly current: string | null
  readonly onCurrent: (id: string) => void
  /** Sentences with comments nobody has settled. */
  readonly commented: ReadonlyMap<string, number>
  readonly onComment: ((sentenceId: string) => void) | null
  readonly onShow: (sources: readonly string[]) => void
  /** F12: goes to the utterance a sentence rests on. */
  readonly onOpenSource: (sources: readonly string[]) => void
  readonly onTakeLine: (utteranceId: string, place: Place) => void
}

/** The minutes as the template orders them. Every act by keys; the pointer only makes some of them shorter. */
export function Sheet(props: SheetProps) {
  const { draft, writable, asked, onCurrent, onOpenSource, onComment, onTakeLine } = props
  const { sentences, change } = draft
  const [open, setOpen] = useState<{ id: string; caret: number } | null>(null)
  const article = useRef<HTMLElement>(null)
  const ids = useMemo(() => sentences.map((one) => one.id), [sentences])
  const current = props.current ?? ids[0] ?? null

  // Who was locked out or thrown out while writing comes back to the same caret; whoever asked for a sentence, to that.
  const { left } = draft
  useEffect(() => {
    if (left !== null && !asked) setOpen({ id: left.at, caret: left.caret })
  }, [left, asked])
  // The open sentence went away (undo of a split, another account): the keys stay where it stood.
  const stood = useRef(0)
  const openAt = open === null ? -1 : ids.indexOf(open.id)
  useEffect(() => {
    if (openAt >= 0) stood.current = openAt
    else if (open !== null && !(open.id in draft.fields)) {
      setOpen(null)
      setWanted(ids[Math.max(0, stood.current - 1)] ?? null)
    }
  }, [openAt, open, ids, draft.fields])

  /** Brings the keys to a sentence once it is drawn. */
  const [wanted, setWanted] = useState<string | null>(null)
  useEffect(() => {
    if (wanted === null) return
    const found = article.current?.querySelector<HTMLElement>(`[data-sentence="${CSS.escape(wanted)}"]`)
    found?.focus()
    setWanted(null)
  }, [wanted])

  const close = useCallback(
    (id: string) => {
      setOpen((now) => (now?.id === id ? null : now))
      change((list) => (list.find((one) => one.id === id)?.text.trim() === '' ? remove(list, id) : list))
    },
    [change],
  )
  const opened = useRef<string | null>(null)
  opened.current = open?.id ?? null
  const begin = useCallback(
    (id: string, caret = Number.MAX_SAFE_INTEGER) => {
      if (opened.current !== null && opened.current !== id) close(opened.current)
      setOpen({ id, caret })
    },
    [close],
  )
  const add = (section: MinutesSection) => {
    const id = crypto.randomUUID()
    change((list) => write(list, section, id))
    begin(id)
  }

  const line = (name: MinutesFieldName) => ({
    draft,
    writable,
    open: open?.id === name ? open : null,
    onOpen: () => begin(name),
    onClose: () => setOpen((now) => (now?.id === name ? null : now)),
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.sentence : undefined
    if (id === undefined || event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return
    const at = ids.indexOf(id)
    const neighbour = (step: number) => ids[Math.max(0, Math.min(ids.length - 1, at + step))] ?? id
    const edit = (work: (list: readonly Sentence[]) => readonly Sentence[], then = id) => {
      if (!writable) return
      change(work)
      setWanted(then)
    }
    const section = /^Digit([123])$/.exec(event.code)?.[1]
    const key = `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.key}`
    const acts: Readonly<Record<string, () => void>> = {
      ArrowUp: () => setWanted(neighbour(-1)),
      ArrowDown: () => setWanted(neighbour(1)),
      Home: () => setWanted(ids[0] ?? id),
      End: () => setWanted(ids.at(-1) ?? id),
      Enter: () => writable && begin(id),
      F2: () => writable && begin(id),
      F12: () => onOpenSource(sentences[at]?.sources ?? []),
      F8: () => onComment?.(id),
      'Alt+ArrowUp': () => edit((list) => move(list, id, -1)),
      'Alt+ArrowDown': () => edit((list) => move(list, id, 1)),
      'Ctrl+j': () => edit((list) => merge(list, id), sentences[at]?.joined ? neighbour(-1) : id),
      Delete: () => edit((list) => remove(list, id), at + 1 < ids.length ? neighbour(1) : neighbour(-1)),
    }
    const act =
      event.altKey && section !== undefined
        ? () =>
            edit((list) => moveTo(list, id, { section: minutesSections[Number(section) - 1] ?? 'other', before: null }))
        : acts[key]
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  const drop = useCallback(
    (data: DataTransfer, place: Place) => {
      const [sentence, paragraph, line] = [
        data.getData(dragTypes.sentence),
        data.getData(dragTypes.paragraph),
        data.getData(dragTypes.line),
      ]
      if (sentence !== '') change((list) => moveSentence(list, sentence, place))
      else if (paragraph !== '') change((list) => moveTo(list, paragraph, place))
      else if (line !== '') onTakeLine(line, place)
    },
    [change, onTakeLine],
  )

  return (
    <article ref={article} className="sheet" aria-label={text.paper} onKeyDown={onKeyDown}>
      <h3 className="sheet-title">责任约谈纪要</h3>
      <div className="sheet-fields">
        {fieldNames.map((name) => (
          <FieldLine key={name} name={name} {...line(name)} />
        ))}
      </div>
      {minutesSections.map((section) => {
        const own = paragraphsIn(sentences, section)
        return (
          <section key={section} aria-label={minutesSectionNames[section]}>
            <h4>{minutesSectionNames[section]}</h4>
            {own.map((paragraph, index) => (
              <Paragraph
                key={paragraph[0]?.id}
                {...props}
                paragraph={paragraph}
                next={own[index + 1]?.[0]?.id ?? null}
                number={index + 1}
                section={section}
                open={paragraph.some((one) => one.id === open?.id) ? open : null}
                current={paragraph.some((one) => one.id === current) ? current : null}
                onCurrent={onCurrent}
                onOpen={begin}
                onClose={close}
                onWanted={setWanted}
                onSplit={(id, caret) => {
                  const next = crypto.randomUUID()
                  change((list) => split(list, id, caret, next))
                  begin(next, 0)
                }}
                onMerge={(id) => {
                  const list = sentences
                  const before = list[list.findIndex((one) => one.id === id) - 1]
                  const joined = list.find((one) => one.id === id)?.joined === true
                  change((all) => merge(all, id))
                  if (joined && before !== undefined) begin(before.id, before.text.length)
                  else begin(id, 0)
                }}
                onRewrite={(id, value) => change((list) => rewrite(list, id, value), `text:${id}`)}
                onDrop={drop}
              />
            ))}
            <SectionEnd section={section} empty={own.length === 0} writable={writable} onAdd={add} onDrop={drop} />
          </section>
        )
      })}
      <fieldset className="sheet-options" aria-label={text.options}>
        <label>
          <input
            type="checkbox"
            checked={draft.fields.lists}
            disabled={!writable}
            onChange={(event) => draft.setField('lists', event.target.checked)}
          />
          {text.lists}
        </label>
        {draft.fields.lists && (
          <div className="sheet-fields">
            {attendanceLists.map((name) => (
              <FieldLine key={name} name={name} {...line(name)} />
            ))}
          </div>
        )}
        <label>
          <input
            type="checkbox"
            checked={draft.fields.signatures}
            disabled={!writable}
            onChange={(event) => draft.setField('signatures', event.target.checked)}
          />
          {text.signatures}
        </label>
      </fieldset>
    </article>
  )
}

function SectionEnd({
  section,
  empty,
  writable,
  onAdd,
  onDrop,
}: {
  section: MinutesSection
  empty: boolean
  writable: boolean
  onAdd: (section: MinutesSection) => void
  onDrop: (data: DataTransfer, place: Place) => void
}) {
  const { edge, handlers } = useDrop(writable, (data) => onDrop(data, { section, before: null }))
  if (!writable) return empty ? <p className="y-quiet">{text.emptySection}</p> : null
  return (
    <div className={edge === null ? 'sheet-end' : 'sheet-end sheet-above'} {...handlers}>
      <button
        type="button"
        className="y-quiet-button sheet-add"
        aria-label={text.addTo(minutesSectionNames[section])}
        onClick={() => onAdd(section)}
      >
        ＋ {text.add}
      </button>
      {empty && <span className="y-quiet">{text.emptySection}</span>}
    </div>
  )
}
