import { type ReactNode, useRef } from 'react'

function useKeys(count: number): readonly number[] {
  const keys = useRef<number[]>([])
  const next = useRef(0)
  while (keys.current.length < count) {
    next.current += 1
    keys.current.push(next.current)
  }
  return keys.current
}

/** Rows that are added and removed one by one; each keeps its own key, so that no input loses what is being typed. */
export function Rows<T>({
  values,
  blank,
  add,
  remove,
  onChange,
  row,
}: {
  values: readonly T[]
  blank: T
  add: string
  /** Accessible name of the button that takes a row away. */
  remove: (index: number) => string
  onChange: (values: T[]) => void
  row: (value: T, index: number, put: (part: Partial<T>) => void) => ReactNode
}) {
  const keys = useKeys(values.length) as number[]
  return (
    <>
      {values.map((value, index) => (
        <div key={keys[index]} className="y-row-editor">
          {row(value, index, (part) =>
            onChange(values.map((one, place) => (place === index ? { ...one, ...part } : one))),
          )}
          <button
            type="button"
            className="y-quiet-button"
            aria-label={remove(index)}
            onClick={() => {
              keys.splice(index, 1)
              onChange(values.filter((_, place) => place !== index))
            }}
          >
            ×
          </button>
        </div>
      ))}
      <button type="button" className="y-quiet-button" onClick={() => onChange([...values, blank])}>
        {add}
      </button>
    </>
  )
}
