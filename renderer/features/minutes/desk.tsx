import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type Minutes, type MinutesSection, minutesStateNames } from '#shared/domain/minutes.ts'
import { isComposing, shortcutOf, useShortcuts } from '../../app/keyboard.ts'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { Light, PrintedMark } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Panel } from '../../ui/page.tsx'
import { begunComment, Comments } from './comments.tsx'
import { source, take } from './editing.ts'
import { type RecordHandle, RecordList } from './record-list.tsx'
import { Sheet } from './sheet.tsx'
import { text } from './text.ts'
import type { Draft } from './use-draft.ts'

export type Opened = VerbOutput<'interviews.get'>

/** Record or comments at the left, the sheet or the paper at the right. */
export function Desk({
  minutes,
  opened,
  draft,
  at,
  mayWrite,
  paper,
  submit,
}: {
  minutes: Minutes
  opened: Opened
  draft: Draft
  at: string | null
  mayWrite: boolean
  paper: boolean
  submit: React.ReactNode
}) {
  const [begun] = useState(() => begunComment(minutes.id))
  const [left, setLeft] = useState<'record' | 'comments'>(begun === undefined ? 'record' : 'comments')
  const [shown, setShown] = useState<readonly string[]>([])
  const [current, setCurrent] = useState<string | null>(null)
  const [commenting, setCommenting] = useState<string | null>(begun ?? null)
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
  useEffect(() => {
    if (at !== null) goTo(at)
  }, [at, goTo])
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
              <button
                type="button"
                className="y-quiet-button"
                title="F12"
                disabled={sources.size === 0}
                onClick={() => openSource([...sources])}
              >
                {text.openSource}
              </button>
              {minutes.state !== 'final' && (
                <button
                  type="button"
                  className="y-quiet-button"
                  title="F8"
                  disabled={current === null}
                  onClick={() => current !== null && comment(current)}
                >
                  {text.comment}
                </button>
              )}
              {mayWrite && (
                <>
                  <button type="button" className="y-quiet-button" title="Ctrl+Z" onClick={draft.undo}>
                    {text.undo}
                  </button>
                  <button type="button" className="y-quiet-button" title="Ctrl+Y" onClick={draft.redo}>
                    {text.redo}
                  </button>
                </>
              )}
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
              asked={at !== null}
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
