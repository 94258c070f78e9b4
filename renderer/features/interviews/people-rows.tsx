import { type DeskKeys, speakerAction } from '#shared/domain/desk-keys.ts'
import { type Attendee, type AttendeeInput, delegationNames, type Interview } from '#shared/domain/interviews.ts'
import { useCall } from '../../app/use-call.ts'
import { KeyHint } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { keyOf, text } from './text.ts'

export type Row = AttendeeInput & { readonly rowId: number }
/** One group of the attendance list: a delegation, for the enterprises one group each (Art. 5, 7). */
export interface Group {
  readonly delegation: Attendee['delegation']
  readonly enterpriseId: string | null
  readonly name: string
  readonly unit: string
}

/** The rows of one group, and those of the roll that can be added to it. */
export function GroupRows({
  group,
  rows,
  expected,
  keys,
  change,
  add,
  remove,
}: {
  group: Group
  rows: readonly Row[]
  /** Whom notices and confirmations lead to expect (Art. 7, 10). */
  expected: readonly AttendeeInput[]
  keys: DeskKeys
  change: (rowId: number, part: Partial<AttendeeInput>) => void
  add: (group: Group, name?: string, title?: string) => void
  remove: (rowId: number) => void
}) {
  const people = useCall('parties.people', group.enterpriseId === null ? null : { enterpriseId: group.enterpriseId })
  const listed = (name: string) => rows.some((row) => row.name === name)
  const announced = expected.filter(
    (one) =>
      one.delegation === 'enterprise' && one.enterpriseId === group.enterpriseId && one.name && !listed(one.name),
  )
  const roll = (people.data ?? []).filter(({ name }) => !listed(name) && !announced.some((one) => one.name === name))
  return (
    <fieldset className="prepare-group">
      <legend>{group.name}</legend>
      {rows.map((row, index) => (
        <div className="prepare-row" key={row.rowId}>
          <TextLine
            className="prepare-unit"
            label={text.place(group.name, index + 1, text.fields.unit)}
            placeholder={text.fields.unit}
            initial={row.unit}
            onText={(unit) => change(row.rowId, { unit })}
          />
          <TextLine
            label={text.place(group.name, index + 1, text.fields.name)}
            placeholder={text.fields.name}
            initial={row.name}
            onText={(name) => change(row.rowId, { name })}
          />
          <TextLine
            label={text.place(group.name, index + 1, text.fields.title)}
            placeholder={text.fields.title}
            initial={row.title}
            onText={(title) => change(row.rowId, { title })}
          />
          <span className="prepare-key">
            <TextLine
              label={text.place(group.name, index + 1, text.fields.key)}
              initial={row.speakerKey === null ? '' : String(row.speakerKey)}
              maxLength={2}
              onText={(key) => change(row.rowId, { speakerKey: /^[1-9]\d?$/.test(key) ? Number(key) : null })}
            />
            <KeyHint keys={keyOf(keys, speakerAction(row.speakerKey))} />
          </span>
          <button
            type="button"
            className="y-quiet-button"
            aria-label={text.remove(text.place(group.name, index + 1, ''))}
            onClick={() => remove(row.rowId)}
          >
            删除
          </button>
        </div>
      ))}
      <div className="prepare-add">
        <button type="button" className="y-quiet-button" onClick={() => add(group)}>
          ＋ {text.add(group.name)}
        </button>
        {announced.length > 0 && <span className="y-amber">▲ {text.announced}</span>}
        <Offered people={announced} label={text.announcedAdd} onAdd={(name, title) => add(group, name, title)} />
        {roll.length > 0 && <span className="y-quiet">{text.roll}</span>}
        <Offered people={roll} label={text.rollAdd} onAdd={(name, title) => add(group, name, title)} />
      </div>
    </fieldset>
  )
}

/** People who are not listed yet, each a key away. */
function Offered({
  people,
  label,
  onAdd,
}: {
  people: readonly Pick<AttendeeInput, 'name' | 'title'>[]
  label: (name: string) => string
  onAdd: (name: string, title: string) => void
}) {
  return people.map(({ name, title }, index) => (
    <button
      type="button"
      key={`${index}/${name}`}
      className="y-quiet-button"
      aria-label={label(name)}
      onClick={() => onAdd(name, title)}
    >
      ＋ {name} {title}
    </button>
  ))
}

export function groupsOf(interview: Interview): readonly Group[] {
  return [
    { delegation: 'host', enterpriseId: null, name: delegationNames.host, unit: '' },
    { delegation: 'joint', enterpriseId: null, name: delegationNames.joint, unit: '' },
    ...interview.enterprises.map(({ id, name, shortName }) => ({
      delegation: 'enterprise' as const,
      enterpriseId: id,
      name: interview.enterprises.length === 1 ? delegationNames.enterprise : shortName || name,
      unit: name,
    })),
    { delegation: 'recorder', enterpriseId: null, name: delegationNames.recorder, unit: '' },
  ]
}

export function rowsOf(rows: readonly Row[], group: Group): readonly Row[] {
  return rows.filter((row) => row.delegation === group.delegation && row.enterpriseId === group.enterpriseId)
}

/** The lowest free key; the recorder speaks through none. Beyond nine the picker takes the number. */
function freeKey(rows: readonly Row[], delegation: Attendee['delegation']): number | null {
  if (delegation === 'recorder') return null
  const taken = new Set(rows.map((row) => row.speakerKey))
  for (let key = 1; key <= 99; key += 1) if (!taken.has(key)) return key
  return null
}

export function newRow(rowId: number, group: Group, rows: readonly Row[], name: string, title: string): Row {
  const { delegation, enterpriseId } = group
  const unit = group.unit === '' ? (rows.findLast((row) => row.delegation === delegation)?.unit ?? '') : group.unit
  return { rowId, delegation, enterpriseId, unit, name, title, speakerKey: freeKey(rows, delegation) }
}
