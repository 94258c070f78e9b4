import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { Enterprise } from '#shared/domain/parties.ts'
import { text } from './text.ts'

/** An enterprise, with the merged name or the person it was found by. */
type Listed = Enterprise & { readonly alias?: string; readonly person?: string }

interface Node {
  readonly one: Listed
  readonly depth: number
  readonly children: number
  readonly open: boolean
}

/** Enterprises under their parents; only the rows in view exist. ↑ ↓ walk, → ← open and close, Enter shows the card. */
export function EnterpriseTree({
  list,
  flat,
  chosen,
  onChoose,
}: {
  list: readonly Listed[]
  /** A search shows its hits without their places. */
  flat: boolean
  chosen: string | null
  onChoose: (id: string) => void
}) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const nodes = useMemo(() => nodesOf(list, flat, open), [list, flat, open])
  const virtual = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 32,
    overscan: 16,
  })
  const toggle = (id: string, to: boolean) =>
    setOpen((before) => {
      const next = new Set(before)
      if (to) next.add(id)
      else next.delete(id)
      return next
    })
  const here = Math.min(at, nodes.length - 1)
  const walk = (event: KeyboardEvent) => {
    const node = nodes[here]
    if (node === undefined) return
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15, Home: -nodes.length, End: nodes.length }[
      event.key
    ]
    if (step !== undefined) {
      const next = Math.max(0, Math.min(here + step, nodes.length - 1))
      setAt(next)
      virtual.scrollToIndex(next)
    } else if (event.key === 'ArrowRight' && node.children > 0) toggle(node.one.id, true)
    else if (event.key === 'ArrowLeft') {
      if (node.open) toggle(node.one.id, false)
      else {
        const parent = nodes.findIndex((other) => other.one.id === node.one.parentId)
        if (parent >= 0) setAt(parent)
      }
    } else if (event.key === 'Enter') onChoose(node.one.id)
    else return
    event.preventDefault()
  }
  return (
    <div
      className="party-tree"
      ref={scroller}
      role="tree"
      aria-label={text.tree}
      tabIndex={0}
      onKeyDown={walk}
      aria-activedescendant={nodes[here] ? `party-${nodes[here].one.id}` : undefined}
    >
      <div className="y-grid-space" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const node = nodes[item.index]
          if (node === undefined) return null
          const { one, depth, children } = node
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys belong to the tree around it
            <div
              key={one.id}
              id={`party-${one.id}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={depth + 1}
              aria-expanded={children > 0 ? node.open : undefined}
              aria-selected={one.id === chosen}
              className={item.index === here ? 'party-node party-here' : 'party-node'}
              style={{ transform: `translateY(${item.start}px)`, paddingLeft: 8 + depth * 20 }}
              onClick={() => {
                setAt(item.index)
                onChoose(one.id)
              }}
            >
              <button
                type="button"
                className="party-twist"
                tabIndex={-1}
                aria-label={node.open ? '收起' : '展开'}
                hidden={children === 0}
                onClick={(event) => {
                  event.stopPropagation()
                  toggle(one.id, !node.open)
                }}
              >
                {node.open ? '▾' : '▸'}
              </button>
              <span className="party-name">{one.name}</span>
              {one.alias !== undefined && one.alias !== '' && (
                <span className="y-quiet">{text.mergedAs(one.alias)}</span>
              )}
              {one.person !== undefined && one.person !== '' && <span className="y-quiet">{one.person}</span>}
              {children > 0 && <span className="y-quiet party-count">{children}</span>}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function nodesOf(list: readonly Listed[], flat: boolean, open: ReadonlySet<string>): Node[] {
  if (flat) return list.map((one) => ({ one, depth: 0, children: 0, open: false }))
  const known = new Set(list.map((one) => one.id))
  // A parent that was merged away leaves its subsidiaries at the top rather than out of sight.
  const under = Map.groupBy(list, (one) => (one.parentId !== null && known.has(one.parentId) ? one.parentId : ''))
  const nodes: Node[] = []
  const walk = (parent: string, depth: number): void => {
    for (const one of under.get(parent) ?? []) {
      const children = under.get(one.id)?.length ?? 0
      const isOpen = open.has(one.id)
      nodes.push({ one, depth, children, open: isOpen })
      if (isOpen) walk(one.id, depth + 1)
    }
  }
  walk('', 0)
  return nodes
}
