import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import {
  type Attendee,
  type AttendeeInput,
  delegationNames,
  type Interview,
  type Section,
  sections,
} from '#shared/domain/interviews.ts'
import type { RuleProfile } from '#shared/rules/profile.ts'
import { useRules } from '../../app/rules.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine, Panel } from '../../ui/page.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

type Row = AttendeeInput & { readonly rowId: number }
/** One group of the attendance list: a delegation, for the enterprises one group each (Art. 5, 7). */
interface Group {
  readonly delegation: Attendee['delegation']
  readonly enterpriseId: string | null
  readonly name: string
  readonly unit: string
}

/** Attendance of the three delegations, speaker keys and outline before the start (Art. 5, 7, 8). */
export function Preparation({ interview, onChange }: { interview: Interview; onChange: () => void }) {
  const rules = useRules()
  const act = useAct()
  const [saved, setSaved] = useState(false)
  const groups = groupsOf(interview)
  const next = useRef(interview.attendees.length + 1)
  const [rows, setRows] = useState<readonly Row[]>(() => firstRows(interview))
  const outline = useRef<Record<Section, string>>(firstOutline(rules, interview))
  const me = useCall('session.current', {})
  const recorder = me.data?.account.name
  // The one who prepares usually takes the minutes; a list that was saved before is never touched.
  useEffect(() => {
    if (recorder === undefined || interview.attendees.length > 0) return
    setRows((list) =>
      list.map((row) =>
        row.delegation === 'recorder' && row.name === '' ? { ...row, name: recorder, rowId: row.rowId + 1_000 } : row,
      ),
    )
  }, [recorder, interview])

  const change = (rowId: number, part: Partial<AttendeeInput>) => {
    setSaved(false)
    setRows((list) => list.map((row) => (row.rowId === rowId ? { ...row, ...part } : row)))
  }
  const add = (group: Group, name = '', title = '') => {
    const rowId = next.current
    next.current += 1
    setSaved(false)
    setRows((list) => {
      // Somebody from the roll takes the empty line that waits for a name; a new id brings the words into the inputs.
      const empty = name === '' ? undefined : rowsOf(list, group).find((row) => row.name.trim() === '')
      return empty === undefined
        ? [...list, newRow(rowId, group, list, name, title)]
        : list.map((row) => (row === empty ? { ...row, rowId, name, title } : row))
    })
  }
  const faults = faultsOf(interview, rows)
  const target = { caseId: interview.caseId, interviewId: interview.id }
  const save = async () => {
    const attendees = groups
      .flatMap((group) => rowsOf(rows, group))
      .filter((row) => row.name.trim() !== '')
      .map(({ rowId: _, ...attendee }) => attendee)
    const lines = sections.flatMap((section) =>
      outline.current[section]
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((line) => ({ section, text: line })),
    )
    const value = await act.run('interviews.prepare', { ...target, attendees, outline: lines })
    setSaved(value !== null)
    return value !== null
  }
  const start = async () => {
    if ((await save()) && (await act.run('interviews.start', target)) !== null) onChange()
  }
  return (
    <div className="prepare">
      <div className="prepare-body">
        <Panel title={text.prepareTitle} extra={<ArticleChip article={7} />} className="prepare-people">
          <p className="y-quiet">{text.prepareHint}</p>
          {groups.map((group) => (
            <GroupRows
              key={`${group.delegation}-${group.enterpriseId ?? ''}`}
              group={group}
              rows={rowsOf(rows, group)}
              change={change}
              add={add}
              remove={(rowId) => setRows((list) => list.filter((row) => row.rowId !== rowId))}
            />
          ))}
        </Panel>
        <Panel title={text.outline} extra={<ArticleChip article={8} />} className="prepare-outline">
          <p className="y-quiet">{text.outlineHint}</p>
          {sections.map((section) => (
            <div key={section} className="prepare-section">
              <span>{text.sections[section]}</span>
              <TextBlock
                label={text.outlineLabel(text.sections[section])}
                initial={outline.current[section]}
                rows={section === 'hear' ? 5 : section === 'state' ? 4 : 2}
                onText={(value) => {
                  outline.current = { ...outline.current, [section]: value }
                  setSaved(false)
                }}
              />
            </div>
          ))}
        </Panel>
      </div>
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={
          <>
            <Button onClick={() => void save()} disabled={act.busy}>
              {text.save}
            </Button>
            <span className="y-quiet" role="status">
              {faults.length > 0 ? text.missing + faults.join('；') : saved ? `● ${text.saved}` : ''}
            </span>
          </>
        }
        primary={
          <Button type="primary" onClick={() => void start()} disabled={act.busy || faults.length > 0}>
            {text.start}
          </Button>
        }
      />
    </div>
  )
}

