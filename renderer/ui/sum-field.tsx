import { useState } from 'react'
import { money } from '#shared/domain/common.ts'
import { readSum } from './dates.ts'
import { Field } from './field.tsx'
import { TextLine } from './text-block.tsx'

/** A sum typed in 万元; hands out fen, null when empty, NaN while what stands there is no sum. */
export function SumField({
  label,
  value,
  fault,
  hint,
  onChange,
}: {
  label: string
  value: number | null
  fault?: string | null
  hint?: string
  onChange: (fen: number | null) => void
}) {
  const [wrong, setWrong] = useState(false)
  const [shown, setShown] = useState(value)
  return (
    <Field
      label={label}
      fault={wrong ? '不是金额；可写 1250 或 1250.5' : (fault ?? null)}
      hint={shown === null ? hint : money(shown)}
    >
      {(control) => (
        <TextLine
          {...control}
          initial={value === null ? '' : String(value / 1_000_000)}
          onText={(typed) => {
            const fen = readSum(typed)
            const none = Number.isNaN(fen)
            setWrong(none)
            setShown(none ? null : fen)
            onChange(fen)
          }}
        />
      )}
    </Field>
  )
}
