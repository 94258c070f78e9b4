import { useState } from 'react'
import type { CaseTabProps } from '../../app/rooms.tsx'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { EmptyState, Panel, TabPage } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { actWords } from './text.ts'

/** 办理经过: who did what and when, newest first, under which article; typing filters. */
export function HistoryTab({ detail }: CaseTabProps) {
  const [filter, setFilter] = useState('')
  const words = filter.split(/\s+/).filter(Boolean)
  const lines = detail.history.filter((line) => {
    const whole = [line.who, actWords(line.act), line.detail, officialMoment(line.at)].join(' ')
    return words.every((word) => whole.includes(word))
  })
  return (
    <TabPage>
      <Panel title="办理经过" extra={<span className="y-quiet">{lines.length} 条</span>}>
        <TextLine label="筛选办理经过" placeholder="人员、事项、说明，边输边筛" onText={setFilter} />
        {lines.length === 0 ? (
          <EmptyState title="没有符合条件的记录" />
        ) : (
          <table className="y-table">
            <thead>
              <tr>
                <th>时间</th>
                <th>人员</th>
                <th>事项</th>
                <th>说明</th>
                <th>依据</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line, index) => (
                <tr key={`${line.at}/${line.act}/${line.detail}/${index}`}>
                  <td>{officialMoment(line.at)}</td>
                  <td>{line.who}</td>
                  <td>{actWords(line.act)}</td>
                  <td>{line.detail}</td>
                  <td>{line.article > 0 && <ArticleChip article={line.article} small />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </TabPage>
  )
}
