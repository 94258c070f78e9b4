import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import { officialDay } from '#shared/domain/common.ts'
import { type Conclusion, conclusionNames, disposalRefusal, type Retained } from '#shared/domain/disposals.ts'
import { asFailure, call } from '../../app/client.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ExportDialog, Exported } from '../../ui/export-dialog.tsx'
import { LevelMark, Light } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { PaperView } from '../../ui/paper-view.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { disposalText as text } from './text.ts'

type Act = 'hold' | 'release' | 'approve' | 'return' | 'destroy' | 'certificate' | Conclusion

/** What an account may do with a volume now; the door decides again. */
function actsFor(one: Retained, session: ReturnType<typeof useSession>): Act[] {
  const { disposal } = one
  if (disposal?.state === 'done') return ['certificate']
  const acts: Act[] = []
  const leads = session.may('officeHead', 'deputyLeader', 'chiefLeader')
  if (disposal?.state === 'asked' && leads && disposal.askedBy !== session.account.name) acts.push('approve', 'return')
  if (session.may('archivist')) {
    if (disposal?.state === 'approved' && disposal.conclusion === 'destroy' && one.hold === '') acts.push('destroy')
    for (const conclusion of ['destroy', 'D10', 'D30', 'Y'] as const)
      if (one.due && disposalRefusal(one, conclusion) === null) acts.push(conclusion)
  }
  if (session.may('archivist', 'officeHead', 'accountabilityOffice', 'chiefLeader'))
    acts.push(one.hold === '' ? 'hold' : 'release')
  return acts
}

