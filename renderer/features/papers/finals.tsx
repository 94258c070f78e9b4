import { Button } from 'antd'
import { Fragment, useState } from 'react'
import type { Stretch } from '#shared/domain/difference.ts'
import { isReturnable, type Paper, type PaperFinal, supersededBy } from '#shared/domain/papers.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Legend, Words } from '../../ui/wording.tsx'
import { text } from './text.ts'

/** Longest stretch of unchanged text shown whole, and how much of a longer one stays at either end. */
const longestSame = 240
const keptSame = 80

/** 定稿: texts that were edited elsewhere and came back, compared with ours and approved by who signed (Art. 20). */
export function Finals({ caseId, papers, mayBring }: { caseId: string; papers: readonly Paper[]; mayBring: boolean }) {
  const found = useCall('papers.finals', { caseId })
  const [adding, setAdding] = useState(false)
  const [open, setOpen] = useState<PaperFinal | null>(null)
  const finals = found.data ?? []
  const titleOf = (paperId: string): string => papers.find((paper) => paper.id === paperId)?.title ?? ''
  const settled = new Set(finals.filter((one) => one.state === 'approved').map((one) => one.paperId))
  const returnable = papers.filter(
    (paper) =>
      paper.format === 'docx' &&
      isReturnable(paper.kind) &&
      supersededBy(paper, papers) === null &&
      !settled.has(paper.id),
  )
  const { title, change, brought, state, file } = text.finalColumns
  return (
    <Panel
      title={text.finals}
      extra={
        <>
          <ArticleChip article={20} />
          {mayBring && (
            <Button size="small" disabled={returnable.length === 0} onClick={() => setAdding(true)}>
              {text.bring}
            </Button>
          )}
        </>
      }
    >
      <ErrorNote failure={found.failure} />
      {found.data !== null && finals.length === 0 && <EmptyState title={text.finalsEmpty} />}
      {finals.length > 0 && (
        <table className="y-table" aria-label={text.finals}>
          <TableHead columns={[title, file, brought, change, state, '']} />
          <tbody>
            {finals.map((one) => (
              <tr key={one.id}>
                <td>{titleOf(one.paperId)}</td>
                <td>{one.fileName}</td>
                <td>
                  {one.broughtBy} {officialMoment(one.broughtAt)}
                  {one.note !== '' && <div className="y-quiet">{one.note}</div>}
                </td>
                <td>{changeWords(one)}</td>
                <td>
                  {text.finalStates[one.state]}
                  <div className="y-quiet">
                    {one.state === 'submitted' && text.waitsFor(one.signer)}
                    {one.decidedAt !== null && `${one.decidedBy} ${officialMoment(one.decidedAt)}`}
                    {one.opinion !== '' && `：${one.opinion}`}
                  </div>
                </td>
                <td>
                  <Button
                    size="small"
                    type={one.mayDecide ? 'primary' : 'default'}
                    aria-label={text.compareOf(titleOf(one.paperId))}
                    onClick={() => setOpen(one)}
                  >
                    {text.compare}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adding && (
        <BringFinal
          caseId={caseId}
          papers={returnable}
          onDone={() => {
            setAdding(false)
            found.reload()
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {open !== null && (
        <CompareFinal
          final={open}
          title={titleOf(open.paperId)}
          onClose={(decided) => {
            setOpen(null)
            if (decided) found.reload()
          }}
        />
      )}
    </Panel>
  )
}

const changeWords = (one: PaperFinal): string =>
  one.added + one.removed === 0 ? text.sameText : text.changed(one.added, one.removed)

function BringFinal({
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
  const [file, setFile] = useState('')
  const [note, setNote] = useState('')
  const bring = async () => {
    if ((await act.run('papers.bringFinal', { caseId, paperId, file, note })) !== null) onDone()
  }
  return (
    <Dialog
      title={text.bring}
      onCancel={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>取消</Button>
          <Button type="primary" disabled={act.busy || paperId === '' || file === ''} onClick={() => void bring()}>
            {text.bringDo}
          </Button>
        </>
      }
    >
      <FieldGroup label={text.finalColumns.title}>
        <OneOf
          column
          options={papers.map((paper) => ({ value: paper.id, text: paper.title }))}
          value={paperId}
          onChange={setPaper}
        />
      </FieldGroup>
      <PathField label={text.bringFile} hint={text.bringFileHint} extensions={['docx']} onChange={setFile} required />
      <Field label={text.bringNote}>{(control) => <TextLine {...control} onText={setNote} />}</Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** The two wordings, and for the signer the decision below them. */
function CompareFinal({
  final,
  title,
  onClose,
}: {
  final: PaperFinal
  title: string
  onClose: (decided: boolean) => void
}) {
  const { caseId, id: finalId } = final
  const found = useCall('papers.compareFinal', { caseId, finalId })
  const act = useAct()
  const [opinion, setOpinion] = useState('')
  const decide = async (decision: 'approved' | 'returned') => {
    if ((await act.run('papers.decideFinal', { caseId, finalId, decision, opinion })) !== null) onClose(true)
  }
  return (
    <Dialog
      wide
      title={text.compareTitle(title)}
      onCancel={() => onClose(false)}
      footer={
        <>
          <Button onClick={() => onClose(false)}>关闭</Button>
          {final.mayDecide && (
            <>
              <Button disabled={act.busy || opinion.trim() === ''} onClick={() => void decide('returned')}>
                {text.returnFinal}
              </Button>
              <Button type="primary" disabled={act.busy || found.data === null} onClick={() => void decide('approved')}>
                {text.approveFinal}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="finals-head">
        <span role="status">{changeWords(final)}</span>
        <Legend />
      </div>
      <ErrorNote failure={found.failure} />
      <div className="finals-paper">
        {(found.data ?? []).map((stretch, index) => (
          <Fragment key={`${index}-${stretch.kind}`}>
            <Shown stretch={stretch} />
          </Fragment>
        ))}
      </div>
      {final.mayDecide && (
        <Field label={text.opinion} hint={text.opinionHint}>
          {(control) => <TextLine {...control} onText={setOpinion} />}
        </Field>
      )}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** A stretch of either wording; of a long one that stands in both only its ends, with how much lies between. */
function Shown({ stretch }: { stretch: Stretch }) {
  if (stretch.kind !== 'same' || stretch.text.length <= longestSame) return <Words stretch={stretch} />
  const [head, tail] = [stretch.text.slice(0, keptSame), stretch.text.slice(-keptSame)]
  return (
    <>
      <Words stretch={{ kind: 'same', text: head }} />
      <span className="finals-skipped">{text.skipped(stretch.text.length - 2 * keptSame)}</span>
      <Words stretch={{ kind: 'same', text: tail }} />
    </>
  )
}
