import { Button } from 'antd'
import { useState } from 'react'
import { officialDay } from '#shared/domain/common.ts'
import { type CopyAct, copyAct, copyActNames } from '#shared/domain/copies.ts'
import {
  type Dispatch,
  type DispatchMethod,
  dispatchMethodNames,
  dispatchMethods,
  type Minutes,
} from '#shared/domain/minutes.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { PrinterField, usePrinters } from '../../ui/printer-field.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { sendingText as text } from './sending-text.ts'

/** 印送 (Art. 9 可以): to send or not to send is a decision; every copy has its line, its receiver and its receipt. */
export function Sending({ minutes }: { minutes: Minutes }) {
  const session = useSession()
  const { caseId, id: minutesId } = minutes
  const list = useCall('minutes.dispatches', { caseId, minutesId })
  const maySend = minutes.state === 'final' && session.may('caseOfficer', 'officeHead')
  const [round, setRound] = useState(0)
  return (
    <>
      <div className="signing">
        {maySend ? (
          <Decision key={round} minutes={minutes} onDone={() => setRound((n) => n + 1)} />
        ) : (
          <Panel title={text.decide} extra={<ArticleChip article={9} />}>
            <p className="y-quiet">{minutes.state === 'final' ? text.notYours : text.notFinal}</p>
          </Panel>
        )}
      </div>
      <Panel title={text.register} className="sheet-panel sending-register" extra={<ArticleChip article={21} />}>
        <ErrorNote failure={list.failure} />
        {list.data !== null && list.data.length === 0 && <EmptyState title={text.none}>{text.noneHint}</EmptyState>}
        {list.data !== null && list.data.length > 0 && (
          <Register minutes={minutes} dispatches={list.data} maySend={maySend} />
        )}
      </Panel>
    </>
  )
}

function Decision({ minutes, onDone }: { minutes: Minutes; onDone: () => void }) {
  const act = useAct()
  const classified = minutes.mark !== null
  const [decision, setDecision] = useState<'send' | 'withhold'>('send')
  const [reason, setReason] = useState('')
  const [method, setMethod] = useState<DispatchMethod>(classified ? 'confidentialCourier' : 'exchange')
  const [way, setWay] = useState<CopyAct>('print')
  const [medium, setMedium] = useState('')
  const [receiver, setReceiver] = useState('')
  const target = { caseId: minutes.caseId, minutesId: minutes.id }
  const run = async () => {
    const done =
      decision === 'send'
        ? await act.run('minutes.dispatch', { ...target, reason, method, receiver, act: way, medium })
        : await act.run('minutes.withhold', { ...target, reason })
    if (done !== null) onDone()
  }
  const ready = reason.trim() !== '' && (decision === 'withhold' || receiver.trim() !== '')
  return (
    <Panel title={text.decide} extra={<ArticleChip article={9} />}>
      <p>{text.about(minutes.enterpriseName)}</p>
      <FieldGroup label={text.decision} hint={text.decisionHint}>
        <OneOf
          options={[
            { value: 'send', text: text.send },
            { value: 'withhold', text: text.withhold },
          ]}
          value={decision}
          onChange={setDecision}
        />
      </FieldGroup>
      <Field label={text.reason} required>
        {(control) => <TextLine {...control} onText={setReason} />}
      </Field>
      {decision === 'send' && (
        <>
          <FieldGroup label={text.method} hint={classified ? text.methodHint : undefined}>
            <OneOf
              options={dispatchMethods.map((value) => ({
                value,
                text: dispatchMethodNames[value],
                disabled: classified && value === 'exchange',
              }))}
              value={method}
              onChange={setMethod}
            />
          </FieldGroup>
          <Field label={text.receiver} required hint={text.receiverHint}>
            {(control) => <TextLine {...control} onText={setReceiver} />}
          </Field>
          <FieldGroup label={text.way}>
            <OneOf
              options={copyAct.options.map((value) => ({ value, text: copyActNames[value] }))}
              value={way}
              onChange={setWay}
            />
          </FieldGroup>
          <Field label={text.medium} hint={text.mediumHint}>
            {(control) => <TextLine {...control} onText={setMedium} />}
          </Field>
        </>
      )}
      <ErrorNote failure={act.failure} />
      <Button disabled={act.busy || !ready} onClick={() => void run()}>
        {decision === 'send' ? text.sendOne : text.withholdIt}
      </Button>
    </Panel>
  )
}

