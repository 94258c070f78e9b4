import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'
import { VerdictsView } from './verdict.tsx'

/** Judges bundle files, those of a group together; the issuer counts as confirmed only by a fingerprint typed from paper. */
export function VerifyPanel() {
  const act = useAct()
  /** The field for the next file, made anew when its file was taken into the list. */
  const [round, setRound] = useState(0)
  const [file, setFile] = useState('')
  const [more, setMore] = useState<readonly string[]>([])
  const [fingerprint, setFingerprint] = useState('')
  const [job, setJob] = useState('')
  const [found, setFound] = useState<VerbOutput<'archive.verify'> | null>(null)
  const files = [...more, ...(file === '' || more.includes(file) ? [] : [file])]
  const take = () => {
    setMore(files)
    setFile('')
    setRound((n) => n + 1)
  }
  const verify = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    setFound(null)
    setFound(await act.run('archive.verify', { files, caFingerprint: fingerprint, job: id }))
  }
  return (
    <Panel title={text.verifyTitle}>
      <p className="y-quiet">{text.verifyHint}</p>
      {more.length > 0 && (
        <ul className="verify-files" aria-label={text.verifyFiles}>
          {more.map((one) => (
            <li key={one}>
              {one}{' '}
              <button
                type="button"
                className="y-quiet-button"
                aria-label={text.removeFile(one)}
                onClick={() => setMore(more.filter((other) => other !== one))}
              >
                {text.remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      <PathField
        key={round}
        label={text.verifyFile}
        required={more.length === 0}
        extensions={['sealed', 'tar']}
        onChange={setFile}
      />
      <div className="y-panel-acts">
        <Button disabled={file === ''} onClick={take}>
          {text.anotherFile}
        </Button>
      </div>
      <Field label={text.verifyCa} hint={text.verifyCaHint}>
        {(control) => <TextLine {...control} onText={setFingerprint} />}
      </Field>
      <Button type="primary" disabled={act.busy || files.length === 0} onClick={() => void verify()}>
        {text.verify}
      </Button>
      {act.busy && <JobProgress job={job} />}
      <ErrorNote failure={act.failure} />
      {found !== null && <VerdictsView found={found} />}
    </Panel>
  )
}
