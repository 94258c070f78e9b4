import { Button } from 'antd'
import { useState } from 'react'
import type { Enterprise } from '#shared/domain/parties.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'

/** Registers one enterprise by its full name. */
export function EnterpriseForm({ initialName, onMade }: { initialName: string; onMade: (made: Enterprise) => void }) {
  const act = useAct()
  const [form, setForm] = useState({ name: initialName, shortName: '', code: '' })
  const put = (field: keyof typeof form) => (value: string) => setForm((before) => ({ ...before, [field]: value }))
  const create = async () => {
    const made = await act.run('parties.createEnterprise', { ...form, parentId: null })
    if (made !== null) onMade(made)
  }
  return (
    <div>
      <Field label="企业全称" required hint="与公章一致，将作为通知书主送">
        {(control) => <TextLine {...control} initial={initialName} onText={put('name')} />}
      </Field>
      <div className="y-grid-2">
        <Field label="企业简称">{(control) => <TextLine {...control} onText={put('shortName')} />}</Field>
        <Field label="统一社会信用代码">{(control) => <TextLine {...control} onText={put('code')} />}</Field>
      </div>
      <ErrorNote failure={act.failure} />
      <Button onClick={create} disabled={act.busy || form.name.trim() === ''}>
        登记企业
      </Button>
    </div>
  )
}
