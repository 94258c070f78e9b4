import type { ArticleLine } from '#shared/domain/cases.ts'
import { officialDay } from '#shared/domain/common.ts'
import { settle } from '../../app/navigation.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'

const states: Readonly<Record<ArticleLine['state'], readonly [Tone, string]>> = {
  done: ['green', '已办'],
  owed: ['amber', '待办'],
  waiting: ['quiet', '未到'],
  notApplicable: ['quiet', '不涉及'],
}

/** Up to here the days of the notice say until when; behind it the Rules name a term for the 工作方案 alone. */
const lastBefore = 8

/** The day it was done, or until when it is owed. */
function whenWords({ article, state, when }: ArticleLine): string {
  if (when === '') return state !== 'owed' ? '' : article <= lastBefore ? '约谈日期未定' : '规则未定期限'
  return state === 'done' ? officialDay(when) : `${officialDay(when)}前`
}

/** 条款清单: what each article asks, how it stands, by whom and until when. */
export function ArticleList({ caseId, lines }: { caseId: string; lines: readonly ArticleLine[] }) {
  return (
    <aside className="y-aside" aria-label="条款清单">
      <h2>条款清单</h2>
      <ul>
        {lines.map((line) => {
          const [tone, word] = states[line.state]
          const facts = [line.who, whenWords(line), line.note].filter(Boolean)
          return (
            <li key={line.article}>
              <div>
                <span>{line.topic}</span>
                <Light tone={tone}>{word}</Light>
              </div>
              <div>
                <span className="y-quiet">{facts.join(' · ')}</span>
                {line.paper !== null && (
                  <button
                    type="button"
                    className="y-quiet-button y-nowrap"
                    title={line.paper.title}
                    onClick={() =>
                      settle({ room: 'case', caseId, tab: line.paper?.tab ?? 'papers', objectId: line.paper?.id ?? '' })
                    }
                  >
                    文书
                  </button>
                )}
                <ArticleChip article={line.article} small />
              </div>
            </li>
          )
        })}
      </ul>
    </aside>
  )
}
