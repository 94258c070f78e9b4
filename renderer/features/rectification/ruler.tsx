import { dayInChina, officialDay } from '#shared/domain/common.ts'
import type { PlanClock } from '#shared/domain/rectification.ts'
import { useRules } from '../../app/rules.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { text } from './text.ts'

const tones = { green: 'green', yellow: 'amber', red: 'red', done: 'green' } as const satisfies Record<
  PlanClock['light'],
  Tone
>

/** The term of Art. 11, day by day: which counts, and why one does not. */
export function Ruler({ clock }: { clock: PlanClock }) {
  const rules = useRules()
  const today = dayInChina(new Date().toISOString())
  return (
    <section className="ruler" aria-label={text.ruler(clock.enterpriseName, rules)}>
      <header>
        <strong>{clock.enterpriseName}</strong>
        <Light tone={tones[clock.light]}>{text.lights[clock.light]}</Light>
        <span>
          {text.due} {officialDay(clock.due)}
        </span>
        {clock.receivedAt !== null && (
          <span className="y-quiet">
            {text.received} {officialDay(dayInChina(clock.receivedAt))}
          </span>
        )}
        {clock.receivedAt !== null && dayInChina(clock.receivedAt) > clock.due && (
          <Light tone="amber">{text.late}</Light>
        )}
      </header>
      <ol>
        {clock.days.map(({ day, counted, n, why, notice }) => (
          <li
            key={day}
            className={counted ? 'ruler-day ruler-counted' : 'ruler-day'}
            data-due={day === clock.due || day === clock.extension?.formerDue}
            data-today={day === today}
            title={`${officialDay(day)} ${why}${notice === '' ? '' : `（${notice}）`}`}
          >
            <b>{counted ? n : ''}</b>
            <span>
              {Number(day.slice(5, 7))}.{Number(day.slice(8))}
            </span>
            <small>{counted ? `周${text.weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]}` : why}</small>
          </li>
        ))}
      </ol>
      <p className="y-quiet">
        {text.basis(clock.anchor, [...new Set(clock.days.map((one) => one.notice).filter((notice) => notice !== ''))])}
      </p>
      {clock.extension !== null && (
        <p className="y-quiet">
          {text.extendedBy(officialDay(clock.extension.formerDue), clock.extension.decider)}：{clock.extension.reason}
        </p>
      )}
      {clock.assumptions.map((one) => (
        <p key={one} className="y-amber">
          ▲ {text.provisional}：{one}
        </p>
      ))}
    </section>
  )
}
