import { Button } from 'antd'
import { type CheckItem, neverWaivedAtFiling, type Volume } from '#shared/domain/archive.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine, Panel } from '../../ui/page.tsx'
import { useCheckAnswers } from './check-answers.tsx'
import { text } from './text.ts'

/** 归档前检测: every item of the four-property check is answered, then the volume is filed with what was said of it. */
export function FilingCheck({
  volume,
  gaps,
  note,
  checks,
  onBack,
}: {
  volume: Volume
  gaps: Volume['gaps']
  note: string
  checks: readonly CheckItem[]
  onBack: () => void
}) {
  const act = useAct()
  const { answers, settled, view, owed } = useCheckAnswers(checks, neverWaivedAtFiling)
  const file = async () => {
    const target = { caseId: volume.caseId, volumeId: volume.id }
    if ((await act.run('archive.file', { ...target, gaps, note, checks: [...answers] })) !== null) onBack()
  }
  return (
    <div className="volume">
      <div className="sealing-body">
        <Panel title={text.filingCheck}>
          <p className="y-quiet">{text.filingCheckHint}</p>
          {view}
        </Panel>
      </div>
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={
          <>
            <Button disabled={act.busy} onClick={onBack}>
              {text.previous}
            </Button>
            {act.busy ? <span className="y-quiet">{text.waiting}</span> : owed}
          </>
        }
        primary={
          <Button type="primary" disabled={act.busy || !settled} onClick={() => void file()}>
            {text.file}
          </Button>
        }
      />
    </div>
  )
}
