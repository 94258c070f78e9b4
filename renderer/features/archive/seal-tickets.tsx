import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Volume } from '#shared/domain/archive.ts'
import { bagName, type Carrier, carrier } from '#shared/domain/bags.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

export type Ticket = VerbOutput<'copies.tickets'>[number]

interface Recipient extends VerbOutput<'archive.recipient'> {
  readonly certificateFile: string
  readonly typed: string
}

/** Hexadecimal without spaces and colons, as fingerprints are compared. */
function plainFingerprint(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/[\s:：]/g, '')
    .toLowerCase()
}

/** 封包的出件批准 of a volume: those that may be used or wait, the bundles of one request together, and the form that asks for the next. */
export function SealTickets({
  volume,
  chosen,
  onChoose,
}: {
  volume: Volume
  chosen: readonly Ticket[]
  onChoose: (tickets: readonly Ticket[]) => void
}) {
  const found = useCall('copies.tickets', { caseId: volume.caseId })
  const open = Map.groupBy(
    (found.data ?? []).filter((one) => one.volumeId === volume.id && one.state !== 'used'),
    (one) => one.batchId,
  )
  const columns = text.ticketColumns
  return (
    <>
      <Panel title={text.tickets} extra={<ArticleChip article={21} />}>
        <p className="y-quiet">{open.size === 0 ? text.noTicket : text.chooseTicket}</p>
        {open.size > 0 && (
          <table className="y-table" aria-label={text.tickets}>
            <TableHead columns={Object.values(columns)} />
            <tbody>
              {[...open].map(([batchId, tickets]) => (
                <BatchRow
                  key={batchId}
                  tickets={tickets}
                  chosen={tickets.some((one) => chosen.includes(one))}
                  onChoose={() => onChoose(tickets)}
                />
              ))}
            </tbody>
          </table>
        )}
        <ErrorNote failure={found.failure} />
      </Panel>
      <AskSeal volume={volume} />
    </>
  )
}

/** One request: its bundles that are still to be sealed, decided together. */
function BatchRow({
  tickets,
  chosen,
  onChoose,
}: {
  tickets: readonly Ticket[]
  chosen: boolean
  onChoose: () => void
}) {
  const [one] = tickets
  if (one === undefined) return null
  const labels = tickets.map(({ label }) => label).join('、')
  const places = tickets.flatMap(({ bag }) => (bag ? [bagName(bag, bag.carrier)] : [])).filter((name) => name !== '')
  return (
    <tr>
      <td>
        {labels}
        {places.map((name) => (
          <div key={name} className="y-quiet">
            {name}
          </div>
        ))}
      </td>
      <td>{one.recipient}</td>
      <td>{one.purpose}</td>
      <td className="y-nowrap">
        {one.requester} {officialMoment(one.requestedAt)}
      </td>
      <td>
        <Light tone={one.state === 'approved' ? 'green' : one.state === 'returned' ? 'red' : 'amber'}>
          {text.ticketStates[one.state]}
        </Light>
        {one.decider !== '' && (
          <div className="y-quiet">
            {one.decider}
            {one.opinion !== '' && `：${one.opinion}`}
          </div>
        )}
      </td>
      <td className="y-nowrap">
        {one.state === 'approved' && (
          <Button size="small" aria-pressed={chosen} aria-label={text.useTicketOf(labels)} onClick={onChoose}>
            {chosen ? text.ticketChosen : text.useTicket}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** 申请出件 of a volume: for whom it is sealed, what for, on what. */
function AskSeal({ volume }: { volume: Volume }) {
  const act = useAct()
  const [round, setRound] = useState(0)
  const [recipients, setRecipients] = useState<readonly Recipient[]>([])
  const [purpose, setPurpose] = useState('')
  const [on, setOn] = useState<Carrier>('dvd')
  const [medium, setMedium] = useState('')
  const ask = async () => {
    const asked = await act.run('archive.requestSeal', {
      caseId: volume.caseId,
      volumeId: volume.id,
      recipients: recipients.map(({ certificateFile, typed }) => ({ certificateFile, fingerprint: typed })),
      purpose,
      carrier: on,
      medium,
    })
    if (asked === null) return
    setRecipients([])
    setPurpose('')
    setMedium('')
    setRound((n) => n + 1)
  }
  return (
    <Panel title={text.askSeal} key={round}>
      <Recipients recipients={recipients} onChange={setRecipients} />
      <Field label={text.purpose} required>
        {(control) => <TextLine {...control} onText={setPurpose} />}
      </Field>
      <FieldGroup label={text.carrier} required>
        <OneOf
          column
          options={carrier.options.map((value) => ({ value, text: text.carriers[value] }))}
          value={on}
          onChange={setOn}
        />
      </FieldGroup>
      <Field label={text.medium} hint={text.mediumHint}>
        {(control) => <TextLine {...control} onText={setMedium} />}
      </Field>
      <div className="y-panel-acts">
        <Button disabled={act.busy || recipients.length === 0 || purpose.trim() === ''} onClick={() => void ask()}>
          {text.submitSeal}
        </Button>
      </div>
      <ErrorNote failure={act.failure} />
    </Panel>
  )
}

/** A recipient counts only when the certificate file and the fingerprint typed from paper agree. */
function Recipients({
  recipients,
  onChange,
}: {
  recipients: readonly Recipient[]
  onChange: (recipients: readonly Recipient[]) => void
}) {
  const act = useAct()
  const [round, setRound] = useState(0)
  const [file, setFile] = useState('')
  const [typed, setTyped] = useState('')
  const [mismatch, setMismatch] = useState(false)
  const add = async () => {
    setMismatch(false)
    const read = await act.run('archive.recipient', { certificateFile: file })
    if (read === null) return
    if (plainFingerprint(read.fingerprint) !== plainFingerprint(typed)) {
      setMismatch(true)
      return
    }
    onChange([
      ...recipients.filter((one) => one.fingerprint !== read.fingerprint),
      { ...read, certificateFile: file, typed },
    ])
    setFile('')
    setTyped('')
    setRound((n) => n + 1)
  }
  return (
    <>
      <p className="y-quiet">{text.recipientHint}</p>
      {recipients.length > 0 && (
        <ul className="recipients" aria-label={text.recipients}>
          {recipients.map((one) => (
            <li key={one.fingerprint}>
              <Light tone="green">{one.subject}</Light>
              <span className="y-quiet">{text.validUntil(one.notAfter.slice(0, 10))}</span>
              <code>{one.fingerprint}</code>
              <button
                type="button"
                className="y-quiet-button"
                aria-label={text.removeRecipient(one.subject)}
                onClick={() => onChange(recipients.filter((other) => other !== one))}
              >
                移除
              </button>
            </li>
          ))}
        </ul>
      )}
      <div key={round}>
        <PathField label={text.certificate} required extensions={['pem', 'crt', 'cer', 'der']} onChange={setFile} />
        <Field label={text.fingerprint} required hint={text.fingerprintHint} fault={mismatch ? text.mismatch : null}>
          {(control) => <TextLine {...control} onText={setTyped} />}
        </Field>
      </div>
      <div className="y-panel-acts">
        <Button disabled={act.busy || file === '' || typed.trim() === ''} onClick={() => void add()}>
          {text.addRecipient}
        </Button>
      </div>
      <ErrorNote failure={act.failure} />
    </>
  )
}
