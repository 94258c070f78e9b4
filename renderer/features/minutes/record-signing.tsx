import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { recordWriters } from '#shared/domain/accounts.ts'
import { clockInChina } from '#shared/domain/common.ts'
import { delegationNames, type Interview, type Utterance, utteranceKindNames } from '#shared/domain/interviews.ts'
import { type RecordSignatures, recordSignatures, recordSignaturesNames } from '#shared/domain/record.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FieldGroup } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { LineForm } from '../interviews/line-form.tsx'
import { recordText as text } from './record-text.ts'

type State = VerbOutput<'record.get'>

/** 记录核对: printed for signing, signed or refused, and corrected only as a new edition beside the old one. */
export function RecordSigning({ interview, utterances }: { interview: Interview; utterances: readonly Utterance[] }) {
  const target = { caseId: interview.caseId, interviewId: interview.id }
  const state = useCall('record.get', target)
  if (state.data === null) return <ErrorNote failure={state.failure} />
  return (
    <>
      <div className="signing">
        <SigningState interview={interview} state={state.data} />
        {state.data.correcting !== null && <Corrections interview={interview} utterances={utterances} />}
      </div>
      <div className="sheet-panel">
        <LivePaper
          input={{ caseId: interview.caseId, kind: 'record', objectId: interview.id, fields: null }}
          label={text.paper}
          stamp={`${interview.state}${state.data.editions.length}${utterances.map((one) => one.version).join('')}`}
        />
      </div>
    </>
  )
}

function SigningState({ interview, state }: { interview: Interview; state: State }) {
  const session = useSession()
  const act = useAct()
  const [signatures, setSignatures] = useState<RecordSignatures>('each-page')
  const [correcting, setCorrecting] = useState(false)
  const target = { caseId: interview.caseId, interviewId: interview.id }
  const frozen = interview.state === 'frozen'
  const last = state.editions.at(-1)
  const mayWrite = session.may(...recordWriters)
  return (
    <Panel title={text.title} extra={<ArticleChip article={9} />}>
      <p>
        <Light tone={frozen ? 'green' : 'amber'}>{frozen ? text.frozen(state.editions.length) : text.open}</Light>
      </p>
      {state.correcting !== null && <p className="versions-reason">{text.correcting(state.correcting)}</p>}
      {state.editions.length > 0 && (
        <ol className="signing-editions">
          {state.editions.map((one) => (
            <li key={one.edition}>
              {text.edition(one.edition)} {officialMoment(one.frozenAt)} {session.nameOf(one.frozenBy)}{' '}
              {recordSignaturesNames[one.signatures]}
              {one.reason !== '' && ` · ${text.reason}：${one.reason}`}
              <small className="y-quiet" title={one.hash}>
                {' '}
                {text.digest} {one.hash.slice(0, 16)}…
              </small>
            </li>
          ))}
        </ol>
      )}
      {!frozen && mayWrite && (
        <FieldGroup label={text.signatures} hint={text.signaturesHint}>
          <OneOf
            options={recordSignatures.options.map((value) => ({ value, text: recordSignaturesNames[value] }))}
            value={signatures}
            onChange={setSignatures}
          />
        </FieldGroup>
      )}
      <ErrorNote failure={act.failure} />
      {!frozen && mayWrite && (
        <Button disabled={act.busy} onClick={() => void act.run('record.freeze', { ...target, signatures })}>
          {act.busy ? text.printing : text.print}
        </Button>
      )}
      {frozen && last !== undefined && last.signatures !== 'none' && (
        <Signers interview={interview} state={state} edition={last.edition} mayWrite={mayWrite} />
      )}
      {frozen && session.may('officeHead', 'minuteTaker') && (
        <Button onClick={() => setCorrecting(true)}>{text.correct}</Button>
      )}
      {correcting && (
        <ReasonDialog
          title={text.correctTitle}
          label={text.correctReason}
          confirm={text.correct}
          failure={act.failure}
          onCancel={() => setCorrecting(false)}
          onConfirm={(reason) => {
            void act.run('record.correct', { ...target, reason }).then((done) => done !== null && setCorrecting(false))
          }}
        />
      )}
    </Panel>
  )
}

