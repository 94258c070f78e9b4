import type { ReactNode } from 'react'

/** The sections of one screen, in a row; `extra` stands at the right of it. */
export function Tabs<T extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  extra,
}: {
  label: string
  tabs: readonly (readonly [key: T, name: ReactNode])[]
  chosen: T
  onChoose: (tab: T) => void
  extra?: ReactNode
}) {
  return (
    <div className="y-tabs">
      <div role="tablist" aria-label={label}>
        {tabs.map(([key, name]) => (
          <button key={key} type="button" role="tab" aria-selected={key === chosen} onClick={() => onChoose(key)}>
            {name}
          </button>
        ))}
      </div>
      {extra}
    </div>
  )
}
