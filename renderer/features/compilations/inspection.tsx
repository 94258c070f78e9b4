import { Button } from 'antd'
import { useState } from 'react'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { type InspectionInput, inspectionInput, inspectionNames, inspectionState } from '#shared/domain/compilations.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { text } from './text.ts'

const tones = { 待报送: 'amber', 核查中: 'quiet', 已办结: 'green' } as const satisfies Record<string, Tone>

interface Examined {
  readonly id: string
  readonly name: string
}

/** 专项核查 after its notice: every enterprise with what it sent and what was found, to the end (Art. 19). */
export function InspectionPanel({
  compilationId,
  enterprises,
}: {
  compilationId: string
  enterprises: readonly Examined[]
}) {
  const session = useSession()
  const act = useAct()
  const found = useCall('inspections.get', { compilationId })
  const [entering, setEntering] = useState<Examined | null>(null)
  const [closing, setClosing] = useState(false)
  const entries = found.data ?? []
  const closure = entries.find((one) => one.kind === 'closure')
  const mayEnter = session.may('accountabilityOffice') && closure === undefined
  const all = enterprises.map((one) => {
    const own = entries.filter((each) => each.enterpriseId === one.id)
    return { ...one, own, state: inspectionState(own) }
  })
  return (
    <Panel
      title={text.inspection}
      extra={
        <>
          <ArticleChip article={19} />
          {mayEnter && (
            <Button size="small" disabled={all.some((one) => one.state !== '已办结')} onClick={() => setClosing(true)}>
              {text.close}
            </Button>
          )}
        </>
      }
    >
      <table className="y-table" aria-label={text.inspection}>
        <tbody>
          {all.map((one) => (
            <tr key={one.id}>
              <td>
                {one.name}
                {one.own.map((each) => (
                  <div key={each.id} className="y-quiet">
                    {officialDay(each.day)} {inspectionNames[each.kind]}：{each.text}
                  </div>
                ))}
              </td>
              <td className="y-nowrap">
                <Light tone={tones[one.state]}>{one.state}</Light>
              </td>
              <td className="y-nowrap">
                {mayEnter && one.state !== '已办结' && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={text.enterOf(one.name)}
                    onClick={() => setEntering(one)}
                  >
                    {text.enter}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {closure !== undefined && (
        <p className="y-green" role="status">
          {text.closed(closure.text)}
        </p>
      )}
      <ErrorNote failure={found.failure} />
      {entering !== null && (
        <EntryDialog compilationId={compilationId} enterprise={entering} onDone={() => setEntering(null)} />
      )}
      {closing && (
        <ReasonDialog
          title={text.close}
          label={text.closeLabel}
          confirm={text.close}
          failure={act.failure}
          onCancel={() => setClosing(false)}
          onConfirm={async (conclusion) => {
            if ((await act.run('inspections.close', { compilationId, conclusion })) !== null) setClosing(false)
          }}
        />
      )}
    </Panel>
  )
}

function EntryDialog({
  compilationId,
  enterprise,
  onDone,
}: {
  compilationId: string
  enterprise: Examined
  onDone: () => void
}) {
  const session = useSession()
  const act = useAct()
  const [kind, setKind] = useState<InspectionInput['kind']>('report')
  const [words, setWords] = useState('')
  const [day, setDay] = useState(dayInChina(session.now))
  const enter = async () => {
    const entry = { kind, text: words, day }
    const done = await act.run('inspections.enter', { compilationId, enterpriseId: enterprise.id, entry })
    if (done !== null) onDone()
  }
  return (
    <Dialog
      title={text.enterOf(enterprise.name)}
      onCancel={onDone}
      confirm={{
        text: text.enter,
        disabled: act.busy || words.trim() === '' || day === '',
        onClick: () => void enter(),
      }}
    >
      <FieldGroup label={text.entryKind}>
        <OneOf
          options={inspectionInput.entries.kind.options.map((value) => ({ value, text: inspectionNames[value] }))}
          value={kind}
          onChange={setKind}
        />
      </FieldGroup>
      <Field label={text.entryText} required>
        {(control) => <TextBlock {...control} maxLength={500} onText={setWords} />}
      </Field>
      <DayField label={text.entryDay} value={day} onChange={setDay} required />
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
