import { type CSSProperties, memo, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react'

/** What a text input hands out; every change waits for the end of a running composition. */
export interface TextHandle {
  /** The committed text: while an input method composes, the text as it stood before. */
  readonly text: () => string
  readonly caret: () => number
  readonly composing: () => boolean
  /** Replaces the whole text. */
  readonly set: (text: string, caret?: number) => void
  /** Puts text at the caret, replacing the selection. */
  readonly insert: (text: string) => void
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
  readonly onText?: (text: string, caret: number) => void
  /** Blur, end of a composition, the window hidden: whatever is unsaved has to go to the disk now. */
  readonly onFlush?: (text: string, caret: number) => void
  /** Enter outside composition (Shift+Enter stays a new line in a block). Return true when it was consumed. */
  readonly onEnter?: (text: string) => boolean
  /** Keys outside composition. Call `preventDefault` to consume. */
  readonly onKey?: (event: KeyboardEvent) => void
  readonly onSelect?: (caret: number) => void
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

  useEffect(() => {
    const input = element.current
    if (input === null) return
    const caret = () => input.selectionStart ?? input.value.length
    const commit = () => {
      committed.current = input.value
      latest.current.onText?.(input.value, caret())
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
    input.addEventListener('input', onInput)
    input.addEventListener('compositionstart', onStart)
    input.addEventListener('compositionend', onEnd)
    input.addEventListener('keydown', onKey)
    input.addEventListener('blur', flush)
    input.addEventListener('select', onSelection)
    document.addEventListener('visibilitychange', onHidden)
    return () => {
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
    const write = (text: string, at: number) => {
      const input = element.current
      if (input === null) return
      input.value = text
      input.setSelectionRange(at, at)
      committed.current = text
      latest.current.onText?.(text, at)
    }
    return {
      text: () => committed.current,
      caret: () => element.current?.selectionStart ?? 0,
      composing: () => composing.current,
      set: (text, at) => whenFree(() => write(text, at ?? text.length)),
      insert: (text) =>
        whenFree(() => {
          const input = element.current
          if (input === null) return
          const from = input.selectionStart ?? input.value.length
          const to = input.selectionEnd ?? from
          write(input.value.slice(0, from) + text + input.value.slice(to), from + text.length)
        }),
      focus: () => element.current?.focus({ preventScroll: true }),
    }
  }, [])

  return element
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
