import { Button } from 'antd'
import { useState } from 'react'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Panel } from '../../ui/page.tsx'
import { renewalText as text } from './text.ts'

type Database = 'office' | 'cases'

/** Keys of the databases: why they are due, and who proposes a new one. */
export function Renewal() {
  const session = useSession()
  const duties = useCall('settings.duties', {})
  const act = useAct()
  const [done, setDone] = useState(false)
  const officer = session.may('systemAdmin', 'securityOfficer')
  const database: Database | null = officer
    ? 'office'
    : session.may('chiefLeader', 'deputyLeader', 'officeHead')
      ? 'cases'
      : null
  const due = duties.data?.renewals ?? []
  return (
    <Panel title={text.title}>
      {due.length > 0 && (
        <p className="y-note y-amber" role="status">
          {text.due(due.map((one) => text.names[one]).join('、'))}
        </p>
      )}
      <p className="y-quiet">{database === null ? text.whoElse : text.why[database]}</p>
      {done && (
        <p className="y-note y-green" role="status">
          {text.proposed}
        </p>
      )}
      <ErrorNote failure={act.failure ?? duties.failure} />
      {database !== null && (
        <Button
          disabled={act.busy || done}
          onClick={async () => setDone((await act.run('accounts.renewKey', { database })) !== null)}
        >
          提请更换{text.names[database]}密钥
        </Button>
      )}
    </Panel>
  )
}
