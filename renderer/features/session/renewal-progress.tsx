import { useEffect, useState } from 'react'
import { listen } from '../../app/client.ts'
import { JobProgress } from '../../ui/job-progress.tsx'
import { sessionText } from './text.ts'

const job = 'renew'

/** Shown while a sign-in writes a database anew under its new key; hidden before the first push. */
export function RenewalProgress() {
  const [begun, setBegun] = useState(false)
  useEffect(() => listen('jobs.progress', (told) => told.job === job && setBegun(true)), [])
  return (
    <div className="y-note" hidden={!begun}>
      <p>{sessionText.renewal.title}</p>
      <JobProgress job={job} />
      <p className="y-quiet">{sessionText.renewal.kept}</p>
    </div>
  )
}
