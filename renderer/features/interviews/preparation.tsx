import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { keysInForce } from '#shared/domain/desk-keys.ts'
import {
  type AttendeeInput,
  checksBeforeStart,
  type Interview,
  type OutlineLine,
  type Section,
  sections,
} from '#shared/domain/interviews.ts'
import { onClosing } from '../../app/closing.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine, Panel } from '../../ui/page.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { type Group, GroupRows, groupsOf, newRow, type Row, rowsOf } from './people-rows.tsx'
import { Checklist, passed, SelfTest } from './readiness.tsx'
import { text } from './text.ts'

/** Longest line of an outline. */
const longestLine = 500

interface Draft {
  readonly attendees: readonly AttendeeInput[]
  readonly outline: readonly OutlineLine[]
}

/** Before the start: who comes, what will be said, what has to be seen to (Art. 5, 7, 8; 保密法 38). */
export function Preparation({ interview, onChange }: { interview: Interview; onChange: () => void }) {
  const target = { caseId: interview.caseId, interviewId: interview.id }
  // What was prepared before is never drafted over.
  const [fresh] = useState(interview.attendees.length === 0)
  const draft = useCall('interviews.draft', target)
  if (fresh && draft.data === null && draft.failure === null) return null
  const first = fresh && draft.data !== null ? draft.data : interview
  // Who was announced since (Art. 10) is offered beside what was prepared.
  const expected = draft.data?.attendees ?? []
  return <PreparationForm opening={interview} draft={first} expected={expected} onChange={onChange} />
}

