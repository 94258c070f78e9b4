import { type MinutesFieldName, minutesFieldNames } from '#shared/domain/minutes.ts'
import { insidePlace } from '#shared/rules/profile.ts'
import { useRules } from '../../app/rules.tsx'
import { OpenText } from './open-text.tsx'
import { text } from './text.ts'
import type { Draft } from './use-draft.ts'

/** One field of the template: its name, and its value, which opens for writing at a click. */
export function FieldLine({
  name,
  draft,
  writable,
  open,
  onOpen,
  onClose,
}: {
  name: MinutesFieldName
  draft: Draft
  writable: boolean
  open: { readonly caret: number } | null
  onOpen: () => void
  onClose: () => void
}) {
  const label = minutesFieldNames[name]
  const rules = useRules()
  const value = draft.fields[name]
  // As the paper will say it: whose house the place is in stands before it.
  const shown = name === 'place' && value !== '' ? `${rules.authorityCommon}${insidePlace(rules, value)}` : value
  return (
    <div className="sheet-field">
      <span className="sheet-field-name">{label}：</span>
      {open !== null && writable ? (
        <OpenText
          id={name}
          label={label}
          caret={open.caret}
          initial={value}
          draft={draft}
          textNow={() => draft.read().fields[name]}
          onText={(typed) => draft.setField(name, typed.replaceAll('\n', ''))}
          onClose={onClose}
          onEnter={onClose}
        />
      ) : (
        <button
          type="button"
          className="sheet-text sheet-value"
          aria-label={`${label} ${text.rewrite}`}
          disabled={!writable}
          onClick={onOpen}
        >
          {shown === '' ? '—' : shown}
        </button>
      )}
    </div>
  )
}
