import { useState } from 'react'
import type { ShownDocument } from '#shared/domain/rectification.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

export interface FormalValue {
  readonly number: string
  readonly sealed: boolean
}

/** 文号 and 盖章 of a report: how it was formally submitted (Art. 15). */
export function FormalFields({ value, onChange }: { value: FormalValue; onChange: (value: FormalValue) => void }) {
  return (
    <>
      <Field label={text.number} hint={text.numberHint}>
        {(control) => (
          <TextLine
            {...control}
            initial={value.number}
            onText={(typed) => onChange({ ...value, number: typed.trim() })}
          />
        )}
      </Field>
      <FieldGroup label={text.seal}>
        <OneOf
          options={[
            { value: 'sealed', text: text.sealed },
            { value: 'unsealed', text: text.unsealed },
          ]}
          value={value.sealed ? 'sealed' : 'unsealed'}
          onChange={(chosen) => onChange({ ...value, sealed: chosen === 'sealed' })}
        />
      </FieldGroup>
    </>
  )
}

/** Notes the formal submission of a report that came in before it. */
export function FormalDialog({
  caseId,
  document,
  onDone,
}: {
  caseId: string
  document: ShownDocument
  onDone: () => void
}) {
  const act = useAct()
  const [formal, setFormal] = useState<FormalValue>({ number: document.number, sealed: document.sealed })
  const send = async () => {
    if ((await act.run('rectification.formal', { caseId, documentId: document.id, formal })) !== null) onDone()
  }
  return (
    <Dialog
      title={`${text.noteFormal}：${document.title}`}
      onCancel={onDone}
      confirm={{ text: text.enter, disabled: act.busy, onClick: () => void send() }}
    >
      <FormalFields value={formal} onChange={setFormal} />
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
