import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import {
  closureSteps,
  type Entry,
  entryNames,
  evaluationText,
  guidanceNames,
  isClosed,
  latenessText,
  type OwedPaper,
  owedPapers,
  type PlanClock,
  type RectificationItem,
  type ShownDocument,
} from '#shared/domain/rectification.ts'
import { faultAt } from '../../app/errors.ts'
import { useSession } from '../../app/session.tsx'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { EntryDialog, type EntryToCorrect } from './entry-dialog.tsx'
import { EntryActs, entriesOf } from './outcome.tsx'
import { text } from './text.ts'

type Opened = 'guidance' | 'evaluation' | 'remind' | 'close' | 'reopen'

interface Props {
  readonly caseId: string
  readonly enterprise: Enterprise
  readonly clock: PlanClock | undefined
  readonly items: readonly RectificationItem[]
  readonly documents: readonly ShownDocument[]
  readonly entries: readonly Entry[]
  readonly mayWrite: boolean
  /** The case is in its rectification: an enterprise may be closed, or opened again. */
  readonly current: boolean
}

/** 督促、评估和销账 of one enterprise (Art. 16). */
export function Supervision(props: Props) {
  const { caseId, enterprise, clock, items, entries, mayWrite, current } = props
  const session = useSession()
  const [open, setOpen] = useState<Opened | null>(null)
  const [correcting, setCorrecting] = useState<EntryToCorrect | null>(null)
  const [paper, setPaper] = useState<string | null>(null)
  const closed = isClosed(entries)
  const owed = owedPapers({ today: dayInChina(session.now), clock, items })
  const done = () => {
    setOpen(null)
    setCorrecting(null)
  }
  const [evaluation] = entriesOf(entries, 'evaluation')
  const mayReopen = current && closed && session.may('officeHead', 'deputyLeader', 'chiefLeader')
  return (
    <Panel
      title={text.supervision}
      extra={
        <>
          {mayWrite && !closed && (
            <>
              {owed.length > 0 && <Button onClick={() => setOpen('remind')}>{text.remind}</Button>}
              <Button onClick={() => setOpen('guidance')}>{text.enterGuidance}</Button>
              <Button onClick={() => setOpen('evaluation')}>
                {evaluation === undefined ? text.evaluate : text.evaluateAgain}
              </Button>
              {current && <Button onClick={() => setOpen('close')}>{text.closeEnterprise}</Button>}
            </>
          )}
          {mayReopen && <Button onClick={() => setOpen('reopen')}>{text.reopen}</Button>}
          <ArticleChip article={16} />
        </>
      }
    >
      <Log
        entries={entries}
        onPaper={setPaper}
        acts={(one) => {
          const { id, body } = one
          return (
            mayWrite &&
            !closed &&
            body.kind === 'guidance' && (
              <EntryActs
                caseId={caseId}
                entry={one}
                onEdit={() => {
                  setCorrecting({ id, body })
                  setOpen('guidance')
                }}
              />
            )
          )
        }}
      />
      <Steps {...props} />
      {(open === 'guidance' || open === 'evaluation') && (
        <EntryDialog
          caseId={caseId}
          enterprise={enterprise}
          kind={open}
          before={open === 'evaluation' ? (evaluation ?? null) : correcting}
          basis={latenessText(owed, entries)}
          othersFen={0}
          amountFen={null}
          onDone={done}
        />
      )}
      {open === 'remind' && <RemindDialog caseId={caseId} enterprise={enterprise} owed={owed} onDone={done} />}
      {open === 'close' && <CloseDialog {...props} onDone={done} />}
      {open === 'reopen' && <ReopenDialog caseId={caseId} enterprise={enterprise} onDone={done} />}
      {paper !== null && (
        <Dialog
          wide
          title={text.reminderPaper}
          onCancel={() => setPaper(null)}
          footer={<Button onClick={() => setPaper(null)}>{text.back}</Button>}
        >
          <LivePaper label={text.reminderPaper} input={{ caseId, kind: 'reminder', objectId: paper, fields: null }} />
        </Dialog>
      )}
    </Panel>
  )
}

const logged: readonly string[] = ['guidance', 'reminder', 'evaluation', 'closure', 'reopening', 'unclosed']

