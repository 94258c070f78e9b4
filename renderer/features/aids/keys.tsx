import { Button } from 'antd'
import { useEffect, useState } from 'react'
import {
  type DeskAction,
  type DeskKeys,
  defaultKeys,
  deskActionNames,
  deskKeyGroups,
  fixedKeys,
  type KeyFault,
  keyFault,
  keysInForce,
  type Preferences,
} from '#shared/domain/desk-keys.ts'
import { isComposing, shortcutOf } from '../../app/keyboard.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { shortKey } from '../interviews/text.ts'
import { text } from './text.ts'

/** Every key of the live record, for this account; a conflict is refused in words, at the row. */
export function KeysPanel({ preferences }: { preferences: Preferences }) {
  const act = useAct()
  const keys = keysInForce(preferences.keys)
  const [asked, setAsked] = useState<DeskAction | null>(null)
  const [refused, setRefused] = useState<{ action: DeskAction; fault: KeyFault } | null>(null)
  const keep = async (next: Preferences) => {
    await act.run('aids.savePreferences', next)
    setAsked(null)
  }
  const give = (action: DeskAction, key: string) => {
    const fault = keyFault(keys, action, key)
    if (fault !== null) {
      setRefused({ action, fault })
      return
    }
    setRefused(null)
    const { [action]: _before, ...others } = preferences.keys
    void keep({ ...preferences, keys: key === defaultKeys[action] ? others : { ...others, [action]: key } })
  }
  useCapturedKey(asked, (key) => {
    if (asked === null) return
    if (key === 'Escape') setAsked(null)
    else give(asked, key)
  })
  return (
    <div className="y-two">
      <Panel
        title={text.tabs.keys}
        extra={
          <button
            type="button"
            className="y-quiet-button"
            disabled={Object.keys(preferences.keys).length === 0}
            onClick={() => void keep({ ...preferences, keys: {} })}
          >
            {text.reset}
          </button>
        }
      >
        <p className="y-quiet">{text.keysHint}</p>
        <table className="y-table aids-keys" aria-label={text.tabs.keys}>
          <thead>
            <tr>
              <th>{text.action}</th>
              <th className="aids-key">{text.key}</th>
              <th className="aids-acts" />
            </tr>
          </thead>
          {deskKeyGroups.map((group) => (
            <tbody key={group.name}>
              <tr className="aids-group">
                <th colSpan={3} scope="rowgroup">
                  {group.name}
                </th>
              </tr>
              {group.actions.map((action) => (
                <KeyRow
                  key={action}
                  action={action}
                  keys={keys}
                  asked={asked === action}
                  fault={refused?.action === action ? refused.fault : null}
                  onAsk={() => {
                    setRefused(null)
                    setAsked(action)
                  }}
                />
              ))}
            </tbody>
          ))}
          <tbody>
            <tr className="aids-group">
              <th colSpan={3} scope="rowgroup">
                {text.fixedKeys}
              </th>
            </tr>
            {fixedKeys.map((one) => (
              <tr key={one.shown}>
                <td>
                  {one.action}
                  <small className="y-quiet aids-fault">{text.fixed(one.why)}</small>
                </td>
                <td>
                  <kbd>{one.shown}</kbd>
                </td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
        <ErrorNote failure={act.failure} />
      </Panel>
      <div className="aids-beside">
        <KeyCard />
        <Panel title={text.alternate}>
          <label className="y-choice">
            <input
              type="checkbox"
              checked={preferences.alternate}
              onChange={(event) => void keep({ ...preferences, alternate: event.target.checked })}
            />
            <span>{text.alternate}</span>
          </label>
        </Panel>
      </div>
    </div>
  )
}

/** One act with its key; what stands in the way of a new key is said at the row. */
function KeyRow({
  action,
  keys,
  asked,
  fault,
  onAsk,
}: {
  action: DeskAction
  keys: DeskKeys
  asked: boolean
  fault: KeyFault | null
  onAsk: () => void
}) {
  return (
    <tr>
      <td>
        {deskActionNames[action]}
        {fault !== null && (
          <small className="y-red aids-fault" role="alert">
            {text.fault(fault)}
          </small>
        )}
      </td>
      <td>{asked ? <em>{text.pressKey}</em> : <kbd>{shortKey(keys[action])}</kbd>}</td>
      <td>
        <button
          type="button"
          className="y-quiet-button"
          aria-label={text.changeKey(deskActionNames[action])}
          onClick={onAsk}
        >
          {text.change}
        </button>
      </td>
    </tr>
  )
}

/** One sheet to lie beside the keyboard. */
function KeyCard() {
  const act = useAct()
  const [folder, setFolder] = useState('')
  const [file, setFile] = useState('')
  const make = async () => {
    const value = await act.run('aids.keyCard', { folder })
    if (value !== null) setFile(value.file)
  }
  return (
    <Panel title={text.cardTitle}>
      <PathField label={text.cardFolder} onChange={setFolder} />
      <Button onClick={() => void make()} disabled={act.busy || folder === ''}>
        {text.card}
      </Button>
      {file !== '' && <p role="status">{text.carded(file)}</p>}
      <ErrorNote failure={act.failure} />
    </Panel>
  )
}

/** While a key is asked for, the next one goes nowhere else. A lone modifier or a composition is no key yet. */
function useCapturedKey(asked: DeskAction | null, onKey: (key: string) => void): void {
  useEffect(() => {
    if (asked === null) return
    const capture = (event: KeyboardEvent) => {
      if (isComposing(event) || ['Control', 'Alt', 'Shift', 'Meta', 'Process'].includes(event.key)) return
      event.preventDefault()
      event.stopPropagation()
      onKey(shortcutOf(event))
    }
    window.addEventListener('keydown', capture, { capture: true })
    return () => window.removeEventListener('keydown', capture, { capture: true })
  }, [asked, onKey])
}
