import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { type Borrowing, type BorrowingState, borrowingStateNames, longestLoan } from '#shared/domain/borrowings.ts'
import { officialDay } from '#shared/domain/common.ts'
import { call } from '../../app/client.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { FileView } from '../../ui/file-view.tsx'
import { LevelMark, Light, type Tone } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { borrowingsText as text } from './borrowings-text.ts'

const tones: Readonly<Record<BorrowingState, Tone>> = {
  requested: 'amber',
  declined: 'quiet',
  open: 'green',
  expired: 'quiet',
  givenBack: 'quiet',
}

/** 借阅: who may read which filed volume, until when; the own loans open from here (保密法 21). */
export function Borrowings({ rail }: { rail: ReactNode }) {
  const session = useSession()
  const found = useCall('borrowings.list', {})
  const act = useAct()
  const [asking, setAsking] = useState(false)
  const [reading, setReading] = useState<Borrowing | null>(null)
  const [because, setBecause] = useState<{ one: Borrowing; what: 'decline' | 'callIn' } | null>(null)
  if (reading !== null) return <Reading one={reading} rail={rail} onBack={() => setReading(null)} />
  const list = found.data ?? []
  const decide = async (one: Borrowing, decision: 'approved' | 'declined', opinion: string) => {
    const input = { caseId: one.caseId, borrowingId: one.id, decision, opinion }
    if ((await act.run('borrowings.decide', input)) !== null) found.reload()
  }
  const mayCallIn = session.may('deputyLeader', 'chiefLeader', 'archivist')
  const { volume, level, borrower, purpose, state, reads } = text.columns
  return (
    <Page
      title={text.title}
      meta={<ArticleChip article={20} />}
      rail={rail}
      note={<ErrorNote failure={found.failure ?? act.failure} />}
      primary={
        <Button type="primary" onClick={() => setAsking(true)}>
          {text.ask}
        </Button>
      }
    >
      {found.data !== null && list.length === 0 && <EmptyState title={text.empty}>{text.emptyHint}</EmptyState>}
      {list.length > 0 && (
        <table className="y-table" aria-label={text.title}>
          <TableHead columns={[volume, level, borrower, purpose, state, reads, '']} />
          <tbody>
            {list.map((one) => (
              <tr key={one.id}>
                <td>
                  {one.archivalCode}
                  <div className="y-quiet">{one.title}</div>
                </td>
                <td className="y-nowrap">{one.level === null ? '—' : <LevelMark level={one.level} />}</td>
                <td>
                  {one.borrower}
                  <div className="y-quiet">{officialMoment(one.at)}</div>
                </td>
                <td>
                  {one.purpose}
                  <div className="y-quiet">{text.daysOf(one.days)}</div>
                </td>
                <td>
                  <Light tone={tones[one.state]}>{borrowingStateNames[one.state]}</Light>
                  <div className="y-quiet">
                    {one.until !== null && text.until(officialDay(one.until))} {one.decider}
                    {one.opinion !== '' && `：${one.opinion}`}
                  </div>
                </td>
                <td>
                  {text.times(one.reads)}
                  {one.lastRead !== null && <div className="y-quiet">{officialMoment(one.lastRead)}</div>}
                </td>
                <td className="y-nowrap">
                  {one.state === 'open' && one.borrowerId === session.account.id && (
                    <Button
                      size="small"
                      type="primary"
                      aria-label={text.readOf(one.archivalCode)}
                      onClick={() => setReading(one)}
                    >
                      {text.read}
                    </Button>
                  )}
                  {one.mayDecide && (
                    <>
                      <Button
                        size="small"
                        disabled={act.busy}
                        aria-label={text.declineOf(one.borrower)}
                        onClick={() => setBecause({ one, what: 'decline' })}
                      >
                        {text.decline}
                      </Button>{' '}
                      <Button
                        size="small"
                        type="primary"
                        disabled={act.busy}
                        aria-label={text.approveOf(one.borrower)}
                        onClick={() => void decide(one, 'approved', '')}
                      >
                        {text.approve}
                      </Button>
                    </>
                  )}
                  {one.state === 'open' && one.borrowerId !== session.account.id && mayCallIn && (
                    <Button
                      size="small"
                      aria-label={text.callInOf(one.borrower)}
                      onClick={() => setBecause({ one, what: 'callIn' })}
                    >
                      {text.callIn}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asking && (
        <Ask
          onDone={() => {
            setAsking(false)
            found.reload()
          }}
          onCancel={() => setAsking(false)}
        />
      )}
      {because !== null && (
        <ReasonDialog
          title={
            because.what === 'decline' ? text.declineOf(because.one.borrower) : text.callInOf(because.one.borrower)
          }
          label={because.what === 'decline' ? text.declineReason : text.callInReason}
          confirm={because.what === 'decline' ? text.decline : text.callIn}
          failure={act.failure}
          onCancel={() => setBecause(null)}
          onConfirm={async (reason) => {
            const { one, what } = because
            if (what === 'decline') await decide(one, 'declined', reason)
            else if ((await act.run('borrowings.callIn', { caseId: one.caseId, borrowingId: one.id, reason })) !== null)
              found.reload()
            setBecause(null)
          }}
        />
      )}
    </Page>
  )
}

function Ask({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const act = useAct()
  const [archivalCode, setCode] = useState('')
  const [purpose, setPurpose] = useState('')
  const [typed, setTyped] = useState('7')
  const days = /^[1-9]\d?$/.test(typed) && Number(typed) <= longestLoan ? Number(typed) : null
  const ask = async () => {
    if (days !== null && (await act.run('borrowings.ask', { archivalCode, purpose, days })) !== null) onDone()
  }
  return (
    <Dialog
      title={text.ask}
      onCancel={onCancel}
      confirm={{
        text: text.submit,
        disabled: act.busy || archivalCode.trim() === '' || purpose.trim() === '' || days === null,
        onClick: () => void ask(),
      }}
    >
      <Field label={text.code} required hint={text.codeHint}>
        {(control) => <TextLine {...control} onText={setCode} />}
      </Field>
      <Field label={text.purpose} required>
        {(control) => <TextLine {...control} onText={setPurpose} />}
      </Field>
      <Field
        label={text.days}
        required
        hint={text.daysHint(longestLoan)}
        fault={days === null ? text.daysWrong(longestLoan) : null}
      >
        {(control) => <TextLine {...control} initial="7" maxLength={2} onText={setTyped} />}
      </Field>
      <p className="y-quiet">{text.lenders}</p>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** The borrowed volume: its pieces at the left, one of them at the right, nothing to take away. */
function Reading({ one, rail, onBack }: { one: Borrowing; rail: ReactNode; onBack: () => void }) {
  const loan = { caseId: one.caseId, borrowingId: one.id }
  const found = useCall('borrowings.read', loan)
  const act = useAct()
  const [open, setOpen] = useState<string | null>(null)
  const items = found.data?.items ?? []
  const chosen = items.find((item) => item.id === open) ?? items[0]
  return (
    <Page
      title={one.title === '' ? one.archivalCode : one.title}
      meta={one.until !== null && <span className="y-quiet">{text.until(officialDay(one.until))}</span>}
      rail={rail}
      note={<ErrorNote failure={found.failure ?? act.failure} />}
      actions={<Button onClick={onBack}>{text.back}</Button>}
      primary={
        <Button
          disabled={act.busy}
          onClick={async () => {
            if ((await act.run('borrowings.giveBack', loan)) !== null) onBack()
          }}
        >
          {text.giveBack}
        </Button>
      }
      split
    >
      <div className="received-left y-column-scroll">
        <Panel title={text.pieces}>
          <p className="y-quiet">{text.onlyHere}</p>
          <ul className="y-list">
            {items.map((item) => (
              <li key={item.id} className="y-line">
                <button
                  type="button"
                  className="y-row-link"
                  aria-pressed={item.id === chosen?.id}
                  onClick={() => setOpen(item.id)}
                >
                  {item.position}. {item.title}
                </button>
                <LevelMark level={item.level} />
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <div className="received-right">
        {chosen !== undefined && (
          <FileView
            key={chosen.id}
            title={chosen.title}
            load={() => call('borrowings.file', { ...loan, itemId: chosen.id })}
          />
        )}
      </div>
    </Page>
  )
}
