import type { Verdict } from '#shared/domain/archive.ts'
import { officialMoment } from '../../ui/dates.ts'
import { Light } from '../../ui/lights.tsx'
import { Facts } from '../../ui/page.tsx'
import { text } from './text.ts'

/** What the verifier found, check by check; green only when the issuer was confirmed from paper. */
export function VerdictView({ verdict }: { verdict: Verdict }) {
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
      <ul>
        {verdict.checks.map((check) => (
          <li key={check.code}>
            <Light tone={check.passed ? 'green' : 'red'}>{check.passed ? text.passed : text.failed}</Light>
            <span>{check.detail}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
