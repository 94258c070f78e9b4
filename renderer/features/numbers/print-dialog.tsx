import { useEffect, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import { asFailure, call } from '../../app/client.ts'
import { useAct } from '../../app/use-call.ts'
import { ExportDialog, Exported } from '../../ui/export-dialog.tsx'
import { PaperView } from '../../ui/paper-view.tsx'

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
  useEffect(() => {
    let current = true
    call('numbers.print', { year, blockId }).then(
      (made) => current && setPdf(made.pdf),
      (error) => current && setFailure(asFailure(error)),
    )
    return () => {
      current = false
    }
  }, [year, blockId])
  return (
    <ExportDialog
      wide
      title={title}
      act={{ ...act, failure: failure ?? act.failure }}
      write={(folder) => act.run('numbers.export', { year, blockId, folder })}
      done={({ file }) => <Exported file={file} />}
      onCancel={onDone}
    >
      {pdf !== null && <PaperView pdf={pdf} label={title} />}
    </ExportDialog>
  )
}
