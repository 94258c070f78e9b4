import type { Verdict } from '#shared/domain/archive.ts'
import { checkName } from '#shared/domain/verdict.ts'
import { officialMoment } from '../../ui/dates.ts'
import { Light } from '../../ui/lights.tsx'
import { Facts } from '../../ui/page.tsx'
import { text } from './text.ts'

/**
 * What the verifier found: the verdict, who signed, and check by check, what failed first. Green only when the issuer was
 * confirmed from paper; then the list is folded away.
 */
export function VerdictView({ verdict }: { verdict: Verdict }) {
  const failed = verdict.checks.filter((check) => !check.passed)
  const passed = verdict.checks.filter((check) => check.passed)
  return (
    <section className={`verdict verdict-${verdict.colour}`} aria-label={text.verdicts[verdict.colour]}>
      <p className="verdict-line" role="status">
        <Light tone={verdict.colour}>{text.verdicts[verdict.colour]}</Light>
      </p>
      <Facts
        items={[
          [text.signer, verdict.signer || '—'],
          [text.signedAt, verdict.signedAt === '' ? '—' : officialMoment(verdict.signedAt)],
        ]}
      />
      {failed.length > 0 && <Checks checks={failed} tone={verdict.colour === 'amber' ? 'amber' : 'red'} />}
      {passed.length > 0 && (
        <details>
          <summary>{text.passedChecks(passed.length)}</summary>
          <Checks checks={passed} tone="green" />
        </details>
      )}
    </section>
  )
}

function Checks({ checks, tone }: { checks: Verdict['checks']; tone: 'green' | 'amber' | 'red' }) {
  return (
    <ul>
      {checks.map((check) => (
        <li key={check.code}>
          <Light tone={tone}>{text.checkResults[tone]}</Light>
          <span className="verdict-check">{checkName(check.code)}</span>
          <span className="y-quiet">{check.detail}</span>
        </li>
      ))}
    </ul>
  )
}
