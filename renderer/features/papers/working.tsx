import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { text } from './text.ts'

type Working = VerbOutput<'papers.working'>[number]

const keyOf = (one: Working): string => `${one.kind}/${one.objectId}`

/** 工作文书: what can be made of the case as it stands; seen first, kept when it is wanted (Art. 10, 11, 20). */
export function WorkingPapers({ caseId, mayKeep, onKept }: { caseId: string; mayKeep: boolean; onKept: () => void }) {
  const found = useCall('papers.working', { caseId })
  const act = useAct()
  const [open, setOpen] = useState<string | null>(null)
  const [kept, setKept] = useState('')
  const list = found.data ?? []
  const shown = list.find((one) => keyOf(one) === open)
  const keep = async ({ kind, objectId, title }: Working) => {
    setKept('')
    const value = await act.run('papers.freeze', { caseId, kind, objectId, formats: ['pdf', 'docx'] })
    if (value === null) return
    setKept(text.kept(title))
    onKept()
  }
  return (
    <Panel title={text.working}>
      <ErrorNote failure={found.failure ?? act.failure} />
      {found.data !== null && list.length === 0 && <EmptyState title={text.workingEmpty} />}
      <ul className="y-list">
        {list.map((one) => (
          <li key={keyOf(one)} className="y-line materials-working">
            <span>{one.title}</span>
            <Button
              size="small"
              aria-label={text.viewOf(one.title)}
              aria-pressed={keyOf(one) === open}
              onClick={() => setOpen(keyOf(one) === open ? null : keyOf(one))}
            >
              {keyOf(one) === open ? text.close : text.view}
            </Button>
            {mayKeep && (
              <Button
                size="small"
                aria-label={text.keepOf(one.title)}
                disabled={act.busy}
                onClick={() => void keep(one)}
              >
                {text.keep}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {kept !== '' && (
        <p className="y-green" role="status">
          {kept}
        </p>
      )}
      {shown && (
        <div className="materials-preview">
          <LivePaper label={shown.title} input={{ caseId, kind: shown.kind, objectId: shown.objectId, fields: null }} />
        </div>
      )}
    </Panel>
  )
}
