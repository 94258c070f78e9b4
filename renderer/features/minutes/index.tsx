import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type Minutes, minutesStateNames } from '#shared/domain/minutes.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light, PrintedMark } from '../../ui/lights.tsx'
import { ActionLine, EmptyState, KeyHint, Panel } from '../../ui/page.tsx'
import { PaperView } from '../../ui/paper-view.tsx'
import { firstProposal, ProposalForm, useProposalFaults } from '../secrecy/proposal-form.tsx'
import { take } from './editing.ts'
import './minutes.css'
import { RecordList } from './record-list.tsx'
import { Sheet } from './sheet.tsx'
import { text } from './text.ts'
import { useDraft } from './use-draft.ts'

const writers = ['minuteTaker', 'caseOfficer', 'officeHead'] as const
const finalisers = ['officeHead', 'deputyLeader', 'chiefLeader'] as const

type Opened = VerbOutput<'interviews.get'>

/** 纪要: one for every enterprise, from the record to the final paper (Art. 9). */
export function MinutesEditor({ detail }: { detail: CaseDetail }) {
  const session = useSession()
  const act = useAct()
  const { id: caseId, interviewId } = detail
  const list = useCall('minutes.list', { caseId })
  const record = useCall('interviews.get', interviewId === null ? null : { caseId, interviewId })
  const [chosen, setChosen] = useState<string | null>(null)
  const all = list.data ?? []
  const minutes = all.find((one) => one.id === chosen) ?? all[0]
  const ended = record.data?.interview.state === 'ended' || record.data?.interview.state === 'frozen'
  if (list.data === null || (interviewId !== null && record.data === null))
    return <ErrorNote failure={list.failure ?? record.failure} />
  if (minutes === undefined || record.data === null)
    return (
      <div className="minutes">
        <EmptyState title={text.empty}>
          {ended ? text.emptyHint : text.notYet} <ArticleChip article={9} />
        </EmptyState>
        <ErrorNote failure={act.failure} />
        {ended && interviewId !== null && session.may(...writers) && (
          <ActionLine
            primary={
              <Button
                type="primary"
                disabled={act.busy}
                onClick={() => void act.run('minutes.draft', { caseId, interviewId })}
              >
                {text.draft}
              </Button>
            }
          />
        )}
      </div>
    )
  return (
    <div className="minutes">
      {all.length > 1 && (
        <div className="minutes-tabs">
          <OneOf
            options={all.map((one) => ({ value: one.id, text: one.enterpriseName }))}
            value={minutes.id}
            onChange={setChosen}
          />
        </div>
      )}
      <OneMinutes key={minutes.id} minutes={minutes} opened={record.data} detail={detail} />
    </div>
  )
}

function OneMinutes({ minutes, opened, detail }: { minutes: Minutes; opened: Opened; detail: CaseDetail }) {
  const session = useSession()
  const act = useAct()
  const draft = useDraft(minutes)
  const [view, setView] = useState<'edit' | 'paper' | 'submit'>('edit')
  const [shown, setShown] = useState<readonly string[]>([])
  const [proposal, setProposal] = useState(() =>
    firstProposal(
      detail.level,
      detail.scope.map((one) => one.accountId),
    ),
  )
  const faults = useProposalFaults(proposal)
  const marks = useCall('secrecy.list', { caseId: minutes.caseId })
  const classification = marks.data?.filter((one) => one.objectId === minutes.id).at(-1)
  const used = useMemo(() => new Set(draft.sentences.flatMap((one) => one.sources)), [draft.sentences])
  const mayWrite = minutes.state === 'draft' && session.may(...writers)
  const target = { caseId: minutes.caseId, minutesId: minutes.id }
  useShortcuts({ 'Ctrl+S': () => void draft.save() })

  const toPaper = async () => {
    if (await draft.save()) setView('paper')
  }
  const submit = async () => {
    if (!(await draft.save())) return
    if ((await act.run('minutes.submit', { ...target, proposal })) !== null) setView('edit')
  }
  const approved = classification?.state === 'approved'
  return (
    <>
      <div className="minutes-body">
        {view === 'submit' ? (
          <Panel title={text.submitTitle} extra={<ArticleChip article={21} />} className="record-panel minutes-form">
            <p className="y-quiet">{text.submitHint}</p>
            <ProposalForm value={proposal} onChange={setProposal} />
          </Panel>
        ) : (
          <RecordList
            interview={opened.interview}
            utterances={opened.utterances}
            enterpriseId={minutes.enterpriseId}
            used={used}
            shown={shown}
            onTake={mayWrite ? (utterance) => draft.change((all) => take(all, utterance, crypto.randomUUID())) : null}
          />
        )}
        {view === 'paper' ? (
          <Paper minutes={minutes} />
        ) : (
          <Panel
            title={text.minutes}
            className="sheet-panel"
            extra={
              <>
                <PrintedMark mark={minutes.mark} />
                <Light tone={minutes.state === 'final' ? 'green' : 'action'}>{minutesStateNames[minutes.state]}</Light>
                <ArticleChip article={9} />
              </>
            }
          >
            <Sheet
              minutes={minutes}
              sentences={draft.sentences}
              onChange={mayWrite && view === 'edit' ? draft.change : null}
              onShow={setShown}
            />
          </Panel>
        )}
      </div>
      <ErrorNote failure={draft.failure ?? act.failure} />
      <ActionLine
        actions={
          <>
            {view === 'edit' ? (
              <Button onClick={() => void toPaper()}>{text.preview}</Button>
            ) : (
              <Button onClick={() => setView('edit')}>{text.edit}</Button>
            )}
            {mayWrite && (
              <Button onClick={() => void draft.save()} disabled={draft.state === 'saved'}>
                {text.save} <KeyHint keys="Ctrl+S" />
              </Button>
            )}
            <span className="y-quiet" role="status">
              {mayWrite
                ? { saved: `● ${text.saved}`, saving: `○ ${text.saving}`, unsaved: `▲ ${text.unsaved}` }[draft.state]
                : act.busy
                  ? text.working
                  : stateWords(minutes, approved)}
              {classification?.state === 'returned' && ` ${text.returned}${classification.opinion}`}
            </span>
          </>
        }
        primary={
          mayWrite ? (
            <Button
              type="primary"
              disabled={act.busy || draft.sentences.length === 0 || (view === 'submit' && faults.length > 0)}
              onClick={() => (view === 'submit' ? void submit() : setView('submit'))}
            >
              {view === 'submit' ? text.confirmSubmit : text.submit}
            </Button>
          ) : (
            minutes.state === 'submitted' &&
            session.may(...finalisers) && (
              <Button
                type="primary"
                title={text.finaliseHint}
                disabled={act.busy || !approved}
                onClick={() => void act.run('minutes.finalise', target)}
              >
                {text.finalise}
              </Button>
            )
          )
        }
      />
    </>
  )
}

function stateWords(minutes: Minutes, approved: boolean): string {
  if (minutes.state === 'final') return text.final
  if (minutes.state === 'submitted') return approved ? text.approvedWaiting : text.waiting
  return text.readOnly
}

function Paper({ minutes }: { minutes: Minutes }) {
  const preview = useCall('papers.preview', {
    caseId: minutes.caseId,
    kind: 'minutes',
    objectId: minutes.id,
    fields: null,
  })
  return (
    <div className="sheet-panel">
      <ErrorNote failure={preview.failure} />
      <PaperView pdf={preview.data?.pdf ?? null} label={text.minutes} />
    </div>
  )
}
