import { Button } from 'antd'
import { useState } from 'react'
import { type Paper, supersededBy } from '#shared/domain/papers.ts'
import {
  isRedactable,
  type Passage,
  type Redaction,
  type Strike,
  type Survivor,
  sameSurvivor,
  struckPassages,
} from '#shared/domain/redactions.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { RedactionForm } from './redaction-form.tsx'
import { Passages } from './redaction-passages.tsx'
import { redactionText as text } from './redaction-text.ts'

/** 遮盖版: what may leave the 知悉范围 of a paper because nothing of what it keeps is in it (保密法 35). */
export function Redactions({
  caseId,
  papers,
  onKept,
}: {
  caseId: string
  papers: readonly Paper[]
  onKept: () => void
}) {
  const session = useSession()
  const act = useAct()
  const found = useCall('redactions.list', { caseId })
  const [making, setMaking] = useState(false)
  const [open, setOpen] = useState<Redaction | null>(null)
  const [told, setTold] = useState('')
  const list = found.data ?? []
  const redactable = papers.filter(
    (paper) => paper.format === 'pdf' && isRedactable(paper.kind) && supersededBy(paper, papers) === null,
  )
  const mayMake = session.may('minuteTaker', 'caseOfficer', 'officeHead')
  const mayReview = session.may('officeHead', 'deputyLeader', 'chiefLeader', 'classifier', 'secrecyOfficer')
  const waitsForMe = (one: Redaction) => one.state === 'submitted' && mayReview && one.authorId !== session.account.id
  const keep = async ({ id: objectId }: Redaction) => {
    const formats = ['pdf', 'docx'] as const
    if ((await act.run('papers.freeze', { caseId, kind: 'redaction', objectId, formats: [...formats] })) === null)
      return
    setTold(text.kept)
    onKept()
    found.reload()
  }
  const { title, made, strikes, state } = text.columns
  return (
    <Panel
      title={text.title}
      extra={
        <>
          <ArticleChip article={21} />
          {mayMake && (
            <Button size="small" disabled={redactable.length === 0} onClick={() => setMaking(true)}>
              {text.make}
            </Button>
          )}
        </>
      }
    >
      <ErrorNote failure={found.failure ?? act.failure} />
      {found.data !== null && list.length === 0 && <EmptyState title={text.empty} />}
      {list.length > 0 && (
        <table className="y-table" aria-label={text.title}>
          <TableHead columns={[title, made, strikes, state, '']} />
          <tbody>
            {list.map((one) => (
              <tr key={one.id}>
                <td>
                  {one.title}
                  <div className="y-quiet">{one.reason}</div>
                </td>
                <td>
                  {one.author} {officialMoment(one.at)}
                </td>
                <td>{text.struck(one.strikes, one.kept)}</td>
                <td>
                  {text.states[one.state]}
                  {one.state === 'reviewed' && one.level !== null && `，${text.levels[one.level]}`}
                  <div className="y-quiet">
                    {one.reviewedAt !== null && `${one.reviewer} ${officialMoment(one.reviewedAt)}`}
                    {one.opinion !== '' && `：${one.opinion}`}
                    {one.frozen && ` ${text.frozen}`}
                  </div>
                </td>
                <td className="y-nowrap">
                  <Button
                    size="small"
                    type={waitsForMe(one) ? 'primary' : 'default'}
                    aria-label={waitsForMe(one) ? text.reviewOf(one.title) : text.seeOf(one.title)}
                    onClick={() => setOpen(one)}
                  >
                    {waitsForMe(one) ? text.review : text.see}
                  </Button>{' '}
                  {one.state === 'reviewed' && one.level === 'approved' && !one.frozen && (
                    <Button
                      size="small"
                      disabled={act.busy}
                      aria-label={text.keepOf(one.title)}
                      onClick={() => void keep(one)}
                    >
                      {text.keep}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p role="status" className="y-green">
        {told}
      </p>
      {making && (
        <RedactionForm
          caseId={caseId}
          papers={redactable}
          onDone={() => {
            setMaking(false)
            found.reload()
          }}
          onCancel={() => setMaking(false)}
        />
      )}
      {open !== null && (
        <Review
          one={open}
          mayDecide={waitsForMe(open)}
          onClose={(decided) => {
            setOpen(null)
            if (decided) found.reload()
          }}
        />
      )}
    </Panel>
  )
}

/** What was struck, where the same words still stand, the paper as it will be; for the reviewer the decision below. */
function Review({
  one,
  mayDecide,
  onClose,
}: {
  one: Redaction
  mayDecide: boolean
  onClose: (decided: boolean) => void
}) {
  const { caseId, id: redactionId } = one
  const session = useSession()
  const found = useCall('redactions.get', { caseId, redactionId })
  const act = useAct()
  const [kept, setKept] = useState<readonly Survivor[]>([])
  const [opinion, setOpinion] = useState('')
  const survivors = found.data?.survivors ?? []
  const decide = async (decision: 'approved' | 'returned') => {
    const input = { caseId, redactionId, decision, kept: decision === 'approved' ? [...kept] : [], opinion }
    if ((await act.run('redactions.review', input)) !== null) onClose(true)
  }
  return (
    <Dialog
      wide
      title={mayDecide ? text.reviewOf(one.title) : text.seeOf(one.title)}
      onCancel={() => onClose(false)}
      footer={
        <>
          <Button onClick={() => onClose(false)}>返回</Button>
          {mayDecide && (
            <>
              <Button disabled={act.busy || opinion.trim() === ''} onClick={() => void decide('returned')}>
                {text.giveBack}
              </Button>
              <Button
                type="primary"
                disabled={act.busy || found.data === null || kept.length < survivors.length}
                onClick={() => void decide('approved')}
              >
                {text.approve}
              </Button>
            </>
          )}
        </>
      }
    >
      <ErrorNote failure={found.failure} />
      {one.state === 'submitted' && one.authorId === session.account.id && <p className="y-amber">▲ {text.own}</p>}
      {found.data !== null && (
        <>
          <Passages passages={found.data.passages} strikes={found.data.strikes} />
          <h3>{text.survivors}</h3>
          {survivors.length === 0 ? (
            <p className="y-green">● {text.none}</p>
          ) : (
            <Left
              passages={found.data.passages}
              strikes={found.data.strikes}
              survivors={survivors}
              kept={mayDecide ? kept : found.data.kept}
              onChange={mayDecide ? setKept : null}
            />
          )}
        </>
      )}
      <h3>{text.preview}</h3>
      <div className="materials-preview">
        <LivePaper label={text.preview} input={{ caseId, kind: 'redaction', objectId: redactionId, fields: null }} />
      </div>
      {mayDecide && (
        <>
          <p className="y-quiet">{text.checked}</p>
          <Field label={text.opinion} hint={text.opinionHint}>
            {(control) => <TextLine {...control} onText={setOpinion} />}
          </Field>
        </>
      )}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** Every place where the same words still stand, each to be let stand by hand. */
function Left({
  passages,
  strikes,
  survivors,
  kept,
  onChange,
}: {
  passages: readonly Passage[]
  strikes: readonly Strike[]
  survivors: readonly Survivor[]
  kept: readonly Survivor[]
  onChange: ((kept: readonly Survivor[]) => void) | null
}) {
  const shown = struckPassages(passages, strikes)
  return (
    <>
      <p className="y-quiet">{text.survivorsHint}</p>
      <ul className="y-list">
        {survivors.map((one) => {
          const chosen = kept.some((each) => sameSurvivor(each, one))
          return (
            <li key={`${one.passage} ${one.nth} ${one.text}`}>
              <label className={chosen ? 'y-choice y-chosen' : 'y-choice'}>
                <input
                  type="checkbox"
                  checked={chosen}
                  disabled={onChange === null}
                  onChange={() => onChange?.(chosen ? kept.filter((each) => !sameSurvivor(each, one)) : [...kept, one])}
                />
                <span>
                  “{one.text}” <span className="y-quiet">{shown[one.passage]?.text.slice(0, 80)}</span>
                </span>
              </label>
            </li>
          )
        })}
      </ul>
    </>
  )
}
