import { useEffect, useRef, useState } from 'react'
import type { EventPayload } from '#shared/contract/events.ts'
import { listen } from '../app/client.ts'

/** Steps that jobs report, in words; an unknown one shows as work going on. */
const jobSteps: Readonly<Record<string, string>> = {
  seal: '加密封包',
  open: '解密',
  verify: '逐件核对',
  'backup.files': '复制数据库和密钥文件',
  'backup.blobs': '复制附件',
  'drill.files': '恢复到临时位置',
  'drill.open': '打开核对',
  'drill.blobs': '核对附件',
  fixity: '逐件核对',
  audit: '逐行核对日志',
  'renew.copy': '第 1 步，共 4 步：复制',
  'renew.rekey': '第 2 步，共 4 步：以新密钥重写',
  'renew.check': '第 3 步，共 4 步：逐页核对',
  'renew.rename': '第 4 步，共 4 步：启用',
  'restore.files': '恢复数据库和密钥文件',
  'restore.blobs': '恢复附件',
}
const text = {
  working: '正在办理，请不要拔出介质',
  progress: '办理进度',
  left: (seconds: number) => (seconds < 60 ? `约剩 ${seconds} 秒` : `约剩 ${Math.ceil(seconds / 60)} 分钟`),
} as const

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
    <div className="y-progress">
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
