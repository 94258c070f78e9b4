import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { markedPapers } from '#shared/domain/papers.ts'
import { classificationActNames, levelNames, markText } from '#shared/domain/secrecy.ts'
import type { RoomProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { EmptyState, Facts, Page, Panel } from '../../ui/page.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { MarkPreview } from './mark-preview.tsx'
import { secrecyText as text } from './text.ts'

type Waiting = VerbOutput<'secrecy.waiting'>[number]

/** The clause, the sources of a derived one, or that none names it. */
function basisOf(one: Waiting): string {
  if (one.unclear) return '不明确事项：审定后10个工作日内报保密行政管理部门'
  const sources = one.sources.map((source) => `${source.issuer}《${source.title}》${source.number} ${markText(source)}`)
  return [one.basis, ...sources].filter((part) => part !== '').join('；') || '—'
}

/** 定密: what waits, the paper beside it, the mark as it will print, 同意 or 退回 by a second person. */
export function WaitingProposals({ route, rail }: RoomProps & { readonly rail: ReactNode }) {
  const found = useCall('secrecy.waiting', {})
  const [chosen, setChosen] = useState<string | null>(null)
  const list = found.data ?? []
  const one = list.find((item) => item.id === chosen) ?? list.find((item) => item.caseId === route.caseId) ?? list[0]
  if (one === undefined) {
    return (
      <Page
        title={text.room}
        rail={rail}
        meta={<ArticleChip article={21} />}
        note={<ErrorNote failure={found.failure} />}
      >
        {found.data !== null && (
          <EmptyState title="没有等待定密的事项" action={<ArticleChip article={21} />}>
            承办人随送审提出密级、期限和知悉范围，由定密责任人审定；自己提出的不能自己审定。
          </EmptyState>
        )}
      </Page>
    )
  }
  return <Decision key={one.id} one={one} list={list} rail={rail} onChoose={setChosen} />
}

function Decision({
  one,
  list,
  rail,
  onChoose,
}: {
  one: Waiting
  list: readonly Waiting[]
  rail: ReactNode
  onChoose: (id: string) => void
}) {
  const session = useSession()
  const act = useAct()
  const [opinion, setOpinion] = useState('')
  const own = one.proposerId === session.account.id
  const decide = (decision: 'approved' | 'returned') =>
    act.run('secrecy.decide', { caseId: one.caseId, classificationId: one.id, decision, opinion })
  return (
    <Page
      split
      title={text.room}
      rail={rail}
      meta={
        <>
          <span className="y-quiet">待定密 {list.length} 件</span>
          <ArticleChip article={21} />
        </>
      }
      note={<ErrorNote failure={act.failure} />}
      actions={own && <span className="y-amber">▲ 这是您本人提出的建议，须由另一位定密责任人审定</span>}
      primary={
        <>
          <Button onClick={() => decide('returned')} disabled={act.busy || own || opinion.trim() === ''}>
            退回
          </Button>
          <Button type="primary" onClick={() => decide('approved')} disabled={act.busy || own}>
            同意定密
          </Button>
        </>
      }
    >
      <div className="y-form-column">
        {list.length > 1 && (
          <nav className="y-switch" aria-label="待定密事项">
            {list.map((item) => (
              <button key={item.id} type="button" aria-pressed={item.id === one.id} onClick={() => onChoose(item.id)}>
                {item.title} {officialMoment(item.proposedAt)}
              </button>
            ))}
          </nav>
        )}
        <Panel title="定密建议">
          <Facts
            items={[
              ['文书', one.title],
              [
                '办理',
                one.before === null
                  ? classificationActNames[one.act]
                  : `${classificationActNames[one.act]}（现行标志 ${one.before}）`,
              ],
              ['拟定密级', levelNames[one.level]],
              ['标志', markText(one) ?? '不印标志'],
              ['依据', basisOf(one)],
              ...(one.points === '' ? [] : ([['密点', one.points]] as const)),
              ['理由', one.reason || '—'],
              ['知悉范围', one.scope.map((person) => session.nameOf(person)).join('、') || '—'],
              ['提出', `${one.proposer} ${officialMoment(one.proposedAt)}`],
            ]}
          />
        </Panel>
        <Panel title="定密后的标志">
          <MarkPreview value={one} />
        </Panel>
        <Field label="定密意见" hint="退回须写明意见">
          {(control) => <TextBlock {...control} rows={3} maxLength={500} onText={setOpinion} />}
        </Field>
      </div>
      <LivePaper
        label="待定密文书"
        input={{ caseId: one.caseId, kind: markedPapers[one.objectKind][0], objectId: one.objectId, fields: null }}
      />
    </Page>
  )
}
