import { Panel } from '../../ui/page.tsx'
import { text } from './text.ts'

/** One row of a chart: what it stands for, its name, and how many cases. */
export interface Bar {
  readonly value: string
  readonly name: string
  readonly cases: number
  /** Said behind the number. */
  readonly note?: string
}

/** One question: rows of a name, a bar and its number; a row opens the cases behind it. */
export function Bars({
  title,
  rows,
  chosen,
  empty,
  onPick,
}: {
  title: string
  rows: readonly Bar[]
  /** The row whose cases are listed. */
  chosen: string | null
  empty: string
  onPick: (row: Bar) => void
}) {
  const top = Math.max(1, ...rows.map((row) => row.cases))
  return (
    <Panel title={title}>
      {rows.length === 0 ? (
        <p className="y-quiet">{empty}</p>
      ) : (
        <ul className="chart">
          {rows.map((row) => (
            <li key={row.value}>
              <button
                type="button"
                className="chart-row"
                aria-pressed={row.value === chosen}
                aria-label={text.drill(row.name, row.cases)}
                disabled={row.cases === 0}
                onClick={() => onPick(row)}
              >
                <span title={row.name}>{row.name}</span>
                <span className="chart-track">
                  <span className="chart-bar" style={{ width: `${(row.cases / top) * 100}%` }} />
                </span>
                <span className="y-number">{row.cases}</span>
                <small className="y-quiet">{row.note}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
