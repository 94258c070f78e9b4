import { Button } from 'antd'
import { useState } from 'react'
import { recordWriters } from '#shared/domain/accounts.ts'
import type { Minutes, MinutesComment } from '#shared/domain/minutes.ts'
import { useSession } from '../../app/session.tsx'
import { unfinishedUnder, useUnfinishedText } from '../../app/unfinished.ts'
import { useAct } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { text } from './text.ts'

/** How the forms of new comments on these minutes begin; the id of the sentence follows, or `whole`. */
const commentForms = (minutesId: string): string => `comment/${minutesId}/`

/** The sentence a comment was begun for and not sent (null: the whole minutes); undefined when none was. */
export function begunComment(minutesId: string): string | null | undefined {
  const [begun] = unfinishedUnder(commentForms(minutesId))
  return begun === 'whole' ? null : begun
}

/** 批注: what the others who know the case say to a paragraph, answered and settled before 送审. */
export function Comments({
  minutes,
  comments,
  sentenceId,
  quote,
  onGo,
}: {
  minutes: Minutes
  comments: readonly MinutesComment[]
  /** The sentence a new comment is for; null: the whole. */
  sentenceId: string | null
  quote: string
  onGo: (sentenceId: string) => void
}) {
  const open = minutes.state !== 'final'
  return (
    <div className="comments">
      {open && <NewComment key={sentenceId ?? ''} minutes={minutes} sentenceId={sentenceId} quote={quote} />}
      {comments.length === 0 && <p className="y-quiet comments-none">{text.noComments}</p>}
      <ol>
        {comments.map((comment) => (
          <Comment key={comment.id} minutes={minutes} comment={comment} open={open} onGo={onGo} />
        ))}
      </ol>
    </div>
  )
}

function NewComment({ minutes, sentenceId, quote }: { minutes: Minutes; sentenceId: string | null; quote: string }) {
  const act = useAct()
  const { caseId, id: minutesId } = minutes
  const [left, keep] = useUnfinishedText(`${commentForms(minutesId)}${sentenceId ?? 'whole'}`, caseId)
  const [round, setRound] = useState(0)
  const [words, setWords] = useState(left)
  const write = (text: string) => {
    setWords(text)
    keep(text)
  }
  const add = async () => {
    if ((await act.run('minutes.comment', { caseId, minutesId, sentenceId, text: words })) === null) return
    write('')
    setRound((n) => n + 1)
  }
  return (
    <div className="comments-new">
      <Field label={text.newComment} hint={sentenceId === null ? text.wholeMinutes : `“${quote.slice(0, 40)}”`}>
        {(control) => (
          <TextBlock
            {...control}
            key={round}
            rows={2}
            autoFocus={sentenceId !== null}
            initial={round === 0 ? left : ''}
            onText={write}
          />
        )}
      </Field>
      <Button disabled={act.busy || words.trim() === ''} onClick={() => void add()}>
        {text.addComment}
      </Button>
      <ErrorNote failure={act.failure} />
    </div>
  )
}

function Comment({
  minutes,
  comment,
  open,
  onGo,
}: {
  minutes: Minutes
  comment: MinutesComment
  open: boolean
  onGo: (sentenceId: string) => void
}) {
  const session = useSession()
  const act = useAct()
  const { caseId, id: minutesId } = minutes
  const [left, keep] = useUnfinishedText(`answer/${comment.id}`, caseId)
  const [answering, setAnswering] = useState(left !== '')
  const [words, setWords] = useState(left)
  const write = (text: string) => {
    setWords(text)
    keep(text)
  }
  const target = { caseId, minutesId, commentId: comment.id }
  const settled = comment.resolvedBy !== null
  const answer = async () => {
    if ((await act.run('minutes.answer', { ...target, text: words })) === null) return
    write('')
    setAnswering(false)
  }
  return (
    <li className={settled ? 'comment comment-settled' : 'comment'}>
      <p className="comment-head">
        <strong>{session.nameOf(comment.by)}</strong>
        <span className="y-quiet">{officialMoment(comment.at)}</span>
        {comment.edition !== minutes.edition && <span className="y-quiet">{text.edition(comment.edition)}</span>}
      </p>
      {comment.sentenceId !== null && (
        <button type="button" className="comment-quote" onClick={() => onGo(comment.sentenceId ?? '')}>
          “{comment.quote}”
        </button>
      )}
      <p>{comment.text}</p>
      {comment.answers.map((one) => (
        <p key={one.at} className="comment-answer">
          <strong>{session.nameOf(one.by)}</strong> {text.answer}：{one.text}
        </p>
      ))}
      {settled ? (
        <p className="y-green">✓ {text.resolved(session.nameOf(comment.resolvedBy ?? ''))}</p>
      ) : (
        open && (
          <p className="comment-acts">
            <button type="button" className="y-quiet-button" onClick={() => setAnswering(!answering)}>
              {text.answer}
            </button>
            {(session.may(...recordWriters) || comment.by === session.account.id) && (
              <button
                type="button"
                className="y-quiet-button"
                disabled={act.busy}
                onClick={() => void act.run('minutes.resolve', target)}
              >
                {text.resolve}
              </button>
            )}
          </p>
        )
      )}
      {answering && !settled && (
        <div className="comments-new">
          <TextBlock label={text.answer} rows={2} autoFocus initial={words} onText={write} />
          <Button size="small" disabled={act.busy || words.trim() === ''} onClick={() => void answer()}>
            {text.addAnswer}
          </Button>
        </div>
      )}
      <ErrorNote failure={act.failure} />
    </li>
  )
}
