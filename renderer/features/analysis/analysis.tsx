import { Button } from 'antd'
import { useState } from 'react'
import { type Stage, stageNames } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'

/** One question: rows of a name, a bar and its number. */
function Bars({ title, rows }: { title: string; rows: readonly { name: string; cases: number }[] }) {
  const top = Math.max(1, ...rows.map((row) => row.cases))
  return (
    <Panel title={title}>
      {rows.length === 0 ? (
        <EmptyState title="本年没有事项" />
      ) : (
        <div className="y-bars">
          {rows.map((row) => (
            <div key={row.name} className="y-bars-row">
              <span title={row.name}>{row.name}</span>
              <span className="y-bar" style={{ width: `${(row.cases / top) * 100}%` }} />
              <span className="y-number">{row.cases}</span>
            </div>
          ))}
        </div>
      )}
    </Panel>
  )
}

/** 分析 (Art. 19): which triggers, which enterprises, where the cases stand. */
export function Analysis() {
  const rules = useRules()
  const session = useSession()
  const thisYear = Number(dayInChina(session.now).slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const found = useCall('analysis.counts', { year })
  const triggerName = (code: string) => {
    const trigger = rules.triggers.find((one) => one.code === code)
    return trigger === undefined ? code : `（${trigger.mark}）${trigger.text}`
  }
  return (
    <Page
      title={`分析 ${year}年`}
      meta={<ArticleChip article={19} />}
      note={<ErrorNote failure={found.failure} />}
      actions={
        <>
          <Button onClick={() => setYear(year - 1)}>上一年</Button>
          <Button onClick={() => setYear(year + 1)} disabled={year >= thisYear}>
            下一年
          </Button>
        </>
      }
    >
      {found.data !== null && (
        <>
          <Bars
            title="哪些情形最多"
            rows={found.data.triggers.map((row) => ({ ...row, name: triggerName(row.code) }))}
          />
          <Bars title="哪些企业被约谈" rows={found.data.enterprises} />
          <Bars
            title="事项办到哪一步"
            rows={found.data.stages.map((row) => ({ ...row, name: stageNames[row.stage as Stage] ?? row.stage }))}
          />
        </>
      )}
    </Page>
  )
}
