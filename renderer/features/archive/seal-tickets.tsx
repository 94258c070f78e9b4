import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Volume } from '#shared/domain/archive.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
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

/** 封包的出件批准 of a volume: those that may be used or wait, and the form that asks for the next. */
export function SealTickets({
  volume,
  chosen,
  onChoose,
}: {
  volume: Volume
  chosen: Ticket | null
  onChoose: (ticket: Ticket) => void
}) {
  const found = useCall('copies.tickets', { caseId: volume.caseId })
  const open = (found.data ?? []).filter((one) => one.volumeId === volume.id && one.state !== 'used')
  const columns = text.ticketColumns
  return (
    <>
      <Panel title={text.tickets} extra={<ArticleChip article={21} />}>
        <p className="y-quiet">{open.length === 0 ? text.noTicket : text.chooseTicket}</p>
        {open.length > 0 && (
          <table className="y-table" aria-label={text.tickets}>
            <TableHead columns={Object.values(columns)} />
            <tbody>
              {open.map((one) => (
                <tr key={one.id}>
                  <td className="y-nowrap">{one.label}</td>
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
                      <Button
                        size="small"
                        aria-pressed={chosen?.id === one.id}
                        aria-label={text.useTicketOf(one.label)}
                        onClick={() => onChoose(one)}
                      >
                        {chosen?.id === one.id ? text.ticketChosen : text.useTicket}
                      </Button>
                    )}
                  </td>
                </tr>
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

/** 申请出件 of a volume: for whom it is sealed, what for, on what. */
function AskSeal({ volume }: { volume: Volume }) {
  const act = useAct()
  const [round, setRound] = useState(0)
  const [recipients, setRecipients] = useState<readonly Recipient[]>([])
  const [purpose, setPurpose] = useState('')
  const [medium, setMedium] = useState('')
  const ask = async () => {
    const asked = await act.run('archive.requestSeal', {
      caseId: volume.caseId,
      volumeId: volume.id,
      recipients: recipients.map(({ certificateFile, typed }) => ({ certificateFile, fingerprint: typed })),
      purpose,
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
