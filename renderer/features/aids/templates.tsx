import { Button } from 'antd'
import { useRef, useState } from 'react'
import { triggerCodes } from '#shared/domain/cases.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { type OutlineLine, type Section, sections } from '#shared/domain/interviews.ts'
import { shippedOpening, type Template, type TemplateInput } from '#shared/domain/outline.ts'
import type { RuleProfile } from '#shared/rules/profile.ts'
import { useRules } from '../../app/rules.tsx'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { text as room } from '../interviews/text.ts'
import { text } from './text.ts'

interface Draft {
  readonly id: string | null
  readonly template: TemplateInput
}

/** 提纲模板 per trigger of Art. 3 and the unit's own 开场语. */
export function TemplatesPanel({ templates }: { templates: readonly Template[] }) {
  const [draft, setDraft] = useState<Draft | null>(null)
  const act = useAct()
  const rules = useRules()
  const opening = templates.find((one) => one.kind === 'opening')
  const open = (one: Template) => {
    const { id, kind, trigger, name, lines } = one
    setDraft({ id, template: { kind, trigger, name, lines } })
  }
  return (
    <div className="y-two">
      <Panel
        title={text.tabs.templates}
        extra={
          <>
            <button
              type="button"
              className="y-quiet-button"
              onClick={() => setDraft({ id: null, template: { kind: 'outline', trigger: null, name: '', lines: [] } })}
            >
              {text.newTemplate}
            </button>
            {opening === undefined && (
              <button
                type="button"
                className="y-quiet-button"
                onClick={() =>
                  setDraft({
                    id: null,
                    template: { kind: 'opening', trigger: null, name: text.kinds.opening, lines: [...shippedOpening] },
                  })
                }
              >
                {text.newOpening}
              </button>
            )}
          </>
        }
      >
        <p className="y-quiet">{text.templateHint}</p>
        {templates.length === 0 ? (
          <EmptyState title={text.noTemplates}>{text.noTemplatesHint}</EmptyState>
        ) : (
          <ul className="aids-templates">
            {templates.map((one) => (
              <li key={one.id}>
                <div>
                  <b>{one.name}</b>
                  <small className="y-quiet">
                    {text.kinds[one.kind]}
                    {one.kind === 'outline' && ` · ${triggerName(rules, one.trigger)}`} ·{' '}
                    {text.updated(officialDay(dayInChina(one.updatedAt)), one.by)}
                  </small>
                </div>
                <button
                  type="button"
                  className="y-quiet-button"
                  aria-label={text.changeTemplate(one.name)}
                  onClick={() => open(one)}
                >
                  {text.change}
                </button>
                <button
                  type="button"
                  className="y-quiet-button"
                  aria-label={text.removeTemplate(one.name)}
                  onClick={() => void act.run('aids.removeTemplate', { id: one.id })}
                >
                  {text.remove}
                </button>
              </li>
            ))}
          </ul>
        )}
        <ErrorNote failure={act.failure} />
      </Panel>
      {draft !== null && (
        <TemplateForm
          key={`${draft.id ?? 'new'}-${draft.template.kind}`}
          draft={draft}
          onSaved={() => setDraft(null)}
        />
      )}
    </div>
  )
}

function TemplateForm({ draft, onSaved }: { draft: Draft; onSaved: () => void }) {
  const act = useAct()
  const rules = useRules()
  const { kind } = draft.template
  const [name, setName] = useState(draft.template.name)
  const [trigger, setTrigger] = useState(draft.template.trigger)
  const shown: readonly Section[] = kind === 'opening' ? ['state'] : sections
  const words = useRef<Record<Section, string>>({
    state: linesIn(draft.template.lines, 'state'),
    hear: linesIn(draft.template.lines, 'hear'),
    ask: linesIn(draft.template.lines, 'ask'),
    other: linesIn(draft.template.lines, 'other'),
  })
  const save = async () => {
    const lines = shown.flatMap((section) =>
      words.current[section]
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): OutlineLine => ({ section, text: line.trim() })),
    )
    const template = { kind, trigger, name, lines }
    if ((await act.run('aids.saveTemplate', { id: draft.id, template })) !== null) onSaved()
  }
  return (
    <Panel title={text.kinds[kind]}>
      <Field label={text.name} required>
        {(control) => <TextLine {...control} initial={name} onText={setName} />}
      </Field>
      {kind === 'outline' && (
        <Field label={text.trigger}>
          {(control) => (
            <select
              id={control.id}
              className="aids-select"
              value={trigger ?? ''}
              onChange={(event) => setTrigger(triggerCodes.find((code) => code === event.target.value) ?? null)}
            >
              <option value="">{text.anyTrigger}</option>
              {rules.triggers.map((one) => (
                <option key={one.code} value={one.code}>
                  （{one.mark}）{one.text}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {shown.map((section) => (
        <Field
          key={section}
          label={kind === 'opening' ? text.lines : text.linesOf(room.sections[section])}
          hint={kind === 'opening' ? text.placeholders : undefined}
        >
          {(control) => (
            <TextBlock
              {...control}
              initial={words.current[section]}
              rows={kind === 'opening' ? 8 : 4}
              onText={(value) => {
                words.current = { ...words.current, [section]: value }
              }}
            />
          )}
        </Field>
      ))}
      <ErrorNote failure={act.failure} />
      <Button type="primary" onClick={() => void save()} disabled={act.busy || name.trim() === ''}>
        {text.save}
      </Button>
    </Panel>
  )
}

function linesIn(lines: readonly OutlineLine[], section: Section): string {
  return lines
    .filter((line) => line.section === section)
    .map((line) => line.text)
    .join('\n')
}

function triggerName(rules: RuleProfile, code: Template['trigger']): string {
  const trigger = rules.triggers.find((one) => one.code === code)
  return trigger === undefined ? text.anyTrigger : `第三条（${trigger.mark}）`
}
