import type { VerbOutput } from '#shared/contract/bridge.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import { stageNames } from '#shared/domain/cases.ts'
import { articleName, dayInChina, officialDay } from '#shared/domain/common.ts'
import { planDeadline, type RuleProfile, termOf } from '#shared/rules/profile.ts'
import { navigate } from '../../app/navigation.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment, weekday } from '../../ui/dates.ts'
import { DueLight, dueTones } from '../../ui/due-light.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { WaitingActs } from '../accounts/waiting.tsx'
import { openStep } from '../cases/steps.ts'
import { stepWords } from '../cases/text.ts'

type Clock = VerbOutput<'today.get'>['clocks'][number]

/** What is owed: the paper by its name in the rule profile, a 整改事项 by its words. */
function clockName(rules: RuleProfile, { what, text }: Clock): string {
  return what === 'item' ? `整改事项　${text}` : planDeadline(rules).name
}

/** Who was reminded of what is late; nothing while it is in time. */
function remindedWords({ light, reminded }: Clock): string {
  if (reminded === null) return light === 'red' ? '尚未催办' : ''
  const { times, on, by, newDue } = reminded
  return `已催办 ${times} 次，${officialDay(on)}${by}出函，限${officialDay(newDue)}前`
}

/** What a compilation asks of the account. */
const compilationSteps = {
  decide: '审签综合材料',
  number: '专项核查通知编号',
  issue: '印发专项核查通知',
  reclassify: '综合材料重新定密',
  followUp: '催收专项核查自查报告',
} as const

function daysWords(daysLeft: number): string {
  if (daysLeft < 0) return `逾期 ${-daysLeft} 天`
  return daysLeft === 0 ? '今天到期' : `还有 ${daysLeft} 天`
}

/** 今日: what is mine to do, what runs out, what I last had in hand. */
export function TodayRoom() {
  const rules = useRules()
  const plan = planDeadline(rules)
  const session = useSession()
  const found = useCall('today.get', {})
  const data = found.data
  const today = dayInChina(session.now)
  return (
    <Page
      title="今日"
      meta={
        <span className="y-quiet">
          {officialDay(today)} {weekday(today)} · {session.unit}
        </span>
      }
      note={<ErrorNote failure={found.failure} />}
    >
      <Panel title="待我办">
        {data !== null &&
        data.mine.length + data.years.length + data.compilations.length + data.borrowings.length === 0 ? (
          <EmptyState title="没有等您办的事">
            轮到{session.account.roles.map((role) => roleNames[role]).join('、')}
            办理的步骤会出现在这里，按期限先后排列。
          </EmptyState>
        ) : (
          <ul className="y-list" aria-label="待我办">
            {data?.compilations.map((one) => (
              <li key={`${one.id}/${one.what}`} className="y-line">
                <button
                  type="button"
                  className="y-row-link"
                  onClick={() => navigate({ room: 'analysis', objectId: one.id })}
                >
                  <strong>{compilationSteps[one.what]}</strong>　{one.title}
                </button>
                <span className="y-panel-extra">
                  {one.due !== null && <span>{`${officialDay(one.due)}前`}</span>}
                  <DueLight due={one.due} />
                  <ArticleChip article={one.article} />
                </span>
              </li>
            ))}
            {data?.mine.map((one) => (
              <li key={`${one.caseId}/${one.next.code}`} className="y-line">
                <button
                  type="button"
                  className="y-row-link"
                  aria-label={`${stepWords(one.next.code).text}：${one.matter}`}
                  onClick={() =>
                    openStep(one.caseId, one.next.code, {
                      number: session.may('accountabilityOffice'),
                      classify: session.may('classifier'),
                    })
                  }
                >
                  <strong>{stepWords(one.next.code).text}</strong>　{one.matter}
                  <span className="y-quiet">　{one.enterprise}</span>
                </button>
                <span className="y-panel-extra">
                  {one.next.due !== null && (
                    <span>
                      {one.next.due === today ? '今天' : `${officialDay(one.next.due)}前`}
                      {one.next.provisional && '（暂定）'}
                    </span>
                  )}
                  <DueLight due={one.next.due} />
                  <ArticleChip article={one.next.article} />
                </span>
              </li>
            ))}
            {data?.borrowings.map((one) => (
              <li key={one.id} className="y-line">
                <button
                  type="button"
                  className="y-row-link"
                  onClick={() => navigate({ room: 'archive', objectId: 'borrowings' })}
                >
                  <strong>{one.what === 'decide' ? '审批借阅' : '归还借阅的案卷'}</strong>　{one.archivalCode}
                  {one.what === 'decide' && <span className="y-quiet">　{one.borrower}</span>}
                </button>
                <span className="y-panel-extra">
                  {one.due !== null && <span>{one.due === today ? '今天' : `${officialDay(one.due)}前`}</span>}
                  <DueLight due={one.due} />
                  <ArticleChip article={20} />
                </span>
              </li>
            ))}
            {data?.years.map((one) => (
              <li key={one.year} className="y-line">
                <button type="button" className="y-row-link" onClick={() => navigate({ room: 'numbers' })}>
                  <strong>清理预留编号</strong>　{one.year}年度有 {one.reserved} 个号预留未用
                </button>
                <span className="y-panel-extra">
                  <span>{officialDay(one.due)}前</span>
                  <ArticleChip article={4} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <WaitingActs />
      <Panel
        title="临期与逾期"
        extra={
          <>
            <ArticleChip article={11} />
            <ArticleChip article={12} />
          </>
        }
      >
        {data !== null && data.clocks.length === 0 ? (
          <EmptyState title="没有临期或逾期的事项">
            {`约谈后${termOf(plan)}内报送的${plan.name}、定有完成期限的整改事项在这里计算（${articleName(plan.article)}、${articleName(12)}）。`}
          </EmptyState>
        ) : (
          <ul className="y-list">
            {data?.clocks.map((clock) => (
              <li key={`${clock.caseId}/${clock.enterprise}/${clock.what}/${clock.text}`} className="y-line">
                <button
                  type="button"
                  className="y-row-link"
                  onClick={() => navigate({ room: 'case', caseId: clock.caseId, tab: 'rectification' })}
                >
                  {clockName(rules, clock)}
                  <span className="y-quiet">　{clock.enterprise}</span>
                  {remindedWords(clock) !== '' && (
                    <>
                      <br />
                      <small className="y-quiet">{remindedWords(clock)}</small>
                    </>
                  )}
                </button>
                <span className="y-panel-extra y-nowrap">
                  <span>
                    {officialDay(clock.due)}
                    {clock.provisional && '（暂定）'}
                  </span>
                  <Light tone={dueTones[clock.light]}>{daysWords(clock.daysLeft)}</Light>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="我经手的最近事项">
        {data !== null && data.recent.length === 0 ? (
          <EmptyState title="还没有经手的事项" />
        ) : (
          <table className="y-table">
            <tbody>
              {data?.recent.map((row) => (
                <tr key={row.id}>
                  <td>
                    <button
                      type="button"
                      className="y-row-link"
                      onClick={() => navigate({ room: 'case', caseId: row.id, tab: 'overview' })}
                    >
                      {row.matter}
                    </button>
                  </td>
                  <td>{row.enterprises.join('、')}</td>
                  <td>{stageNames[row.stage]}</td>
                  <td className="y-quiet">{officialMoment(row.updatedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </Page>
  )
}
