import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { CheckItem, SealReceipt, Verdict, Volume } from '#shared/domain/archive.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { useAct } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { ActionLine, EmptyState, Facts, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { JobProgress } from './progress.tsx'
import { text } from './text.ts'
import { VerdictView } from './verdict.tsx'

const tones = { passed: 'green', failed: 'red', manual: 'action', waived: 'quiet' } as const satisfies Record<
  CheckItem['result'],
  Tone
>

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

/** 四性检测 → 收件人证书 → 封包 → 自检. Each step stands only on the one before. */
export function Sealing({ volume, onBack }: { volume: Volume; onBack: () => void }) {
  const act = useAct()
  const [step, setStep] = useState(0)
  const [checks, setChecks] = useState<readonly CheckItem[]>([])
  /** What the archivist found where only a person can look, by code of the check. */
  const [findings, setFindings] = useState<Readonly<Record<string, string>>>({})
  const [recipients, setRecipients] = useState<readonly Recipient[]>([])
  const [folder, setFolder] = useState('')
  const [job, setJob] = useState('')
  const [receipt, setReceipt] = useState<SealReceipt | null>(null)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const target = { caseId: volume.caseId, volumeId: volume.id }

  const check = async () => setChecks((await act.run('archive.check', target)) ?? [])
  const seal = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    const value = await act.run('archive.seal', {
      ...target,
      recipients: recipients.map(({ certificateFile, typed }) => ({ certificateFile, fingerprint: typed })),
      folder,
      checks: checks.map((item) =>
        item.result === 'manual' ? { ...item, detail: (findings[item.code] ?? '').trim() } : item,
      ),
      job: id,
    })
    if (value === null) return
    setReceipt(value)
    setStep(3)
  }
  const verify = async (made: SealReceipt) => {
    const id = crypto.randomUUID()
    setJob(id)
    setVerdict(await act.run('archive.verify', { file: made.file, caFingerprint: '', job: id }))
  }
  const failed = checks.some((item) => item.result === 'failed')
  const unseen = checks.some((item) => item.result === 'manual' && (findings[item.code] ?? '').trim() === '')
  return (
    <div className="volume">
      <ol className="y-rail sealing-steps" aria-label={text.seal}>
        {text.steps.map((name, index) => (
          <li key={name} className={index < step ? 'y-past' : ''} aria-current={index === step ? 'step' : undefined}>
            {index < step ? '✓ ' : ''}
            {index + 1} {name}
          </li>
        ))}
      </ol>
      <div className="sealing-body">
        {step === 0 && (
          <Panel title={text.steps[0]}>
            {checks.length === 0 ? (
              <EmptyState title={text.checkHint} />
            ) : (
              <Checks checks={checks} onFinding={(code, found) => setFindings((all) => ({ ...all, [code]: found }))} />
            )}
          </Panel>
        )}
        {step === 1 && <Recipients caseId={volume.caseId} recipients={recipients} onChange={setRecipients} />}
        {step === 2 && (
          <Panel title={text.steps[2]}>
            <PathField label={text.folder} required hint={text.folderHint} onChange={setFolder} />
            {act.busy && <JobProgress job={job} />}
          </Panel>
        )}
        {step === 3 && receipt !== null && (
          <>
            <Receipt receipt={receipt} />
            {act.busy && <JobProgress job={job} />}
            {verdict !== null && (
              <Panel title={text.selfChecked}>
                <VerdictView verdict={verdict} />
              </Panel>
            )}
          </>
        )}
      </div>
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={
          <>
            <Button disabled={act.busy} onClick={() => (step === 0 || step === 3 ? onBack() : setStep(step - 1))}>
              {step === 0 || step === 3 ? text.tryAgain : text.previous}
            </Button>
            {step === 0 && checks.length > 0 && (
              <Button disabled={act.busy} onClick={() => void check()}>
                {text.checkAgain}
              </Button>
            )}
            {step === 0 && checks.length > 0 && (failed || unseen) && (
              <span className={failed ? 'y-red' : 'y-amber'} role="status">
                {failed ? `■ ${text.checkFailed}` : `▲ ${text.checkUnseen}`}
              </span>
            )}
          </>
        }
        primary={
          <>
            {step === 0 && checks.length === 0 && (
              <Button type="primary" disabled={act.busy} onClick={() => void check()}>
                {text.check}
              </Button>
            )}
            {step === 0 && checks.length > 0 && (
              <Button type="primary" disabled={act.busy || failed || unseen} onClick={() => setStep(1)}>
                {text.next}
              </Button>
            )}
            {step === 1 && (
              <Button type="primary" disabled={recipients.length === 0} onClick={() => setStep(2)}>
                {text.next}
              </Button>
            )}
            {step === 2 && (
              <Button type="primary" disabled={act.busy || folder === ''} onClick={() => void seal()}>
                {text.doSeal}
              </Button>
            )}
            {step === 3 && receipt !== null && verdict === null && (
              <Button type="primary" disabled={act.busy} onClick={() => void verify(receipt)}>
                {text.verifySelf}
              </Button>
            )}
          </>
        }
      />
    </div>
  )
}

