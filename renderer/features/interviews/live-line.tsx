import { memo, type RefObject, useEffect, useRef } from 'react'
import { type DeskKeys, defaultKeys } from '#shared/domain/desk-keys.ts'
import { onClosing } from '../../app/closing.ts'
import { shortcutOf } from '../../app/keyboard.ts'
import { TextBlock, type TextDraft, type TextHandle } from '../../ui/text-block.tsx'
import type { TextState } from '../../ui/text-history.ts'
import type { DeskAids } from './desk-aids.ts'
import type { LiveRecord } from './live-record.ts'
import { text } from './text.ts'

/** The one line that is live. React renders it once per record and never again; no state of the room reaches it. */
export const LiveLine = memo(function LiveLine({
  record,
  aids,
  keys,
}: {
  record: LiveRecord
  aids: DeskAids
  /** The keys of the account as they stand when one is pressed. */
  keys: RefObject<DeskKeys>
}) {
  const handle = useRef<TextHandle>(null)
  useEffect(() => {
    const line = handle.current
    if (line === null) return
    record.attach({
      read: () => ({ text: line.text(), caret: line.caret() }),
      write: (value, caret) => line.set(value, caret),
      draft: () => line.draft(),
      whenFree: (job) => line.whenFree(job),
      restore: (draft) => (isDraft(draft) ? line.restore(draft) : line.set(draft.text, draft.caret)),
    })
    aids.attach(line)
    const { text: opening, caret } = record.opening
    line.set(opening, caret)
    line.focus()
    // A caret that moved without typing is part of what comes back.
    const moved = () => {
      if (!line.composing()) record.typed(line.text(), line.caret())
    }
    // The browser tells of a moved caret after the key: a lock in between asks for itself.
    const withdraw = onClosing(() => {
      moved()
      return record.flush()
    })
    document.addEventListener('selectionchange', moved)
    return () => {
      withdraw()
      document.removeEventListener('selectionchange', moved)
      void record.flush()
      record.attach(null)
      aids.attach(null)
    }
  }, [record, aids])
  const onKey = (event: KeyboardEvent) => {
    const key = shortcutOf(event)
    const { take, nextWord, editLast } = keys.current
    // Where there is nothing to do the keys they were shipped with keep their own meaning for the text.
    if (key === take) {
      if (!aids.take() && key === defaultKeys.take) return
    } else if (key === nextWord) {
      if (!aids.next() && key === defaultKeys.nextWord) return
    } else if (key === editLast) {
      if (handle.current?.text() === '') record.editLast()
      else if (key === defaultKeys.editLast) return
    } else if (key === 'Escape' && aids.offer().completions.length > 0) aids.clear()
    else if (key === 'Escape' && record.snapshot().editing !== null) record.leaveEdit()
    else return
    event.preventDefault()
    event.stopPropagation()
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
      onText={(value, caret, cause) => {
        record.typed(value, caret)
        aids.typed(value, caret, cause)
      }}
      onFlush={(value, caret) => {
        record.typed(value, caret)
        void record.flush()
      }}
      onEnter={() => {
        aids.clear()
        record.commit()
        return true
      }}
      onKey={onKey}
    />
  )
})

function isDraft(state: TextState): state is TextDraft {
  return 'history' in state
}
