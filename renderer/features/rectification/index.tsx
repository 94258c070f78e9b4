import { Button } from 'antd'
import { useState } from 'react'
import { effectsFen, isClosed } from '#shared/domain/rectification.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { DisciplineReferrals } from '../referrals/discipline.tsx'
import { Documents } from './documents.tsx'
import { Items } from './items.tsx'
import { Outcome } from './outcome.tsx'
import { PlanPanel } from './plan.tsx'
import './rectification.css'
import { ReceiveForm } from './receive-form.tsx'
import { Supervision } from './supervision.tsx'
import { text } from './text.ts'

const writers = ['caseOfficer', 'officeHead'] as const

/** 整改督办, one enterprise at a time: plan with its clock, items, outcome, papers, 销账 (Art. 11–16). */
export function RectificationPanel({ detail }: { detail: CaseDetail }) {
  const session = useSession()
  const act = useAct()
  const { id: caseId, enterpriseList: enterprises } = detail
  const state = useCall('rectification.get', { caseId })
  const [leaving, setLeaving] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const enterprise = enterprises.find((one) => one.id === chosen) ?? enterprises[0]
  if (state.data === null || enterprise === undefined) return <ErrorNote failure={state.failure} />
  const mayWrite = session.may(...writers) && detail.stage !== 'archived' && detail.stage !== 'withdrawn'
  const own = <T extends { readonly enterpriseId: string }>(list: readonly T[]) =>
    list.filter((one) => one.enterpriseId === enterprise.id)
  const { clocks, extensions, items, documents, entries, amountFen } = state.data
  const othersFen = entries.reduce(
    (sum, { enterpriseId, body }) =>
      sum + (body.kind === 'effects' && enterpriseId !== enterprise.id ? effectsFen(body) : 0),
    0,
  )
  const open = enterprises.filter((one) => !isClosed(entries.filter((each) => each.enterpriseId === one.id)))
  // 销账 ends it for an enterprise: whoever has to go on opens it again (Art. 16).
  const mayEnter = mayWrite && open.includes(enterprise)
  const part = { caseId, enterprise, mayWrite: mayEnter }
  // What came of it is entered once there was an interview (Art. 12–16).
  const after = { ...part, mayWrite: mayEnter && ['minutes', 'rectification', 'filing'].includes(detail.stage) }
  const begin = async (reason: string) => {
    if ((await act.run('cases.beginFiling', { caseId, reason })) !== null) setLeaving(false)
  }
  return (
    <div className="rectification">
      {enterprises.length > 1 && (
        <nav className="y-switch" aria-label={text.enterprises}>
          {enterprises.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={one.id === enterprise.id}
              onClick={() => setChosen(one.id)}
            >
              {one.name}
              {open.includes(one) ? '' : ` · ${text.closedLight}`}
            </button>
          ))}
        </nav>
      )}
      {/* Another enterprise begins with forms of its own: nothing typed for one is ever entered for another. */}
      <div className="rectification-body" key={enterprise.id}>
        <div className="rectification-main">
          <PlanPanel {...part} clock={own(clocks)[0]} extensions={own(extensions)} documents={own(documents)} />
          <Items {...part} items={own(items)} />
          <Outcome {...after} entries={own(entries)} othersFen={othersFen} amountFen={amountFen} />
          <Documents documents={own(documents)} enterprises={[enterprise]} {...(mayEnter ? { checkIn: caseId } : {})} />
          <Supervision
            {...after}
            clock={own(clocks)[0]}
            items={own(items)}
            documents={own(documents)}
            entries={own(entries)}
            current={detail.stage === 'rectification'}
          />
          <DisciplineReferrals
            caseId={caseId}
            enterprise={enterprise}
            mayAsk={mayWrite && ['interview', 'minutes', 'rectification', 'filing'].includes(detail.stage)}
          />
        </div>
        {mayEnter && (
          <div className="rectification-side">
            <ReceiveForm caseId={caseId} enterprises={[enterprise]} documents={own(documents)} first="workPlan" />
          </div>
        )}
      </div>
      {leaving ? (
        <ReasonDialog
          title={text.leaveTitle(open.map((one) => one.shortName || one.name))}
          label={text.leaveReason}
          confirm={text.leave}
          failure={act.failure}
          onCancel={() => setLeaving(false)}
          onConfirm={(reason) => void begin(reason)}
        />
      ) : (
        <ErrorNote failure={act.failure} />
      )}
      {mayWrite && detail.stage === 'rectification' && (
        <ActionLine
          actions={<ArticleChip article={16} />}
          primary={
            <Button
              type="primary"
              disabled={act.busy}
              onClick={() => (open.length === 0 ? void begin('') : setLeaving(true))}
            >
              {text.beginFiling}
            </Button>
          }
        />
      )}
    </div>
  )
}
