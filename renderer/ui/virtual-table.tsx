// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot place its rows by transform, which a virtual list needs
// biome-ignore-all lint/a11y/useFocusableInteractive: the list takes the keys as one control; rows are clicked
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

export interface Column<T> {
  readonly key: string
  readonly name: string
  /** A track of CSS grid: `120px`, `minmax(0, 2fr)`. */
  readonly width: string
  readonly cell: (row: T) => ReactNode
}

/** A dense table of any length: only the rows in view exist. ↑ ↓ walk, Enter opens. */
export function VirtualTable<T>({
  label,
  columns,
  rows,
  rowKey,
  rowName,
  onOpen,
  onRange,
}: {
  label: string
  columns: readonly Column<T>[]
  /** A row that is not here yet is undefined; `onRange` asks for it. */
  rows: readonly (T | undefined)[]
  rowKey: (row: T) => string
  /** Accessible name of a row. */
  rowName: (row: T) => string
  onOpen: (row: T) => void
  /** First and last row in view, so that a long list loads as it is scrolled. */
  onRange?: (first: number, last: number) => void
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 36,
    overscan: 12,
  })
  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(' ') }
  const count = rows.length
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const range = useRef(onRange)
  range.current = onRange
  useEffect(() => range.current?.(first, last), [first, last])
  useEffect(() => setAt((now) => Math.max(0, Math.min(now, count - 1))), [count])
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = Math.max(0, Math.min(at + step, count - 1))
      setAt(next)
      virtual.scrollToIndex(next)
      return
    }
    const row = rows[at]
    if (event.key === 'Enter' && row !== undefined) onOpen(row)
  }
  return (
    <div className="y-grid" role="table" aria-label={label} aria-rowcount={count}>
      <div className="y-grid-head" role="row" style={tracks}>
        {columns.map((column) => (
          <div key={column.key} role="columnheader">
            {column.name}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list takes the arrow keys as one control */}
      <div className="y-grid-body" ref={scroller} role="rowgroup" tabIndex={0} onKeyDown={walk}>
        <div className="y-grid-space" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined)
              return (
                <div
                  key={`loading ${item.index}`}
                  role="row"
                  aria-busy="true"
                  className="y-grid-row y-quiet"
                  style={{ ...tracks, transform: `translateY(${item.start}px)` }}
                >
                  <div role="cell">…</div>
                </div>
              )
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys belong to the list around it
              <div
                key={rowKey(row)}
                role="row"
                aria-label={rowName(row)}
                aria-rowindex={item.index + 1}
                className={item.index === at ? 'y-grid-row y-grid-now' : 'y-grid-row'}
                style={{ ...tracks, transform: `translateY(${item.start}px)` }}
                tabIndex={-1}
                onClick={() => onOpen(row)}
              >
                {columns.map((column) => (
                  <div key={column.key} role="cell">
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