const urgency = { failed: 0, manual: 1, waived: 2, passed: 2 } as const satisfies Record<CheckItem['result'], number>

/** What failed first, then what a person has to look at, then the rest in the order of the standard. */
function Checks({
  checks,
  onFinding,
}: {
  checks: readonly CheckItem[]
  onFinding: (code: string, found: string) => void
}) {
  const { property, name, result, detail } = text.checkColumns
  const ordered = [...checks].sort((a, b) => urgency[a.result] - urgency[b.result])
  return (
    <table className="y-table" aria-label={text.steps[0]}>
      <thead>
        <tr>
          {[property, name, result, detail].map((column) => (
            <th key={column}>{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ordered.map((item) => (
          <tr key={item.code}>
            <td>{text.property[item.property]}</td>
            <td>
              {item.name} <small className="y-quiet">{item.code}</small>
            </td>
            <td>
              <Light tone={tones[item.result]}>{text.result[item.result]}</Light>
            </td>
            <td>
              {item.result === 'manual' ? (
                <TextLine
                  label={text.finding(item.name)}
                  placeholder={item.detail}
                  onText={(found) => onFinding(item.code, found)}
                />
              ) : (
                item.detail
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A recipient counts only when the certificate file and the fingerprint typed from paper agree. */
function Recipients({
  caseId,
  recipients,
  onChange,
}: {
  caseId: string
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
    <Panel title={text.steps[1]}>
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
      <div key={`${caseId}-${round}`}>
        <PathField label={text.certificate} required extensions={['pem', 'crt', 'cer', 'der']} onChange={setFile} />
        <Field label={text.fingerprint} required hint={text.fingerprintHint} fault={mismatch ? text.mismatch : null}>
          {(control) => <TextLine {...control} onText={setTyped} />}
        </Field>
      </div>
      <Button disabled={act.busy || file === '' || typed.trim() === ''} onClick={() => void add()}>
        {text.addRecipient}
      </Button>
      <ErrorNote failure={act.failure} />
    </Panel>
  )
}

function Receipt({ receipt }: { receipt: SealReceipt }) {
  const facts = text.receiptFacts
  return (
    <Panel title={text.receipt}>
      <Facts
        items={[
          [facts.file, receipt.file],
          [facts.size, `${(receipt.size / 1_000_000).toLocaleString('zh-CN', { maximumFractionDigits: 2 })} MB`],
          [facts.sha256, <code key="sha256">{receipt.sha256}</code>],
          [facts.sequence, String(receipt.sequence)],
          [facts.level, levelNames[receipt.level]],
          [facts.ca, <code key="ca">{receipt.caFingerprint}</code>],
          [facts.at, officialMoment(receipt.sealedAt)],
        ]}
      />
      <p className="y-quiet">{text.caHint}</p>
    </Panel>
  )
}
