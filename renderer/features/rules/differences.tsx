import type { VerbOutput } from '#shared/contract/bridge.ts'
import { Panel } from '../../ui/page.tsx'
import { placeWords, text } from './text.ts'

/** What a new version changes, place by place: nobody signs a file they have not seen. */
export function Differences({ list }: { list: VerbOutput<'rules.compareNorm'> }) {
  return (
    <Panel title={text.differences(list.length)} className="norm-differences">
      {list.length === 0 ? (
        <p className="y-quiet">{text.same}</p>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>{text.place}</th>
              <th>{text.before}</th>
              <th>{text.after}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((one) => (
              <tr key={one.place}>
                <td>{placeWords(one.place)}</td>
                <td>{one.before === null ? <span className="y-quiet">{text.none}</span> : <del>{one.before}</del>}</td>
                <td>{one.after === null ? <span className="y-quiet">{text.none}</span> : <ins>{one.after}</ins>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
