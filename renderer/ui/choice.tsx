import { type ReactNode, useId } from 'react'

interface Option<T extends string> {
  readonly value: T
  readonly text: ReactNode
  /** Accessible name when the text is more than words. */
  readonly name?: string
  readonly disabled?: boolean
}

/** One of a few: real radio buttons in a row (or in a column for long texts). */
export function OneOf<T extends string>({
  options,
  value,
  onChange,
  column,
  disabled,
}: {
  options: readonly Option<T>[]
  value: T | null
  onChange: (value: T) => void
  column?: boolean
  disabled?: boolean
}) {
  const group = useId()
  return (
    <div className={column === true ? 'y-choices y-column' : 'y-choices'}>
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'y-choice y-chosen' : 'y-choice'}>
          <input
            type="radio"
            name={group}
            checked={option.value === value}
            disabled={disabled === true || option.disabled === true}
            aria-label={option.name}
            onChange={() => onChange(option.value)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </div>
  )
}

/** Any of some: real check boxes; the order of the answer is the order of the options. */
export function AnyOf<T extends string>({
  options,
  value,
  onChange,
  column,
  disabled,
}: {
  options: readonly Option<T>[]
  value: readonly T[]
  onChange: (value: T[]) => void
  column?: boolean
  disabled?: boolean
}) {
  const toggle = (one: T) => {
    const next = new Set(value)
    if (!next.delete(one)) next.add(one)
    onChange(options.map((option) => option.value).filter((candidate) => next.has(candidate)))
  }
  return (
    <div className={column === true ? 'y-choices y-column' : 'y-choices'}>
      {options.map((option) => (
        <label key={option.value} className={value.includes(option.value) ? 'y-choice y-chosen' : 'y-choice'}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            disabled={disabled === true || option.disabled === true}
            aria-label={option.name}
            onChange={() => toggle(option.value)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </div>
  )
}

/** A short list to choose one from; the empty answer narrows nothing. */
export function Choice({
  label,
  value,
  all,
  options,
  onChange,
}: {
  label: string
  value: string
  all: string
  options: readonly (readonly [string, string])[]
  onChange: (value: string) => void
}) {
  return (
    <select className="y-input" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{all}</option>
      {options.map(([one, name]) => (
        <option key={one} value={one}>
          {name}
        </option>
      ))}
    </select>
  )
}
