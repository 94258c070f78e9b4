import { useState } from 'react'
import { mergeForms } from '#shared/domain/merge.ts'
import { OneOf } from './choice.tsx'
import { Dialog } from './dialog.tsx'
import { FieldGroup } from './field.tsx'

/**
 * Another account stored the same form in between: every difference is shown field by field, and nothing is overwritten
 * before it was chosen. What only the other one changed is taken over, what only I changed is kept.
 */
export function StaleForm<T extends object>({
  base,
  mine,
  theirs,
  who,
  nameOf,
  textOf,
  onSettled,
  onCancel,
}: {
  base: T
  mine: T
  theirs: T
  /** Whose version is stored now, and when, in words; empty when that is not known. */
  who: string
  nameOf: (field: keyof T) => string
  textOf: (value: T, field: keyof T) => string
  onSettled: (settled: T) => void
  onCancel: () => void
}) {
  const { merged, clashes, taken } = mergeForms(base, mine, theirs)
  const [chosen, setChosen] = useState<Partial<Record<keyof T, 'mine' | 'theirs'>>>({})
  const open = clashes.filter((one) => chosen[one.field] === undefined)
  const settle = () => {
    const settled = { ...merged }
    for (const { field, theirs: value } of clashes) if (chosen[field] === 'theirs') settled[field] = value
    onSettled(settled)
  }
  return (
    <Dialog
      wide
      title="他人已先保存，请逐项核对"
      onCancel={onCancel}
      confirm={{ text: '按所选合并', disabled: open.length > 0, onClick: settle }}
    >
      <p className="y-quiet">
        {who === '' ? '您打开本页以后，另一位同志保存了修改。' : `${who}保存了修改。`}
        您所填的内容都在，没有被覆盖；以下逐项列出不同之处。
      </p>
      {clashes.map(({ field }) => (
        <FieldGroup key={String(field)} label={`${nameOf(field)}：两边都改了`} required>
          <OneOf
            column
            options={[
              { value: 'theirs', text: `对方：${textOf(theirs, field) || '（空）'}`, name: `${nameOf(field)}用对方的` },
              { value: 'mine', text: `本页：${textOf(mine, field) || '（空）'}`, name: `${nameOf(field)}用本页的` },
            ]}
            value={chosen[field] ?? null}
            onChange={(side) => setChosen((before) => ({ ...before, [field]: side }))}
          />
        </FieldGroup>
      ))}
      {taken.length > 0 && (
        <table className="y-table">
          <thead>
            <tr>
              <th>只有对方改的</th>
              <th>原来</th>
              <th>对方改为（将采用）</th>
            </tr>
          </thead>
          <tbody>
            {taken.map((field) => (
              <tr key={String(field)}>
                <td>{nameOf(field)}</td>
                <td>{textOf(base, field) || '（空）'}</td>
                <td>{textOf(theirs, field) || '（空）'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {clashes.length === 0 && taken.length === 0 && <p>两边没有冲突，可直接合并保存。</p>}
    </Dialog>
  )
}
