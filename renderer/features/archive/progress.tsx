import { useEffect, useRef, useState } from 'react'
import type { EventPayload } from '#shared/contract/events.ts'
import { listen } from '../../app/client.ts'
import { jobSteps, text } from './text.ts'

type Progress = EventPayload<'jobs.progress'>

/** How far a long job is, from its pushes: the step, the share, the time left. */
export function JobProgress({ job }: { job: string }) {
  const [state, setState] = useState<Progress | null>(null)
  const begun = useRef({ step: '', at: 0, done: 0 })
  useEffect(
    () =>
      listen('jobs.progress', (progress) => {
        if (progress.job !== job) return
        if (begun.current.step !== progress.step)
          begun.current = { step: progress.step, at: Date.now(), done: progress.done }
        setState(progress)
      }),
    [job],
  )
  const share = state === null || state.total === 0 ? null : Math.min(1, state.done / state.total)
  const seconds = state === null ? null : secondsLeft(state, begun.current)
  return (
    <div className="progress">
      <p role="status">
        {state === null ? text.working : (jobSteps[state.step] ?? text.working)}
        {share !== null && ` ${Math.floor(share * 100)}%`}
        {seconds !== null && ` · ${text.left(seconds)}`}
      </p>
      <progress aria-label={text.progress} max={1} {...(share === null ? {} : { value: share })} />
    </div>
  )
}

/** Time left at the pace of this step so far; null while there is no pace to speak of. */
function secondsLeft(progress: Progress, begun: { at: number; done: number }): number | null {
  const passed = (Date.now() - begun.at) / 1_000
  const done = progress.done - begun.done
  if (passed < 1 || done <= 0 || progress.total === 0) return null
  return Math.max(1, Math.ceil(((progress.total - progress.done) / done) * passed))
}
