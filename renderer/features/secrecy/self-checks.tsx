import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbInput } from '#shared/contract/bridge.ts'
import { selfCheckAnswer, selfCheckHeadings, selfCheckResultNames } from '#shared/domain/incidents.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { secrecyText as text } from './text.ts'

type Answers = VerbInput<'incidents.selfCheck'>['answers']
const results = selfCheckAnswer.entries.result.options

/** 保密自查 by the 13 headings (实施条例 58): the last one, and a new one. */
export function SelfChecks({ rail }: { rail: ReactNode }) {
  const session = useSession()
  const found = useCall('incidents.selfChecks', {})
  const [writing, setWriting] = useState(false)
  if (writing) return <NewSelfCheck rail={rail} onDone={() => setWriting(false)} />
  const list = found.data ?? []
  return (
    <Page
      title={text.room}
      meta={<ArticleChip article={21} />}
      rail={rail}
      note={<ErrorNote failure={found.failure} />}
      actions={<span />}
      {...(session.may('secrecyOfficer')
        ? {
            primary: (
              <Button type="primary" onClick={() => setWriting(true)}>
                开始自查
              </Button>
            ),
          }
        : {})}
    >
      {found.data !== null && list.length === 0 && (
        <EmptyState title="还没有做过保密自查" action={<ArticleChip article={21} />}>
          {text.selfCheckHint}
        </EmptyState>
      )}
      {list.map((one) => (
        <Panel key={one.id} title={`${officialMoment(one.at)} ${one.by}`} extra={<span>{one.conclusion}</span>}>
          <table className="y-table">
            <tbody>
              {selfCheckHeadings.map((heading, index) => (
                <tr key={heading}>
                  <td className="y-number">{index + 1}</td>
                  <td>{heading}</td>
                  <td className={one.answers[index]?.result === 'open' ? 'y-nowrap y-red' : 'y-nowrap'}>
                    {selfCheckResultNames[one.answers[index]?.result ?? 'sound']}
                  </td>
                  <td>{one.answers[index]?.note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      ))}
    </Page>
  )
}

function NewSelfCheck({ rail, onDone }: { rail: ReactNode; onDone: () => void }) {
  const act = useAct()
  const [answers, setAnswers] = useState<readonly (Answers[number] | null)[]>(() => selfCheckHeadings.map(() => null))
  const [conclusion, setConclusion] = useState('')
  const change = (index: number, value: Partial<Answers[number]>) =>
    setAnswers(answers.map((one, at) => (at === index ? { result: 'sound', note: '', ...one, ...value } : one)))
  const given = answers.filter((one) => one !== null)
  const whole = given.length === answers.length && given.every((one) => one.result === 'sound' || one.note !== '')
  const save = async () => {
    if ((await act.run('incidents.selfCheck', { answers: given, conclusion })) !== null) onDone()
  }
  return (
    <Page
      title={text.room}
      meta={<ArticleChip article={21} />}
      rail={rail}
      note={<ErrorNote failure={act.failure} />}
      actions={
        <>
          <Button onClick={onDone}>返回</Button>
          <span className="y-quiet">
            已答 {given.length} / {answers.length} 项
          </span>
        </>
      }
      primary={
        <Button type="primary" disabled={act.busy || !whole || conclusion.trim() === ''} onClick={() => void save()}>
          保存自查
        </Button>
      }
    >
      <Panel title={text.sections.selfCheck}>
        <p className="y-quiet">{text.selfCheckHint}</p>
        <table className="y-table">
          <thead>
            <tr>
              <th>项</th>
              <th>自查内容</th>
              <th>结果</th>
              <th>情况</th>
            </tr>
          </thead>
          <tbody>
            {selfCheckHeadings.map((heading, index) => (
              <tr key={heading}>
                <td className="y-number">{index + 1}</td>
                <td>{heading}</td>
                <td>
                  <fieldset className="y-bare" aria-label={heading}>
                    <OneOf
                      options={results.map((one) => ({ value: one, text: selfCheckResultNames[one] }))}
                      value={answers[index]?.result ?? null}
                      onChange={(result) => change(index, { result })}
                    />
                  </fieldset>
                </td>
                <td>
                  <TextLine
                    label={`${heading} 情况`}
                    placeholder={answers[index]?.result === 'sound' ? '可不填' : '写明情况'}
                    onText={(note) => change(index, { note: note.trim() })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title="自查结论">
        <TextLine label="自查结论" placeholder="自查结论" onText={setConclusion} />
      </Panel>
    </Page>
  )
}
