import { Button } from 'antd'
import { useState } from 'react'
import { recordWriters } from '#shared/domain/accounts.ts'
import type { Minutes } from '#shared/domain/minutes.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine, KeyHint, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StaleForm } from '../../ui/stale-form.tsx'
import { firstProposal, ProposalForm, useProposalFaults } from '../secrecy/proposal-form.tsx'
import { Desk, type Opened } from './desk.tsx'
import { RecordSigning } from './record-signing.tsx'
import { Sending } from './sending.tsx'
import { text } from './text.ts'
import { useDraft } from './use-draft.ts'
import { Versions } from './versions.tsx'
import { draftOf, type Form, formsOf, keyName, keyText, type Sides } from './wording.ts'

const finalisers = ['officeHead', 'deputyLeader', 'chiefLeader'] as const

type View = 'edit' | 'paper' | 'submit' | 'versions' | 'signing' | 'sending'

/** The minutes of one enterprise: record left, paper right; then what becomes of them. `at` is the sentence to open at. */
export function OneMinutes({
  minutes,
  opened,
  detail,
  at,
}: {
  minutes: Minutes
  opened: Opened
  detail: CaseDetail
  at: string | null
}) {
  const session = useSession()
  const act = useAct()
  const mayWrite = minutes.state === 'draft' && session.may(...recordWriters)
  const draft = useDraft(minutes, mayWrite)
  const [view, setView] = useState<View>('edit')
  const [reopening, setReopening] = useState(false)
  const [proposal, setProposal] = useState(() =>
    firstProposal(
      detail.level,
      detail.scope.map((one) => one.accountId),
    ),
  )
  const faults = useProposalFaults(proposal)
  const marks = useCall('secrecy.list', { caseId: minutes.caseId })
  const classification = marks.data?.filter((one) => one.objectId === minutes.id).at(-1)
  const target = { caseId: minutes.caseId, minutesId: minutes.id }
  const [sides, setSides] = useState<Sides | null>(null)
  const { conflict } = draft
  const review = () => {
    if (conflict !== null) setSides({ base: conflict.base, mine: draft.read(), theirs: conflict.theirs })
  }
  /** Saved, so that what comes next rests on it; a conflict is shown instead. */
  const settled = async (): Promise<boolean> => {
    const done = await draft.save()
    if (!done) review()
    return done
  }
  useShortcuts({ 'Ctrl+S': () => void settled() })

  const toPaper = async () => {
    if (!mayWrite || (await settled())) setView('paper')
  }
  const submit = async () => {
    if (!(await settled())) return
    if ((await act.run('minutes.submit', { ...target, proposal })) !== null) setView('edit')
  }
  const approved = minutes.state === 'submitted' && classification?.state === 'approved'
  const other = (name: View, label: string) => (
    <Button onClick={() => setView(view === name ? 'edit' : name)}>{view === name ? text.edit : label}</Button>
  )
  return (
    <>
      <div className={view === 'versions' ? 'minutes-body minutes-whole' : 'minutes-body'}>
        {view === 'versions' ? (
          <Versions minutes={minutes} />
        ) : view === 'signing' ? (
          <RecordSigning interview={opened.interview} utterances={opened.utterances} />
        ) : view === 'sending' ? (
          <Sending minutes={minutes} />
        ) : (
          <Desk
            minutes={minutes}
            opened={opened}
            draft={draft}
            at={at}
            mayWrite={mayWrite && view === 'edit'}
            paper={view === 'paper'}
            submit={
              view === 'submit' ? (
                <Panel
                  title={text.submitTitle}
                  extra={<ArticleChip article={21} />}
                  className="record-panel minutes-form"
                >
                  <p className="y-quiet">{text.submitHint}</p>
                  <ProposalForm value={proposal} onChange={setProposal} />
                </Panel>
              ) : null
            }
          />
        )}
      </div>
      {conflict !== null && (
        <div className="minutes-conflict" role="alert">
          <span>▲ {text.conflict(session.nameOf(conflict.by))}</span>
          <Button size="small" onClick={review}>
            {text.review}
          </Button>
        </div>
      )}
      <ErrorNote failure={draft.failure ?? act.failure} />
      <ActionLine
        actions={
          <>
            {view === 'edit' ? (
              <Button onClick={() => void toPaper()}>{text.preview}</Button>
            ) : (
              <Button onClick={() => setView('edit')}>{text.edit}</Button>
            )}
            {view === 'edit' && (
              <>
                {other('signing', text.signing)}
                {other('versions', text.versions)}
                {other('sending', text.sending)}
              </>
            )}
            {mayWrite && view === 'edit' && (
              <Button onClick={() => void settled()} disabled={draft.state === 'saved'}>
                {text.save} <KeyHint keys="Ctrl+S" />
              </Button>
            )}
            <span className="y-quiet minutes-status" role="status">
              {mayWrite ? draftWords[draft.state] : act.busy ? text.working : stateWords(minutes, approved)}
              {minutes.state === 'draft' &&
                classification?.state === 'returned' &&
                ` ${text.returned}${classification.opinion}`}
              {mayWrite &&
                draft.taken !== null &&
                ` · ${text.taken(session.nameOf(draft.taken.by), draft.taken.count)}`}
              {minutes.openComments > 0 && ` · ${text.openComments(minutes.openComments)}`}
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
          ) : minutes.state === 'submitted' && session.may(...finalisers) ? (
            <Button
              type="primary"
              title={text.finaliseHint}
              disabled={act.busy || !approved}
              onClick={() => void act.run('minutes.finalise', target)}
            >
              {text.finalise}
            </Button>
          ) : (
            minutes.state === 'final' &&
            session.may(...finalisers) &&
            ['minutes', 'rectification'].includes(detail.stage) && (
              <Button disabled={act.busy} onClick={() => setReopening(true)}>
                {text.reopen}
              </Button>
            )
          )
        }
      />
      {sides !== null && conflict !== null && (
        <StaleForm<Form>
          {...formsOf(sides)}
          who={`${session.nameOf(conflict.by)}于${officialMoment(conflict.at)}`}
          nameOf={(key) => keyName(String(key), sides)}
          textOf={(form, key) => keyText(form, String(key), sides)}
          onCancel={() => setSides(null)}
          onSettled={(form) => {
            draft.settle(draftOf(form, sides))
            setSides(null)
          }}
        />
      )}
      {reopening && (
        <ReasonDialog
          title={text.reopenTitle}
          label={text.reopenReason}
          confirm={text.reopen}
          failure={act.failure}
          onCancel={() => setReopening(false)}
          onConfirm={(reason) => {
            void act.run('minutes.reopen', { ...target, reason }).then((done) => done !== null && setReopening(false))
          }}
        />
      )}
    </>
  )
}

const draftWords = {
  saved: `● ${text.saved}`,
  saving: `○ ${text.saving}`,
  unsaved: `▲ ${text.unsaved}`,
  kept: `▲ ${text.kept}`,
} as const

function stateWords(minutes: Minutes, approved: boolean): string {
  if (minutes.state === 'final') return text.final
  if (minutes.state === 'submitted') return approved ? text.approvedWaiting : text.waiting
  return text.readOnly
}
