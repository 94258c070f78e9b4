import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type Stage, stageNames, stages } from '#shared/domain/cases.ts'
import { officialDay } from '#shared/domain/common.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { navigate } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { EmptyState, KeyHint, Page } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { stepWords, caseText as text } from './text.ts'

type Row = VerbOutput<'cases.list'>[number]

const columns: readonly Column<Row>[] = [
  { key: 'number', name: '编号', width: '160px', cell: (row) => row.numbers.join('、') || '—' },
  { key: 'enterprise', name: '企业', width: 'minmax(0, 4fr)', cell: (row) => row.enterprises.join('、') },
  { key: 'matter', name: '事由', width: 'minmax(0, 5fr)', cell: (row) => row.matter },
  { key: 'office', name: '处室', width: '72px', cell: (row) => row.office },
  { key: 'stage', name: '阶段', width: '40px', cell: (row) => stageNames[row.stage] },
  { key: 'next', name: '下一步', width: '128px', cell: (row) => stepWords(row.next.code).text },
  {
    key: 'due',
    name: '期限',
    width: '108px',
    cell: (row) => (row.next.due === null ? '—' : officialDay(row.next.due)),
  },
  { key: 'level', name: '密级', width: '64px', cell: (row) => <LevelMark level={row.level} /> },
]

/** Every case the account may see; typing filters at once, Enter opens. */
export function CaseList() {
  const session = useSession()
  const cases = useCall('cases.list', { stage: null })
  const [filter, setFilter] = useState('')
  const [stage, setStage] = useState<Stage | 'all'>('all')
  const mayOpen = session.may('caseOfficer', 'officeHead')
  const intake = () => navigate({ room: 'intake' })
  useShortcuts(mayOpen ? { 'Alt+N': intake } : {})
  const rows = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return (cases.data ?? []).filter((row) => {
      if (stage !== 'all' && row.stage !== stage) return false
      const whole = [row.matter, ...row.enterprises, ...row.numbers, row.office, row.officer].join(' ').toLowerCase()
      return words.every((word) => whole.includes(word))
    })
  }, [cases.data, filter, stage])
  const primary = mayOpen ? (
    <Button type="primary" onClick={intake}>
      {text.intake}
      <KeyHint keys="Alt+N" />
    </Button>
  ) : undefined
  return (
    <Page
      title={text.list}
      meta={cases.data !== null && <span className="y-quiet">{rows.length} 件</span>}
      note={<ErrorNote failure={cases.failure} />}
      {...(primary === undefined ? {} : { primary })}
    >
      {cases.data?.length === 0 ? (
        <EmptyState title={text.emptyTitle} action={<ArticleChip article={3} />}>
          {text.emptyText}
        </EmptyState>
      ) : (
        <div className="y-list-page">
          <div className="y-filter">
            <TextLine label={text.filter} placeholder={text.filterHint} onText={setFilter} />
            <select
              className="y-input"
              aria-label="阶段"
              value={stage}
              onChange={(event) => setStage(event.target.value as Stage | 'all')}
            >
              <option value="all">{text.all}</option>
              {[...stages, 'withdrawn' as const].map((one) => (
                <option key={one} value={one}>
                  {stageNames[one]}
                </option>
              ))}
            </select>
          </div>
          {cases.data !== null && rows.length === 0 ? (
            <EmptyState title={text.noneMatch} />
          ) : (
            <VirtualTable
              label={text.list}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              rowName={(row) => `${row.matter} ${row.enterprises.join('、')}`}
              onOpen={(row) => navigate({ room: 'case', caseId: row.id, tab: 'overview' })}
            />
          )}
        </div>
      )}
    </Page>
  )
}
