import { useState } from 'react'
import { useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import './aids.css'
import { KeysPanel } from './keys.tsx'
import { PhrasesPanel } from './phrases.tsx'
import { TemplatesPanel } from './templates.tsx'
import { text } from './text.ts'

const tabs = ['phrases', 'templates', 'keys'] as const
type Tab = (typeof tabs)[number]

/** 记录工具: what the one who keeps the record brings along, and what the unit keeps for everybody. */
export function AidsRoom() {
  const [tab, setTab] = useState<Tab>('phrases')
  const tools = useCall('aids.tools', {})
  return (
    <Page
      title={text.room}
      rail={<Tabs label={text.room} tabs={tabs.map((one) => [one, text.tabs[one]])} chosen={tab} onChoose={setTab} />}
      note={<ErrorNote failure={tools.failure} />}
    >
      {tools.data !== null && tab === 'phrases' && <PhrasesPanel phrases={tools.data.phrases} />}
      {tools.data !== null && tab === 'templates' && <TemplatesPanel templates={tools.data.templates} />}
      {tools.data !== null && tab === 'keys' && <KeysPanel preferences={tools.data.preferences} />}
    </Page>
  )
}
