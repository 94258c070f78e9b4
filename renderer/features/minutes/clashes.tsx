import { Button } from 'antd'
import { useState } from 'react'
import { type MinutesDraft, minutesFieldNames, minutesSectionNames } from '#shared/domain/minutes.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Panel } from '../../ui/page.tsx'
import { type Clash, decide } from './reconcile.ts'
import { text } from './text.ts'
import type { Conflict } from './use-draft.ts'

/** A stale form, field by field: what both sides changed is decided here; nothing of mine is lost meanwhile. */
export function Clashes({ conflict, onSettle }: { conflict: Conflict; onSettle: (draft: MinutesDraft) => void }) {
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set())
  const choose = (key: string, side: 'mine' | 'theirs') => {
    const next = new Set(theirs)
    if (side === 'theirs') next.add(key)
    else next.delete(key)
    setTheirs(next)
  }
  return (
    <Panel title={text.clashTitle} className="clashes">
      <p className="y-quiet">{text.clashHint}</p>
      <ol>
        {conflict.clashes.map((clash) => (
          <li key={clash.key} className="clash">
            <h4>{nameOf(clash)}</h4>
            <div className="clash-sides">
              <div>
                <p className="y-quiet">{text.mineIs}</p>
                <p>{wordsOf(clash, 'mine')}</p>
              </div>
              <div>
                <p className="y-quiet">{text.theirsIs}</p>
                <p>{wordsOf(clash, 'theirs')}</p>
              </div>
            </div>
            <OneOf
              options={[
                { value: 'mine', text: text.mine },
                { value: 'theirs', text: text.theirs },
              ]}
              value={theirs.has(clash.key) ? 'theirs' : 'mine'}
              onChange={(side) => choose(clash.key, side)}
            />
          </li>
        ))}
      </ol>
      <Button type="primary" onClick={() => onSettle(decide(conflict, conflict.theirs, theirs))}>
        {text.clashDone}
      </Button>
    </Panel>
  )
}

function nameOf(clash: Clash): string {
  if (clash.kind === 'field') return minutesFieldNames[clash.key]
  return minutesSectionNames[(clash.mine ?? clash.theirs)?.section ?? 'other']
}

function wordsOf(clash: Clash, side: 'mine' | 'theirs'): string {
  const value = clash[side]
  return value === null ? text.absent : typeof value === 'string' ? value : value.text
}
