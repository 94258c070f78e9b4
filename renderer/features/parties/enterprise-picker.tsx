import { useEffect, useRef, useState } from 'react'
import type { Enterprise } from '#shared/domain/parties.ts'
import { useCall } from '../../app/use-call.ts'
import { Field } from '../../ui/field.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { EnterpriseForm } from './enterprise-form.tsx'

/** Chooses enterprises by name, short name, code or pinyin initials; a missing one is registered in place. */
export function EnterprisePicker({
  chosen,
  onChange,
  fault,
}: {
  chosen: readonly Enterprise[]
  onChange: (next: Enterprise[]) => void
  fault: string | null
}) {
  const [query, setQuery] = useState('')
  const [making, setMaking] = useState(false)
  const handle = useRef<TextHandle>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const found = useCall('parties.search', { query })
  useEffect(() => () => clearTimeout(timer.current), [])
  const hits = (found.data ?? []).filter((one) => !chosen.some((other) => other.id === one.id))
  const choose = (one: Enterprise | undefined) => {
    if (one === undefined) return
    onChange([...chosen, one])
    setMaking(false)
    handle.current?.set('')
    handle.current?.focus()
  }
  return (
    <>
      <Field
        label="查找企业"
        required
        fault={fault}
        hint={
          // Nothing is missing before the register has answered.
          found.data !== null && hits.length === 0 && query !== ''
            ? '没有找到，可登记新企业'
            : '全称、简称、代码或拼音首字母；回车选第一家'
        }
      >
        {(control) => (
          <TextLine
            {...control}
            handle={handle}
            onText={(text) => {
              clearTimeout(timer.current)
              timer.current = setTimeout(() => setQuery(text.trim()), 150)
            }}
            onEnter={() => {
              choose(hits[0])
              return true
            }}
          />
        )}
      </Field>
      {hits.length > 0 && (
        <ul className="y-picker-list" aria-label="查到的企业">
          {hits.slice(0, 8).map((one) => (
            <li key={one.id}>
              <button type="button" className="y-row-link" onClick={() => choose(one)}>
                {one.name}
                {one.shortName !== '' && <span className="y-quiet">　{one.shortName}</span>}
                {one.person !== '' && <span className="y-quiet">　{one.person}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="y-chips">
        {chosen.map((one) => (
          <span key={one.id} className="y-chosen-chip">
            {one.name}
            <button
              type="button"
              className="y-quiet-button"
              aria-label={`移除 ${one.name}`}
              onClick={() => onChange(chosen.filter((other) => other.id !== one.id))}
            >
              ×
            </button>
          </span>
        ))}
        <button type="button" className="y-quiet-button" aria-expanded={making} onClick={() => setMaking(!making)}>
          登记新企业
        </button>
      </div>
      {making && <EnterpriseForm key={query} initialName={query} onMade={choose} />}
    </>
  )
}
