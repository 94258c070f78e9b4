import { useState } from 'react'
import type { Notice, NoticeFields } from '#shared/domain/notices.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useRules } from '../../app/rules.tsx'
import { useCall } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { Panel } from '../../ui/page.tsx'
import { fieldNames, fieldText } from './text.ts'

const compared = Object.keys(fieldNames) as (keyof NoticeFields)[]

/** Every wording that went up for 审签, with its answer; two neighbours compared field by field. */
export function VersionsPanel({ detail, notice }: { detail: CaseDetail; notice: Notice }) {
  const found = useCall('notices.versions', { caseId: detail.id, noticeId: notice.id })
  const rules = useRules()
  const [open, setOpen] = useState<number | null>(null)
  const versions = found.data ?? []
  if (versions.length === 0) return null
  return (
    <Panel title="送审各稿">
      <ul className="y-list">
        {versions.map((one, index) => {
          const before = index === 0 ? null : (versions[index - 1]?.fields ?? null)
          const next = versions[index + 1]?.fields ?? notice.fields
          const changed = compared.filter(
            (field) => fieldText(rules, one.fields, field) !== fieldText(rules, next, field),
          )
          return (
            <li key={one.version}>
              <div className="y-line">
                <span>
                  第{index + 1}稿　{one.by}　{officialMoment(one.at)}
                </span>
                <span className="y-quiet">
                  {one.decision === null
                    ? '未审签'
                    : `${one.decidedBy} ${one.decision === 'approved' ? '同意' : '退回'}`}
                </span>
              </div>
              {one.opinion !== '' && <p>{one.opinion}</p>}
              {before !== null && versions[index - 1]?.decision === 'returned' && (
                <p className="y-quiet">系退回后改稿</p>
              )}
              {changed.length > 0 && (
                <button
                  type="button"
                  className="y-quiet-button"
                  aria-expanded={open === one.version}
                  onClick={() => setOpen(open === one.version ? null : one.version)}
                >
                  与其后一稿比较（{changed.length} 处不同）
                </button>
              )}
              {open === one.version && (
                <table className="y-table">
                  <thead>
                    <tr>
                      <th>内容</th>
                      <th>本稿</th>
                      <th>其后</th>
                    </tr>
                  </thead>
                  <tbody>
                    {changed.map((field) => (
                      <tr key={field}>
                        <td>{fieldNames[field]}</td>
                        <td>
                          <del>{fieldText(rules, one.fields, field) || '（空）'}</del>
                        </td>
                        <td>
                          <ins>{fieldText(rules, next, field) || '（空）'}</ins>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
