import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import {
  type AccountabilityState,
  type AnalysisFilter,
  accountabilityNames,
  type Figures,
  type Pick,
} from '#shared/domain/analysis.ts'
import { type Stage, stageNames } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Page } from '../../ui/page.tsx'
import './analysis.css'
import { type Bar, Bars } from './bars.tsx'
import { Behind } from './behind.tsx'
import { ExportLedgers } from './export-ledgers.tsx'
import { Filters } from './filters.tsx'
import { text } from './text.ts'

/** What is listed at the right: a bar, and its name. */
export interface Picked extends Pick {
  readonly name: string
}

/** 分析 (Art. 19): one question per chart; a row opens the cases behind it. */
export function Analysis({ rail }: { rail: ReactNode }) {
  const session = useSession()
  const today = dayInChina(session.now)
  const [filter, setFilter] = useState<AnalysisFilter>({
    since: `${today.slice(0, 4)}-01-01`,
    until: today,
    office: '',
    enterpriseId: null,
  })
  const [picked, setPicked] = useState<Picked>({ kind: 'all', value: '', name: text.all })
  const [exporting, setExporting] = useState(false)
  const backwards = filter.since > filter.until
  const found = useCall('analysis.figures', backwards ? null : filter)
  const figures = found.data?.figures
  return (
    <Page
      title={text.title}
      meta={<ArticleChip article={19} />}
      rail={rail}
      note={<ErrorNote failure={found.failure} />}
      actions={
        <Button disabled={backwards} onClick={() => setExporting(true)}>
          {text.ledgers}
        </Button>
      }
      split
    >
      <div className="analysis-charts">
        <Filters
          filter={filter}
          offices={found.data?.offices ?? []}
          fault={backwards ? text.backwards : null}
          onFilter={(part) => {
            setFilter((before) => ({ ...before, ...part }))
            setPicked({ kind: 'all', value: '', name: text.all })
          }}
        />
        {figures !== undefined && (
          <>
            <p role="status">
              {text.summary(figures.cases, figures.overdue, figures.dueSoon)}{' '}
              <span className="y-quiet">{text.hint}</span>
            </p>
            {figures.cases === 0 ? (
              <EmptyState title={text.nothing}>{text.nothingHint}</EmptyState>
            ) : (
              <Charts figures={figures} picked={picked} onPick={setPicked} />
            )}
          </>
        )}
      </div>
      {!backwards && figures !== undefined && figures.cases > 0 && <Behind filter={filter} picked={picked} />}
      {exporting && <ExportLedgers filter={filter} onDone={() => setExporting(false)} />}
    </Page>
  )
}

function Charts({ figures, picked, onPick }: { figures: Figures; picked: Picked; onPick: (picked: Picked) => void }) {
  const rules = useRules()
  const triggerName = (code: string) => {
    const trigger = rules.triggers.find((one) => one.code === code)
    return trigger === undefined ? code : `（${trigger.mark}）${trigger.text}`
  }
  const same = (value: string) => value
  const named = (rows: Figures['triggers'], nameOf: (value: string) => string): Bar[] =>
    rows.map((row) => ({ ...row, name: nameOf(row.value) }))
  const charts: readonly [kind: keyof typeof text.charts, rows: readonly Bar[], empty?: string][] = [
    [
      'enterprise',
      figures.enterprises.map((row) => ({ ...row, ...(row.own < row.cases ? { note: text.own(row.own) } : {}) })),
    ],
    [
      'repeat',
      figures.repeats.map((row) => ({ ...row, name: text.repeated(row.name, triggerName(row.trigger)) })),
      text.noRepeats,
    ],
    ['trigger', named(figures.triggers, triggerName)],
    ['office', named(figures.offices, same)],
    ['quarter', named(figures.quarters, text.quarter)],
    ['stage', named(figures.stages, (stage) => stageNames[stage as Stage])],
    ['accountability', named(figures.accountability, (state) => accountabilityNames[state as AccountabilityState])],
  ]
  const owed: readonly Bar[] = [
    { value: 'overdue', name: text.overdue, cases: figures.overdue },
    { value: 'dueSoon', name: text.dueSoon, cases: figures.dueSoon },
  ]
  return (
    <>
      {figures.overdue + figures.dueSoon > 0 && (
        <Bars
          title={text.owed}
          rows={owed}
          chosen={picked.kind === 'overdue' || picked.kind === 'dueSoon' ? picked.kind : null}
          empty=""
          onPick={(row) => onPick({ kind: row.value === 'overdue' ? 'overdue' : 'dueSoon', value: '', name: row.name })}
        />
      )}
      {charts.map(([kind, rows, empty]) => (
        <Bars
          key={kind}
          title={text.charts[kind]}
          rows={rows}
          chosen={picked.kind === kind ? picked.value : null}
          empty={empty ?? text.nothing}
          onPick={(row) => onPick({ kind, value: row.value, name: row.name })}
        />
      ))}
    </>
  )
}
