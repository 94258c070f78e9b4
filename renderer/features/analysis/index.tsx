import { useEffect, useState } from 'react'
import { leaderRoles } from '#shared/domain/accounts.ts'
import { settle } from '../../app/navigation.ts'
import type { RoomProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Compilations } from '../compilations/list.tsx'
import { Analysis } from './analysis.tsx'
import { text } from './text.ts'

type Section = keyof typeof text.sections

/** 分析: the figures of Art. 19, and the papers that are drawn from the cases (Art. 17, 19). */
export function AnalysisRoom({ route }: RoomProps) {
  const open = route.objectId ?? null
  const [chosen, setChosen] = useState<Section>('charts')
  useEffect(() => {
    if (open !== null) setChosen('compilations')
  }, [open])
  // 定密责任人 binds compilations anew and has no part in the figures.
  const counts = useSession().may('accountabilityOffice', ...leaderRoles)
  const sections = (Object.keys(text.sections) as Section[]).filter((one) => counts || one === 'compilations')
  const section = open !== null || !counts ? 'compilations' : chosen
  const rail = (
    <Tabs
      label={text.title}
      tabs={sections.map((one) => [one, text.sections[one]])}
      chosen={section}
      onChoose={(one) => {
        setChosen(one)
        if (open !== null) settle({ room: 'analysis' })
      }}
    />
  )
  return section === 'charts' ? <Analysis rail={rail} /> : <Compilations rail={rail} open={open} />
}
