import { useState } from 'react'
import type { Referable } from '#shared/domain/referrals.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { AnyOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { disciplineText as text } from './discipline-text.ts'

const keyOf = (piece: Referable): string => piece.paperId ?? piece.documentId ?? ''

/** 申请移送: to whom, which copies, what is suspected of whom; what the evaluation found goes along by itself (Art. 18). */
export function AskDiscipline({
  caseId,
  enterprise,
  onDone,
}: {
  caseId: string
  enterprise: { readonly id: string; readonly name: string }
  onDone: () => void
}) {
  const session = useSession()
  const act = useAct()
  const choices = useCall('referrals.choices', { caseId })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [words, setWords] = useState({
    organ: text.firstOrgan as string,
    suspicion: '',
    persons: '',
    period: '',
    amount: '',
    contact: session.account.name,
    telephone: '',
  })
  const put = (part: Partial<typeof words>) => setWords((before) => ({ ...before, ...part }))
  const list = choices.data ?? []
  const pieces = list
    .filter((piece) => chosen.includes(keyOf(piece)))
    .map(({ paperId, documentId }) => ({ paperId, documentId }))
  const persons = words.persons.split(/[、,，\s]+/).filter(Boolean)
  const owed = (['organ', 'suspicion', 'contact', 'telephone'] as const).some((one) => words[one].trim() === '')
  const ask = async () => {
    const request = { enterpriseId: enterprise.id, ...words, persons, pieces }
    if ((await act.run('referrals.askDiscipline', { caseId, request })) !== null) onDone()
  }
  const line = (name: 'organ' | 'persons' | 'period' | 'amount' | 'contact' | 'telephone', required: boolean) => (
    <Field label={text[name]} required={required} hint={name === 'persons' ? text.personsHint : undefined}>
      {(control) => <TextLine {...control} initial={words[name]} onText={(typed) => put({ [name]: typed })} />}
    </Field>
  )
  return (
    <Dialog
      wide
      title={`${text.askTitle}：${enterprise.name}`}
      onCancel={onDone}
      confirm={{
        text: text.ask,
        disabled: act.busy || owed || pieces.length === 0 || persons.length === 0,
        onClick: () => void ask(),
      }}
    >
      <p className="y-quiet">
        {text.findingHint} <ArticleChip article={18} small />
      </p>
      {line('organ', true)}
      <Field label={text.suspicion} required>
        {(control) => <TextBlock {...control} rows={3} maxLength={2000} onText={(suspicion) => put({ suspicion })} />}
      </Field>
      <div className="y-grid-2">
        {line('persons', true)}
        {line('period', false)}
        {line('amount', false)}
        {line('contact', true)}
        {line('telephone', true)}
      </div>
      <FieldGroup label={text.pieces} required hint={text.piecesHint}>
        {list.length === 0 ? (
          <p className="y-quiet">{text.noPieces}</p>
        ) : (
          <AnyOf
            column
            options={list.map((piece) => ({ value: keyOf(piece), text: piece.title, disabled: piece.gone !== '' }))}
            value={chosen}
            onChange={setChosen}
          />
        )}
      </FieldGroup>
      <ErrorNote failure={choices.failure ?? act.failure} />
    </Dialog>
  )
}
