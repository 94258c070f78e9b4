import { type Light as DueState, lightOf } from '#shared/calendar/workingDays.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { useSession } from '../app/session.tsx'
import { Light, type Tone } from './lights.tsx'

export const dueTones: Readonly<Record<DueState, Tone>> = { green: 'green', yellow: 'amber', red: 'red' }
const words: Readonly<Record<DueState, string>> = { green: '期限内', yellow: '临期', red: '逾期' }

/** How a due day stands today, by the unit's own threshold; draws nothing where nothing is due. */
export function DueLight({ due, children }: { due: string | null; children?: string }) {
  const session = useSession()
  if (due === null) return null
  const light = lightOf(due, dayInChina(session.now), session.soonDays)
  return <Light tone={dueTones[light]}>{children ?? words[light]}</Light>
}
