import { type ReactNode, Suspense, useState } from 'react'
import { businessRoles, roleNames } from '#shared/domain/accounts.ts'
import { formNames, stageNames, stages } from '#shared/domain/cases.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { type CaseTab, caseTabs, settle } from '../../app/navigation.ts'
import { type CaseDetail, caseTabTable, type RoomProps } from '../../app/rooms.tsx'
import { RulesProvider } from '../../app/rules.tsx'
import { useCall } from '../../app/use-call.ts'
import { DueLight } from '../../ui/due-light.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { Page, Waiting } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { ArticleList } from './articles.tsx'
import { stepWords } from './text.ts'

/** One case: title, stage rail, tabs; the 条款清单 lies at the right when it is asked for. */
export function CasePage({ route }: RoomProps) {
  const caseId = route.caseId ?? null
  const found = useCall('cases.get', caseId === null ? null : { caseId })
  const tab: CaseTab = route.tab ?? 'overview'
  const [listed, setListed] = useState(false)
  const open = (next: CaseTab) => settle({ room: 'case', ...(caseId === null ? {} : { caseId }), tab: next })
  const known = caseTabs.filter((one) => caseTabTable[one] !== undefined)
  useShortcuts(Object.fromEntries(known.map((one, index) => [`Ctrl+Alt+${index + 1}`, () => open(one)])))
  const detail = found.data
  const entry = caseTabTable[tab]
  if (detail === null)
    return <Page title="约谈事项">{found.failure === null ? <Waiting /> : <ErrorNote failure={found.failure} />}</Page>
  const reached = stages.indexOf(detail.stage as (typeof stages)[number])
  const showList = listed || tab === 'overview'
  // Everything of the case stands on the rules it was opened under.
  const pinned = detail.rules.hash
  const ruled = (content: ReactNode) => (
    <RulesProvider key={pinned} hash={pinned}>
      {content}
    </RulesProvider>
  )
  return (
    <Page
      title={detail.matter}
      meta={
        <>
          <span className="y-quiet" title={detail.enterprises.join('、')}>
            {detail.enterprises[0]}
            {detail.enterprises.length > 1 && ` 等 ${detail.enterprises.length} 家`} · {formNames[detail.form]}
          </span>
          <LevelMark level={detail.level} />
          {detail.stage === 'withdrawn' && <span className="y-tag">{stageNames.withdrawn}</span>}
          <span className="y-action">{nextWords(detail)}</span>
          <DueLight due={detail.next.due} />
          <ItemLight detail={detail} />
        </>
      }
      rail={
        <>
          <ol className="y-rail" aria-label="阶段">
            {stages.map((stage, index) => (
              <li
                key={stage}
                className={index < reached ? 'y-past' : ''}
                aria-current={index === reached ? 'step' : undefined}
              >
                {index < reached ? '✓ ' : ''}
                {stageNames[stage]}
                {index <= reached && <StageDay day={stageDay(detail, stage)} />}
              </li>
            ))}
          </ol>
          <Tabs
            label="事项内容"
            tabs={known.map((one) => [one, caseTabTable[one]?.name])}
            chosen={tab}
            onChoose={open}
            extra={
              tab !== 'overview' && (
                <button
                  type="button"
                  className="y-quiet-button"
                  aria-pressed={listed}
                  onClick={() => setListed(!listed)}
                >
                  条款清单
                </button>
              )
            }
          />
        </>
      }
      aside={showList ? ruled(<ArticleList caseId={detail.id} lines={detail.articles} />) : undefined}
      bare
    >
      <Suspense fallback={<Waiting />}>
        {entry !== undefined &&
          ruled(
            <entry.screen key={`${tab}/${route.objectId ?? ''}/${route.at ?? ''}`} detail={detail} route={route} />,
          )}
      </Suspense>
    </Page>
  )
}

/** The act that brings a case to a stage; the latest of its kind counts. */
const stageActs: Readonly<Record<(typeof stages)[number], string>> = {
  intake: 'cases.create',
  notice: 'cases.accept',
  interview: 'notices.issue',
  minutes: 'interviews.end',
  rectification: 'minutes.finalise',
  filing: 'cases.beginFiling',
  archived: 'archive.file',
}

/** The day a case came to a stage it has reached; empty when its history does not say. */
function stageDay(detail: CaseDetail, stage: (typeof stages)[number]): string {
  const at = detail.history.find((one) => one.act === stageActs[stage])?.at
  return at === undefined ? '' : dayInChina(at)
}

function StageDay({ day }: { day: string }) {
  if (day === '') return null
  return (
    <small className="y-quiet" title={officialDay(day)}>
      {' '}
      {Number(day.slice(5, 7))}月{Number(day.slice(8))}日
    </small>
  )
}

/** A 整改事项 that is due before the next step is: its light does not hide behind that of the step (Art. 12). */
function ItemLight({ detail: { articles, next } }: { detail: CaseDetail }) {
  const items = articles.find((one) => one.article === 12)
  if (items?.state !== 'waiting' || items.when === '') return null
  if (next.due !== null && next.due <= items.when) return null
  return <DueLight due={items.when}>{`整改事项${officialDay(items.when)}前`}</DueLight>
}

/** The next step, whose turn it is and until when (UX principle 3). */
function nextWords({ next }: CaseDetail): string {
  const who = businessRoles.find((one) => one === next.role)
  const until = next.due === null ? '' : `${officialDay(next.due)}前${next.provisional ? '（暂定）' : ''}`
  return [`下一步：${stepWords(next.code).text}`, who === undefined ? '' : roleNames[who], until]
    .filter(Boolean)
    .join(' · ')
}
