import { type DragEvent, useState } from 'react'

/** What a drag over the minutes carries: one sentence, a whole paragraph (named by its first), or a line of the record. */
export const dragTypes = {
  sentence: 'application/x-yuetan-sentence',
  paragraph: 'application/x-yuetan-paragraph',
  line: 'application/x-yuetan-line',
} as const

/** Starts a drag of one thing; what lies around it is not dragged along. */
export function startDrag(event: DragEvent, type: keyof typeof dragTypes, id: string): void {
  event.stopPropagation()
  event.dataTransfer.effectAllowed = 'copyMove'
  event.dataTransfer.setData(dragTypes[type], id)
}

export type Edge = 'above' | 'below'

/** A place to drop on: above or below it, by the half the pointer is over. */
export function useDrop(able: boolean, onDrop: (data: DataTransfer, edge: Edge) => void) {
  const [edge, setEdge] = useState<Edge | null>(null)
  const edgeOf = (event: DragEvent): Edge => {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    return event.clientY < top + height / 2 ? 'above' : 'below'
  }
  const ours = (event: DragEvent) =>
    able && Object.values(dragTypes).some((type) => event.dataTransfer.types.includes(type))
  return {
    edge,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!ours(event)) return
        event.preventDefault()
        setEdge(edgeOf(event))
      },
      onDragLeave: () => setEdge(null),
      onDrop: (event: DragEvent) => {
        setEdge(null)
        if (!ours(event)) return
        event.preventDefault()
        onDrop(event.dataTransfer, edgeOf(event))
      },
    },
  }
}
