import { Button } from 'antd'
import { useState } from 'react'
import { recordWriters } from '#shared/domain/accounts.ts'
import { officialDay } from '#shared/domain/common.ts'
import type { Minutes } from '#shared/domain/minutes.ts'
import type { CaseDetail, CaseTabProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine, EmptyState } from '../../ui/page.tsx'
import { OneMinutes } from './editor.tsx'
import './minutes.css'
import { text } from './text.ts'

/** 纪要: one for every enterprise and every interview, from its own record to the final paper (Art. 9). */
export function MinutesEditor({ detail, route }: CaseTabProps) {
  const { id: caseId } = detail
  const list = useCall('minutes.list', { caseId })
  const [interview, setInterview] = useState<string | null>(null)
  const [enterprise, setEnterprise] = useState<string | null>(null)
  if (list.data === null) return <ErrorNote failure={list.failure} />
  const interviews = interviewsOf(list.data, detail.interviewId)
  // The latest is what is being worked at; the earlier ones are a choice away.
  const asked = list.data.find((one) => one.id === route.objectId)
  const wanted = { interview: interview ?? asked?.interviewId, enterprise: enterprise ?? asked?.enterpriseId }
  const shown = interviews.find((one) => one.id === wanted.interview) ?? interviews.at(-1)
  const own = list.data.filter((one) => one.interviewId === shown?.id)
  const minutes = own.find((one) => one.enterpriseId === wanted.enterprise) ?? own[0]
  return (
    <div className="minutes">
      {(interviews.length > 1 || own.length > 1) && (
        <div className="minutes-tabs">
          {interviews.length > 1 && (
            <Choice label={text.interviews}>
              <OneOf
                options={interviews.map((one) => ({ value: one.id, text: text.interview(one.ordinal, one.day) }))}
                value={shown?.id ?? null}
                onChange={setInterview}
              />
            </Choice>
          )}
          {own.length > 1 && (
            <Choice label={text.enterprises}>
              <OneOf
                options={own.map((one) => ({ value: one.enterpriseId, text: one.enterpriseName }))}
                value={minutes?.enterpriseId ?? null}
                onChange={setEnterprise}
              />
            </Choice>
          )}
        </div>
      )}
      {shown === undefined ? (
        <Undrafted caseId={caseId} interviewId={null} />
      ) : minutes === undefined ? (
        <Undrafted caseId={caseId} interviewId={shown.id} />
      ) : (
        <Drafted key={minutes.id} minutes={minutes} detail={detail} at={route.at ?? null} />
      )}
    </div>
  )
}

interface Held {
  readonly id: string
  readonly ordinal: number
  readonly day: string | null
}

/** Interviews there are minutes of, and the latest of the case, which may have none yet. */
function interviewsOf(list: readonly Minutes[], latest: string | null): Held[] {
  const held = new Map<string, Held>()
  for (const { interviewId: id, ordinal, heldOn } of list)
    held.set(id, { id, ordinal, day: heldOn === null ? null : officialDay(heldOn) })
  const known = [...held.values()].sort((a, b) => a.ordinal - b.ordinal)
  if (latest === null || held.has(latest)) return known
  return [...known, { id: latest, ordinal: (known.at(-1)?.ordinal ?? 0) + 1, day: null }]
}

function Choice({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <fieldset className="minutes-choice" aria-label={label}>
      {children}
    </fieldset>
  )
}

/** Minutes beside the record of their own interview. */
function Drafted({ minutes, detail, at }: { minutes: Minutes; detail: CaseDetail; at: string | null }) {
  const { caseId, interviewId } = minutes
  const record = useCall('interviews.get', { caseId, interviewId })
  if (record.data === null) return <ErrorNote failure={record.failure} />
  return <OneMinutes minutes={minutes} opened={record.data} detail={detail} at={at} />
}

/** No minutes of this interview yet: they are drafted once it has ended. */
function Undrafted({ caseId, interviewId }: { caseId: string; interviewId: string | null }) {
  const session = useSession()
  const act = useAct()
  const record = useCall('interviews.get', interviewId === null ? null : { caseId, interviewId })
  if (interviewId !== null && record.data === null) return <ErrorNote failure={record.failure} />
  const ended = record.data?.interview.state === 'ended' || record.data?.interview.state === 'frozen'
  return (
    <>
      <EmptyState title={text.empty}>
        {ended ? text.emptyHint : text.notYet} <ArticleChip article={9} />
      </EmptyState>
      <ErrorNote failure={act.failure} />
      {ended && interviewId !== null && session.may(...recordWriters) && (
        <ActionLine
          primary={
            <Button
              type="primary"
              disabled={act.busy}
              onClick={() => void act.run('minutes.draft', { caseId, interviewId })}
            >
              {text.draft}
            </Button>
          }
        />
      )}
    </>
  )
}
