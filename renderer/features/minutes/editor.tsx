import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type Minutes, type MinutesSection, minutesStateNames } from '#shared/domain/minutes.ts'
import { isComposing, shortcutOf, useShortcuts } from '../../app/keyboard.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light, PrintedMark } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { ActionLine, KeyHint, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { firstProposal, ProposalForm, useProposalFaults } from '../secrecy/proposal-form.tsx'
import { Clashes } from './clashes.tsx'
import { Comments } from './comments.tsx'
import { source, take } from './editing.ts'
import { type RecordHandle, RecordList } from './record-list.tsx'
import { RecordSigning } from './record-signing.tsx'
import { Sending } from './sending.tsx'
import { Sheet } from './sheet.tsx'
import { text } from './text.ts'
import { type Draft, useDraft } from './use-draft.ts'
import { Versions } from './versions.tsx'

const writers = ['minuteTaker', 'caseOfficer', 'officeHead'] as const
const finalisers = ['officeHead', 'deputyLeader', 'chiefLeader'] as const

type Opened = VerbOutput<'interviews.get'>
type View = 'edit' | 'paper' | 'submit' | 'versions' | 'signing' | 'sending'

/** The minutes of one enterprise: record left, paper right; then what becomes of them. */
export function OneMinutes({ minutes, opened, detail }: { minutes: Minutes; opened: Opened; detail: CaseDetail }) {
  const session = useSession()
  const act = useAct()
  const mayWrite = minutes.state === 'draft' && session.may(...writers)
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
  useShortcuts({ 'Ctrl+S': () => void draft.save() })

  const toPaper = async () => {
    if (!mayWrite || (await draft.save())) setView('paper')
  }
  const submit = async () => {
    if (!(await draft.save())) return
    if ((await act.run('minutes.submit', { ...target, proposal })) !== null) setView('edit')
  }
  const approved = minutes.state === 'submitted' && classification?.state === 'approved'
  const other = (name: View, label: string) => (
    <Button onClick={() => setView(view === name ? 'edit' : name)}>{view === name ? text.edit : label}</Button>
  )
  return (
    <>
      <div className={view === 'versions' || draft.conflict !== null ? 'minutes-body minutes-whole' : 'minutes-body'}>
        {draft.conflict !== null ? (
          <Clashes conflict={draft.conflict} onSettle={draft.settle} />
        ) : view === 'versions' ? (
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
              <Button onClick={() => void draft.save()} disabled={draft.state === 'saved'}>
                {text.save} <KeyHint keys="Ctrl+S" />
              </Button>
            )}
            <span className="y-quiet minutes-status" role="status">
              {mayWrite
                ? { saved: `● ${text.saved}`, saving: `○ ${text.saving}`, unsaved: `▲ ${text.unsaved}` }[draft.state]
                : act.busy
                  ? text.working
                  : stateWords(minutes, approved)}
              {minutes.state === 'draft' &&
                classification?.state === 'returned' &&
                ` ${text.returned}${classification.opinion}`}
              {minutes.openComments > 0 && ` · ${text.openComments(minutes.openComments)}`}
            </span>
          </>
        }
        primary={
          mayWrite ? (
            <Button
              type="primary"
              disabled={
                act.busy ||
                draft.conflict !== null ||
                draft.sentences.length === 0 ||
                (view === 'submit' && faults.length > 0)
              }
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

/** Record or comments at the left, the sheet or the paper at the right. */
function Desk({
  minutes,
  opened,
  draft,
  mayWrite,
  paper,
  submit,
}: {
  minutes: Minutes
  opened: Opened
  draft: Draft
  mayWrite: boolean
  paper: boolean
  submit: React.ReactNode
}) {
  const [left, setLeft] = useState<'record' | 'comments'>('record')
  const [shown, setShown] = useState<readonly string[]>([])
  const [current, setCurrent] = useState<string | null>(null)
  const [commenting, setCommenting] = useState<string | null>(null)
  const record = useRef<RecordHandle>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const { caseId, id: minutesId } = minutes
  const comments = useCall('minutes.comments', { caseId, minutesId })
  const { sentences, change } = draft
  const used = useMemo(() => new Set(sentences.flatMap((one) => one.sources)), [sentences])
  const sources = useMemo(() => new Set(sentences.find((one) => one.id === current)?.sources), [sentences, current])
  const commented = useMemo(() => {
    const open = (comments.data ?? []).filter((one) => one.resolvedAt === null && one.sentenceId !== null)
    return new Map([...Map.groupBy(open, (one) => one.sentenceId ?? '')].map(([id, list]) => [id, list.length]))
  }, [comments.data])
  const takeLine = useCallback(
    (utteranceId: string, section: MinutesSection | null, before: string | null) => {
      const utterance = opened.utterances.find((one) => one.id === utteranceId)
      if (utterance === undefined) return
      const id = crypto.randomUUID()
      change((all) => (section === null ? take(all, utterance, id) : take(all, utterance, id, { section, before })))
    },
    [opened.utterances, change],
  )
  const goTo = useCallback((sentenceId: string) => {
    sheet.current?.querySelector<HTMLElement>(`[data-sentence="${CSS.escape(sentenceId)}"]`)?.focus()
  }, [])
  const comment = useCallback((sentenceId: string) => {
    setCommenting(sentenceId)
    setLeft('comments')
  }, [])
  useUndoKeys(draft)
  useShortcuts({
    F6: () => {
      const inRecord = document.activeElement?.closest('.record-panel') !== null
      if (!inRecord) {
        setLeft('record')
        record.current?.focus()
      } else if (current !== null && sentences.some((one) => one.id === current)) goTo(current)
      else sheet.current?.querySelector<HTMLElement>('[data-sentence]')?.focus()
    },
  })
  const openSource = useCallback((ids: readonly string[]) => {
    const [first] = ids
    if (first === undefined) return
    setLeft('record')
    setShown(ids)
    record.current?.open(first)
  }, [])

  return (
    <>
      {submit ?? (
        <section className="y-panel record-panel" aria-label={left === 'record' ? text.record : text.comments}>
          <header className="y-panel-title">
            <OneOf
              options={[
                { value: 'record', text: text.record },
                {
                  value: 'comments',
                  text: minutes.openComments > 0 ? `${text.comments} ${minutes.openComments}` : text.comments,
                },
              ]}
              value={left}
              onChange={setLeft}
            />
          </header>
          {left === 'record' ? (
            <>
              <RecordList
                handle={record}
                interview={opened.interview}
                utterances={opened.utterances}
                enterpriseId={minutes.enterpriseId}
                used={used}
                shown={shown}
                sources={sources}
                onTake={mayWrite ? (line, section) => takeLine(line.id, section, null) : null}
                onAttach={mayWrite && current !== null ? (id) => change((all) => source(all, current, id)) : null}
              />
              {mayWrite && <p className="minutes-keys">{text.recordKeys}</p>}
            </>
          ) : (
            <Comments
              minutes={minutes}
              comments={comments.data ?? []}
              sentenceId={commenting}
              quote={sentences.find((one) => one.id === commenting)?.text ?? ''}
              onGo={goTo}
            />
          )}
        </section>
      )}
      {paper ? (
        <div className="sheet-panel">
          <LivePaper
            input={{ caseId, kind: 'minutes', objectId: minutesId, fields: null }}
            label={text.minutes}
            stamp={`${minutes.version}/${minutes.state}/${minutes.mark ?? ''}`}
          />
        </div>
      ) : (
        <Panel
          title={text.minutes}
          className="sheet-panel"
          extra={
            <>
              {minutes.edition > 1 && (
                <span className="y-tag" title={minutes.reason}>
                  {text.edition(minutes.edition)}
                </span>
              )}
              <PrintedMark mark={minutes.mark} />
              <Light tone={minutes.state === 'final' ? 'green' : 'action'}>{minutesStateNames[minutes.state]}</Light>
              <ArticleChip article={9} />
            </>
          }
        >
          <div ref={sheet} className="sheet-holder">
            <Sheet
              draft={draft}
              writable={mayWrite}
              current={current}
              onCurrent={setCurrent}
              commented={commented}
              onComment={minutes.state === 'final' ? null : comment}
              onShow={setShown}
              onOpenSource={openSource}
              onTakeLine={(id, place) => takeLine(id, place.section, place.before)}
            />
          </div>
          {mayWrite && <p className="minutes-keys">{text.keys}</p>}
        </Panel>
      )}
    </>
  )
}

/** Ctrl+Z and Ctrl+Y over the whole minutes; inside a text they are the text's own. */
function useUndoKeys({ undo, redo }: Draft): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event)) return
      if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return
      const key = shortcutOf(event)
      const act = key === 'Ctrl+Z' ? undo : key === 'Ctrl+Y' || key === 'Ctrl+Shift+Z' ? redo : null
      if (act === null) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [undo, redo])
}

function stateWords(minutes: Minutes, approved: boolean): string {
  if (minutes.state === 'final') return text.final
  if (minutes.state === 'submitted') return approved ? text.approvedWaiting : text.waiting
  return text.readOnly
}
