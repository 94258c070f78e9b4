import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type CheckItem, neverWaived, type SealReceipt, type Volume } from '#shared/domain/archive.ts'
import { call } from '../../app/client.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { ActionLine, EmptyState, Facts, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { useCheckAnswers } from './check-answers.tsx'
import { Receipt } from './receipt.tsx'
import { SealTickets, type Ticket } from './seal-tickets.tsx'
import { text } from './text.ts'
import { VerdictsView } from './verdict.tsx'

/** 收件人与批准 → 四性检测 → 封包 → 自检. Each step stands only on the one before. */
export function Sealing({ volume, onBack }: { volume: Volume; onBack: () => void }) {
  const act = useAct()
  const stop = useAct()
  const [step, setStep] = useState(0)
  const [checks, setChecks] = useState<readonly CheckItem[]>([])
  const { answers, settled, view, owed } = useCheckAnswers(checks, neverWaived)
  /** Leave for each bundle that is to be made, in their order. */
  const [tickets, setTickets] = useState<readonly Ticket[]>([])
  const [folder, setFolder] = useState('')
  const [job, setJob] = useState('')
  const [receipts, setReceipts] = useState<readonly SealReceipt[]>([])
  const [found, setFound] = useState<VerbOutput<'archive.verify'> | null>(null)
  const target = { caseId: volume.caseId, volumeId: volume.id }

  const check = async () => setChecks((await act.run('archive.check', target)) ?? [])
  const seal = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    const ticketIds = tickets.filter(({ label }) => !receipts.some(({ copy }) => copy === label)).map((one) => one.id)
    const made = await act.run('archive.seal', { ...target, ticketIds, folder, checks: [...answers], job: id })
    if (made !== null) {
      setReceipts((all) => [...all, ...made])
      setStep(3)
      return
    }
    // What was sealed before something went wrong stands; the rest is gone on with.
    const bundles = await call('archive.bundles', target).catch(() => [])
    const own = bundles.filter(({ copy, written }) => written && tickets.some(({ label }) => label === copy))
    setReceipts(own.toReversed().map((one) => ({ ...one, file: `${folder}/${one.file}` })))
  }
  const verify = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    const files = receipts.map(({ file }) => file)
    setFound(await act.run('archive.verify', { files, caFingerprint: '', job: id }))
  }
  const [first] = tickets
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
        {step === 0 && <SealTickets volume={volume} chosen={tickets} onChoose={setTickets} />}
        {step === 1 && (
          <Panel title={text.steps[1]}>{checks.length === 0 ? <EmptyState title={text.checkHint} /> : view}</Panel>
        )}
        {step === 2 && first !== undefined && (
          <Panel title={text.steps[2]}>
            <Facts
              items={[
                [text.receiptFacts.copy, tickets.map((one) => one.label).join('、')],
                [text.receiptFacts.recipients, first.recipient],
                [text.purpose, first.purpose],
              ]}
            />
            <PathField label={text.folder} required hint={text.folderHint} onChange={setFolder} />
            {tickets.length > 1 && <p role="status">{text.sealingAll(receipts.length, tickets.length)}</p>}
            {act.busy && <JobProgress job={job} />}
            {act.busy && (
              <Button disabled={stop.busy} onClick={() => void stop.run('archive.cancel', { job })}>
                {text.cancel}
              </Button>
            )}
          </Panel>
        )}
        {step === 3 && (
          <>
            {act.busy && <JobProgress job={job} />}
            {found !== null && (
              <Panel title={text.selfChecked}>
                <VerdictsView found={found} />
              </Panel>
            )}
            {receipts.map((receipt) => (
              <Receipt key={receipt.bundleId} receipt={receipt} />
            ))}
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
            {step === 1 && checks.length > 0 && (
              <Button disabled={act.busy} onClick={() => void check()}>
                {text.checkAgain}
              </Button>
            )}
            {step === 1 && checks.length > 0 && owed}
          </>
        }
        primary={
          <>
            {step === 0 && (
              <Button type="primary" disabled={first === undefined} onClick={() => setStep(1)}>
                {text.next}
              </Button>
            )}
            {step === 1 && checks.length === 0 && (
              <Button type="primary" disabled={act.busy} onClick={() => void check()}>
                {text.check}
              </Button>
            )}
            {step === 1 && checks.length > 0 && (
              <Button type="primary" disabled={act.busy || !settled} onClick={() => setStep(2)}>
                {text.next}
              </Button>
            )}
            {step === 2 && (
              <Button type="primary" disabled={act.busy || folder === ''} onClick={() => void seal()}>
                {text.doSeal}
              </Button>
            )}
            {step === 3 && found === null && (
              <Button type="primary" disabled={act.busy} onClick={() => void verify()}>
                {text.verifySelf}
              </Button>
            )}
          </>
        }
      />
    </div>
  )
}
