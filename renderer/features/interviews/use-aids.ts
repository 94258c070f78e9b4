import { useEffect, useMemo, useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { firstPreferences, keysInForce } from '#shared/domain/desk-keys.ts'
import type { Interview } from '#shared/domain/interviews.ts'
import { asFailure, call } from '../../app/client.ts'
import { DeskAids } from './desk-aids.ts'
import type { LiveRecord } from './live-record.ts'

export type Tools = VerbOutput<'aids.tools'>

/** Lays the desk once: phrases, words of the case, keys of the account. The record works without them if they fail. */
export function useAids(interview: Interview, record: LiveRecord) {
  const latest = useRef(interview)
  latest.current = interview
  const aids = useMemo(() => new DeskAids(() => factsOf(latest.current)), [])
  const [tools, setTools] = useState<Tools | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const { caseId, id: interviewId } = interview
  useEffect(() => {
    let current = true
    const refused = (error: unknown) => {
      if (current) setFailure(asFailure(error))
    }
    call('aids.tools', {}).then((value) => {
      if (!current) return
      setTools(value)
      aids.setPhrases(value.phrases)
      record.setAlternate(value.preferences.alternate)
    }, refused)
    call('aids.words', { caseId, interviewId }).then((value) => {
      if (current) aids.setWords(value)
    }, refused)
    return () => {
      current = false
    }
  }, [aids, record, caseId, interviewId])
  const preferences = tools?.preferences ?? firstPreferences
  const keys = useMemo(() => keysInForce(preferences.keys), [preferences])
  return { aids, tools, keys, preferences, failure }
}

function factsOf(interview: Interview) {
  const now = new Date().toISOString()
  return {
    matter: interview.matter,
    enterprises: interview.enterprises.map((one) => one.name).join('、'),
    host: `${interview.hostName}${interview.hostTitle}`,
    place: interview.place,
    day: officialDay(dayInChina(now)),
    clock: clockInChina(now).slice(0, 5),
  }
}
