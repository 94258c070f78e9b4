import { Button } from 'antd'
import { useState } from 'react'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { blankSheetsText as text } from './text.ts'

/** The forms 恢复密钥单 is copied into by hand: printed before the holders meet, and without a secret on them. */
export function BlankSheets() {
  const act = useAct()
  const [folder, setFolder] = useState('')
  const [files, setFiles] = useState<readonly string[]>([])
  const make = async () => {
    const made = await act.run('accounts.blankSheets', { folder })
    if (made !== null) setFiles(made.files)
  }
  return (
    <Panel title={text.title}>
      <p className="y-quiet">{text.hint}</p>
      <PathField label={text.folder} onChange={setFolder} />
      <Button onClick={() => void make()} disabled={act.busy || folder === ''}>
        {text.make}
      </Button>
      {files.length > 0 && (
        <ul className="y-list" role="status">
          {files.map((file) => (
            <li key={file}>{file}</li>
          ))}
        </ul>
      )}
      <ErrorNote failure={act.failure} />
    </Panel>
  )
}
