import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type ReferralState, referralStateNames } from '#shared/domain/referrals.ts'
import { call } from '../../app/client.ts'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FileView } from '../../ui/file-view.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { SendDialog } from './send-dialog.tsx'
import { referralText as text } from './text.ts'

export const referralTones: Readonly<Record<ReferralState, Tone>> = {
  sent: 'amber',
  received: 'green',
  returned: 'quiet',
}

type Referral = VerbOutput<'referrals.ofCase'>[number]
type Opened = { readonly referralId: string; readonly part: 'list' | 'receipt'; readonly title: string }

/** 线索移送 of a case: what left, under which number, whether it was signed for; the office refers from here (Art. 20). */
export function CaseReferrals({ caseId, maySend }: { caseId: string; maySend: boolean }) {
  const found = useCall('referrals.ofCase', { caseId })
  const [sending, setSending] = useState(false)
  const [paper, setPaper] = useState<Opened | null>(null)
  const list = found.data ?? []
  if (list.length === 0 && !maySend) return null
  return (
    <Panel
      title={text.title}
      extra={
        <>
          <ArticleChip article={20} />
          {maySend && <Button onClick={() => setSending(true)}>{text.send}</Button>}
        </>
      }
    >
      <ErrorNote failure={found.failure} />
      {list.length === 0 ? <p className="y-quiet">{text.hint}</p> : <ReferralTable list={list} onPaper={setPaper} />}
      {sending && <SendDialog caseId={caseId} onDone={() => setSending(false)} />}
      {paper !== null && (
        <Dialog
          wide
          title={paper.title}
          onCancel={() => setPaper(null)}
          footer={<Button onClick={() => setPaper(null)}>{text.back}</Button>}
        >
          <div className="y-live-paper">
            <FileView
              key={`${paper.referralId}/${paper.part}`}
              title={paper.title}
              load={() => call('referrals.file', { referralId: paper.referralId, part: paper.part })}
            />
          </div>
        </Dialog>
      )}
    </Panel>
  )
}

function ReferralTable({ list, onPaper }: { list: readonly Referral[]; onPaper: (paper: Opened) => void }) {
  const { number, sent, count, state, answer, papers } = text.columns
  return (
    <table className="y-table" aria-label={text.title}>
      <TableHead columns={[number, sent, count, state, answer, papers]} />
      <tbody>
        {list.map((one) => (
          <tr key={one.id}>
            <td className="y-nowrap">{one.number}</td>
            <td>
              <span className="y-nowrap">{one.sentBy}</span>{' '}
              <span className="y-nowrap">{officialMoment(one.sentAt)}</span>
            </td>
            <td className="y-nowrap">{text.count(one.pieces.length)}</td>
            <td className="y-nowrap">
              <Light tone={referralTones[one.state]}>{referralStateNames[one.state]}</Light>
            </td>
            <td>
              {one.answeredAt !== null && (
                <>
                  {one.register !== '' && <strong className="y-nowrap">{one.register}　</strong>}
                  <span className="y-nowrap">{one.answeredBy}</span>{' '}
                  <span className="y-nowrap">{officialMoment(one.answeredAt)}</span>
                  <div className="y-quiet">{one.note}</div>
                </>
              )}
            </td>
            <td>
              <Button
                size="small"
                aria-label={text.listOf(one.number)}
                onClick={() => onPaper({ referralId: one.id, part: 'list', title: text.listOf(one.number) })}
              >
                {text.list}
              </Button>
              {one.state === 'received' && (
                <Button
                  size="small"
                  aria-label={text.receiptOf(one.number)}
                  onClick={() => onPaper({ referralId: one.id, part: 'receipt', title: text.receiptOf(one.number) })}
                >
                  {text.receipt}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
