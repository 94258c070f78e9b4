import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Volume } from '#shared/domain/archive.ts'
import { whereabouts } from '#shared/domain/referrals.ts'
import { withheldTitle } from '#shared/domain/secrecy.ts'
import { LevelMark } from '../../ui/lights.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { text } from './text.ts'

/** 卷内文件 in their order; where they may be moved, by dragging a row, by Alt and the arrows, or by the buttons. */
export function Contents({ volume, onMove }: { volume: Volume; onMove: ((from: number, to: number) => void) | null }) {
  const { n, title, number, author, day, level, page, act } = text.itemColumns
  const rows = useRef<HTMLTableSectionElement>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  /** The moved row keeps the focus at its new place. */
  const focus = useRef<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows have changed places
  useEffect(() => {
    if (focus.current === null) return
    const row = rows.current?.children[focus.current]
    if (row instanceof HTMLElement) row.focus()
    focus.current = null
  }, [volume.items])
  const last = volume.items.length - 1
  const move = (from: number, to: number) => {
    if (onMove === null || from === to || to < 0 || to > last) return
    focus.current = to
    onMove(from, to)
  }
  const onKey = (event: KeyboardEvent, index: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(index, index + (event.key === 'ArrowUp' ? -1 : 1))
  }
  return (
    <>
      {onMove !== null && <p className="y-quiet">{text.moveHint}</p>}
      <table className="y-table" aria-label={text.contents}>
        <TableHead columns={[n, title, number, author, day, level, page, ...(onMove === null ? [] : [act])]} />
        <tbody ref={rows}>
          {volume.items.map((item, index) => (
            <tr
              key={item.id}
              {...(onMove === null
                ? {}
                : {
                    draggable: true,
                    tabIndex: 0,
                    className: over === index && dragged !== index ? 'volume-over' : '',
                    'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown',
                    onKeyDown: (event: KeyboardEvent) => onKey(event, index),
                    onDragStart: (event) => {
                      // Nothing of the title leaves with the drag; some engines need a type to begin one.
                      event.dataTransfer.setData('application/x-volume-item', '')
                      event.dataTransfer.effectAllowed = 'move'
                      setDragged(index)
                    },
                    onDragEnd: () => {
                      setDragged(null)
                      setOver(null)
                    },
                    onDragOver: (event) => {
                      event.preventDefault()
                      setOver(index)
                    },
                    onDrop: (event) => {
                      event.preventDefault()
                      if (dragged !== null) move(dragged, index)
                    },
                  })}
            >
              <td>{index + 1}</td>
              <td>
                <span className={item.title === withheldTitle ? 'y-quiet' : undefined}>{item.title}</span>
                {item.finalIds.length > 0 && <span className="y-quiet"> {text.finalText}</span>}
                {item.scanIds.length > 0 && <span className="y-quiet"> {text.signed}</span>}
              </td>
              <td>{item.number}</td>
              <td>{item.author}</td>
              <td className="volume-day">{item.day}</td>
              <td className="y-nowrap">
                <LevelMark level={item.level} />
              </td>
              <td className="volume-day">
                {item.pages > 1 ? `${item.pageFrom}–${item.pageFrom + item.pages - 1}` : item.pageFrom}
              </td>
              {onMove !== null && (
                <td className="volume-moves">
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={text.up(index + 1)}
                    disabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  >
                    ↑
                  </button>
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={text.down(index + 1)}
                    disabled={index === last}
                    onClick={() => move(index, index + 1)}
                  >
                    ↓
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {volume.moved.length > 0 && (
        <>
          <h3 className="volume-moved">{text.moved}</h3>
          <ul className="y-list" aria-label={text.moved}>
            {volume.moved.map((piece) => (
              <li key={`${piece.referralId}/${piece.paperId ?? piece.documentId}`} className="y-line">
                <span>{piece.title}</span>
                <span className="y-quiet">{whereabouts(piece)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
