import { Button } from 'antd'
import { useState } from 'react'
import { stageNames } from '#shared/domain/cases.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import type { Enterprise, Merge } from '#shared/domain/parties.ts'
import { navigate } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Facts, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { EnterpriseEdit } from './edit.tsx'
import { OnePicker } from './one-picker.tsx'
import { Posts } from './posts.tsx'
import { text } from './text.ts'

/** Everything the register knows of one enterprise, and the cases the account may open. */
export function EnterpriseCard({ id, list }: { id: string; list: readonly Enterprise[] }) {
  const session = useSession()
  const found = useCall('parties.enterprise', { enterpriseId: id })
  const [editing, setEditing] = useState(false)
  const [merging, setMerging] = useState(false)
  if (found.data === null) return <ErrorNote failure={found.failure} />
  const { enterprise, posts, merges, cases } = found.data
  const parent = list.find((one) => one.id === enterprise.parentId) ?? null
  const keeper = session.may('caseOfficer', 'officeHead', 'accountabilityOffice')
  if (editing) return <EnterpriseEdit known={enterprise} parent={parent} onDone={() => setEditing(false)} />
  return (
    <>
      <Panel
        title={enterprise.name}
        extra={
          keeper && (
            <>
              <button type="button" className="y-quiet-button" onClick={() => setEditing(true)}>
                {text.edit}
              </button>
              <button type="button" className="y-quiet-button" onClick={() => setMerging(true)}>
                {text.merge}
              </button>
            </>
          )
        }
      >
        <Facts
          items={[
            [text.shortName, enterprise.shortName || '—'],
            [text.code, enterprise.code || '—'],
            [text.parent, parent?.name ?? text.noParent],
          ]}
        />
      </Panel>
      <Posts
        enterpriseId={enterprise.id}
        posts={posts}
        mayWrite={keeper || session.may('minuteTaker')}
        mayMerge={keeper}
      />
      <Panel title={text.cases}>
        {cases.length === 0 ? (
          <p className="y-quiet">{text.casesEmpty}</p>
        ) : (
          <ul className="y-list">
            {cases.map((one) => (
              <li key={one.id} className="y-line">
                <button type="button" className="y-row-link" onClick={() => navigate({ room: 'case', caseId: one.id })}>
                  {one.matter}
                </button>
                <span className="y-quiet">
                  {one.namedAs !== enterprise.name && `${text.namedAs(one.namedAs)}　`}
                  {stageNames[one.stage]}　{officialDay(dayInChina(one.at))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {merges.length > 0 && (
        <Panel title={text.merges}>
          <ul className="y-list">
            {merges.map((one) => (
              <MergeLine key={one.id} merge={one} mayUndo={keeper} />
            ))}
          </ul>
        </Panel>
      )}
      {merging && <MergeDialog enterprise={enterprise} onDone={() => setMerging(false)} />}
    </>
  )
}

function MergeLine({ merge, mayUndo }: { merge: Merge; mayUndo: boolean }) {
  const act = useAct()
  const [asking, setAsking] = useState(false)
  return (
    <li>
      <div className="y-line">
        <span>{text.merged(merge.fromName, merge.intoName)}</span>
        {merge.undone === null && mayUndo && (
          <button type="button" className="y-quiet-button" onClick={() => setAsking(true)}>
            {text.undo}
          </button>
        )}
      </div>
      <span className="y-quiet">
        {merge.by}　{officialDay(dayInChina(merge.at))}　{merge.reason}
        {merge.undone !== null && `　·　${text.undone}：${merge.undone.by}　${merge.undone.reason}`}
      </span>
      {asking && (
        <ReasonDialog
          title={text.undo}
          label={text.undoReason}
          confirm={text.undo}
          failure={act.failure}
          onCancel={() => setAsking(false)}
          onConfirm={async (reason) => {
            if ((await act.run('parties.unmerge', { mergeId: merge.id, reason })) !== null) setAsking(false)
          }}
        />
      )}
    </li>
  )
}

function MergeDialog({ enterprise, onDone }: { enterprise: Enterprise; onDone: () => void }) {
  const act = useAct()
  const [into, setInto] = useState<Enterprise | null>(null)
  const [reason, setReason] = useState('')
  const merge = async () => {
    if (into === null) return
    const done = await act.run('parties.merge', { kind: 'enterprise', fromId: enterprise.id, intoId: into.id, reason })
    if (done !== null) onDone()
  }
  return (
    <Dialog
      title={text.mergeTitle(enterprise.name)}
      onCancel={onDone}
      footer={
        <>
          <Button onClick={onDone}>{text.cancel}</Button>
          <Button
            type="primary"
            disabled={act.busy || into === null || reason.trim() === ''}
            onClick={() => void merge()}
          >
            {text.confirmMerge}
          </Button>
        </>
      }
    >
      <OnePicker label={text.mergeInto} hint={text.mergeHint} except={enterprise.id} onPick={setInto} />
      {into !== null && (
        <p>
          {text.confirmMerge}：<strong>{into.name}</strong>
        </p>
      )}
      <Field label={text.mergeReason} required>
        {(control) => <TextBlock {...control} maxLength={500} onText={setReason} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
