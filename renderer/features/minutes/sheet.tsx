import { memo, useState } from 'react'
import {
  type Minutes,
  type MinutesSection,
  minutesSectionNames,
  minutesSections,
  type Sentence,
} from '#shared/domain/minutes.ts'
import { TextBlock } from '../../ui/text-block.tsx'
import { merge, move, remove, rewrite, write } from './editing.ts'
import { text } from './text.ts'

type Change = (edit: (sentences: readonly Sentence[]) => Sentence[]) => void

const fields = ['time', 'place', 'host', 'hostUnit', 'jointUnit', 'enterpriseParty', 'recorder', 'matter'] as const

/** The minutes as the template orders them; a click on a sentence writes in it, its source shows at the left. */
export function Sheet({
  minutes,
  sentences,
  onChange,
  onShow,
}: {
  minutes: Minutes
  sentences: readonly Sentence[]
  /** Null when the minutes are not to be changed any more. */
  onChange: Change | null
  onShow: (sources: readonly string[]) => void
}) {
  const [open, setOpen] = useState<string | null>(null)
  const add = (section: MinutesSection) => {
    const id = crypto.randomUUID()
    onChange?.((list) => write(list, section, id))
    setOpen(id)
  }
  return (
    <article className="sheet" aria-label={text.paper}>
      <h3 className="sheet-title">责任约谈纪要</h3>
      <dl className="sheet-fields">
        {fields.map((field) => (
          <div key={field}>
            <dt>{text.fields[field]}：</dt>
            <dd>{minutes[field] || '—'}</dd>
          </div>
        ))}
      </dl>
      <p className="sheet-requirement">{text.requirement}</p>
      {minutesSections.map((section) => {
        const own = sentences.filter((one) => one.section === section)
        return (
          <section key={section} aria-label={minutesSectionNames[section]}>
            <h4>{minutesSectionNames[section]}</h4>
            {own.length === 0 && <p className="y-quiet">{text.emptySection}</p>}
            {own.map((sentence, index) => (
              <SentenceLine
                key={sentence.id}
                sentence={sentence}
                name={text.sentence(minutesSectionNames[section], index + 1)}
                open={open === sentence.id}
                first={index === 0}
                onOpen={setOpen}
                onChange={onChange}
                onShow={onShow}
              />
            ))}
            {onChange !== null && (
              <button
                type="button"
                className="y-quiet-button sheet-add"
                aria-label={text.addTo(minutesSectionNames[section])}
                onClick={() => add(section)}
              >
                ＋ {text.add}
              </button>
            )}
          </section>
        )
      })}
    </article>
  )
}

const SentenceLine = memo(function SentenceLine({
  sentence,
  name,
  open,
  first,
  onOpen,
  onChange,
  onShow,
}: {
  sentence: Sentence
  name: string
  open: boolean
  first: boolean
  onOpen: (id: string | null) => void
  onChange: Change | null
  onShow: (sources: readonly string[]) => void
}) {
  const { id, sources } = sentence
  const acts = [
    { name: text.up, run: (list: readonly Sentence[]) => move(list, id, -1) },
    { name: text.down, run: (list: readonly Sentence[]) => move(list, id, 1) },
    ...(first ? [] : [{ name: text.merge, run: (list: readonly Sentence[]) => merge(list, id) }]),
    { name: text.remove, run: (list: readonly Sentence[]) => remove(list, id) },
  ]
  if (open && onChange !== null)
    return (
      <TextBlock
        className="sheet-edit"
        label={name}
        initial={sentence.text}
        rows={3}
        autoFocus
        onText={(value) => onChange((list) => rewrite(list, id, value))}
        onEnter={() => {
          onOpen(null)
          return true
        }}
        onKey={(event) => {
          if (event.key === 'Escape') onOpen(null)
        }}
      />
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only brings the source into view, F12 does it by key
    <div className="sheet-line" onMouseEnter={() => onShow(sources)} onMouseLeave={() => onShow([])}>
      <button
        type="button"
        className="sheet-text"
        aria-label={`${name} 修改`}
        title={sources.length === 0 ? text.noSource : undefined}
        disabled={onChange === null}
        onClick={() => onOpen(id)}
        onKeyDown={(event) => {
          if (event.key !== 'F12') return
          event.preventDefault()
          onShow(sources)
        }}
      >
        {sentence.text === '' ? text.emptySection : sentence.text}
      </button>
      {onChange !== null && (
        <span className="sheet-acts">
          {acts.map((act) => (
            <button
              key={act.name}
              type="button"
              className="y-quiet-button"
              aria-label={`${name} ${act.name}`}
              onClick={() => onChange(act.run)}
            >
              {act.name}
            </button>
          ))}
        </span>
      )}
    </div>
  )
})
