import type { Enterprise } from '#shared/domain/parties.ts'
import { documentKindNames, type ReceivedDocument } from '#shared/domain/rectification.ts'
import { officialMoment } from '../../ui/dates.ts'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { text } from './text.ts'

/** What the enterprises sent in, in the order it came. */
export function Documents({
  documents,
  enterprises,
}: {
  documents: readonly ReceivedDocument[]
  enterprises: readonly Enterprise[]
}) {
  const nameOf = (id: string) => {
    const one = enterprises.find((enterprise) => enterprise.id === id)
    return one === undefined ? '' : one.shortName || one.name
  }
  const { kind, title, enterprise, at, file } = text.documentColumns
  return (
    <Panel title={text.documents}>
      {documents.length === 0 ? (
        <EmptyState title={text.documentsEmpty} />
      ) : (
        <table className="y-table" aria-label={text.documents}>
          <thead>
            <tr>
              {[kind, title, enterprise, at, file].map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {documents.map((one) => (
              <tr key={one.id}>
                <td>{documentKindNames[one.kind]}</td>
                <td>{one.title}</td>
                <td>{nameOf(one.enterpriseId)}</td>
                <td>{officialMoment(one.receivedAt)}</td>
                <td>{one.fileName ?? <span className="y-quiet">{text.paperOnly}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
