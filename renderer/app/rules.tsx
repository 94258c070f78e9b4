import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { RuleProfile } from '#shared/rules/profile.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { useCall } from './use-call.ts'

const RulesContext = createContext<RuleProfile | null>(null)

/** A profile never changes under its hash, so one answer serves as long as the window lives. */
const known = new Map<string, RuleProfile>()

/** The rules of everything inside: of a case by its hash, or (null) those a case opened today falls under. */
export function RulesProvider({ hash, children }: { hash: string | null; children: ReactNode }) {
  const here = hash === null ? undefined : known.get(hash)
  const asked = useCall('rules.profile', here === undefined ? { hash } : null)
  const [profile, setProfile] = useState<RuleProfile | null>(here ?? null)
  useEffect(() => {
    if (here !== undefined) return setProfile(here)
    if (asked.data === null) return
    known.set(asked.data.hash, asked.data.profile)
    setProfile(asked.data.profile)
  }, [here, asked.data])
  const shown = here ?? profile
  if (shown === null) return <ErrorNote failure={asked.failure} />
  return <RulesContext value={shown}>{children}</RulesContext>
}

/** The rules that hold here: never the shipped ones by themselves, a case stays with those it was opened under. */
export function useRules(): RuleProfile {
  const rules = useContext(RulesContext)
  if (rules === null) throw new Error('no rules')
  return rules
}
