import { useEffect, useState } from 'react'
import type { EventPayload } from '#shared/contract/events.ts'
import { listen } from '../../app/client.ts'
import { sessionText } from './text.ts'

const steps: Readonly<Record<string, string>> = sessionText.renewal.steps

/** Shown while a sign-in writes a database anew under its new key; nothing before the first push. */
export function RenewalProgress() {
  const [state, setState] = useState<EventPayload<'jobs.progress'> | null>(null)
  useEffect(() => listen('jobs.progress', (told) => told.job === 'renew' && setState(told)), [])
  if (state === null) return null
  const share = state.total === 0 ? 0 : Math.min(1, state.done / state.total)
  return (
    <div className="y-note" role="status">
      <p>
        {sessionText.renewal.title} {steps[state.step]}{' '}
        {state.step === 'renew.copy' ? `${Math.floor(share * 100)}%` : ''}
      </p>
      <progress
        aria-label={sessionText.renewal.title}
        max={1}
        {...(state.step === 'renew.copy' ? { value: share } : {})}
      />
      <p className="y-quiet">{sessionText.renewal.kept}</p>
    </div>
  )
}
