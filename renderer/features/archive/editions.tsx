import type { Volume } from '#shared/domain/archive.ts'
import { useCall } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { text } from './text.ts'

/** 历次归档: each edition as it was filed, by whom, and why the next one was opened. */
export function Editions({ volume }: { volume: Volume }) {
  const found = useCall('archive.editions', { caseId: volume.caseId, volumeId: volume.id })
  const { edition, filed, pieces, level, reason } = text.editionColumns
  return (
    <Panel title={text.editions}>
      <ErrorNote failure={found.failure} />
      <table className="y-table" aria-label={text.editions}>
        <TableHead columns={[edition, filed, pieces, level, reason]} />
        <tbody>
          {(found.data ?? []).map((one) => (
            <tr key={one.edition}>
              <td className="y-nowrap">{text.editionName(one.edition)}</td>
              <td className="y-nowrap">
                {one.by} {officialMoment(one.filedAt)}
              </td>
              <td className="y-nowrap">{text.piecesOf(one.items.length)}</td>
              <td className="y-nowrap">
                <LevelMark level={one.level} />
              </td>
              <td>{one.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