/** 到期鉴定: terms of the filed volumes, what holds them, and their disposal by two persons (档案法实施条例 24). */
export function Disposals({ rail }: { rail: ReactNode }) {
  const session = useSession()
  const list = useCall('disposals.list', {})
  const act = useAct()
  const [asked, setAsked] = useState<{ readonly one: Retained; readonly act: Act } | null>(null)
  const rows = list.data ?? []
  const due = rows.filter((one) => one.due && one.disposal?.state !== 'done').length
  const confirm = async (one: Retained, what: Act, reason: string): Promise<void> => {
    const { caseId, volumeId } = one
    const disposalId = one.disposal?.id ?? ''
    const done =
      what === 'hold' || what === 'release'
        ? await act.run('disposals.hold', { caseId, volumeId, held: what === 'hold', reason })
        : what === 'approve' || what === 'return'
          ? await act.run('disposals.decide', {
              caseId,
              disposalId,
              decision: what === 'approve' ? 'approved' : 'returned',
              opinion: reason,
            })
          : what === 'certificate'
            ? null
            : what === 'destroy' && one.disposal?.state === 'approved'
              ? await act.run('disposals.destroy', { caseId, disposalId, witness: reason })
              : await act.run('disposals.ask', { caseId, volumeId, conclusion: what, reason })
    if (done !== null) setAsked(null)
  }
  const ready = (one: Retained, what: Act): boolean => what === 'destroy' && one.disposal?.state === 'approved'
  return (
    <Page
      title={text.title}
      meta={
        <>
          <span className={due > 0 ? 'y-amber' : 'y-quiet'}>{list.data !== null && text.due(due)}</span>
          <ArticleChip article={20} />
        </>
      }
      rail={rail}
      note={<ErrorNote failure={list.failure ?? (asked === null ? act.failure : null)} />}
    >
      {list.data !== null && rows.length === 0 && <EmptyState title={text.empty}>{text.emptyHint}</EmptyState>}
      {rows.length > 0 && (
        <Panel title={text.list}>
          <table className="y-table" aria-label={text.list}>
            <TableHead columns={Object.values(text.columns)} />
            <tbody>
              {rows.map((one) => (
                <tr key={one.volumeId}>
                  <td className="y-nowrap">{one.archivalCode}</td>
                  <td>
                    {one.title} <LevelMark level={one.level} />
                  </td>
                  <td className="y-nowrap">{one.retention}</td>
                  <td className="y-nowrap">
                    <Until one={one} />
                  </td>
                  <td>
                    {one.hold !== '' && <Light tone="amber">{text.held(one.hold)}</Light>}
                    <State one={one} />
                  </td>
                  <td className="disposal-acts">
                    {actsFor(one, session).map((what) => (
                      <Button
                        key={what}
                        size="small"
                        disabled={act.busy}
                        danger={ready(one, what)}
                        aria-label={`${ready(one, what) ? text.destroyNow : text.acts[what]} ${one.archivalCode}`}
                        onClick={() => {
                          act.clear()
                          setAsked({ one, act: what })
                        }}
                      >
                        {ready(one, what) ? text.destroyNow : text.acts[what]}
                      </Button>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {asked !== null && asked.act === 'certificate' && asked.one.disposal !== null && (
        <CertificateDialog disposalId={asked.one.disposal.id} onDone={() => setAsked(null)} />
      )}
      {asked !== null && asked.act !== 'certificate' && (
        <ReasonDialog
          title={`${ready(asked.one, asked.act) ? text.destroyNow : text.acts[asked.act]}：${asked.one.archivalCode}`}
          label={ready(asked.one, asked.act) ? text.witness : text.reasons[asked.act]}
          confirm={ready(asked.one, asked.act) ? text.destroyNow : text.acts[asked.act]}
          danger={asked.act === 'destroy' || asked.act === 'return'}
          failure={act.failure}
          onConfirm={(reason) => void confirm(asked.one, asked.act, reason)}
          onCancel={() => setAsked(null)}
        />
      )}
    </Page>
  )
}

/** When the term ends; of what was destroyed nothing is left to count from. */
function Until({ one: { until, due, disposal } }: { one: Retained }) {
  if (disposal?.state === 'done' && disposal.conclusion === 'destroy') return text.destroyed
  return (
    <>
      {until === null ? text.forGood : officialDay(until)}
      {due && disposal?.state !== 'done' && (
        <div>
          <Light tone="amber">{text.isDue}</Light>
        </div>
      )}
    </>
  )
}

function State({ one: { disposal } }: { one: Retained }) {
  if (disposal === null) return null
  const { askedBy, askedAt, decidedBy, decidedAt, opinion, doneBy, doneAt, witness } = disposal
  return (
    <>
      <Light tone={disposal.state === 'returned' || disposal.state === 'done' ? 'quiet' : 'action'}>
        {`${conclusionNames[disposal.conclusion]} ${text.states[disposal.state]}`}
      </Light>
      <div className="y-quiet">
        {askedBy} {officialMoment(askedAt)}：{disposal.reason}
      </div>
      {decidedBy !== null && decidedAt !== null && (
        <div className="y-quiet">
          {decidedBy} {officialMoment(decidedAt)}
          {opinion !== '' && `：${opinion}`}
        </div>
      )}
      {doneBy !== null && doneAt !== null && (
        <div className="y-quiet">{text.done(doneBy, officialMoment(doneAt), witness)}</div>
      )}
    </>
  )
}

function CertificateDialog({ disposalId, onDone }: { disposalId: string; onDone: () => void }) {
  const act = useAct()
  const session = useSession()
  const [pdf, setPdf] = useState<Uint8Array | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => {
    let current = true
    call('disposals.certificate', { disposalId }).then(
      (made) => current && setPdf(made.pdf),
      (error) => current && setFailure(asFailure(error)),
    )
    return () => {
      current = false
    }
  }, [disposalId])
  return (
    <ExportDialog
      wide
      title={text.acts.certificate}
      act={{ ...act, busy: act.busy || !session.may('archivist'), failure: failure ?? act.failure }}
      write={(folder) => act.run('disposals.exportCertificate', { disposalId, folder })}
      done={({ file }) => <Exported file={file} />}
      onCancel={onDone}
    >
      {pdf !== null && <PaperView pdf={pdf} label={text.acts.certificate} />}
    </ExportDialog>
  )
}
