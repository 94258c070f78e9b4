import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type Role, roleNames } from '#shared/domain/accounts.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Facts, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { waitingText as text } from './text.ts'
import './accounts.css'

type Waiting = VerbOutput<'accounts.waiting'>[number]

/** Acts of the ledger that several must sign in turn. Without `empty` the panel shows only when there is something. */
export function WaitingActs({ empty }: { empty?: string }) {
  const found = useCall('accounts.waiting', {})
  const act = useAct()
  const [withdrawing, setWithdrawing] = useState<Waiting | null>(null)
  const [done, setDone] = useState('')
  const acts = found.data ?? []
  if (empty === undefined && acts.length === 0 && done === '') return null
  const confirm = async ({ seq, hash }: Waiting) => {
    const answer = await act.run('accounts.confirm', { seq, hash })
    if (answer !== null) setDone(answer.complete ? (text.effects[answer.kind] ?? text.complete) : text.signed)
  }
  return (
    <Panel title={text.title}>
      {acts.length === 0 && done === '' && found.data !== null && <EmptyState title={text.empty}>{empty}</EmptyState>}
      {acts.map((one) => (
        <section key={one.seq} className="y-waiting" aria-label={text.kinds[one.kind] ?? one.kind}>
          <header>
            <h3>{text.kinds[one.kind] ?? one.kind}</h3>
            <span className="y-quiet">
              台账第 {one.seq} 条 · {officialMoment(one.at)}
            </span>
          </header>
          <Facts
            items={[
              ...one.facts.map((fact) => [text.facts[fact.name] ?? fact.name, valueWords(fact)] as const),
              ['已签', one.signers.join('、')],
              ['还缺', one.missing.map(slotWords).join('；')],
            ]}
          />
          <div className="y-choices">
            {one.mine && (
              <Button onClick={() => void confirm(one)} disabled={act.busy}>
                核对无误，签署
              </Button>
            )}
            {one.retractable && (
              <button type="button" className="y-quiet-button" onClick={() => setWithdrawing(one)}>
                {one.mine ? '不同意，撤下' : '撤回'}
              </button>
            )}
          </div>
        </section>
      ))}
      {done !== '' && (
        <p className="y-note y-green" role="status">
          {done}
        </p>
      )}
      {withdrawing === null && <ErrorNote failure={act.failure ?? found.failure} />}
      {withdrawing !== null && (
        <ReasonDialog
          title={`撤下：${text.kinds[withdrawing.kind] ?? withdrawing.kind}`}
          label="原因"
          confirm="撤下"
          failure={act.failure}
          onConfirm={async (reason) => {
            const { seq, hash } = withdrawing
            if ((await act.run('accounts.withdraw', { seq, hash, reason })) !== null) setWithdrawing(null)
          }}
          onCancel={() => setWithdrawing(null)}
        />
      )}
    </Panel>
  )
}

function valueWords({ name, value }: Waiting['facts'][number]): string {
  if (name === 'grant' || name === 'revoke' || name === 'role') return roleNames[value as Role] ?? value
  return text.values[value] ?? value
}

function slotWords(slot: readonly string[]): string {
  return slot.map((one) => text.slots[one] ?? roleNames[one as Role] ?? one).join('或')
}
