import type { AnalysisFilter } from '#shared/domain/analysis.ts'
import { stageNames } from '#shared/domain/cases.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { navigate } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Panel } from '../../ui/page.tsx'
import type { Picked } from './analysis.tsx'
import { text } from './text.ts'

/** The cases behind a row of a chart; each opens. */
export function Behind({ filter, picked }: { filter: AnalysisFilter; picked: Picked }) {
  const { kind, value, name } = picked
  const found = useCall('analysis.cases', { ...filter, pick: { kind, value } })
  return (
    <Panel title={name} className="behind-panel">
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
                </button>
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
