import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { ActionLine } from '../../ui/page.tsx'
import { DevicePaper, RestoreDevice } from './device-paper.tsx'
import { RenewAuthority, ReplaceOfficer } from './officers.tsx'
import { MakeSheets, UseSheets } from './recovery-sheets.tsx'
import { RestoreBackup } from './restore-backup.tsx'
import { sessionText } from './text.ts'

const text = sessionText.keys
type Act = 'make' | 'rehearsed' | 'used' | 'paper' | 'restore' | 'backup' | 'officer' | 'authority'

/** Acts on the keys themselves: every person types the own password or sheet at one table, before anybody signs in. */
export function Keys({ onBack }: { onBack: () => void }) {
  const [act, setAct] = useState<Act | null>(null)
  const back = () => setAct(null)
  if (act === 'make') return <MakeSheets onBack={back} />
  if (act === 'rehearsed' || act === 'used') return <UseSheets act={act} onBack={back} />
  if (act === 'paper') return <DevicePaper onBack={back} />
  if (act === 'restore') return <RestoreDevice onBack={onBack} />
  if (act === 'backup') return <RestoreBackup onBack={back} />
  if (act === 'officer') return <ReplaceOfficer onBack={back} />
  if (act === 'authority') return <RenewAuthority onBack={back} />
  const way = (one: Act): ReactNode => (
    <li key={one}>
      <div>
        <h2>{text[one].title}</h2>
        <p>{text[one].why}</p>
      </div>
      <Button onClick={() => setAct(one)}>{text[one].button}</Button>
    </li>
  )
  return (
    <div className="y-card y-card-wide">
      <h1>{text.title}</h1>
      <p className="y-quiet">{text.why}</p>
      <ul className="y-ways">
        {(['make', 'rehearsed', 'used', 'paper', 'restore', 'backup', 'officer', 'authority'] as const).map(way)}
      </ul>
      <ActionLine actions={<Button onClick={onBack}>返回登录</Button>} />
    </div>
  )
}
