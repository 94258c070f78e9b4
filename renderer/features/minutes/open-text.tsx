import { useEffect, useRef } from 'react'
import { TextBlock, type TextHandle } from '../../ui/text-block.tsx'
import { leftText } from './left-text.ts'
import type { Draft } from './use-draft.ts'

/** The text that is open for writing: a sentence, or a field of the template. Its undo is the undo of the minutes. */
export function OpenText({
  id,
  label,
  caret,
  initial,
  draft,
  onOpen,
  textNow,
  onText,
  onClose,
  onEnter,
  onEscape,
  onKey,
}: {
  /** Of the sentence, or the name of the field. */
  id: string
  label: string
  /** Where the caret stands at first; beyond the end is the end. */
  caret: number
  initial: string
  draft: Draft
  onOpen?: () => void
  /** What the minutes hold under this id at this moment; undefined when it is gone. */
  textNow: () => string | undefined
  onText: (text: string) => void
  onClose: () => void
  onEnter: (caret: number) => void
  onEscape?: () => void
  onKey?: (event: KeyboardEvent, selection: { readonly from: number; readonly to: number }) => void
}) {
  const handle = useRef<TextHandle>(null)
  const placed = useRef(false)
  const latest = useRef(textNow)
  latest.current = textNow
  const { watch, stand, locate, save, undo, redo } = draft
  const gone = useRef(false)
  const escaped = useRef(false)
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
    }
  }, [])
  useEffect(
    () => locate(() => (handle.current === null ? null : { at: id, caret: handle.current.caret() })),
    [locate, id],
  )
  useEffect(
    () =>
      watch(() => {
        const text = handle.current
        const wanted = latest.current()
        if (text === null || wanted === undefined || text.text() === wanted) return
        text.set(wanted, endOfChange(text.text(), wanted))
      }),
    [watch],
  )
  return (
    <TextBlock
      className="sheet-edit"
      label={label}
      initial={initial}
      rows={1}
      autoFocus
      handle={(value) => {
        handle.current = value
        if (value === null || placed.current) return
        placed.current = true
        const at = Math.min(caret, initial.length)
        value.set(initial, at)
        stand({ at: id, caret: at })
        onOpen?.()
      }}
      onText={(typed, at) => {
        stand({ at: id, caret: at })
        onText(typed)
      }}
      onFlush={(_, at) => {
        // The place stays known after the text closed: whoever is locked out comes back to it. Not after Escape: the
        // element loses its focus on its way out, and the place the person gave up would be written down again.
        if (!escaped.current) stand({ at: id, caret: at })
        void save()
        // Joining and undo put the open text elsewhere on the sheet: its element goes, the text stays open.
        window.setTimeout(() => {
          if (!gone.current && leftText()) onClose()
        })
      }}
      onUndo={(kind) => (kind === 'undo' ? undo() : redo())}
      onEnter={() => {
        onEnter(handle.current?.caret() ?? 0)
        return true
      }}
      onKey={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          escaped.current = true
          stand(null)
          onClose()
          onEscape?.()
        } else onKey?.(event, handle.current?.selection() ?? { from: 0, to: 0 })
      }}
    />
  )
}

/** Where the caret goes when one text takes the place of another: behind what became different. */
export function endOfChange(before: string, after: string): number {
  let same = 0
  const most = Math.min(before.length, after.length)
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1
  return after.length - same
}
