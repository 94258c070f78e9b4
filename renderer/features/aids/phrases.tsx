import { Button } from 'antd'
import { useState } from 'react'
import type { Phrase } from '#shared/domain/phrases.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

const blank = { id: null, shared: false, code: '', text: '' } as const
type Draft = Omit<Phrase, 'id'> & { readonly id: string | null }

/** 短语 of the unit and of the account. */
export function PhrasesPanel({ phrases }: { phrases: readonly Phrase[] }) {
  const [draft, setDraft] = useState<Draft>(blank)
  const [form, setForm] = useState(0)
  const act = useAct()
  const open = (next: Draft) => {
    setDraft(next)
    setForm((n) => n + 1)
  }
  const save = async () => {
    if ((await act.run('aids.savePhrase', draft)) !== null) open(blank)
  }
  return (
    <div className="y-two">
      <Panel title={text.tabs.phrases}>
        <p className="y-quiet">
          {text.phraseHint}
          {text.placeholders}
        </p>
        {phrases.length === 0 ? (
          <EmptyState title={text.noPhrases}>{text.noPhrasesHint}</EmptyState>
        ) : (
          <table className="y-table" aria-label={text.tabs.phrases}>
            <thead>
              <tr>
                <th className="aids-code">{text.columns.code}</th>
                <th>{text.columns.text}</th>
                <th className="aids-owner">{text.columns.owner}</th>
                <th className="aids-acts" />
              </tr>
            </thead>
            <tbody>
              {phrases.map((one) => (
                <tr key={one.id}>
                  <td>{one.code}</td>
                  <td className="aids-words">{one.text}</td>
                  <td>{one.shared ? text.unit : text.own}</td>
                  <td>
                    <button
                      type="button"
                      className="y-quiet-button"
                      aria-label={text.changeOf(one.code)}
                      onClick={() => open(one)}
                    >
                      {text.change}
                    </button>
                    <button
                      type="button"
                      className="y-quiet-button"
                      aria-label={text.removeOf(one.code)}
                      onClick={() => void act.run('aids.removePhrase', { id: one.id })}
                    >
                      {text.remove}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <Panel title={draft.id === null ? text.add : text.change} key={form}>
        <OneOf
          options={[
            { value: 'own', text: text.own },
            { value: 'unit', text: text.unit },
          ]}
          value={draft.shared ? 'unit' : 'own'}
          onChange={(value) => setDraft((now) => ({ ...now, shared: value === 'unit' }))}
        />
        {draft.shared && <p className="y-quiet">{text.unitHint}</p>}
        <Field label={text.code} required>
          {(control) => (
            <TextLine
              {...control}
              initial={draft.code}
              maxLength={12}
              onText={(code) => setDraft((now) => ({ ...now, code }))}
            />
          )}
        </Field>
        <Field label={text.words} required>
          {(control) => (
            <TextBlock
              {...control}
              initial={draft.text}
              rows={5}
              maxLength={2_000}
              onText={(words) => setDraft((now) => ({ ...now, text: words }))}
            />
          )}
        </Field>
        <ErrorNote failure={act.failure} />
        <Button
          type="primary"
          onClick={() => void save()}
          disabled={act.busy || draft.code.trim() === '' || draft.text.trim() === ''}
        >
          {text.save}
        </Button>
      </Panel>
    </div>
  )
}
