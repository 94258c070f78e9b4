import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { auditText } from './text.ts'

const text = auditText.checkpoint

/** A signed end of the log, on paper and as a file; and one of an earlier day compared with the log of today. */
export function Checkpoints() {
  const act = useAct()
  const [folder, setFolder] = useState('')
  const [file, setFile] = useState('')
  const [made, setMade] = useState<VerbOutput<'audit.checkpoint'> | null>(null)
  const [compared, setCompared] = useState<VerbOutput<'audit.compare'> | null>(null)
  const sign = async () => {
    const input = { note: '审计员核对', ...(folder === '' ? {} : { folder }) }
    setMade(await act.run('audit.checkpoint', input))
  }
  return (
    <Panel title={text.title}>
      <p className="y-quiet">{text.why}</p>
      <PathField label="存放检查点文件的文件夹（可不填）" onChange={setFolder} hint={text.folder} />
      <div className="y-choices">
        <Button disabled={act.busy} onClick={() => void sign()}>
          签署检查点
        </Button>
      </div>
      {made !== null && (
        <p className="y-note" role="status">
          第 {made.seq} 行，链头 <code>{made.head.slice(0, 25)}</code>。请抄录到纸质登记簿。
          {made.file !== null && `文件：${made.file}`}
        </p>
      )}
      <PathField label="比对以前的检查点文件" extensions={['json']} onChange={setFile} />
      <div className="y-choices">
        <Button
          disabled={act.busy || file === ''}
          onClick={async () => setCompared(await act.run('audit.compare', { file }))}
        >
          比对文件
        </Button>
      </div>
      {compared !== null && (
        <p className={compared.verdict === 'fits' ? 'y-note y-green' : 'y-note y-red'} role="status">
          {text.verdicts[compared.verdict]}
        </p>
      )}
      <ErrorNote failure={act.failure} />
    </Panel>
  )
}