function PreparationForm({
  opening,
  draft,
  expected,
  onChange,
}: {
  opening: Interview
  draft: Draft
  expected: Draft['attendees']
  onChange: () => void
}) {
  const act = useAct()
  const [interview, setInterview] = useState(opening)
  const target = { caseId: interview.caseId, interviewId: interview.id }
  const [saved, setSavedState] = useState(false)
  /** Something was typed or taken since the last save. */
  const touched = useRef(false)
  const setSaved = (now: boolean) => {
    touched.current = !now
    setSavedState(now)
  }
  const groups = groupsOf(interview)
  const next = useRef(draft.attendees.length + 1)
  const [rows, setRows] = useState<readonly Row[]>(() => firstRows(interview, draft.attendees))
  const outline = useRef(textOf(draft.outline))
  const [drafted, setDrafted] = useState(0)
  /** The outline that was there before it was drafted anew. */
  const [former, setFormer] = useState<Record<Section, string> | null>(null)
  const [tooLong, setTooLong] = useState(false)
  const test = useCall('interviews.selfTest', target)
  const tools = useCall('aids.tools', {})
  const keys = keysInForce(tools.data?.preferences.keys ?? {})

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
  const faults = [...faultsOf(interview, rows), ...(tooLong ? [text.needs.outline(longestLine)] : [])]
  const open = interview.guarded ? checksBeforeStart.filter((item) => !interview.checks.includes(item)) : []
  const ready = faults.length === 0 && open.length === 0 && passed(test.data)
  const save = async () => {
    const attendees = groups
      .flatMap((group) => rowsOf(rows, group))
      .filter((row) => row.name.trim() !== '')
      .map(({ rowId: _, ...attendee }) => attendee)
    const value = await act.run('interviews.prepare', { ...target, attendees, outline: linesOf(outline.current) })
    setSaved(value !== null)
    return value !== null
  }
  // A lock takes the window away: what was prepared by then is kept.
  const latest = useRef(save)
  latest.current = save
  useEffect(
    () =>
      onClosing(async () => {
        if (touched.current) await latest.current()
      }),
    [],
  )
  const start = async () => {
    if ((await save()) && (await act.run('interviews.start', target)) !== null) onChange()
  }
  const draftAgain = async () => {
    const value = await act.run('interviews.draft', target)
    if (value === null) return
    setFormer(outline.current)
    put(textOf(value.outline))
  }
  const put = (lines: Record<Section, string>) => {
    outline.current = lines
    setSaved(false)
    setDrafted((n) => n + 1)
  }
  return (
    <div className="prepare">
      <div className="prepare-body">
        <div className="prepare-left">
          <Panel
            title={text.prepareTitle(interview.matter, interview.ordinal)}
            extra={<ArticleChip article={7} />}
            className="prepare-people"
          >
            <p className="y-quiet">{text.prepareHint}</p>
            {groups.map((group) => (
              <GroupRows
                key={`${group.delegation}-${group.enterpriseId ?? ''}`}
                group={group}
                rows={rowsOf(rows, group)}
                expected={expected}
                keys={keys}
                change={change}
                add={add}
                remove={(rowId) => {
                  setSaved(false)
                  setRows((list) => list.filter((row) => row.rowId !== rowId))
                }}
              />
            ))}
          </Panel>
        </div>
        <div className="prepare-right">
          <Checklist interview={interview} onInterview={setInterview} />
          <SelfTest test={test.data} failure={test.failure} onAgain={test.reload} />
          <Panel
            title={text.outline}
            extra={
              <>
                <button type="button" className="y-quiet-button" onClick={() => void draftAgain()} disabled={act.busy}>
                  {text.draftAgain}
                </button>
                {former !== null && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    onClick={() => {
                      put(former)
                      setFormer(null)
                    }}
                  >
                    {text.draftBack}
                  </button>
                )}
                <ArticleChip article={8} />
              </>
            }
            className="prepare-outline"
          >
            <p className="y-quiet">{text.outlineHint}</p>
            {sections.map((section) => (
              <div key={`${section}-${drafted}`} className="prepare-section">
                <span>{text.sections[section]}</span>
                <TextBlock
                  label={text.outlineLabel(text.sections[section])}
                  initial={outline.current[section]}
                  rows={section === 'hear' || section === 'state' ? 6 : 3}
                  onText={(value) => {
                    outline.current = { ...outline.current, [section]: value }
                    setTooLong(linesOf(outline.current).some((line) => line.text.length > longestLine))
                    setSaved(false)
                  }}
                />
              </div>
            ))}
          </Panel>
        </div>
      </div>
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={
          <>
            <Button onClick={() => void save()} disabled={act.busy}>
              {text.save}
            </Button>
            <span className="y-quiet" role="status">
              {faults.length > 0
                ? text.missing + faults.join('；')
                : open.length > 0
                  ? text.unchecked(open.length)
                  : saved
                    ? `● ${text.saved}`
                    : ''}
            </span>
          </>
        }
        primary={
          <Button type="primary" onClick={() => void start()} disabled={act.busy || !ready}>
            {text.start}
          </Button>
        }
      />
    </div>
  )
}

function firstRows(interview: Interview, attendees: Draft['attendees']): readonly Row[] {
  const rows: Row[] = attendees.map(({ delegation, enterpriseId, unit, name, title, speakerKey }, rowId) => ({
    ...{ rowId, delegation, enterpriseId, unit, name, title, speakerKey },
  }))
  // Every group that must not stay empty shows where its first name goes.
  for (const group of groupsOf(interview))
    if (group.delegation !== 'joint' && rowsOf(rows, group).length === 0)
      rows.push(newRow(-1 - rows.length, group, rows, '', ''))
  return rows
}

function textOf(lines: readonly OutlineLine[]): Record<Section, string> {
  const of = (section: Section) =>
    lines
      .filter((line) => line.section === section)
      .map((line) => line.text)
      .join('\n')
  return { state: of('state'), hear: of('hear'), ask: of('ask'), other: of('other') }
}

function linesOf(outline: Readonly<Record<Section, string>>): OutlineLine[] {
  return sections.flatMap((section) =>
    outline[section]
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => ({ section, text: line })),
  )
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
