import { Button } from 'antd'
import { useState } from 'react'
import { officialDay } from '#shared/domain/common.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import { type Extension, extensionNames, type PlanClock, type ShownDocument } from '#shared/domain/rectification.ts'
import { faultAt } from '../../app/errors.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Ruler } from './ruler.tsx'
import { text } from './text.ts'

const tones = { asked: 'action', approved: 'green', returned: 'red' } as const satisfies Record<
  Extension['state'],
  Tone
>

/** 工作方案 of one enterprise: its term, extensions, and what became of it (Art. 11). */
export function PlanPanel({
  caseId,
  enterprise,
  clock,
  extensions,
  documents,
  mayWrite,
}: {
  caseId: string
  enterprise: Enterprise
  clock: PlanClock | undefined
  extensions: readonly Extension[]
  documents: readonly ShownDocument[]
  mayWrite: boolean
}) {
  const rules = useRules()
  const [asking, setAsking] = useState(false)
  const accepted = documents.some((one) => one.kind === 'workPlan' && one.state === 'accepted')
  const waiting = extensions.some((one) => one.state === 'asked')
  return (
    <Panel
      title={text.rulerTitle}
      extra={
        <>
          {mayWrite && clock !== undefined && !accepted && !waiting && (
            <Button onClick={() => setAsking(true)}>{text.askExtension}</Button>
          )}
          <ArticleChip article={11} />
        </>
      }
    >
      {clock === undefined ? <EmptyState title={text.noClock(rules)} /> : <Ruler clock={clock} />}
      {extensions.length > 0 && <Extensions caseId={caseId} extensions={extensions} />}
      {asking && clock !== undefined && (
        <ExtensionDialog caseId={caseId} enterprise={enterprise} clock={clock} onDone={() => setAsking(false)} />
      )}
    </Panel>
  )
}

/** Extensions that were asked for; another account decides. */
function Extensions({ caseId, extensions }: { caseId: string; extensions: readonly Extension[] }) {
  const session = useSession()
  const act = useAct()
  const [returning, setReturning] = useState<Extension | null>(null)
  const decides = session.may('officeHead', 'deputyLeader', 'chiefLeader')
  const decide = (one: Extension, decision: 'approved' | 'returned', opinion: string) =>
    act.run('rectification.decideExtension', { caseId, extensionId: one.id, decision, opinion })
  return (
    <>
      <ul className="y-list" aria-label={text.extensions}>
        {extensions.map((one) => (
          <li key={one.id} className="y-line">
            <div>
              <Light tone={tones[one.state]}>{extensionNames[one.state]}</Light>{' '}
              {text.extended(officialDay(one.formerDue), officialDay(one.due))}；{one.reason}
              <div className="y-quiet">
                {text.askedBy} {one.asker} {officialMoment(one.askedAt)}
                {one.decidedAt !== null && `　${text.decidedBy} ${one.decider} ${officialMoment(one.decidedAt)}`}
                {one.opinion !== '' && `：${one.opinion}`}
              </div>
            </div>
            {one.state === 'asked' && decides && (
              <div className="y-nowrap">
                {one.askerId === session.account.id ? (
                  <span className="y-quiet">{text.ownExtension}</span>
                ) : (
                  <>
                    <Button disabled={act.busy} onClick={() => void decide(one, 'approved', '')}>
                      {text.allow}
                    </Button>{' '}
                    <Button disabled={act.busy} onClick={() => setReturning(one)}>
                      {text.refuse}
                    </Button>
                  </>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {returning === null ? (
        <ErrorNote failure={act.failure} />
      ) : (
        <ReasonDialog
          title={text.refuseExtension}
          label={text.refuseReason}
          confirm={text.refuse}
          failure={act.failure}
          onCancel={() => setReturning(null)}
          onConfirm={async (opinion) => {
            if ((await decide(returning, 'returned', opinion)) !== null) setReturning(null)
          }}
        />
      )}
    </>
  )
}

function ExtensionDialog({
  caseId,
  enterprise,
  clock,
  onDone,
}: {
  caseId: string
  enterprise: Enterprise
  clock: PlanClock
  onDone: () => void
}) {
  const act = useAct()
  const [due, setDue] = useState('')
  const [reason, setReason] = useState('')
  const ask = async () => {
    const asked = { caseId, enterpriseId: enterprise.id, due, reason }
    if ((await act.run('rectification.askExtension', asked)) !== null) onDone()
  }
  return (
    <Dialog
      title={`${text.askExtension}：${enterprise.name}`}
      onCancel={onDone}
      confirm={{
        text: text.sendExtension,
        disabled: act.busy || due === '' || reason.trim() === '',
        onClick: () => void ask(),
      }}
    >
      <p className="y-quiet">{text.extensionWhy(officialDay(clock.due))}</p>
      <DayField label={text.extensionDue} required value={due} fault={faultAt(act.failure, 'due')} onChange={setDue} />
      <Field label={text.extensionReason} required>
        {(control) => <TextLine {...control} onText={setReason} />}
      </Field>
      <ErrorNote failure={act.failure?.params.field === undefined ? act.failure : null} />
    </Dialog>
  )
}