/** What was done, in its order. */
function Log({
  entries,
  onPaper,
  acts,
}: {
  entries: readonly Entry[]
  onPaper: (entryId: string) => void
  acts: (entry: Entry) => ReactNode
}) {
  const list = entries.filter(({ body }) => logged.includes(body.kind))
  if (list.length === 0) return <p className="y-quiet">{text.supervisionNone}</p>
  return (
    <ul className="y-list" aria-label={text.supervision}>
      {list.map((one) => (
        <li key={one.id} className="y-line">
          <div>
            <strong>{entryNames[one.body.kind]}</strong>　{words(one.body)}
            <div className="y-quiet">
              {one.by} {officialMoment(one.at)}
            </div>
          </div>
          {one.body.kind === 'reminder' && (
            <button type="button" className="y-quiet-button" onClick={() => onPaper(one.id)}>
              {text.seePaper}
            </button>
          )}
          {acts(one)}
        </li>
      ))}
    </ul>
  )
}

function words(body: Entry['body']): string {
  switch (body.kind) {
    case 'guidance':
      return `${officialDay(body.day)} ${guidanceNames[body.manner]}，${body.spokenTo}：${body.text}`
    case 'reminder':
      return text.reminded(body.ordinal, officialDay(body.newDue))
    case 'evaluation':
      return evaluationText(body)
    case 'closure':
      return body.opinion
    case 'reopening':
    case 'unclosed':
      return body.reason
    default:
      return ''
  }
}

/** What 销账 rests on: there, or still missing. */
function Steps({ items, documents, entries }: Pick<Props, 'items' | 'documents' | 'entries'>) {
  if (isClosed(entries)) return <Light tone="green">{text.closedLight}</Light>
  return (
    <ul className="rectification-steps" aria-label={text.stepsTitle}>
      {closureSteps({ items, documents, entries }).map((one) => (
        <li key={one.code}>
          <Light tone={one.done ? 'green' : 'quiet'}>{one.name}</Light>
        </li>
      ))}
    </ul>
  )
}

/** 催办函 with its new day; the paper is frozen as it is sent. */
function RemindDialog({
  caseId,
  enterprise,
  owed,
  onDone,
}: {
  caseId: string
  enterprise: Enterprise
  owed: readonly OwedPaper[]
  onDone: () => void
}) {
  const act = useAct()
  const [newDue, setNewDue] = useState('')
  const send = async () => {
    if ((await act.run('rectification.remind', { caseId, enterpriseId: enterprise.id, newDue })) !== null) onDone()
  }
  return (
    <Dialog
      title={`${text.remind}：${enterprise.name}`}
      onCancel={onDone}
      confirm={{ text: text.makeReminder, disabled: act.busy || newDue === '', onClick: () => void send() }}
    >
      <p className="y-quiet">{text.remindWhy}</p>
      <ul>
        {owed.map((one) => (
          <li key={`${one.name}${one.due}`}>{text.owed(one.name, officialDay(one.due), one.article)}</li>
        ))}
      </ul>
      <DayField
        label={text.newDue}
        required
        value={newDue}
        fault={faultAt(act.failure, 'newDue')}
        onChange={setNewDue}
      />
      <ErrorNote failure={act.failure?.params.field === undefined ? act.failure : null} />
    </Dialog>
  )
}

function CloseDialog({ caseId, enterprise, onDone, ...rest }: Props & { onDone: () => void }) {
  const act = useAct()
  const [opinion, setOpinion] = useState('')
  const ready = closureSteps(rest).every((one) => one.done)
  const send = async () => {
    if ((await act.run('rectification.close', { caseId, enterpriseId: enterprise.id, opinion })) !== null) onDone()
  }
  return (
    <Dialog
      title={`${text.closeEnterprise}：${enterprise.name}`}
      onCancel={onDone}
      confirm={{ text: text.confirmClose, disabled: act.busy || !ready, onClick: () => void send() }}
    >
      <p className="y-quiet">{ready ? text.closeReady : text.closeMissing}</p>
      <Steps {...rest} />
      <Field label={text.closeOpinion}>{(control) => <TextLine {...control} onText={setOpinion} />}</Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

function ReopenDialog({ caseId, enterprise, onDone }: { caseId: string; enterprise: Enterprise; onDone: () => void }) {
  const act = useAct()
  return (
    <ReasonDialog
      title={`${text.reopen}：${enterprise.name}`}
      label={text.reopenReason}
      confirm={text.reopen}
      failure={act.failure}
      onCancel={onDone}
      onConfirm={async (reason) => {
        if ((await act.run('rectification.reopen', { caseId, enterpriseId: enterprise.id, reason })) !== null) onDone()
      }}
    />
  )
}
