import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import {
  type MinutesFieldName,
  type MinutesFields,
  type MinutesSection,
  minutesFieldNames,
  minutesSectionNames,
  minutesSections,
  paragraphsIn,
  type Sentence,
} from '#shared/domain/minutes.ts'
import { TextBlock } from '../../ui/text-block.tsx'
import { dragTypes } from './drag.ts'
import { merge, move, moveTo, type Place, remove, rewrite, split, write } from './editing.ts'
import { leftText } from './left-text.ts'
import { Paragraph } from './paragraph.tsx'
import { text } from './text.ts'
import type { Draft } from './use-draft.ts'

const fieldNames = Object.keys(minutesFieldNames) as MinutesFieldName[]

export interface SheetProps {
  readonly draft: Draft
  readonly writable: boolean
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
  const { draft, writable, onCurrent, onOpenSource, onComment, onTakeLine } = props
  const { sentences, change } = draft
  const [open, setOpen] = useState<{ id: string; caret: number } | null>(null)
  const article = useRef<HTMLElement>(null)
  const ids = useMemo(() => sentences.map((one) => one.id), [sentences])
  const current = props.current ?? ids[0] ?? null

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
  const begin = useCallback((id: string, caret = Number.MAX_SAFE_INTEGER) => setOpen({ id, caret }), [])
  const add = (section: MinutesSection) => {
    const id = crypto.randomUUID()
    change((list) => write(list, section, id))
    begin(id)
  }

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
      const sentence = data.getData(dragTypes.sentence)
      const line = data.getData(dragTypes.line)
      if (sentence !== '') change((list) => moveTo(list, sentence, place))
      else if (line !== '') onTakeLine(line, place)
    },
    [change, onTakeLine],
  )

  return (
    <article ref={article} className="sheet" aria-label={text.paper} onKeyDown={onKeyDown}>
      <h3 className="sheet-title">责任约谈纪要</h3>
      <div className="sheet-fields">
        {fieldNames.map((name) => (
          <FieldLine key={name} name={name} fields={draft.fields} onChange={writable ? draft.setField : null} />
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
                }}
                onRewrite={(id, value) => change((list) => rewrite(list, id, value), `text:${id}`)}
                onDrop={drop}
              />
            ))}
            <SectionEnd section={section} empty={own.length === 0} writable={writable} onAdd={add} onDrop={drop} />
          </section>
        )
      })}
      <label className="sheet-signatures">
        <input
          type="checkbox"
          checked={draft.fields.signatures}
          disabled={!writable}
          onChange={(event) => draft.setField('signatures', event.target.checked)}
        />
        {text.signatures}
      </label>
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
  const [over, setOver] = useState(false)
  if (!writable) return empty ? <p className="y-quiet">{text.emptySection}</p> : null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop; Alt+1–3 and Ctrl+Enter do it by key
    <div
      className={over ? 'sheet-end sheet-over' : 'sheet-end'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onDrop(event.dataTransfer, { section, before: null })
      }}
    >
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

function FieldLine({
  name,
  fields,
  onChange,
}: {
  name: MinutesFieldName
  fields: MinutesFields
  onChange: Draft['setField'] | null
}) {
  const [editing, setEditing] = useState(false)
  const label = minutesFieldNames[name]
  const value = fields[name]
  return (
    <div className="sheet-field">
      <span className="sheet-field-name">{label}：</span>
      {editing && onChange !== null ? (
        <TextBlock
          label={label}
          className="sheet-edit"
          initial={value}
          rows={value.length > 40 ? 3 : 1}
          autoFocus
          onText={(typed) => onChange(name, typed.replaceAll('\n', ''))}
          onFlush={() => {
            if (leftText()) setEditing(false)
          }}
          onEnter={() => {
            setEditing(false)
            return true
          }}
          onKey={(event) => {
            if (event.key === 'Escape') setEditing(false)
          }}
        />
      ) : (
        <button
          type="button"
          className="sheet-text sheet-value"
          aria-label={`${label} ${text.rewrite}`}
          disabled={onChange === null}
          onClick={() => setEditing(true)}
        >
          {value === '' ? '—' : value}
        </button>
      )}
    </div>
  )
}
