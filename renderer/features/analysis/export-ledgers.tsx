import type { AnalysisFilter } from '#shared/domain/analysis.ts'
import { useAct } from '../../app/use-call.ts'
import { ExportDialog, Exported } from '../../ui/export-dialog.tsx'
import { text } from './text.ts'

/** 台账 of what is looked at, as a workbook in a folder the person chooses (Art. 19). */
export function ExportLedgers({ filter, onDone }: { filter: AnalysisFilter; onDone: () => void }) {
  const act = useAct()
  return (
    <ExportDialog
      title={text.ledgers}
      act={act}
      write={(folder) => act.run('analysis.ledgers', { ...filter, folder })}
      done={({ rows, file }) => <Exported file={file} count={text.ledgersDone(rows)} />}
      onCancel={onDone}
    >
      <p className="y-quiet">{text.ledgersWhy}</p>
    </ExportDialog>
  )
}
