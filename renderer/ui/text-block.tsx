import { type CSSProperties, memo, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react'
import { TextHistory, type TextState } from './text-history.ts'

/** A text put aside with its caret and its undo, to be taken up again exactly there. */
export interface TextDraft extends TextState {
  readonly history: TextHistory
}

/** How a text changed: by the person's own typing, by undo, or by the program. */
export type TextCause = 'typed' | 'undo' | 'program'

/** What a text input hands out; every change waits for the end of a running composition. */
export interface TextHandle {
  /** The committed text: while an input method composes, the text as it stood before. */
  readonly text: () => string
  readonly caret: () => number
  readonly composing: () => boolean
  /** Runs a job now, or right after the composition that is going on has been committed. */
  readonly whenFree: (job: () => void) => void
  /** What is selected; `from` equals `to` when nothing is. */
  readonly selection: () => { readonly from: number; readonly to: number }
  /** Another text takes the place of this one; what was undone before is forgotten. */
  readonly set: (text: string, caret?: number) => void
  /** Puts text at the caret, replacing the selection. One step of undo. */
  readonly insert: (text: string) => void
  /** Puts text in place of a part, the caret behind it. One step of undo. */
  readonly replace: (from: number, to: number, text: string) => void
  /** The text with caret and undo as they stand, for `restore`. */
  readonly draft: () => TextDraft
  readonly restore: (draft: TextDraft) => void
  readonly focus: () => void
}

interface TextProps {
  /** Accessible name; unique in its screen. Left out only when `labelledBy` names the label. */
  readonly label?: string
  readonly labelledBy?: string
  readonly describedBy?: string
  readonly id?: string
  /** The text at mounting. Later values are ignored: the input is uncontrolled, remount with a `key` or use the handle. */
  readonly initial?: string
  readonly placeholder?: string
  readonly readOnly?: boolean
  readonly invalid?: boolean
  readonly autoFocus?: boolean
  readonly className?: string
  readonly style?: CSSProperties
  readonly maxLength?: number
  /** Committed text only, never a syllable under composition (TECH §3.2). */
  readonly onText?: (text: string, caret: number, cause: TextCause) => void
  /** Blur, end of a composition, the window hidden: whatever is unsaved has to go to the disk now. */
  readonly onFlush?: (text: string, caret: number) => void
  /** Enter outside composition (Shift+Enter stays a new line in a block). Return true when it was consumed. */
  readonly onEnter?: (text: string) => boolean
  /** Keys outside composition. Call `preventDefault` to consume. */
  readonly onKey?: (event: KeyboardEvent) => void
  readonly onSelect?: (caret: number) => void
  /** Undo and redo are the screen's, over more than this text; left out, the input has its own. */
  readonly onUndo?: (kind: 'undo' | 'redo') => void
  readonly handle?: Ref<TextHandle>
}

interface BlockProps extends TextProps {
  readonly rows?: number
}

interface LineProps extends TextProps {
  readonly type?: 'text' | 'password'
}

type TextElement = HTMLTextAreaElement | HTMLInputElement

/**
 * The rules of an input under an input method, bound to the element itself rather than through React, so that no
 * render can come between the person and the text.
 */
function useTextRules(props: TextProps) {
  const element = useRef<TextElement | null>(null)
  const latest = useRef(props)
  latest.current = props
  const committed = useRef(props.initial ?? '')
  const waiting = useRef<(() => void)[]>([])
  const composing = useRef(false)
  const history = useRef<TextHistory | null>(null)
  history.current ??= new TextHistory(props.initial ?? '')

  useEffect(() => {
    const input = element.current
    if (input === null) return
    const caret = () => input.selectionStart ?? input.value.length
    const commit = () => {
      committed.current = input.value
      history.current?.note({ text: input.value, caret: caret() }, performance.now())
      latest.current.onText?.(input.value, caret(), 'typed')
    }
    const step = (kind: 'undo' | 'redo') => {
      if (latest.current.onUndo !== undefined) {
        latest.current.onUndo(kind)
        return
      }
      const state = kind === 'undo' ? history.current?.undo() : history.current?.redo()
      if (state === null || state === undefined) return
      input.value = state.text
      input.setSelectionRange(state.caret, state.caret)
      committed.current = state.text
      latest.current.onText?.(state.text, state.caret, 'undo')
    }
    // The menus of the system ask for undo without a key.
    const onBefore = (event: Event) => {
      const { inputType } = event as InputEvent
      if (inputType !== 'historyUndo' && inputType !== 'historyRedo') return
      event.preventDefault()
      if (!composing.current) step(inputType === 'historyUndo' ? 'undo' : 'redo')
    }
    const flush = () => latest.current.onFlush?.(committed.current, caret())
    const onInput = (event: Event) => {
      if (composing.current || (event as InputEvent).isComposing) return
      commit()
    }
    const onStart = () => {
      composing.current = true
    }
    const onEnd = () => {
      composing.current = false
      commit()
      const jobs = waiting.current.splice(0)
      for (const job of jobs) job()
      flush()
    }
    const onKey = (event: Event) => {
      const key = event as KeyboardEvent
      if (composing.current || key.isComposing || key.keyCode === 229) return
      const undo = undoKey(key)
      if (undo !== null) {
        key.preventDefault()
        if (!input.readOnly) step(undo)
        return
      }
      if (key.key === 'Enter' && !key.shiftKey && !key.altKey && !key.ctrlKey && !key.metaKey) {
        if (latest.current.onEnter?.(input.value) === true) {
          key.preventDefault()
          return
        }
      }
      latest.current.onKey?.(key)
    }
    const onHidden = () => {
      if (document.visibilityState === 'hidden') flush()
    }
    const onSelection = () => latest.current.onSelect?.(caret())
    input.addEventListener('beforeinput', onBefore)
    input.addEventListener('input', onInput)
    input.addEventListener('compositionstart', onStart)
    input.addEventListener('compositionend', onEnd)
    input.addEventListener('keydown', onKey)
    input.addEventListener('blur', flush)
    input.addEventListener('select', onSelection)
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      input.removeEventListener('beforeinput', onBefore)
      input.removeEventListener('input', onInput)
      input.removeEventListener('compositionstart', onStart)
      input.removeEventListener('compositionend', onEnd)
      input.removeEventListener('keydown', onKey)
      input.removeEventListener('blur', flush)
      input.removeEventListener('select', onSelection)
      document.removeEventListener('visibilitychange', onHidden)
    }
  }, [])

  useImperativeHandle(props.handle, () => {
    const whenFree = (job: () => void) => {
      if (composing.current) waiting.current.push(job)
      else job()
    }
    const write = (text: string, at: number, past: TextHistory | null) => {
      const input = element.current
      if (input === null) return
      input.value = text
      input.setSelectionRange(at, at)
      committed.current = text
      if (past === null) history.current?.note({ text, caret: at }, Number.NEGATIVE_INFINITY)
      else history.current = past
      latest.current.onText?.(text, at, 'program')
    }
    const selection = () => {
      const input = element.current
      const from = input?.selectionStart ?? committed.current.length
      return { from, to: input?.selectionEnd ?? from }
    }
    const replace = (from: number, to: number, text: string) => {
      const whole = element.current?.value ?? ''
      write(whole.slice(0, from) + text + whole.slice(to), from + text.length, null)
    }
    return {
      text: () => committed.current,
      caret: () => element.current?.selectionStart ?? 0,
      composing: () => composing.current,
      whenFree,
      selection,
      set: (text, at) => whenFree(() => write(text, at ?? text.length, new TextHistory(text))),
      insert: (text) =>
        whenFree(() => {
          const { from, to } = selection()
          replace(from, to, text)
        }),
      replace: (from, to, text) => whenFree(() => replace(from, to, text)),
      draft: () => ({
        text: committed.current,
        caret: element.current?.selectionStart ?? 0,
        history: history.current ?? new TextHistory(committed.current),
      }),
      restore: (draft) => whenFree(() => write(draft.text, draft.caret, draft.history)),
      focus: () => element.current?.focus({ preventScroll: true }),
    }
  }, [])

  return element
}

/** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z (with ⌘ too): the undo of the field itself. */
function undoKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !event.shiftKey ? 'redo' : null
}

function attributes(props: TextProps) {
  return {
    id: props.id,
    'aria-label': props.label,
    'aria-labelledby': props.labelledBy,
    'aria-describedby': props.describedBy,
    'aria-invalid': props.invalid === true ? true : undefined,
    defaultValue: props.initial ?? '',
    placeholder: props.placeholder,
    readOnly: props.readOnly,
    maxLength: props.maxLength,
    style: props.style,
    spellCheck: false,
    // A browser keeps the state of form fields for its session restore, in the clear on the disk, unless this is off.
    autoComplete: 'off',
    // Nothing may learn or propose words; what an input method learns all the same stands in build/manuals/input-methods.md.
    autoCorrect: 'off',
    autoCapitalize: 'off',
    writingsuggestions: 'false',
    className: `y-input ${props.className ?? ''}`,
    autoFocus: props.autoFocus,
  } as const
}

/** Several lines of text. Uncontrolled; knows input methods. */
export const TextBlock = memo(function TextBlock(props: BlockProps) {
  const element = useTextRules(props)
  return (
    <textarea
      {...attributes(props)}
      rows={props.rows ?? 3}
      ref={(node) => {
        element.current = node
      }}
    />
  )
})

/** One line of text. Uncontrolled; knows input methods. */
export const TextLine = memo(function TextLine(props: LineProps) {
  const element = useTextRules(props)
  const fallback = useId()
  return (
    <input
      {...attributes(props)}
      id={props.id ?? fallback}
      type={props.type ?? 'text'}
      ref={(node) => {
        element.current = node
      }}
    />
  )
})
