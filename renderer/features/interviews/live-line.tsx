import { memo, useEffect, useRef } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import { onClosing } from '../../app/closing.ts'
import { TextBlock, type TextHandle } from '../../ui/text-block.tsx'
import type { LiveRecord } from './live-record.ts'
import { text } from './text.ts'

/** The one line that is live. React renders it once per record and never again; no state of the room reaches it. */
export const LiveLine = memo(function LiveLine({ record }: { record: LiveRecord }) {
  const handle = useRef<TextHandle>(null)
  useEffect(() => {
    const line = handle.current
    if (line === null) return
    record.attach({
      read: () => ({ text: line.text(), caret: line.caret() }),
      write: (value, caret) => line.set(value, caret),
    })
    const { text: opening, caret } = record.opening
    line.set(opening, caret)
    line.focus()
    const withdraw = onClosing(() => record.flush())
    // A caret that moved without typing is part of what comes back.
    const moved = () => {
      if (!line.composing()) record.typed(line.text(), line.caret())
    }
    document.addEventListener('selectionchange', moved)
    return () => {
      withdraw()
      document.removeEventListener('selectionchange', moved)
      void record.flush()
      record.attach(null)
    }
  }, [record])
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    if (event.key === 'ArrowUp' && handle.current?.text() === '') record.editLast()
    else if (event.key === 'Escape' && record.snapshot().editing !== null) record.leaveEdit()
    else if (event.key === 'F4') handle.current?.insert(clockInChina(new Date().toISOString()).slice(0, 5))
    else return
    event.preventDefault()
  }
  return (
    <TextBlock
      className="live-line"
      label={text.live}
      placeholder={text.livePlaceholder}
      initial={record.opening.text}
      rows={3}
      maxLength={20_000}
      handle={handle}
      onText={(value, caret) => record.typed(value, caret)}
      onFlush={(value, caret) => {
        record.typed(value, caret)
        void record.flush()
      }}
      onEnter={() => {
        record.commit()
        return true
      }}
      onKey={onKey}
    />
  )
})
