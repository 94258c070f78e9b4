import { Button } from 'antd'
import { useState } from 'react'
import type { Enterprise } from '#shared/domain/parties.ts'
import { faultAt } from '../../app/errors.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { OnePicker } from './one-picker.tsx'
import { text } from './text.ts'

/** Registers an enterprise, or changes one; its parent is another enterprise of the register. */
export function EnterpriseEdit({
  known,
  parent,
  onDone,
}: {
  known: Enterprise | null
  parent: Enterprise | null
  onDone: (made: Enterprise | null) => void
}) {
  const act = useAct()
  const [above, setAbove] = useState(parent)
  const [form, setForm] = useState({
    name: known?.name ?? '',
    shortName: known?.shortName ?? '',
    code: known?.code ?? '',
  })
  const put = (field: keyof typeof form) => (value: string) => setForm((before) => ({ ...before, [field]: value }))
  const save = async () => {
    const enterprise = { ...form, parentId: above?.id ?? null }
    const made =
      known === null
        ? await act.run('parties.createEnterprise', enterprise)
        : await act.run('parties.updateEnterprise', { enterpriseId: known.id, enterprise })
    if (made !== null) onDone(made)
  }
  return (
    <Panel title={known === null ? text.add : `${text.edit}：${known.name}`}>
      <Field label={text.name} required hint={text.nameHint} fault={faultAt(act.failure, 'name')}>
        {(control) => <TextLine {...control} autoFocus initial={form.name} onText={put('name')} />}
      </Field>
      <div className="y-grid-2">
        <Field label={text.shortName}>
          {(control) => <TextLine {...control} initial={form.shortName} onText={put('shortName')} />}
        </Field>
        <Field label={text.code} fault={faultAt(act.failure, 'code')}>
          {(control) => <TextLine {...control} initial={form.code} onText={put('code')} />}
        </Field>
      </div>
      <p>
        {text.parent}：<strong>{above?.name ?? text.noParent}</strong>
        {above !== null && (
          <button type="button" className="y-quiet-button" onClick={() => setAbove(null)}>
            {text.clearParent}
          </button>
        )}
      </p>
      <OnePicker
        label={text.pickParent}
        except={known?.id ?? ''}
        fault={faultAt(act.failure, 'parentId')}
        onPick={setAbove}
      />
      <ErrorNote failure={act.failure?.params.field === undefined ? act.failure : null} />
      <div className="y-choices">
        <Button onClick={() => onDone(null)}>{text.cancel}</Button>
        <Button
          {...(known === null ? { type: 'primary' as const } : {})}
          disabled={act.busy || form.name.trim() === ''}
          onClick={() => void save()}
        >
          {text.save}
        </Button>
      </div>
    </Panel>
  )
}
