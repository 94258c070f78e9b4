import { Button } from 'antd'
import { useState } from 'react'
import { roleNames } from '#shared/domain/accounts.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { navigate } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { weekday } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { WaitingActs } from '../accounts/waiting.tsx'
import { findingWords, settingsText } from './text.ts'

const text = settingsText.duties

/** 今日 of an officer: what stopped business, and the acts that wait for a signature. */
export function DutiesRoom() {
  const session = useSession()
  const today = dayInChina(session.now)
  return (
    <Page
      title={text.title}
      meta={
        <span className="y-quiet">
          {officialDay(today)} {weekday(today)} · {session.unit}
        </span>
      }
    >
      {session.findings.length > 0 && <Findings />}
      <BackupDue />
      <WaitingActs
        empty={`需要${session.account.roles.map((role) => roleNames[role]).join('、')}签署的事项会出现在这里：每人登录后各签各的，签齐才生效。`}
      />
    </Page>
  )
}

/** Told to 系统管理员 while no backup is as new as policy asks. */
function BackupDue() {
  const duties = useCall('settings.duties', {})
  const due = duties.data?.backup ?? null
  if (due === null) return null
  return (
    <p className="y-note y-amber" role="status">
      ▲ {due.days === null ? text.neverBackedUp : text.backupDue(due.days)}{' '}
      <button type="button" className="y-quiet-button" onClick={() => navigate({ room: 'backups' })}>
        {text.toBackups}
      </button>
    </p>
  )
}

function Findings() {
  const session = useSession()
  const act = useAct()
  const [asking, setAsking] = useState<'restore' | 'clock' | null>(null)
  const [done, setDone] = useState('')
  const clock = session.findings.some((one) => one.kind === 'clock')
  const other = session.findings.some((one) => one.kind !== 'clock')
  const confirm = async (reason: string) => {
    const verb = asking === 'clock' ? 'settings.setClock' : 'settings.proposeRestore'
    if ((await act.run(verb, { reason })) === null) return
    setDone(asking === 'clock' ? text.clockDone : text.done)
    setAsking(null)
  }
  return (
    <Panel title={settingsText.stopped.title}>
      <p>{settingsText.stopped.why}</p>
      <ul className="y-list">
        {session.findings.map((one) => (
          <li key={`${one.kind}/${one.database}/${one.hash}`} className="y-line">
            {findingWords(one)}
          </li>
        ))}
      </ul>
      {session.may('systemAdmin') && other && (
        <>
          <p className="y-quiet">{text.restoreWhy}</p>
          <Button onClick={() => setAsking('restore')} disabled={act.busy || done !== ''}>
            {text.restore}
          </Button>
        </>
      )}
      {session.may('securityOfficer') && clock && (
        <>
          <p className="y-quiet">{text.clockWhy}</p>
          <Button onClick={() => setAsking('clock')} disabled={act.busy || done !== ''}>
            {text.clock}
          </Button>
        </>
      )}
      {session.may('auditor') && other && <p className="y-quiet">{text.auditorNote}</p>}
      {done !== '' && (
        <p className="y-note y-green" role="status">
          {done}
        </p>
      )}
      {asking === null && <ErrorNote failure={act.failure} />}
      {asking !== null && (
        <ReasonDialog
          title={asking === 'clock' ? text.clock : text.restore}
          label={asking === 'clock' ? text.clockReason : text.restoreReason}
          confirm="记入台账"
          failure={act.failure}
          onConfirm={(reason) => void confirm(reason)}
          onCancel={() => {
            act.clear()
            setAsking(null)
          }}
        />
      )}
    </Panel>
  )
}
