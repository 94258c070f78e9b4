import { Button } from 'antd'
import { useState } from 'react'
import type { Office } from '#shared/domain/parties.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { AnyOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Panel } from '../../ui/page.tsx'
import { text } from './text.ts'

/** 处室职责 in the aspects of trigger (四): the intake asks for a reason where they do not cover the matter (Art. 4). */
export function Offices({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const found = useCall('parties.offices', {})
  const mayWrite = session.may('officeHead', 'accountabilityOffice')
  const known = new Map((found.data ?? []).map((one) => [one.name, one]))
  for (const { office } of session.colleagues) {
    if (office !== '' && !known.has(office)) known.set(office, { name: office, duties: [] })
  }
  const list = [...known.values()].sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
  return (
    <>
      <p className="y-quiet">
        {text.officesHint} <ArticleChip article={4} small /> <ArticleChip article={3} small />
      </p>
      <ErrorNote failure={found.failure} />
      {found.data !== null && list.map((one) => <OfficeDuties key={one.name} office={one} mayWrite={mayWrite} />)}
      <Button onClick={onDone}>{text.cancel}</Button>
    </>
  )
}

function OfficeDuties({ office, mayWrite }: { office: Office; mayWrite: boolean }) {
  const act = useAct()
  const rules = useRules()
  const [duties, setDuties] = useState(office.duties)
  const areas = rules.triggers.flatMap((trigger) => trigger.areas)
  const changed = JSON.stringify(duties) !== JSON.stringify(office.duties)
  return (
    <Panel title={office.name} extra={office.duties.length === 0 && <span className="y-quiet">{text.noDuties}</span>}>
      <AnyOf
        options={areas.map((area) => ({ value: area, text: area }))}
        value={duties}
        disabled={!mayWrite}
        onChange={setDuties}
      />
      <ErrorNote failure={act.failure} />
      {mayWrite && changed && (
        <Button disabled={act.busy} onClick={() => void act.run('parties.saveOffice', { name: office.name, duties })}>
          {text.saveDuties(office.name)}
        </Button>
      )}
    </Panel>
  )
}
