import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type CopyAct, copyAct, copyActNames, formatName } from '#shared/domain/copies.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { PrinterField, usePrinters } from '../../ui/printer-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

type Ticket = VerbOutput<'copies.tickets'>[number]

/** What papers belong to: a case, or a compilation drawn from several. */
export type Held = { readonly caseId: string } | { readonly compilationId: string }

/** 申请出件: what leaves, for whom, why, on what. */
export function AskTickets({
  held,
  paperIds,
  onDone,
  onCancel,
}: {
  held: Held
  paperIds: readonly string[]
  onDone: () => void
  onCancel: () => void
}) {
  const act = useAct()
  const [way, setWay] = useState<CopyAct>('export')
  const [recipient, setRecipient] = useState('')
  const [purpose, setPurpose] = useState('')
  const [medium, setMedium] = useState('')
  const ask = async () => {
    const request = { ...held, paperIds: [...paperIds], act: way, recipient, purpose, medium, parentId: null }
    if ((await act.run('copies.request', request)) !== null) onDone()
  }
  return (
    <Dialog
      title={`${text.askTitle}：${paperIds.length} 件`}
      onCancel={onCancel}
      confirm={{
        text: text.submit,
        disabled: act.busy || recipient.trim() === '' || purpose.trim() === '',
        onClick: () => void ask(),
      }}
    >
      <FieldGroup label={text.way}>
        <OneOf
          options={copyAct.options.map((one) => ({ value: one, text: copyActNames[one] }))}
          value={way}
          onChange={setWay}
        />
      </FieldGroup>
      <Field label={text.recipient} required hint={text.recipientHint}>
        {(control) => <TextLine {...control} onText={setRecipient} />}
      </Field>
      <Field label={text.purpose} required>
        {(control) => <TextLine {...control} onText={setPurpose} />}
      </Field>
      <Field label={text.medium} hint={text.mediumHint}>
        {(control) => <TextLine {...control} onText={setMedium} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** Tickets asked for together, in the order of asking, the last first. */
function batchesOf(tickets: readonly Ticket[]): readonly (readonly Ticket[])[] {
  const found = new Map<string, Ticket[]>()
  for (const one of tickets) found.set(one.batchId, [...(found.get(one.batchId) ?? []), one])
  return [...found.values()].reverse()
}

/** 出件: requests of this case or compilation, and the way out for what is allowed. */
export function Tickets({ held }: { held: Held }) {
  const found = useCall('copies.tickets', held)
  const act = useAct()
  const printers = usePrinters()
  const [printer, setPrinter] = useState('')
  const [folder, setFolder] = useState('')
  const [done, setDone] = useState('')
  const tickets = found.data ?? []
  // A volume leaves from 立卷归档, where it is sealed.
  const approved = tickets.filter((one) => one.state === 'approved' && one.volumeId === null)
  // Where this machine prints, what was asked for on paper is printed here; elsewhere it is taken to the printing room.
  const toPrint = printers.length === 0 ? [] : approved.filter((one) => one.act === 'print' && one.format === 'pdf')
  const ready = approved.filter((one) => !toPrint.includes(one))
  const print = async () => {
    setDone('')
    let count = 0
    for (const one of toPrint) {
      if ((await act.run('copies.print', { ...held, ticketId: one.id, printer })) === null) return
      count += 1
    }
    setDone(text.printed(count, printer))
  }
  const take = async () => {
    setDone('')
    const told: string[] = []
    // One disc is one request; everything else leaves together.
    const discs = batchesOf(ready.filter((one) => one.act === 'burn'))
    for (const going of [ready.filter((one) => one.act !== 'burn'), ...discs]) {
      if (going.length === 0) continue
      const taken = await act.run('copies.takeAll', { ...held, ticketIds: going.map((one) => one.id), folder })
      if (taken === null) return
      told.push(text.taken(taken.files.length, taken.folder))
      setDone(told.join('；'))
    }
  }
  return (
    <Panel title={text.tickets} extra={<ArticleChip article={21} />}>
      {found.data !== null && tickets.length === 0 && <p className="y-quiet">{text.ticketsEmpty}</p>}
      {tickets.length > 0 && (
        <table className="y-table" aria-label={text.tickets}>
          <thead>
            <tr>
              <th>申请</th>
              <th>文件</th>
              <th>接收</th>
              <th>用途</th>
              <th>方式</th>
              <th>状态</th>
            </tr>
          </thead>
          <tbody>
            {batchesOf(tickets).map((batch) => (
              <Batch key={batch[0]?.batchId} batch={batch} />
            ))}
          </tbody>
        </table>
      )}
      {toPrint.length > 0 && (
        <div className="tickets-out">
          <PrinterField printers={printers} value={printer} onChange={setPrinter} />
          <Button disabled={act.busy || printer === ''} onClick={() => void print()}>
            {text.print(toPrint.length)}
          </Button>
        </div>
      )}
      {ready.length > 0 && (
        <div className="tickets-out">
          <PathField label={text.folder} hint={text.folderHint} onChange={setFolder} />
          <Button disabled={act.busy || folder === ''} onClick={() => void take()}>
            {text.take(ready.length)}
          </Button>
        </div>
      )}
      <p role="status" className="y-green">
        {done}
      </p>
      <ErrorNote failure={act.failure ?? found.failure} />
    </Panel>
  )
}

function Batch({ batch }: { batch: readonly Ticket[] }) {
  const [first] = batch
  if (first === undefined) return null
  const states = (['requested', 'approved', 'returned', 'used'] as const)
    .map((state) => ({ state, count: batch.filter((one) => one.state === state).length }))
    .filter(({ count }) => count > 0)
  return (
    <tr>
      <td className="y-nowrap">
        {first.requester} {officialMoment(first.requestedAt)}
      </td>
      <td>
        {batch.length === 1
          ? `${first.title} ${formatName(first.format)}（${first.label}）`
          : `${first.title} 等 ${batch.length} 件`}
      </td>
      <td>{first.recipient}</td>
      <td>{first.purpose}</td>
      <td className="y-nowrap">
        {copyActNames[first.act]} {first.medium}
      </td>
      <td className="y-nowrap">
        {states.map(({ state, count }) => (
          <div key={state}>
            {text.states[state]} {count} 件
          </div>
        ))}
        {first.decider !== '' && (
          <div className="y-quiet">
            {first.decider}
            {first.opinion !== '' && `：${first.opinion}`}
          </div>
        )}
      </td>
    </tr>
  )
}
