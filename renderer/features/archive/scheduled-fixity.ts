import { useEffect, useRef } from 'react'
import { call } from '../../app/client.ts'
import { useSession } from '../../app/session.tsx'
import { touchArchive } from '../../app/use-call.ts'

/**
 * Once after an archivist's sign-in, whichever room they go to: checks everything that is kept when the last check is
 * older than policy allows.
 */
export function useScheduledFixity(): void {
  const session = useSession()
  const begun = useRef(false)
  const archivist = session.may('archivist')
  useEffect(() => {
    if (!archivist || begun.current) return
    begun.current = true
    // Nobody waits for it: what it finds stands on its page, and a refusal is shown there when it is opened.
    call('fixity.list', {})
      .then(async ({ due }) => {
        if (!due) return
        await call('fixity.run', { job: crypto.randomUUID() })
        touchArchive()
      })
      .catch(() => undefined)
  }, [archivist])
}
