import { Button } from 'antd'
import { useState } from 'react'
import { officialDay } from '#shared/domain/common.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import type { RectificationItem } from '#shared/domain/rectification.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { ActionLine, EmptyState, Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Documents } from './documents.tsx'
import './rectification.css'
import { ReceiveForm } from './receive-form.tsx'
import { Ruler } from './ruler.tsx'
import { text } from './text.ts'

const writers = ['caseOfficer', 'officeHead'] as const

/** 整改: the ten-day ruler, the items to close, the papers that came in (Art. 11, 12, 15, 16). */
export function RectificationPanel({ detail }: { detail: CaseDetail }) {
  const session = useSession()
  const act = useAct()
  const { id: caseId, enterpriseList: enterprises } = detail
  const state = useCall('rectification.get', { caseId })
  const mayWrite = session.may(...writers)
  if (state.data === null) return <ErrorNote failure={state.failure} />
  const { clocks, items, documents } = state.data
  return (
    <div className="rectification">
      <div className="rectification-body">
        <div className="rectification-main">
          <Panel title={text.rulerTitle} extra={<ArticleChip article={11} />}>
            {clocks.length === 0 ? (
              <EmptyState title={text.noClock} />
            ) : (
              clocks.map((clock) => <Ruler key={clock.enterpriseId} clock={clock} />)
            )}
          </Panel>
          <Panel title={text.items} extra={<ArticleChip article={12} />}>
            {items.length === 0 ? (
              <EmptyState title={text.itemsEmpty} />
            ) : (
              <Items caseId={caseId} items={items} enterprises={enterprises} mayWrite={mayWrite} />
            )}
          </Panel>
          <Documents documents={documents} enterprises={enterprises} />
        </div>
        {mayWrite && detail.stage !== 'archived' && (
          <div className="rectification-side">
            <NewItem caseId={caseId} enterprises={enterprises} />
            <ReceiveForm caseId={caseId} enterprises={enterprises} first="workPlan" />
          </div>
        )}
      </div>
      <ErrorNote failure={act.failure} />
      {mayWrite && detail.stage === 'rectification' && (
        <ActionLine
          actions={<ArticleChip article={16} />}
          primary={
            <Button type="primary" disabled={act.busy} onClick={() => void act.run('cases.beginFiling', { caseId })}>
              {text.beginFiling}
            </Button>
          }
        />
      )}
    </div>
  )
}

function Items({
  caseId,
  items,
  enterprises,
  mayWrite,
}: {
  caseId: string
  items: readonly RectificationItem[]
  enterprises: readonly Enterprise[]
  mayWrite: boolean
}) {
  const act = useAct()
  const [closing, setClosing] = useState<string | null>(null)
  const close = async (itemId: string, result: string) => {
    if (result.trim() === '') return
    if ((await act.run('rectification.closeItem', { caseId, itemId, result })) !== null) setClosing(null)
  }
  const { n, text: what, enterprise, owner, due, state, act: office } = text.columns
  return (
    <>
      <table className="y-table" aria-label={text.items}>
        <thead>
          <tr>
            {[n, what, enterprise, owner, due, state, office].map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={item.id}>
              <td>{index + 1}</td>
              <td>
                {item.text}
                {item.source !== null && <Source source={item.source} />}
              </td>
              <td>{enterprises.find((one) => one.id === item.enterpriseId)?.shortName}</td>
              <td>{item.owner}</td>
              <td>{item.due === null ? '' : officialDay(item.due)}</td>
              <td>
                <Light tone={item.state === 'closed' ? 'green' : 'action'}>{text.states[item.state]}</Light>
              </td>
              <td>
                {mayWrite &&
                  item.state === 'open' &&
                  (closing === item.id ? (
                    <TextLine
                      label={text.closeResult(index + 1)}
                      placeholder={text.closeHint}
                      autoFocus
                      onEnter={(result) => {
                        void close(item.id, result)
                        return true
                      }}
                    />
                  ) : (
                    <button
                      type="button"
                      className="y-quiet-button"
                      aria-label={text.closeOf(index + 1)}
                      onClick={() => setClosing(item.id)}
                    >
                      {text.close}
                    </button>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ErrorNote failure={act.failure} />
    </>
  )
}

/** The words an item was born from, opened in place. */
function Source({ source }: { source: NonNullable<RectificationItem['source']> }) {
  return (
    <details className="rectification-source">
      <summary>{text.source(source.seq)}</summary>
      <p>
        {officialMoment(source.at)} {source.speaker}：{source.text}
      </p>
    </details>
  )
}

function NewItem({ caseId, enterprises }: { caseId: string; enterprises: readonly Enterprise[] }) {
  const [round, setRound] = useState(0)
  return <NewItemForm key={round} caseId={caseId} enterprises={enterprises} onDone={() => setRound((n) => n + 1)} />
}

function NewItemForm({
  caseId,
  enterprises,
  onDone,
}: {
  caseId: string
  enterprises: readonly Enterprise[]
  onDone: () => void
}) {
  const act = useAct()
  const [enterpriseId, setEnterprise] = useState(enterprises[0]?.id ?? '')
  const [what, setWhat] = useState('')
  const [owner, setOwner] = useState('')
  const [due, setDue] = useState('')
  const add = async () => {
    const item = { enterpriseId, text: what, owner, due: due === '' ? null : due, sourceUtteranceId: null }
    if ((await act.run('rectification.addItem', { caseId, item })) !== null) onDone()
  }
  return (
    <Panel title={text.newItem}>
      {enterprises.length > 1 && (
        <FieldGroup label={text.enterprise}>
          <OneOf
            options={enterprises.map((one) => ({ value: one.id, text: one.shortName || one.name }))}
            value={enterpriseId}
            onChange={setEnterprise}
          />
        </FieldGroup>
      )}
      <Field label={text.itemText} required>
        {(control) => <TextLine {...control} onText={setWhat} />}
      </Field>
      <Field label={text.itemOwner}>{(control) => <TextLine {...control} onText={setOwner} />}</Field>
      <DayField label={text.itemDue} value={due} onChange={setDue} />
      <ErrorNote failure={act.failure} />
      <Button disabled={act.busy || what.trim() === '' || enterpriseId === ''} onClick={() => void add()}>
        {text.add}
      </Button>
    </Panel>
  )
}
