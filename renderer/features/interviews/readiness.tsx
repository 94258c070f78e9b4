import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { clockInChina } from '#shared/domain/common.ts'
import {
  checksBeforeStart,
  type Interview,
  type SecrecyCheck,
  secrecyCheckNames,
  secrecyChecks,
} from '#shared/domain/interviews.ts'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { text } from './text.ts'

/** 保密检查 before secrets are spoken of (保密法 38, 实施条例 45); what the room itself shows is ticked in the room. */
export function Checklist({
  interview,
  onInterview,
}: {
  interview: Interview
  onInterview: (interview: Interview) => void
}) {
  const act = useAct()
  const target = { caseId: interview.caseId, interviewId: interview.id }
  const check = async (item: SecrecyCheck, done: boolean) => {
    const value = await act.run('interviews.check', { ...target, item, done })
    if (value !== null) onInterview(value)
  }
  const all = async () => {
    for (const item of checksBeforeStart) if (!interview.checks.includes(item)) await check(item, true)
  }
  return (
    <Panel
      title={text.checklist}
      extra={
        <>
          <button type="button" className="y-quiet-button" onClick={() => void all()}>
            {text.checkAll}
          </button>
          <ArticleChip article={21} />
        </>
      }
    >
      <p className="y-quiet">{interview.guarded ? text.checklistGuarded : text.checklistFree}</p>
      <ul className="readiness">
        {secrecyChecks.map((item) => (
          <li key={item}>
            <label>
              <input
                type="checkbox"
                checked={interview.checks.includes(item)}
                disabled={act.busy}
                onChange={(event) => void check(item, event.target.checked)}
              />
              {secrecyCheckNames[item]}
            </label>
            {item === 'reminder' && <small className="y-quiet">{text.checkReminder}</small>}
          </li>
        ))}
      </ul>
      <ErrorNote failure={act.failure} />
    </Panel>
  )
}

type Test = VerbOutput<'interviews.selfTest'>

export function passed(test: Test | null): boolean {
  return test?.reserve.ok === true && test.write.ok && test.clock.ok
}

/** 开始前自检: what must work before the first word; a failure says what to do. */
export function SelfTest({
  test,
  failure,
  onAgain,
}: {
  test: Test | null
  failure: Failure | null
  onAgain: () => void
}) {
  const rows =
    test === null
      ? []
      : ([
          [text.selfTest.reserve, test.reserve, text.selfTest.megabytes(test.reserve.bytes)],
          [text.selfTest.write, test.write, text.selfTest.milliseconds(test.write.ms)],
          [text.selfTest.clock, test.clock, clockInChina(test.clock.now)],
        ] as const)
  return (
    <Panel
      title={text.selfTest.title}
      extra={
        <button type="button" className="y-quiet-button" onClick={onAgain}>
          {text.selfTest.again}
        </button>
      }
    >
      <ul className="readiness" aria-label={text.selfTest.title}>
        {rows.map(([name, probe, figure]) => (
          <li key={name}>
            <Light tone={probe.ok ? 'green' : 'red'}>{probe.ok ? text.selfTest.passed : text.selfTest.failed}</Light>
            <span>{name}</span>
            <small className="y-quiet">{figure}</small>
            {probe.code !== null && <ErrorNote failure={{ code: probe.code, params: {} }} />}
          </li>
        ))}
      </ul>
      <ErrorNote failure={failure} />
    </Panel>
  )
}