/** Who signed the printed record, and who would not and why. */
function Signers({
  interview,
  state,
  edition,
  mayWrite,
}: {
  interview: Interview
  state: State
  edition: number
  mayWrite: boolean
}) {
  const act = useAct()
  const [refusing, setRefusing] = useState<string | null>(null)
  const here = interview.attendees.filter((one) => one.state !== 'absent')
  const note = (attendeeId: string, outcome: 'signed' | 'refused', reason: string) =>
    act.run('record.sign', { caseId: interview.caseId, interviewId: interview.id, attendeeId, outcome, reason })
  return (
    <>
      <table className="y-table signing-table" aria-label={text.signers}>
        <thead>
          <tr>
            <th>{text.party}</th>
            <th>{text.name}</th>
            <th>{text.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {here.map((person) => {
            const known = state.signings.findLast((one) => one.attendeeId === person.id && one.edition === edition)
            return (
              <tr key={person.id}>
                <td>{delegationNames[person.delegation]}</td>
                <td>
                  {person.name} <small className="y-quiet">{person.title}</small>
                </td>
                <td>
                  {known?.outcome === 'signed' && <Light tone="green">{text.signed}</Light>}
                  {known?.outcome === 'refused' && (
                    <>
                      <Light tone="amber">{text.refused}</Light> <small>{known.reason}</small>
                    </>
                  )}
                  {known === undefined && mayWrite && refusing !== person.id && (
                    <>
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={`${person.name} ${text.signed}`}
                        disabled={act.busy}
                        onClick={() => void note(person.id, 'signed', '')}
                      >
                        {text.signed}
                      </button>
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={`${person.name} ${text.refused}`}
                        onClick={() => setRefusing(person.id)}
                      >
                        {text.refused}
                      </button>
                    </>
                  )}
                  {refusing === person.id && known === undefined && (
                    <TextLine
                      label={text.refusalOf(person.name)}
                      placeholder={text.refusalHint}
                      autoFocus
                      onKey={(event) => {
                        if (event.key === 'Escape') setRefusing(null)
                      }}
                      onEnter={(reason) => {
                        if (reason.trim() !== '') void note(person.id, 'refused', reason.trim())
                        return true
                      }}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <ErrorNote failure={act.failure} />
    </>
  )
}

/** The lines of a record that is open for a correction: each keeps its time and its older wordings. */
function Corrections({ interview, utterances }: { interview: Interview; utterances: readonly Utterance[] }) {
  const [open, setOpen] = useState<string | null>(null)
  const [find, setFind] = useState('')
  const names = new Map(interview.attendees.map((one) => [one.id, one.name]))
  const found = find === '' ? [] : utterances.filter((one) => one.text.includes(find) || String(one.seq) === find)
  const close = () => setOpen(null)
  return (
    <Panel title={text.correctLines}>
      <TextLine label={text.findLine} placeholder={text.findLineHint} onText={setFind} />
      <ol className="signing-lines">
        {found.slice(0, 30).map((line) => (
          <li key={line.id}>
            <p className="record-line-head">
              <span>{line.seq}</span>
              <span>{clockInChina(line.startedAt)}</span>
              <span>{names.get(line.speakerId ?? '') ?? ''}</span>
              <span>{utteranceKindNames[line.kind]}</span>
            </p>
            {open === line.id ? (
              <LineForm interview={interview} utterance={line} onSaved={close} onCancel={close} />
            ) : (
              <button
                type="button"
                className="sheet-text"
                aria-label={text.correctOf(line.seq)}
                onClick={() => setOpen(line.id)}
              >
                {line.text}
              </button>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
