import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { clockInChina, dayInChina } from '#shared/domain/common.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { EmptyState, Page } from '../../ui/page.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { PaperAnchor } from './paper-anchor.tsx'
import { auditText as text } from './text.ts'

/** The auditor's page: acts without content, the state of the chain, a signed checkpoint. */
export function AuditRoom() {
  const session = useSession()
  const [action, setAction] = useState('')
  const [before, setBefore] = useState<number | null>(null)
  const filter = useRef<TextHandle>(null)
  const list = useCall('audit.list', { before, action })
  const act = useAct()
  const [verified, setVerified] = useState<VerbOutput<'audit.verify'> | null>(null)
  const [anchor, setAnchor] = useState<VerbOutput<'audit.checkpoint'> | null>(null)
  const auditor = session.may('auditor')
  const lines = list.data?.lines ?? []
  const last = lines.at(-1)
  return (
    <Page
      title={text.title}
      meta={<span className="y-quiet">{list.data === null ? '' : `共 ${list.data.total} 行`}</span>}
      note={<ErrorNote failure={act.failure ?? list.failure} />}
      actions={
        <>
          <button type="button" className="y-quiet-button" disabled={before === null} onClick={() => setBefore(null)}>
            回到最新
          </button>
          <button
            type="button"
            className="y-quiet-button"
            disabled={last === undefined || last.seq <= 1}
            onClick={() => setBefore(last?.seq ?? null)}
          >
            更早的日志
          </button>
          {auditor && (
            <button
              type="button"
              className="y-quiet-button"
              disabled={act.busy}
              onClick={async () => setAnchor(await act.run('audit.checkpoint', { note: '审计员核对' }))}
            >
              签署检查点
            </button>
          )}
        </>
      }
      primary={
        auditor && (
          <Button
            type="primary"
            disabled={act.busy}
            onClick={async () => setVerified(await act.run('audit.verify', {}))}
          >
            核对日志链
          </Button>
        )
      }
    >
      <p className="y-quiet">{text.hint}</p>
      <Field label="按行为筛选" hint="输入行为代码的开头，例如 notices，按回车筛选。">
        {(control) => (
          <TextLine
            {...control}
            handle={filter}
            onEnter={() => {
              setBefore(null)
              setAction(filter.current?.text().trim() ?? '')
              return true
            }}
          />
        )}
      </Field>
      {verified !== null && (
        <p className={verified.intact ? 'y-note y-green' : 'y-note y-red'} role="status">
          {verified.intact ? text.intact(verified.lines) : text.broken(verified.fault ?? '')}
        </p>
      )}
      {anchor !== null && (
        <p className="y-note" role="status">
          检查点：第 {anchor.seq} 行，链头 <code>{anchor.head.slice(0, 25)}</code>。请抄录到纸质登记簿。
        </p>
      )}
      {auditor && <PaperAnchor />}
      {list.data !== null && lines.length === 0 ? (
        <EmptyState title="审计日志">{text.empty}</EmptyState>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>行号</th>
              <th>时间</th>
              <th>账号</th>
              <th>行为</th>
              <th>对象</th>
              <th>密级</th>
              <th>结果</th>
              <th>来源</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.seq}>
                <td className="y-number">{line.seq}</td>
                <td>
                  {dayInChina(line.at)} {clockInChina(line.at)}
                </td>
                <td>{line.account}</td>
                <td>{line.action}</td>
                <td className="y-object">{line.object}</td>
                <td>{levelNames[line.level as keyof typeof levelNames] ?? line.level}</td>
                <td className={line.result === 'ok' ? '' : 'y-red'}>{text.results[line.result] ?? line.result}</td>
                <td>{text.sources[line.source] ?? line.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  )
}
