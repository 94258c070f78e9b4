import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { money } from '#shared/domain/common.ts'
import { pieceFormNames, type Referable } from '#shared/domain/referrals.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { referralText as text } from './text.ts'

type Form = keyof typeof pieceFormNames
type Chosen = Readonly<Record<string, Form>>

const keyOf = (piece: Referable): string => piece.paperId ?? piece.documentId ?? ''
const longest = 2_000

/** 移送线索: which papers leave, why, and the lead in short; what the case knows already stands there to be put right. */
export function SendDialog({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const choices = useCall('referrals.choices', { caseId })
  const detail = useCall('cases.get', { caseId })
  if (choices.data === null || detail.data === null) return <ErrorNote failure={choices.failure ?? detail.failure} />
  return <SendForm caseId={caseId} choices={choices.data} intake={detail.data.intake} onDone={onDone} />
}

function SendForm({
  caseId,
  choices,
  intake,
  onDone,
}: {
  caseId: string
  choices: readonly Referable[]
  intake: VerbOutput<'cases.get'>['intake']
  onDone: () => void
}) {
  const act = useAct()
  const [chosen, setChosen] = useState<Chosen>({})
  const [words, setWords] = useState({
    reason: '',
    summary: intake.facts.slice(0, longest),
    period: '',
    amount: intake.amountFen === null ? '' : money(intake.amountFen),
    persons: intake.persons.map((person) => person.name).join('、'),
  })
  const put = (part: Partial<typeof words>) => setWords((before) => ({ ...before, ...part }))
  const pieces = choices.flatMap((piece) => {
    const form = chosen[keyOf(piece)]
    return form === undefined ? [] : { paperId: piece.paperId, documentId: piece.documentId, form }
  })
  const send = async () => {
    const persons = words.persons.split(/[、,，\s]+/).filter(Boolean)
    const done = await act.run('referrals.send', { caseId, referral: { ...words, persons, pieces } })
    if (done !== null) onDone()
  }
  const ready = pieces.length > 0 && words.reason.trim() !== '' && words.summary.trim() !== ''
  return (
    <Dialog
      wide
      title={text.send}
      onCancel={onDone}
      confirm={{ text: text.confirm, disabled: act.busy || !ready, onClick: () => void send() }}
    >
      <p className="y-quiet">
        {text.hint} <ArticleChip article={20} small />
      </p>
      <FieldGroup label={text.pieces} required hint={text.piecesHint}>
        {choices.length === 0 ? (
          <p className="y-quiet">{text.noPieces}</p>
        ) : (
          <Pieces choices={choices} chosen={chosen} onChoose={setChosen} />
        )}
      </FieldGroup>
      <Field label={text.reason} required>
        {(control) => <TextBlock {...control} rows={2} maxLength={longest} onText={(reason) => put({ reason })} />}
      </Field>
      <Field label={text.summary} required hint={text.summaryHint}>
        {(control) => (
          <TextBlock
            {...control}
            rows={3}
            maxLength={longest}
            initial={words.summary}
            onText={(summary) => put({ summary })}
          />
        )}
      </Field>
      <div className="y-grid-2">
        <Field label={text.period}>{(control) => <TextLine {...control} onText={(period) => put({ period })} />}</Field>
        <Field label={text.amount}>
          {(control) => <TextLine {...control} initial={words.amount} onText={(amount) => put({ amount })} />}
        </Field>
        <Field label={text.persons} hint={text.personsHint}>
          {(control) => <TextLine {...control} initial={words.persons} onText={(persons) => put({ persons })} />}
        </Field>
      </div>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** The papers of the case: chosen ones with the form they leave in; what the archive made leaves as a copy. */
function Pieces({
  choices,
  chosen,
  onChoose,
}: {
  choices: readonly Referable[]
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
}) {
  const { pick, title, day, level, form } = text.pieceColumns
  const toggle = (piece: Referable) => {
    const { [keyOf(piece)]: before, ...rest } = chosen
    const first: Form = piece.paperId === null ? 'original' : 'copy'
    onChoose(before === undefined ? { ...chosen, [keyOf(piece)]: first } : rest)
  }
  return (
    <table className="y-table" aria-label={text.pieces}>
      <TableHead columns={[pick, title, day, level, form]} />
      <tbody>
        {choices.map((piece) => {
          const key = keyOf(piece)
          const now = chosen[key]
          return (
            <tr key={key}>
              <td>
                <input
                  type="checkbox"
                  aria-label={text.pick(piece.title)}
                  checked={now !== undefined}
                  disabled={piece.gone !== ''}
                  onChange={() => toggle(piece)}
                />
              </td>
              <td>
                {piece.title}
                {piece.gone !== '' && <div className="y-quiet">{text.gone(piece.gone)}</div>}
              </td>
              <td className="y-nowrap">{piece.day}</td>
              <td className="y-nowrap">
                <LevelMark level={piece.level} />
              </td>
              <td className="y-nowrap">
                {now !== undefined && piece.paperId === null ? (
                  <fieldset className="y-bare" aria-label={text.formOf(piece.title)}>
                    <OneOf
                      options={(['original', 'copy'] as const).map((value) => ({ value, text: pieceFormNames[value] }))}
                      value={now}
                      onChange={(value) => onChoose({ ...chosen, [key]: value })}
                    />
                  </fieldset>
                ) : (
                  now !== undefined && pieceFormNames[now]
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
