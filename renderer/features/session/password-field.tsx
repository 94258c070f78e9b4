import { type KeyboardEvent, type Ref, useState } from 'react'
import { Field } from '../../ui/field.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { sessionText } from './text.ts'

/** A password with the two warnings that explain most refused ones: Caps Lock and an input method. */
export function PasswordField({
  label,
  handle,
  hint,
  onText,
  onEnter,
}: {
  label: string
  handle?: Ref<TextHandle>
  hint?: string
  onText?: (text: string) => void
  onEnter?: () => void
}) {
  const [warning, setWarning] = useState<string | null>(null)
  const watch = (event: KeyboardEvent) => {
    if (event.keyCode === 229) setWarning(sessionText.ime)
    else setWarning(event.getModifierState('CapsLock') ? sessionText.capsLock : null)
  }
  return (
    <div onKeyDownCapture={watch} onKeyUpCapture={watch}>
      <Field label={label} hint={warning === null ? hint : <span className="y-amber">▲ {warning}</span>}>
        {(control) => (
          <TextLine
            {...control}
            type="password"
            handle={handle ?? null}
            {...(onText === undefined ? {} : { onText })}
            onEnter={() => {
              onEnter?.()
              return true
            }}
          />
        )}
      </Field>
    </div>
  )
}
