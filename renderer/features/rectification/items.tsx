import { Button } from 'antd'
import { useState } from 'react'
import { officialDay } from '#shared/domain/common.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import type { RectificationItem } from '#shared/domain/rectification.ts'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DueLight } from '../../ui/due-light.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

interface Props {
  readonly caseId: string
  readonly enterprise: Enterprise
  readonly items: readonly RectificationItem[]
  readonly mayWrite: boolean
}

/** 整改事项 of one enterprise: what it has to do, by whom, until when (Art. 12). */
export function Items({ caseId, enterprise, items, mayWrite }: Props) {
  const act = useAct()
  const [closing, setClosing] = useState<string | null>(null)
  const [form, setForm] = useState<RectificationItem | 'new' | null>(null)
  const close = async (itemId: string, result: string) => {
    if (result.trim() === '') return
    if ((await act.run('rectification.closeItem', { caseId, itemId, result })) !== null) setClosing(null)
  }
  const { n, text: what, owner, due, state, act: office } = text.columns
  return (
    <Panel
      title={text.items}
      extra={
        <>
          {mayWrite && <Button onClick={() => setForm('new')}>{text.newItem}</Button>}
          <ArticleChip article={12} />
        </>
      }
    >
      {items.length === 0 ? (
        <EmptyState title={text.itemsEmpty} />
      ) : (
        <table className="y-table" aria-label={text.items}>
          <TableHead columns={[n, what, owner, due, state, office]} />
          <tbody>
            {items.map((item, index) => (
              <tr key={item.id}>
                <td>{index + 1}</td>
                <td>
                  {item.text}
                  {item.source !== null && <Source source={item.source} />}
                  {item.changes.length > 0 && <Changes changes={item.changes} />}
                </td>
                <td>{item.owner}</td>
                <td className="y-nowrap">
                  {item.due !== null &&
                    (item.state === 'open' ? (
                      <DueLight due={item.due}>{officialDay(item.due)}</DueLight>
                    ) : (
                      officialDay(item.due)
                    ))}
                </td>
                <td className="y-nowrap">
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
                      <div className="y-nowrap">
                        <button
                          type="button"
                          className="y-quiet-button"
                          aria-label={text.editOf(index + 1)}
                          onClick={() => setForm(item)}
                        >
                          {text.edit}
                        </button>
                        <button
                          type="button"
                          className="y-quiet-button"
                          aria-label={text.closeOf(index + 1)}
                          onClick={() => setClosing(item.id)}
                        >
                          {text.close}
                        </button>
                      </div>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ErrorNote failure={act.failure} />
      {form !== null && (
        <ItemDialog
          caseId={caseId}
          enterprise={enterprise}
          item={form === 'new' ? null : form}
          onDone={() => setForm(null)}
        />
      )}
    </Panel>
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

/** What an item said before it was changed, opened in place. */
function Changes({ changes }: { changes: RectificationItem['changes'] }) {
  return (
    <details className="rectification-source">
      <summary>{text.changed(changes.length)}</summary>
      {changes.map((one) => (
        <p key={one.at}>
          {officialMoment(one.at)} {one.by} {one.text}
        </p>
      ))}
    </details>
  )
}

/** A new item, or the change of an open one. */
function ItemDialog({
  caseId,
  enterprise,
  item,
  onDone,
}: {
  caseId: string
  enterprise: Enterprise
  item: RectificationItem | null
  onDone: () => void
}) {
  const act = useAct()
  const [what, setWhat] = useState(item?.text ?? '')
  const [owner, setOwner] = useState(item?.owner ?? '')
  const [due, setDue] = useState(item?.due ?? '')
  const send = async () => {
    const change = { text: what, owner, due: due === '' ? null : due }
    const done =
      item === null
        ? await act.run('rectification.addItem', {
            caseId,
            item: { ...change, enterpriseId: enterprise.id, sourceUtteranceId: null },
          })
        : await act.run('rectification.editItem', { caseId, itemId: item.id, change })
    if (done !== null) onDone()
  }
  return (
    <Dialog
      title={`${item === null ? text.newItem : text.edit}：${enterprise.name}`}
      onCancel={onDone}
      confirm={{
        text: item === null ? text.add : text.saveItem,
        disabled: act.busy || what.trim() === '',
        onClick: () => void send(),
      }}
    >
      <Field label={text.itemText} required>
        {(control) => <TextLine {...control} autoFocus initial={what} onText={setWhat} />}
      </Field>
      <Field label={text.itemOwner}>{(control) => <TextLine {...control} initial={owner} onText={setOwner} />}</Field>
      <DayField label={text.itemDue} value={due} onChange={setDue} />
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
