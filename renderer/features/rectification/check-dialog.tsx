import { Button } from 'antd'
import { useState } from 'react'
import {
  type CheckedKind,
  type CheckInput,
  checkFaults,
  documentKindNames,
  documentParts,
  partNames,
  type ShownDocument,
} from '#shared/domain/rectification.ts'
import { wordsFor } from '../../app/errors.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

type Part = CheckInput['parts'][number]
type Answers = Readonly<Partial<Record<Part['part'], { readonly present: boolean | null; readonly note: string }>>>

/** A person looks for each part the Rules name, then accepts the paper or sends it back (Art. 11, 15). */
export function CheckDialog({
  caseId,
  document,
  kind,
  onDone,
}: {
  caseId: string
  document: ShownDocument
  kind: CheckedKind
  onDone: () => void
}) {
  const act = useAct()
  const [answers, setAnswers] = useState<Answers>({})
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState<CheckInput['decision'] | null>(null)
  const answerOf = (part: Part['part']) => answers[part] ?? { present: null, note: '' }
  const put = (part: Part['part'], change: Partial<{ present: boolean; note: string }>) =>
    setAnswers((before) => ({ ...before, [part]: { present: null, note: '', ...before[part], ...change } }))
  const checkOf = (decision: CheckInput['decision']): CheckInput => ({
    decision,
    reason: decision === 'returned' ? reason.trim() : '',
    parts: documentParts[kind].flatMap((part) => {
      const { present, note } = answerOf(part)
      return present === null ? [] : [{ part, present, note: note.trim() }]
    }),
  })
  const faults = tried === null ? [] : checkFaults({ ...document, kind }, checkOf(tried))
  const faultOf = (field: string): string | null => {
    const fault = faults.find((one) => one.field === field)
    return fault ? wordsFor({ code: fault.code, params: {} }).happened : null
  }
  const send = async (decision: CheckInput['decision']) => {
    setTried(decision)
    const check = checkOf(decision)
    if (checkFaults({ ...document, kind }, check).length > 0) return
    if ((await act.run('rectification.check', { caseId, documentId: document.id, check })) !== null) onDone()
  }
  return (
    <Dialog
      wide
      title={text.checkTitle(documentKindNames[kind], document.title)}
      onCancel={onDone}
      footer={
        <>
          <Button onClick={onDone}>{text.back}</Button>
          <Button disabled={act.busy} onClick={() => void send('returned')}>
            {text.returnIt}
          </Button>
          <Button type="primary" disabled={act.busy} onClick={() => void send('accepted')}>
            {text.acceptIt}
          </Button>
        </>
      }
    >
      <p className="y-quiet">{text.checkWhy[kind]}</p>
      {faultOf('formal') !== null && <p className="y-red">{faultOf('formal')}</p>}
      {documentParts[kind].map((part) => (
        <FieldGroup key={part} label={partNames[part]} required fault={faultOf(part)}>
          <div className="rectification-part">
            <OneOf
              options={[
                { value: 'present', text: text.present, name: `${partNames[part]} ${text.present}` },
                { value: 'missing', text: text.missing, name: `${partNames[part]} ${text.missing}` },
              ]}
              value={answerOf(part).present === null ? null : answerOf(part).present ? 'present' : 'missing'}
              onChange={(value) => put(part, { present: value === 'present' })}
            />
            <TextLine
              label={text.partNote(partNames[part])}
              placeholder={text.partHint}
              onText={(note) => put(part, { note })}
            />
          </div>
        </FieldGroup>
      ))}
      <Field label={text.returnReason} hint={text.returnHint} fault={faultOf('reason')}>
        {(control) => <TextLine {...control} onText={setReason} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
