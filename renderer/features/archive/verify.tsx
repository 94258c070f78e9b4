import { Button } from 'antd'
import { useState } from 'react'
import type { Verdict } from '#shared/domain/archive.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'
import { VerdictView } from './verdict.tsx'

/** Judges a bundle file; the issuer counts as confirmed only by a fingerprint typed from paper. */
export function VerifyPanel() {
  const act = useAct()
  const [file, setFile] = useState('')
  const [fingerprint, setFingerprint] = useState('')
  const [job, setJob] = useState('')
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const verify = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    setVerdict(null)
    setVerdict(await act.run('archive.verify', { file, caFingerprint: fingerprint, job: id }))
  }
  return (
    <Panel title={text.verifyTitle}>
      <p className="y-quiet">{text.verifyHint}</p>
      <PathField label={text.verifyFile} required extensions={['sealed', 'tar']} onChange={setFile} />
      <Field label={text.verifyCa} hint={text.verifyCaHint}>
        {(control) => <TextLine {...control} onText={setFingerprint} />}
      </Field>
      <Button disabled={act.busy || file === ''} onClick={() => void verify()}>
        {text.verify}
      </Button>
      {act.busy && <JobProgress job={job} />}
      <ErrorNote failure={act.failure} />
      {verdict !== null && <VerdictView verdict={verdict} />}
    </Panel>
  )
}
