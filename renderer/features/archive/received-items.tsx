import type { ReceivedItem } from '#shared/domain/receivings.ts'
import { TableHead } from '../../ui/table-head.tsx'
import { receivingText as own } from './text.ts'

/** Pieces of a received volume in the sender's order and words; a piece is opened where the caller says how. */
export function ReceivedItems({
  items,
  compact = false,
  onOpen,
}: {
  items: readonly ReceivedItem[]
  /** Beside a paper: number and author stand below the title. */
  compact?: boolean
  onOpen?: (item: ReceivedItem) => void
}) {
  const { n, title, number, author, day, level, pages } = own.itemColumns
  return (
    <table className="y-table" aria-label={own.items}>
      <TableHead columns={[n, title, ...(compact ? [] : [number, author]), day, level, pages]} />
      <tbody>
        {items.map((item, index) => (
          <tr key={item.documents[0] ?? index}>
            <td>{index + 1}</td>
            <td>
              {onOpen === undefined ? (
                item.title
              ) : (
                <button type="button" className="y-row-link" onClick={() => onOpen(item)}>
                  {item.title}
                </button>
              )}
              {compact && <div className="y-quiet">{[item.number, item.author].filter(Boolean).join(' ')}</div>}
            </td>
            {!compact && (
              <>
                <td>{item.number}</td>
                <td>{item.author}</td>
              </>
            )}
            <td className="y-nowrap">{item.day}</td>
            <td className="y-nowrap">{item.term === '' ? item.level : `${item.level}★${item.term}`}</td>
            <td>{item.pages}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