function Register({
  minutes,
  dispatches,
  maySend,
}: {
  minutes: Minutes
  dispatches: readonly Dispatch[]
  maySend: boolean
}) {
  const session = useSession()
  const act = useAct()
  const [folder, setFolder] = useState('')
  const [taken, setTaken] = useState('')
  const printers = usePrinters()
  const [printer, setPrinter] = useState('')
  const [receiving, setReceiving] = useState<string | null>(null)
  const { caseId } = minutes
  const take = async (ticketId: string) => {
    const done = await act.run('copies.take', { caseId, ticketId, folder })
    if (done !== null) setTaken(text.taken(done.label, done.file))
  }
  const print = async (ticketId: string) => {
    const done = await act.run('copies.print', { caseId, ticketId, printer })
    if (done !== null) setTaken(text.printed(done.label, printer))
  }
  const newest = minutes.editions.at(-1)?.edition ?? 1
  const open = dispatches.some((one) => one.ticketState === 'approved')
  const printing =
    printers.length > 0 && dispatches.some((one) => one.ticketState === 'approved' && one.way === 'print')
  return (
    <>
      {printing && maySend && <PrinterField printers={printers} value={printer} onChange={setPrinter} />}
      {open && maySend && <PathField label={text.folder} hint={text.folderHint} onChange={setFolder} />}
      <p role="status" className="y-green">
        {taken}
      </p>
      <ErrorNote failure={act.failure} />
      <table className="y-table" aria-label={text.register}>
        <TableHead columns={text.columns} />
        <tbody>
          {dispatches.map((one) => (
            <tr key={one.id}>
              <td className="y-nowrap">
                {one.decision === 'send' ? text.send : text.withhold}
                <div className="y-quiet">{one.method === null ? '' : dispatchMethodNames[one.method]}</div>
              </td>
              <td className="y-nowrap">
                {[text.edition(one.edition), one.label].filter(Boolean).join(' ')}
                {one.decision === 'send' && one.edition < newest && (
                  <div>
                    <span className="y-tag">{text.superseded(newest)}</span>
                  </div>
                )}
              </td>
              <td>{one.receiver}</td>
              <td>
                {one.ticketState !== null && one.copyId === null && text.tickets[one.ticketState]}
                {printing &&
                  one.way === 'print' &&
                  one.ticketState === 'approved' &&
                  one.copyId === null &&
                  maySend && (
                    <button
                      type="button"
                      className="y-quiet-button"
                      aria-label={text.printOf(one.label ?? '')}
                      disabled={act.busy || printer === ''}
                      onClick={() => void print(one.ticketId ?? '')}
                    >
                      {text.print}
                    </button>
                  )}
                {one.ticketState === 'approved' && one.copyId === null && maySend && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={text.takeOf(one.label ?? '')}
                    disabled={act.busy || folder === ''}
                    onClick={() => void take(one.ticketId ?? '')}
                  >
                    {text.take}
                  </button>
                )}
                {one.receivedOn !== null && `${officialDay(one.receivedOn)} ${one.receivedBy}`}
                {one.copyId !== null && one.receivedOn === null && maySend && receiving !== one.id && (
                  <button type="button" className="y-quiet-button" onClick={() => setReceiving(one.id)}>
                    {text.receive}
                  </button>
                )}
                {receiving === one.id && one.copyId !== null && one.receivedOn === null && (
                  <Receipt caseId={caseId} copyId={one.copyId} />
                )}
              </td>
              <td>{one.reason}</td>
              <td className="y-nowrap">
                {session.nameOf(one.by)}
                <div className="y-quiet">{officialMoment(one.at)}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Receipt({ caseId, copyId }: { caseId: string; copyId: string }) {
  const act = useAct()
  const [person, setPerson] = useState('')
  const [day, setDay] = useState('')
  const enter = () => act.run('copies.enterFate', { caseId, copyId, fate: 'received', day, person, note: '' })
  return (
    <div className="sending-receipt">
      <Field label={text.signedBy} required>
        {(control) => <TextLine {...control} onText={setPerson} />}
      </Field>
      <DayField label={text.receivedOn} value={day} required onChange={setDay} />
      <Button size="small" disabled={act.busy || person.trim() === '' || day === ''} onClick={() => void enter()}>
        {text.receive}
      </Button>
      <ErrorNote failure={act.failure} />
    </div>
  )
}
