import { useState } from 'react'
import type { Role } from '#shared/domain/accounts.ts'
import type { RoomProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { TicketApprovals } from './approvals.tsx'
import { Incidents } from './incidents.tsx'
import { HolderNotices } from './notices.tsx'
import { OutsideRegister } from './outside.tsx'
import { CopyRegister } from './register.tsx'
import { ScopeRequests } from './scope-requests.tsx'
import { SelfChecks } from './self-checks.tsx'
import { Terms } from './terms.tsx'
import { secrecyText as text } from './text.ts'
import { WaitingProposals } from './waiting.tsx'

type Section = keyof typeof text.sections

/** Who finds a section here; the door decides what each may see in it. */
const readers: Readonly<Record<Section, readonly Role[] | null>> = {
  waiting: ['classifier'],
  approvals: ['officeHead', 'deputyLeader', 'chiefLeader'],
  requests: ['chiefLeader', 'deputyLeader', 'classifier'],
  terms: null,
  notices: null,
  register: null,
  outside: ['secrecyOfficer', 'archivist', 'caseOfficer', 'officeHead', 'accountabilityOffice'],
  incidents: null,
  selfCheck: ['secrecyOfficer', 'officeHead', 'deputyLeader', 'chiefLeader'],
}

/** 保密: what waits for 定密, who wants to know, which terms run out, what was changed (Art. 21). */
export function SecrecyRoom({ route }: RoomProps) {
  const session = useSession()
  const mine = (Object.keys(readers) as Section[]).filter((one) => {
    const roles = readers[one]
    return roles === null || session.may(...roles)
  })
  const [section, setSection] = useState<Section>(mine[0] ?? 'terms')
  const rail = (
    <Tabs
      label={text.room}
      tabs={mine.map((one) => [one, text.sections[one]])}
      chosen={section}
      onChoose={setSection}
    />
  )
  switch (section) {
    case 'waiting':
      return <WaitingProposals route={route} rail={rail} />
    case 'approvals':
      return <TicketApprovals rail={rail} />
    case 'register':
      return <CopyRegister rail={rail} />
    case 'outside':
      return <OutsideRegister rail={rail} />
    case 'incidents':
      return <Incidents rail={rail} />
    case 'selfCheck':
      return <SelfChecks rail={rail} />
    case 'requests':
      return <ScopeRequests rail={rail} />
    case 'terms':
      return <Terms rail={rail} />
    case 'notices':
      return <HolderNotices rail={rail} />
  }
}
