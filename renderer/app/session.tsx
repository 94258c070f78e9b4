import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { isOfficerRole, type Role } from '#shared/domain/accounts.ts'
import { Farewell } from '../features/interviews/farewell.tsx'
import { unsavedRecord } from '../features/interviews/use-record.ts'
import { HiddenScreen } from '../features/session/hidden.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { call, listen } from './client.ts'
import { flushAll, watchClosing } from './closing.ts'
import { settle } from './navigation.ts'
import { forgetUnfinished, openUnfinished } from './unfinished.ts'
import { useCall } from './use-call.ts'

type Current = VerbOutput<'session.current'>
type Account = Current['account']

interface Session extends Current {
  readonly colleagues: readonly Account[]
  /** Has the signed-in account any of these roles? */
  readonly may: (...roles: Role[]) => boolean
  /** Name of a colleague by account id. */
  readonly nameOf: (accountId: string) => string
}

const SessionContext = createContext<Session | null>(null)

/** The signed-in session. Only inside the case window. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('no session')
  return session
}

/** Brings unsaved text to the disk, then asks the core to lock; the shell replaces the window. */
export async function lock(reason: 'lock' | 'idle'): Promise<void> {
  await flushAll()
  await call('session.lock', { reason })
  forgetUnfinished()
}

/** True once the unfinished forms of the account are here; an officer, who has no business archive, has none. */
function useUnfinished(account: Account | undefined): boolean {
  const [owner, setOwner] = useState<string | null>(null)
  const id = account?.id
  const officer = account?.roles.some(isOfficerRole) ?? true
  useEffect(() => {
    if (id === undefined) return
    const asked = officer ? Promise.resolve([]) : call('forms.unfinished', {}).catch(() => [])
    void asked.then((kept) => {
      openUnfinished(kept)
      setOwner(id)
    })
  }, [id, officer])
  return owner !== null && owner === id
}

/** Locks after the policy's idle time; reading, typing and pointing count as being there. */
function useIdleLock(seconds: number | null): void {
  useEffect(() => {
    if (seconds === null || seconds <= 0) return
    let last = Date.now()
    let locked = false
    const seen = () => {
      last = Date.now()
    }
    const events = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'input'] as const
    for (const name of events) window.addEventListener(name, seen, { passive: true, capture: true })
    const timer = setInterval(() => {
      if (locked || Date.now() - last < seconds * 1000) return
      locked = true
      lock('idle').catch(() => {
        locked = false
      })
    }, 1000)
    return () => {
      clearInterval(timer)
      for (const name of events) window.removeEventListener(name, seen, { capture: true })
    }
  }, [seconds])
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const current = useCall('session.current', {})
  const colleagues = useCall('session.colleagues', {})
  const [hidden, setHidden] = useState(false)
  const [leaving, setLeaving] = useState(false)
  useEffect(() => watchClosing({ holds: () => unsavedRecord() !== null, ask: () => setLeaving(true) }), [])
  useEffect(() => listen('session.hidden', () => setHidden(true)), [])
  useIdleLock(current.data?.idleSeconds ?? null)
  const opened = useUnfinished(current.data?.account)
  const session = useMemo<Session | null>(() => {
    if (current.data === null || colleagues.data === null || !opened) return null
    const { account } = current.data
    const people = colleagues.data
    return {
      ...current.data,
      colleagues: people,
      may: (...roles) => roles.some((role) => account.roles.includes(role)),
      nameOf: (accountId) => people.find((one) => one.id === accountId)?.name ?? '（已停用账号）',
    }
  }, [current.data, colleagues.data, opened])
  const reveal = () => {
    const unsaved = unsavedRecord()
    if (unsaved !== null) settle({ room: 'live', caseId: unsaved.caseId, objectId: unsaved.interviewId })
    setHidden(false)
  }
  const farewell = leaving && <Farewell hidden={hidden} onStay={() => setLeaving(false)} />
  if (session !== null && hidden)
    return (
      <>
        <HiddenScreen name={session.account.name} trial={session.kind === 'trial'} onRevealed={reveal} />
        {farewell}
      </>
    )
  if (session === null) return <ErrorNote failure={current.failure ?? colleagues.failure} />
  return (
    <SessionContext value={session}>
      {children}
      {farewell}
    </SessionContext>
  )
}
