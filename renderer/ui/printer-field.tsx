import { useEffect } from 'react'
import { useCall } from '../app/use-call.ts'
import { Field } from './field.tsx'

/** Printers of this machine; empty until they are known, and where this window cannot print. */
export function usePrinters(): readonly string[] {
  return useCall('copies.printers', {}).data ?? []
}

/** One of the printers of this machine; the first stands chosen. One sheet set is printed for each number, never more. */
export function PrinterField({
  printers,
  value,
  onChange,
}: {
  printers: readonly string[]
  value: string
  onChange: (printer: string) => void
}) {
  const [first] = printers
  useEffect(() => {
    if (first !== undefined && !printers.includes(value)) onChange(first)
  }, [first, printers, value, onChange])
  return (
    <Field label="打印机" hint="每个份号只打一份；是否加水印由策略规定。">
      {({ id, describedBy }) => (
        <select
          id={id}
          aria-describedby={describedBy}
          className="y-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {printers.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
    </Field>
  )
}
