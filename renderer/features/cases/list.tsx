import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { caseColumnKeys, caseColumns } from '#shared/domain/case-columns.ts'
import { formNames, type Stage, stageNames, stages } from '#shared/domain/cases.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { type Level, levelNames, levels } from '#shared/domain/secrecy.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { navigate } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { AnyOf, Choice } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DueLight } from '../../ui/due-light.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ExportDialog, Exported, type TableFormat, TableFormatField } from '../../ui/export-dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { EmptyState, KeyHint, Page } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { stepWords, caseText as text } from './text.ts'
import { type ListQuery, type ListRow, useList } from './use-list.ts'

const columnTable: readonly Column<ListRow>[] = [
  { key: 'number', name: caseColumns.number, width: '160px', cell: (row) => row.numbers.join('、') || '—' },
  {
    key: 'enterprise',
    name: caseColumns.enterprise,
    width: 'minmax(0, 4fr)',
    cell: (row) => row.enterprises.join('、'),
  },
  { key: 'matter', name: caseColumns.matter, width: 'minmax(0, 5fr)', cell: (row) => row.matter },
  { key: 'office', name: caseColumns.office, width: '88px', cell: (row) => row.office },
  { key: 'stage', name: caseColumns.stage, width: '40px', cell: (row) => stageNames[row.stage] },
  { key: 'next', name: caseColumns.next, width: '128px', cell: (row) => stepWords(row.next.code).text },
  {
    key: 'due',
    name: caseColumns.due,
    width: '136px',
    cell: (row) => <DueDay row={row} />,
  },
  { key: 'level', name: caseColumns.level, width: '64px', cell: (row) => <LevelMark level={row.level} /> },
  { key: 'officer', name: caseColumns.officer, width: '72px', cell: (row) => row.officer },
  { key: 'form', name: caseColumns.form, width: '72px', cell: (row) => formNames[row.form] },
  { key: 'created', name: caseColumns.created, width: '108px', cell: (row) => officialDay(dayInChina(row.createdAt)) },
  { key: 'updated', name: caseColumns.updated, width: '148px', cell: (row) => officialMoment(row.updatedAt) },
]
/** Until when the first thing is owed, were it not the next step; 暂定 over a year whose holidays are not announced. */
function DueDay({ row: { due, next } }: { row: ListRow }) {
  if (due === null) return '—'
  const day = officialDay(due.day)
  const words = [due.provisional ? `${day}，暂定` : '', due.day === next.due ? '' : text.owedEarlier]
  return (
    <span title={words.filter(Boolean).join('；') || undefined}>
      <DueLight due={due.day}>{due.provisional ? `${day.slice(5)}（暂定）` : day}</DueLight>
    </span>
  )
}

const firstColumns = ['number', 'enterprise', 'matter', 'office', 'stage', 'next', 'due', 'level']

type Views = VerbOutput<'cases.views'>

