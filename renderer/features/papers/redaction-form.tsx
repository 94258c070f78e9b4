import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { Paper } from '#shared/domain/papers.ts'
import { bare, type Strike, strikesBetween, strikesOfText, survivorsOf } from '#shared/domain/redactions.ts'
import { levelRank, type Proposal } from '#shared/domain/secrecy.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { firstProposal, ProposalForm, useProposalFaults } from '../secrecy/proposal-form.tsx'
import { Passages, selectedIn } from './redaction-passages.tsx'
import { redactionText as text } from './redaction-text.ts'

/** 制作遮盖版: which paper, what is struck, why, and what the redacted version may be called. */
export function RedactionForm({
  caseId,
  papers,
  onDone,
  onCancel,
}: {
  caseId: string
  papers: readonly Paper[]
  onDone: () => void
  onCancel: () => void
}) {
  const act = useAct()
  const [paperId, setPaper] = useState(papers[0]?.id ?? '')
  const found = useCall('redactions.passages', { caseId, paperId })
  const passages = found.data ?? []
  const [strikes, setStrikes] = useState<readonly Strike[]>([])
  const [words, setWords] = useState('')
  const [told, setTold] = useState('')
  const [reason, setReason] = useState('')
  const [proposal, setProposal] = useState<Proposal>(firstProposal('none', []))
  const faults = useProposalFaults(proposal)
  const shown = useRef<HTMLElement>(null)
  const paper = papers.find((one) => one.id === paperId)
  const lower = paper !== undefined && levelRank(proposal.level) < levelRank(paper.level)
  const left = survivorsOf(passages, strikes)
  const strike = (more: readonly Strike[]) => {
    const whole = more.filter((one) => bare(one.text).length > 1)
    setTold(whole.length === 0 ? text.notFound : '')
    setStrikes([...strikes, ...whole])
  }
  const strikeSelected = () => {
    const ends = selectedIn(shown.current)
    strike(ends === null ? [] : strikesBetween(passages, ...ends, strikes))
  }
  const submit = async () => {
    const request = { caseId, paperId, strikes: [...strikes], reason, proposal }
    if ((await act.run('redactions.submit', request)) !== null) onDone()
  }
  const ready = strikes.length > 0 && reason.trim() !== '' && faults.length === 0 && !(lower && proposal.reason === '')
  return (
    <Dialog
      wide
      title={paper === undefined ? text.make : text.makeOf(paper.title)}
      onCancel={onCancel}
      confirm={{ text: text.submit, disabled: act.busy || !ready, onClick: () => void submit() }}
    >
      <FieldGroup label={text.paper}>
        <OneOf
          column
          options={papers.map((one) => ({ value: one.id, text: one.title }))}
          value={paperId}
          onChange={(next) => {
            setPaper(next)
            setStrikes([])
          }}
        />
      </FieldGroup>
      <p className="y-quiet">{text.passagesHint}</p>
      <ErrorNote failure={found.failure} />
      <Passages
        passages={passages}
        strikes={strikes}
        handle={shown}
        onUndo={(one) => setStrikes(strikes.filter((each) => each !== one))}
      />
      <div className="redaction-acts">
        <Button onClick={strikeSelected}>{text.selected}</Button>
        <TextLine label={text.words} placeholder={text.words} onText={setWords} />
        <Button disabled={words === ''} onClick={() => strike(strikesOfText(passages, words, strikes))}>
          {text.everywhere}
        </Button>
      </div>
      <p className="y-quiet" role="status">
        {told === '' ? text.struck(strikes.length, 0) : told}
      </p>
      {left.length > 0 && (
        <p className="y-amber">
          ▲ {text.left(left.length)}{' '}
          <Button
            size="small"
            onClick={() => {
              const all = [...strikes]
              for (const one of new Set(strikes.map((each) => each.text)))
                all.push(...strikesOfText(passages, one, all))
              setStrikes(all)
            }}
          >
            {text.alsoLeft}
          </Button>
        </p>
      )}
      <Field label={text.reason} required hint={text.reasonHint}>
        {(control) => <TextLine {...control} onText={setReason} />}
      </Field>
      <FieldGroup label={text.level} hint={text.levelHint}>
        <ProposalForm value={proposal} onChange={setProposal} />
      </FieldGroup>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
