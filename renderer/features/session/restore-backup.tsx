import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import { useAct } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { ActionLine } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { blank, Credentials, isFull } from './credentials.tsx'
import { sessionText } from './text.ts'

const text = sessionText.keys.backup

/** 从备份恢复: both officers at one table; a new folder takes what the backup holds, and nothing is written over. */
export function RestoreBackup({ onBack }: { onBack: () => void }) {
  const act = useAct()
  const [backup, setBackup] = useState('')
  const [folder, setFolder] = useState('')
  const [reason, setReason] = useState('')
  const [device, setDevice] = useState('')
  const [systemAdmin, setAdmin] = useState(blank)
  const [auditor, setAuditor] = useState(blank)
  const [job, setJob] = useState('')
  const [done, setDone] = useState<VerbOutput<'backups.restore'> | null>(null)
  const restore = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    const input = { backup, folder, reason, systemAdmin, auditor, device, job: id }
    setDone(await act.run('backups.restore', input))
  }
  const ready = backup !== '' && folder !== '' && reason.trim() !== '' && isFull([systemAdmin, auditor])
  return (
    <div className="y-card y-card-wide">
      <h1>{text.title}</h1>
      <p className="y-quiet">{text.why}</p>
      {done === null ? (
        <>
          <PathField label={text.from} hint={text.fromHint} required onChange={setBackup} />
          <PathField label={text.folder} hint={text.folderHint} required onChange={setFolder} />
          <Field label={text.reason} required>
            {(control) => <TextLine {...control} onText={setReason} />}
          </Field>
          <div className="y-grid-2">
            <Credentials title={roleNames.systemAdmin} value={systemAdmin} onChange={setAdmin} />
            <Credentials title={roleNames.auditor} value={auditor} onChange={setAuditor} />
          </div>
          <Field label={text.device} hint={text.deviceHint}>
            {(control) => <TextLine {...control} onText={(value) => setDevice(value.trim())} />}
          </Field>
          {act.busy && <JobProgress job={job} />}
        </>
      ) : (
        <p className="y-note y-green" role="status">
          {text.done(officialMoment(done.at), done.folder)}
        </p>
      )}
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={
          <Button onClick={onBack} disabled={act.busy}>
            返回
          </Button>
        }
        primary={
          done === null && (
            <Button type="primary" onClick={() => void restore()} disabled={act.busy || !ready}>
              {text.confirm}
            </Button>
          )
        }
      />
    </div>
  )
}
