import { Button } from 'antd'
import { useState } from 'react'
import type { AnalysisFilter } from '#shared/domain/analysis.ts'
import { stageNames, triggerCodes } from '#shared/domain/cases.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { navigate } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { DueLight } from '../../ui/due-light.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Panel } from '../../ui/page.tsx'
import { DraftDialog } from '../compilations/draft-dialog.tsx'
import { text as compiling } from '../compilations/text.ts'
import type { Picked } from './analysis.tsx'
import { text } from './text.ts'

/** The cases behind a row of a chart; each opens. */
export function Behind({ filter, picked }: { filter: AnalysisFilter; picked: Picked }) {
  const { kind, value, name } = picked
  const found = useCall('analysis.cases', { ...filter, pick: { kind, value } })
  const session = useSession()
  const tree = useCall('parties.tree', kind === 'trigger' ? {} : null)
  const [inspecting, setInspecting] = useState(false)
  const trigger = kind === 'trigger' ? triggerCodes.find((one) => one === value) : undefined
  const named = new Set(found.data?.rows.flatMap((row) => row.enterprises))
  return (
    <Panel
      title={name}
      className="behind-panel"
      extra={
        trigger !== undefined &&
        session.may('accountabilityOffice') && (
          <Button size="small" onClick={() => setInspecting(true)}>
            {compiling.inspect}
          </Button>
        )
      }
    >
      {inspecting && trigger !== undefined && (
        <DraftDialog
          problem={{
            since: filter.since,
            until: filter.until,
            trigger,
            enterprises: (tree.data ?? []).filter((one) => named.has(one.name)),
          }}
          onDone={() => setInspecting(false)}
        />
      )}
      <ErrorNote failure={found.failure} />
      {found.data !== null && (
        <>
          <p className="y-quiet" role="status">
            {text.listed(found.data.rows.length, found.data.total)}
          </p>
          <ul className="behind">
            {found.data.rows.map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  className="y-row-link"
                  onClick={() => navigate({ room: 'case', caseId: row.id, tab: 'overview' })}
                >
                  {row.matter}
                </button>{' '}
                <DueLight due={row.next.due} />
                <span className="y-quiet">
                  {[row.enterprises.join('、'), stageNames[row.stage], officialDay(dayInChina(row.createdAt))].join(
                    ' · ',
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}
