import { Fragment } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { GroupVerdict, Verdict } from '#shared/domain/archive.ts'
import { checkName, groupCheckNames } from '#shared/domain/verdict.ts'
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

/** The verdict on each of several bundles under the name of its file, above them the one on their group. */
export function VerdictsView({ found: { bundles, group } }: { found: VerbOutput<'archive.verify'> }) {
  const [only, ...others] = bundles
  if (only !== undefined && others.length === 0) return <VerdictView verdict={only.verdict} />
  return (
    <>
      {group === null ? (
        <p className="y-amber" role="status">
          ▲ {text.noGroup}
        </p>
      ) : (
        <GroupView group={group} />
      )}
      {bundles.map(({ name, verdict }, at) => (
        <Fragment key={at}>
          <h3 className="verdict-file">{name}</h3>
          <VerdictView verdict={verdict} />
        </Fragment>
      ))}
    </>
  )
}

function GroupView({ group: { colour, checks } }: { group: GroupVerdict }) {
  const named = checks.map(({ code, ...check }) => ({ ...check, code, name: groupCheckNames[code] }))
  return (
    <section className={`verdict verdict-${colour}`} aria-label={text.groupVerdicts[colour]}>
      <p className="verdict-line" role="status">
        <Light tone={colour}>{text.groupVerdicts[colour]}</Light>
      </p>
      <Checks checks={named.filter(({ passed }) => !passed)} tone="red" />
      <Checks checks={named.filter(({ passed }) => passed)} tone="green" />
    </section>
  )
}

function Checks({
  checks,
  tone,
}: {
  checks: readonly (Verdict['checks'][number] & { readonly name?: string })[]
  tone: 'green' | 'amber' | 'red'
}) {
  if (checks.length === 0) return null
  return (
    <ul>
      {checks.map((check) => (
        <li key={check.code}>
          <Light tone={tone}>{text.checkResults[tone]}</Light>
          <span className="verdict-check">{check.name ?? checkName(check.code)}</span>
          <span className="y-quiet">{check.detail}</span>
        </li>
      ))}
    </ul>
  )
}
