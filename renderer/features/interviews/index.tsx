import { recordWriters } from '#shared/domain/accounts.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { navigate, type Route } from '../../app/navigation.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { RulesProvider } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { EmptyState, Page } from '../../ui/page.tsx'
import { ClosedRecord } from './closed-record.tsx'
import { Desk } from './desk.tsx'
import './interviews.css'
import { Preparation } from './preparation.tsx'
import { text } from './text.ts'
import { useRecord } from './use-record.ts'

const tones = {
  planned: 'action',
  running: 'green',
  paused: 'amber',
  ended: 'quiet',
  frozen: 'quiet',
} as const satisfies Record<string, Tone>

/** 约谈现场: the interviews this account may open. */
export function InterviewRoom() {
  const list = useCall('interviews.list', {})
  const session = useSession()
  return (
    <Page
      title={text.room}
      meta={
        <>
          <ArticleChip article={8} />
          {session.may(...recordWriters) && (
            <button type="button" className="y-quiet-button" onClick={() => navigate({ room: 'aids' })}>
              {text.tools}
            </button>
          )}
        </>
      }
      note={<ErrorNote failure={list.failure} />}
    >
      {list.data?.length === 0 && <EmptyState title={text.empty}>{text.emptyHint}</EmptyState>}
      {list.data !== null && list.data.length > 0 && (
        <table className="y-table" aria-label={text.room}>
          <thead>
            <tr>
              <th>{text.columns.matter}</th>
              <th>{text.columns.enterprises}</th>
              <th>{text.columns.state}</th>
              <th>{text.columns.started}</th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((one) => (
              <tr key={one.id}>
                <td>
                  <button
                    type="button"
                    className="y-row-link"
                    aria-label={`${text.columns.open} ${one.matter}`}
                    onClick={() => navigate({ room: 'live', caseId: one.caseId, objectId: one.id })}
                  >
                    {one.matter}
                  </button>
                </td>
                <td>{one.enterprises.map((enterprise) => enterprise.shortName || enterprise.name).join('、')}</td>
                <td>
                  <Light tone={tones[one.state]}>{text.states[one.state]}</Light>
                </td>
                <td>
                  {one.startedAt !== null &&
                    `${officialDay(dayInChina(one.startedAt))} ${clockInChina(one.startedAt).slice(0, 5)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  )
}

/** The interview of a case in whatever state it is: prepared, live, or closed. A tab of the case, or a room of its own. */
export function LiveRecord({ route, detail }: { route: Route; detail?: CaseDetail }) {
  const caseId = detail?.id ?? route.caseId
  const interviewId = route.objectId ?? detail?.interviewId ?? undefined
  if (caseId === undefined || interviewId === undefined)
    return <EmptyState title={text.none}>{text.emptyHint}</EmptyState>
  return (
    <div className={detail === undefined ? 'live-room' : 'live-tab'}>
      <OpenedInterview caseId={caseId} interviewId={interviewId} at={route.at ?? null} />
    </div>
  )
}

function OpenedInterview({ caseId, interviewId, at }: { caseId: string; interviewId: string; at: string | null }) {
  const { opened, failure, reopen } = useRecord(caseId, interviewId)
  const session = useSession()
  if (opened === null) return <ErrorNote failure={failure} />
  const { interview, record } = opened
  const running = interview.state === 'running' || interview.state === 'paused'
  // Whoever does not keep the record reads it, in whatever state it is.
  const writes = session.may(...recordWriters)
  return (
    <RulesProvider key={interview.rulesHash} hash={interview.rulesHash}>
      {writes && interview.state === 'planned' ? (
        <Preparation interview={interview} onChange={reopen} />
      ) : writes && running ? (
        <Desk opening={interview} record={record} onChange={reopen} />
      ) : (
        <ClosedRecord interview={interview} record={record} at={at} />
      )}
    </RulesProvider>
  )
}
