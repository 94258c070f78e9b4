import { useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { policyText as text } from './text.ts'

type Row = VerbOutput<'settings.policies'>[number]

/** 策略: what holds, how far it may be set and why; 安全保密管理员 signs a change, which stands in the ledger for ever. */
export function SettingsRoom() {
  const session = useSession()
  const list = useCall('settings.policies', {})
  const [chosen, setChosen] = useState<Row | null>(null)
  const mayset = session.may('securityOfficer')
  return (
    <Page
      title={text.title}
      meta={<span className="y-quiet">本机最高密级 {levelNames[session.machineLevel]}</span>}
      note={<ErrorNote failure={list.failure} />}
    >
      <p className="y-quiet">{text.hint}</p>
      <Panel title={text.panel}>
        <table className="y-table">
          <thead>
            <tr>
              <th>规定</th>
              <th>现行</th>
              <th>允许范围</th>
              <th>依据与说明</th>
              <th>操作</th>
            </tr>
          </thead>
          <tbody>
            {list.data?.map((row) => (
              <tr key={row.name}>
                <td className="y-nowrap">{text.names[row.name]}</td>
                <td className="y-nowrap">
                  {valueWords(row.name, row.value)}
                  {row.value !== row.standard && (
                    <span className="y-quiet">（默认 {valueWords(row.name, row.standard)}）</span>
                  )}
                </td>
                <td>{rangeWords(row)}</td>
                <td>{text.why[row.name]}</td>
                <td className="y-nowrap">
                  {mayset && (
                    <button
                      type="button"
                      className="y-quiet-button"
                      aria-label={`调整：${text.names[row.name]}`}
                      onClick={() => setChosen(row)}
                    >
                      调整
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {chosen !== null && <PolicyDialog row={chosen} onDone={() => setChosen(null)} />}
    </Page>
  )
}

const units: Partial<Record<Row['name'], string>> = text.units
const choices: Partial<Record<Row['name'], readonly string[]>> = text.choices

function valueWords(name: Row['name'], value: number): string {
  return choices[name]?.[value] ?? `${value} ${units[name] ?? ''}`
}

/** What the machine's level leaves to choose from. */
function allowed({ name, least, most }: Row): { value: string; text: string }[] {
  return (choices[name] ?? []).map((words, index) => ({ value: String(index), text: words })).slice(least, most + 1)
}

function rangeWords(row: Row): string {
  const words = allowed(row)
  return words.length > 0 ? words.map((one) => one.text).join(' / ') : `${row.least}—${row.most}`
}

function PolicyDialog({ row, onDone }: { row: Row; onDone: () => void }) {
  const act = useAct()
  const typed = useRef<TextHandle>(null)
  const [picked, setPicked] = useState(String(row.value))
  const options = allowed(row)
  const save = async () => {
    const value = Number(options.length > 0 ? picked : typed.current?.text().trim())
    if (!Number.isInteger(value)) return typed.current?.focus()
    if ((await act.run('settings.setPolicy', { name: row.name, value })) !== null) onDone()
  }
  return (
    <Dialog
      title={`调整：${text.names[row.name]}`}
      onCancel={onDone}
      confirm={{ text: '签署并记入台账', disabled: act.busy, onClick: () => void save() }}
    >
      <p className="y-quiet">{text.why[row.name]}</p>
      {options.length > 0 ? (
        <FieldGroup label="新的规定" required>
          <OneOf options={options} value={picked} onChange={setPicked} />
        </FieldGroup>
      ) : (
        <Field label="新的规定" required hint={`${row.least}—${row.most} ${units[row.name] ?? ''}`}>
          {(control) => <TextLine {...control} handle={typed} initial={String(row.value)} autoFocus />}
        </Field>
      )}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
