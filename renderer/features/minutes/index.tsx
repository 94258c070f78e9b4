import { Button } from 'antd'
import { useState } from 'react'
import type { Minutes } from '#shared/domain/minutes.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine, EmptyState } from '../../ui/page.tsx'
import { OneMinutes } from './editor.tsx'
import './minutes.css'
import { text } from './text.ts'

const writers = ['minuteTaker', 'caseOfficer', 'officeHead'] as const

/** 纪要: one for every enterprise, from the record to the final paper (Art. 9). */
export function MinutesEditor({ detail }: { detail: CaseDetail }) {
  const session = useSession()
  const act = useAct()
  const { id: caseId, interviewId } = detail
  const list = useCall('minutes.list', { caseId })
  const [chosen, setChosen] = useState<string | null>(null)
  const all = list.data ?? []
  const minutes = all.find((one) => one.id === chosen) ?? all[0]
  // The minutes of an earlier interview rest on its own record.
  const shownInterview = minutes?.interviewId ?? interviewId
  const record = useCall('interviews.get', shownInterview === null ? null : { caseId, interviewId: shownInterview })
  const ended = record.data?.interview.state === 'ended' || record.data?.interview.state === 'frozen'
  if (list.data === null || (shownInterview !== null && record.data === null))
    return <ErrorNote failure={list.failure ?? record.failure} />
  const drafted = all.some((one) => one.interviewId === interviewId)
  if (minutes === undefined || record.data === null)
    return (
      <div className="minutes">
        <EmptyState title={text.empty}>
          {ended ? text.emptyHint : text.notYet} <ArticleChip article={9} />
        </EmptyState>
        <ErrorNote failure={act.failure} />
        {ended && !drafted && interviewId !== null && session.may(...writers) && (
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
      </div>
    )
  return (
    <div className="minutes">
      {all.length > 1 && (
        <div className="minutes-tabs">
          <OneOf
            options={all.map((one) => ({ value: one.id, text: nameOf(one, all) }))}
            value={minutes.id}
            onChange={setChosen}
          />
        </div>
      )}
      <OneMinutes key={minutes.id} minutes={minutes} opened={record.data} detail={detail} />
    </div>
  )
}

/** The enterprise; with a second interview also which one it was. */
function nameOf(one: Minutes, all: readonly Minutes[]): string {
  const interviews = [...new Set(all.map((other) => other.interviewId))]
  const nth = interviews.length > 1 ? `（第${interviews.indexOf(one.interviewId) + 1}次）` : ''
  return `${one.enterpriseName}${nth}`
}
