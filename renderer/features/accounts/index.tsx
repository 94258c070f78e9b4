import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { isOfficerRole, roleNames } from '#shared/domain/accounts.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { BlankSheets } from './blank-sheets.tsx'
import { Leaving } from './leaving.tsx'
import { Renewal } from './renewal.tsx'
import { accountsText as text } from './text.ts'

type Row = VerbOutput<'accounts.list'>[number]
type Act = 'handOver' | 'disable' | 'revoke'

/** Accounts as the ledger proves them; a key holder hands the key over here, an officer disables here. */
export function AccountsRoom() {
  const session = useSession()
  const list = useCall('accounts.list', {})
  const [chosen, setChosen] = useState<{ row: Row; act: Act } | null>(null)
  const mayDisable = session.may('systemAdmin', 'securityOfficer')
  const mayHandOver = session.may('chiefLeader')
  const mayUnlock = session.may('securityOfficer')
  const act = useAct()
  const [leaver, setLeaver] = useState<Row | null>(null)
  const business = (list.data ?? []).filter((row) => row.state === 'active' && !row.roles.some(isOfficerRole))
  return (
    <Page title={text.title} note={<ErrorNote failure={act.failure ?? list.failure} />}>
      <p className="y-quiet">{text.hint}</p>
      <table className="y-table">
        <thead>
          <tr>
            <th>账号</th>
            <th>姓名</th>
            <th>处室</th>
            <th>角色</th>
            <th>状态</th>
            <th>操作</th>
          </tr>
        </thead>
        <tbody>
          {list.data?.map((row) => (
            <tr key={row.id}>
              <td>{row.login}</td>
              <td>{row.name}</td>
              <td>{row.office}</td>
              <td>{row.roles.map((role) => roleNames[role]).join('、')}</td>
              <td>{text.states[row.state]}</td>
              <td>
                {mayHandOver && row.state === 'pending' && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`移交密钥：${row.login}`}
                    onClick={() => setChosen({ row, act: 'handOver' })}
                  >
                    移交密钥
                  </button>
                )}
                {mayHandOver && business.includes(row) && row.id !== session.account.id && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`移交事项：${row.login}`}
                    onClick={() => setLeaver(row)}
                  >
                    离岗移交
                  </button>
                )}
                {mayUnlock && row.state === 'active' && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`解除锁定：${row.login}`}
                    disabled={act.busy}
                    onClick={() => void act.run('accounts.unlock', { accountId: row.id })}
                  >
                    解除锁定
                  </button>
                )}
                {mayDisable && business.includes(row) && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`吊销证书：${row.login}`}
                    onClick={() => setChosen({ row, act: 'revoke' })}
                  >
                    吊销证书
                  </button>
                )}
                {mayDisable && row.state !== 'disabled' && row.id !== session.account.id && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`停用：${row.login}`}
                    onClick={() => setChosen({ row, act: 'disable' })}
                  >
                    停用
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Renewal />
      {session.may('securityOfficer') && <BlankSheets />}
      {leaver !== null && (
        <Leaving row={leaver} others={business.filter((one) => one.id !== leaver.id)} onDone={() => setLeaver(null)} />
      )}
      {chosen !== null && <AccountAct {...chosen} onDone={() => setChosen(null)} />}
    </Page>
  )
}

function AccountAct({ row, act: kind, onDone }: { row: Row; act: Act; onDone: () => void }) {
  const act = useAct()
  const typed = useRef<TextHandle>(null)
  const handing = kind === 'handOver'
  const words = text.acts[kind]
  const confirm = async () => {
    const value = typed.current?.text().trim() ?? ''
    if (value === '') return typed.current?.focus()
    const done = handing
      ? await act.run('accounts.handOver', { accountId: row.id, slip: value })
      : await act.run(`accounts.${kind}`, { accountId: row.id, reason: value })
    if (done !== null) onDone()
  }
  return (
    <Panel title={`${words.title}：${row.name}（${row.login}）`}>
      <Field label={words.label} hint={words.hint} required>
        {(control) => <TextLine {...control} handle={typed} autoFocus />}
      </Field>
      <ErrorNote failure={act.failure} />
      <div className="y-choices">
        <Button type="primary" danger={!handing} onClick={confirm} disabled={act.busy}>
          {words.confirm}
        </Button>
        <button type="button" className="y-quiet-button" onClick={onDone}>
          取消
        </button>
      </div>
    </Panel>
  )
}