/** Every case the account may see; typing filters at once, Enter opens, views and columns are kept per account. */
export function CaseList() {
  const session = useSession()
  const kept = useCall('cases.views', {})
  const offices = useCall('cases.offices', {})
  const act = useAct()
  const [query, setQuery] = useState<ListQuery>({})
  const [round, setRound] = useState(0)
  const [dialog, setDialog] = useState<'view' | 'columns' | 'export' | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const list = useList(query)
  const put = (part: ListQuery) => setQuery((before) => ({ ...before, ...part }))
  const mayOpen = session.may('caseOfficer', 'officeHead')
  const intake = () => navigate({ room: 'intake' })
  useShortcuts(mayOpen ? { 'Alt+N': intake } : {})
  const today = dayInChina(session.now)
  const views: Views = kept.data ?? { views: [], columns: [] }
  const chosen = views.columns.length > 0 ? views.columns : firstColumns
  const columns = columnTable.filter((one) => chosen.includes(one.key))
  const narrowed = Object.entries(query).some(([name, value]) => name !== 'order' && Boolean(value))
  const primary = mayOpen ? (
    <Button type="primary" onClick={intake}>
      {text.intake}
      <KeyHint keys="Alt+N" />
    </Button>
  ) : undefined
  return (
    <Page
      title={text.list}
      meta={list.total !== null && <span className="y-quiet">{list.total} 件</span>}
      note={<ErrorNote failure={list.failure ?? act.failure} />}
      actions={
        <>
          <Button onClick={() => setDialog('columns')}>{text.columns}</Button>
          <Button disabled={list.total === 0} onClick={() => setDialog('export')}>
            {text.exportList}
          </Button>
          <Button disabled={!narrowed} onClick={() => setDialog('view')}>
            {text.keepView}
          </Button>
        </>
      }
      {...(primary === undefined ? {} : { primary })}
    >
      {list.total === 0 && !narrowed ? (
        <EmptyState title={text.emptyTitle} action={<ArticleChip article={3} />}>
          {text.emptyText}
        </EmptyState>
      ) : (
        <div className="y-list-page">
          <div className="y-filter">
            <TextLine
              key={round}
              label={text.filter}
              placeholder={text.filterHint}
              initial={query.text ?? ''}
              onText={(typed) => {
                clearTimeout(timer.current)
                timer.current = setTimeout(() => put({ text: typed.trim() }), 80)
              }}
            />
            <Choice
              label="阶段"
              value={query.stage ?? ''}
              all={text.all}
              options={[...stages, 'withdrawn' as const].map((one) => [one, stageNames[one]])}
              onChange={(stage) => put({ stage: stage === '' ? null : (stage as Stage) })}
            />
            <Choice
              label="处室"
              value={query.office ?? ''}
              all={text.allOffices}
              options={(offices.data ?? []).map((one) => [one, one])}
              onChange={(office) => put({ office })}
            />
            <Choice
              label="密级"
              value={query.level ?? ''}
              all={text.allLevels}
              options={levels.map((one) => [one, levelNames[one]])}
              onChange={(level) => put({ level: level === '' ? null : (level as Level) })}
            />
            <Choice
              label="次序"
              value={query.order === 'due' ? 'due' : ''}
              all={text.byUpdated}
              options={[['due', text.byDue]]}
              onChange={(order) => put({ order: order === 'due' ? 'due' : 'updated' })}
            />
            <div className="y-choices">
              <button
                type="button"
                className="y-quiet-button"
                aria-pressed={query.mine === true}
                onClick={() => put({ mine: query.mine !== true })}
              >
                {text.mine}
              </button>
              <button
                type="button"
                className="y-quiet-button"
                aria-pressed={Boolean(query.dueBy)}
                onClick={() => put({ dueBy: query.dueBy ? null : today })}
              >
                {text.overdue}
              </button>
            </div>
          </div>
          {views.views.length > 0 && (
            <nav className="y-switch" aria-label={text.views}>
              {views.views.map((view) => (
                <span key={view.name} className="y-chosen-chip">
                  <button
                    type="button"
                    className="y-row-link"
                    onClick={() => {
                      setQuery(view.filter)
                      setRound((n) => n + 1)
                    }}
                  >
                    {view.name}
                  </button>
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`删除视图 ${view.name}`}
                    onClick={() =>
                      act.run('cases.saveViews', {
                        ...views,
                        views: views.views.filter((other) => other.name !== view.name),
                      })
                    }
                  >
                    ×
                  </button>
                </span>
              ))}
            </nav>
          )}
          {list.total === 0 ? (
            <EmptyState title={text.noneMatch} />
          ) : (
            <VirtualTable
              label={text.list}
              columns={columns}
              rows={list.rows}
              rowKey={(row) => row.id}
              rowName={(row) => `${row.matter} ${row.enterprises.join('、')}`}
              onOpen={(row) => navigate({ room: 'case', caseId: row.id, tab: 'overview' })}
              onRange={list.show}
            />
          )}
        </div>
      )}
      {dialog === 'columns' && (
        <ColumnsDialog
          chosen={chosen}
          onCancel={() => setDialog(null)}
          onConfirm={async (next) => {
            if ((await act.run('cases.saveViews', { ...views, columns: next })) !== null) setDialog(null)
          }}
        />
      )}
      {dialog === 'export' && <ListExport query={query} chosen={chosen} onDone={() => setDialog(null)} />}
      {dialog === 'view' && (
        <ViewDialog
          onCancel={() => setDialog(null)}
          onConfirm={async (name) => {
            const { order: _, ...filter } = query
            const others = views.views.filter((one) => one.name !== name)
            const next = { ...views, views: [...others, { name, filter }] }
            if ((await act.run('cases.saveViews', next)) !== null) setDialog(null)
          }}
        />
      )}
    </Page>
  )
}

function ColumnsDialog({
  chosen,
  onConfirm,
  onCancel,
}: {
  chosen: readonly string[]
  onConfirm: (columns: string[]) => void
  onCancel: () => void
}) {
  const [columns, setColumns] = useState<string[]>([...chosen])
  return (
    <Dialog
      title={text.columns}
      onCancel={onCancel}
      footer={
        <>
          <Button onClick={() => setColumns(firstColumns)}>恢复默认</Button>
          <Button onClick={onCancel}>返回</Button>
          <Button type="primary" disabled={columns.length === 0} onClick={() => onConfirm(columns)}>
            确定
          </Button>
        </>
      }
    >
      <AnyOf
        options={columnTable.map((one) => ({ value: one.key, text: one.name }))}
        value={columns}
        onChange={setColumns}
      />
    </Dialog>
  )
}

function ViewDialog({ onConfirm, onCancel }: { onConfirm: (name: string) => void; onCancel: () => void }) {
  const [name, setName] = useState('')
  return (
    <Dialog
      title={text.keepView}
      onCancel={onCancel}
      confirm={{ text: '保存视图', disabled: name.trim() === '', onClick: () => onConfirm(name.trim()) }}
    >
      <Field label="视图名称" required hint="同名的视图将被替换">
        {(control) => <TextLine {...control} autoFocus maxLength={40} onText={setName} />}
      </Field>
    </Dialog>
  )
}

/** The filtered list as a table, with the columns of the screen. */
function ListExport({ query, chosen, onDone }: { query: ListQuery; chosen: readonly string[]; onDone: () => void }) {
  const act = useAct()
  const [format, setFormat] = useState<TableFormat>('xlsx')
  const write = (folder: string) => {
    const { order: _, ...filter } = query
    const columns = caseColumnKeys.filter((one) => chosen.includes(one))
    return act.run('cases.export', { ...filter, columns, format, folder })
  }
  return (
    <ExportDialog
      title={text.exportList}
      act={act}
      write={write}
      done={({ rows, file }) => <Exported file={file} count={`${rows} 件`} />}
      onCancel={onDone}
    >
      <p className="y-quiet">{text.exportWhy}</p>
      <TableFormatField value={format} onChange={setFormat} />
    </ExportDialog>
  )
}
