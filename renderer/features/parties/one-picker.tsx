import { useRef, useState } from 'react'
import type { Enterprise } from '#shared/domain/parties.ts'
import { useCall } from '../../app/use-call.ts'
import { Field } from '../../ui/field.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'

/** One enterprise found by typing; Enter takes the first. */
export function OnePicker({
  label,
  hint,
  except,
  fault,
  onPick,
}: {
  label: string
  hint?: string
  except: string
  /** Why the last choice was refused. */
  fault?: string | null
  onPick: (one: Enterprise) => void
}) {
  const [query, setQuery] = useState('')
  const handle = useRef<TextHandle>(null)
  const found = useCall('parties.search', query === '' ? null : { query })
  const hits = (found.data ?? []).filter((one) => one.id !== except).slice(0, 6)
  const pick = (one: Enterprise | undefined) => {
    if (one === undefined) return
    onPick(one)
    handle.current?.set('')
  }
  return (
    <Field label={label} hint={hint} fault={fault ?? null}>
      {(control) => (
        <>
          <TextLine
            {...control}
            handle={handle}
            onText={(typed) => setQuery(typed.trim())}
            onEnter={() => {
              pick(hits[0])
              return true
            }}
          />
          {hits.length > 0 && (
            <ul className="y-picker-list">
              {hits.map((one) => (
                <li key={one.id}>
                  <button type="button" className="y-row-link" onClick={() => pick(one)}>
                    {one.name}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Field>
  )
}