function GroupRows({
  group,
  rows,
  change,
  add,
  remove,
}: {
  group: Group
  rows: readonly Row[]
  change: (rowId: number, part: Partial<AttendeeInput>) => void
  add: (group: Group, name?: string, title?: string) => void
  remove: (rowId: number) => void
}) {
  const people = useCall('parties.people', group.enterpriseId === null ? null : { enterpriseId: group.enterpriseId })
  const roll = (people.data ?? []).filter((person) => !rows.some((row) => row.name === person.name))
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
            <span aria-hidden="true">Alt+</span>
            <TextLine
              label={text.place(group.name, index + 1, text.fields.key)}
              initial={row.speakerKey === null ? '' : String(row.speakerKey)}
              maxLength={1}
              onText={(key) => change(row.rowId, { speakerKey: /^[1-9]$/.test(key) ? Number(key) : null })}
            />
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
        {roll.length > 0 && <span className="y-quiet">{text.roll}</span>}
        {roll.map((person) => (
          <button
            type="button"
            key={person.id}
            className="y-quiet-button"
            aria-label={text.rollAdd(person.name)}
            onClick={() => add(group, person.name, person.title)}
          >
            ＋ {person.name} {person.title}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

function groupsOf(interview: Interview): readonly Group[] {
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

function rowsOf(rows: readonly Row[], group: Group): readonly Row[] {
  return rows.filter((row) => row.delegation === group.delegation && row.enterpriseId === group.enterpriseId)
}

/** The lowest free key of the nine; the recorder speaks through none. */
function freeKey(rows: readonly Row[], delegation: Attendee['delegation']): number | null {
  if (delegation === 'recorder') return null
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].find((key) => rows.every((row) => row.speakerKey !== key)) ?? null
}

function newRow(rowId: number, group: Group, rows: readonly Row[], name: string, title: string): Row {
  const { delegation, enterpriseId } = group
  const unit = group.unit === '' ? (rows.findLast((row) => row.delegation === delegation)?.unit ?? '') : group.unit
  return { rowId, delegation, enterpriseId, unit, name, title, speakerKey: freeKey(rows, delegation) }
}

function firstRows(interview: Interview): readonly Row[] {
  if (interview.attendees.length > 0)
    return interview.attendees.map(({ id: _id, state: _state, reason: _reason, ...attendee }, index) => ({
      ...attendee,
      rowId: index,
    }))
  const rows: Row[] = []
  for (const group of groupsOf(interview)) {
    if (group.delegation === 'joint') continue
    const host = group.delegation === 'host'
    rows.push(newRow(-1 - rows.length, group, rows, host ? interview.hostName : '', host ? interview.hostTitle : ''))
  }
  return rows
}

function firstOutline(rules: RuleProfile, interview: Interview): Record<Section, string> {
  const lines = (section: Section) => {
    const own = interview.outline.filter((line) => line.section === section).map((line) => line.text)
    const parts = rules.interviewContents.find((content) => content.code === section)?.parts ?? []
    return (interview.outline.length > 0 ? own : parts).join('\n')
  }
  return { state: lines('state'), hear: lines('hear'), ask: lines('ask'), other: lines('other') }
}

/** What the start still lacks (Art. 5, 7, 9), in the words of the screen. */
function faultsOf(interview: Interview, rows: readonly Row[]): readonly string[] {
  const named = rows.filter((row) => row.name.trim() !== '')
  const faults: string[] = []
  if (!named.some((row) => row.delegation === 'host')) faults.push(text.needs.host)
  for (const enterprise of interview.enterprises)
    if (!named.some((row) => row.enterpriseId === enterprise.id)) faults.push(text.needs.enterprise(enterprise.name))
  if (!named.some((row) => row.delegation === 'recorder')) faults.push(text.needs.recorder)
  const keys = named.map((row) => row.speakerKey).filter((key) => key !== null)
  for (const key of new Set(keys)) if (keys.filter((one) => one === key).length > 1) faults.push(text.needs.key(key))
  return faults
}
