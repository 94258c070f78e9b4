import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import { asFailure, call } from '../../app/client.ts'
import { useAct } from '../../app/use-call.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { PaperView } from '../../ui/paper-view.tsx'
import { PathField } from '../../ui/path-field.tsx'

/** The register or the slip of a block as it prints; written into a folder when one is chosen. */
export function PrintDialog({
  year,
  blockId,
  title,
  onDone,
}: {
  year: number
  blockId: string | null
  title: string
  onDone: () => void
}) {
  const act = useAct()
  const [pdf, setPdf] = useState<Uint8Array | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [folder, setFolder] = useState('')
  const [file, setFile] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    call('numbers.print', { year, blockId, folder: null }).then(
      (made) => current && setPdf(made.pdf),
      (error) => current && setFailure(asFailure(error)),
    )
    return () => {
      current = false
    }
  }, [year, blockId])
  const write = async () => {
    const made = await act.run('numbers.print', { year, blockId, folder })
    if (made !== null) setFile(made.file)
  }
  return (
    <Dialog
      wide
      title={title}
      onCancel={onDone}
      footer={
        <>
          <Button onClick={onDone}>返回</Button>
          <Button type="primary" disabled={act.busy || folder === ''} onClick={() => void write()}>
            导出
          </Button>
        </>
      }
    >
      {pdf !== null && <PaperView pdf={pdf} label={title} />}
      <PathField label="导出到文件夹" onChange={setFolder} />
      {file !== null && (
        <p className="y-green" role="status">
          已导出：{file}
        </p>
      )}
      <ErrorNote failure={failure ?? act.failure} />
    </Dialog>
  )
}
