import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { isOfficerRole, roleNames } from '#shared/domain/accounts.ts'
import { classificationActNames, levelNames, type Proposal } from '#shared/domain/secrecy.ts'
import type { CaseTabProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { PrintedMark } from '../../ui/lights.tsx'
import { Panel, TabPage } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { InheritingPapers } from './inheriting.tsx'
import { ProposalForm, useProposalFaults } from './proposal-form.tsx'

type Decision = VerbOutput<'secrecy.list'>[number]
type Scope = VerbOutput<'secrecy.scope'>

const stateNames = { proposed: '待审定', approved: '现行', returned: '已退回', superseded: '已被取代' } as const
const requestStates = { requested: '待决定', approved: '同意', returned: '退回' } as const

/** 密级: every decision about the papers of a case, and the people who may know it (Art. 21). */
export function SecrecyTab({ detail }: CaseTabProps) {
  const caseId = detail.id
  const decisions = useCall('secrecy.list', { caseId })
  const scope = useCall('secrecy.scope', { caseId })
  const session = useSession()
  const act = useAct()
  const [changing, setChanging] = useState<Decision | null>(null)
  const [kept, setKept] = useState('')
  const keepForm = async ({ id: objectId }: Decision) => {
    setKept('')
    const formats = ['pdf', 'docx'] as const
    const made = await act.run('papers.freeze', { caseId, kind: 'classification', objectId, formats: [...formats] })
    if (made !== null) setKept(`${made[0]?.title ?? ''}已存入“材料”页本案文件，可以申请出件。`)
  }
  const mayChange = session.may('caseOfficer', 'officeHead', 'secrecyOfficer', 'classifier')
  const list = decisions.data ?? []
  return (
    <TabPage note={<ErrorNote failure={decisions.failure ?? scope.failure ?? act.failure} />}>
      <Panel title="定密、变更与解密" extra={<ArticleChip article={21} />}>
        {decisions.data !== null && list.length === 0 ? (
          <p className="y-quiet">尚未提出定密建议；起草中的文书按事项的拟定密级保护，不印标志。</p>
        ) : (
          <table className="y-table">
            <thead>
              <tr>
                <th>文书</th>
                <th>类型</th>
                <th>密级与期限</th>
                <th>依据</th>
                <th>提出</th>
                <th>审定</th>
                <th>状态</th>
                <th>操作</th>
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <tr key={one.id}>
                  <td>{one.title}</td>
                  <td className="y-nowrap">
                    {classificationActNames[one.act]}
                    {one.act === 'initial' && one.sources.length > 0 && '（派生）'}
                  </td>
                  <td className="y-nowrap">
                    {one.mark === null ? levelNames[one.level] : <PrintedMark mark={one.mark} />}
                  </td>
                  <td>
                    {one.basis || one.sources.map((source) => `${source.issuer}《${source.title}》`).join('、') || '—'}
                  </td>
                  <td className="y-nowrap">
                    {one.proposer} {officialMoment(one.proposedAt)}
                  </td>
                  <td className="y-nowrap">
                    {one.approvedAt === null ? '—' : `${one.approver} ${officialMoment(one.approvedAt)}`}
                  </td>
                  <td className="y-nowrap">{stateNames[one.state]}</td>
                  <td className="y-nowrap">
                    {mayChange && one.state === 'approved' && one.level !== 'none' && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={`变更或解密 ${one.title}`}
                        onClick={() => setChanging(one)}
                      >
                        变更或解密
                      </button>
                    )}
                    {one.state === 'approved' && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        disabled={act.busy}
                        aria-label={`存审批表 ${one.title} ${classificationActNames[one.act]}`}
                        onClick={() => void keepForm(one)}
                      >
                        存审批表
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p role="status" className="y-green">
          {kept}
        </p>
      </Panel>
      <InheritingPapers detail={detail} />
      {scope.data !== null && <ScopePanel caseId={caseId} scope={scope.data} />}
      {changing !== null && <Change one={changing} onDone={() => setChanging(null)} />}
    </TabPage>
  )
}

/** Proposes a change or a release; the first decision marks the paper until another person has decided. */
function Change({ one, onDone }: { one: Decision; onDone: () => void }) {
  const act = useAct()
  const [kind, setKind] = useState<'change' | 'release'>('change')
  const [value, setValue] = useState<Proposal>({ ...one, reason: '' })
  const [why, setWhy] = useState('')
  const faults = useProposalFaults(value)
  const propose = async () => {
    const { caseId, id: classificationId, scope } = one
    const released = { level: 'none', term: null, basis: '', reason: why, scope } as const
    const proposal = kind === 'release' ? released : value
    if ((await act.run('secrecy.proposeChange', { caseId, classificationId, act: kind, proposal })) !== null) onDone()
  }
  const ready = kind === 'release' ? why.trim() !== '' : value.reason.trim() !== '' && faults.length === 0
  return (
    <Dialog
      wide
      title={`变更或解密：${one.title}`}
      onCancel={onDone}
      confirm={{ text: '送审', disabled: act.busy || !ready, onClick: () => void propose() }}
    >
      <FieldGroup label="办理" hint={`现行标志 ${one.mark ?? '无'}；经定密责任人审定后生效，并书面通知范围内人员。`}>
        <OneOf
          options={[
            { value: 'change', text: '变更' },
            { value: 'release', text: '解密' },
          ]}
          value={kind}
          onChange={setKind}
        />
      </FieldGroup>
      {kind === 'change' ? (
        <ProposalForm value={value} onChange={setValue} />
      ) : (
        <Field label="解密理由" required hint="解密后原标志旁加盖解密标志；公开须另行审查（保密法第三十五条）。">
          {(control) => <TextBlock {...control} rows={3} maxLength={500} onText={setWhy} />}
        </Field>
      )}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

function ScopePanel({ caseId, scope }: { caseId: string; scope: Scope }) {
  const session = useSession()
  const act = useAct()
  const [asking, setAsking] = useState(false)
  const [removing, setRemoving] = useState<Scope['members'][number] | null>(null)
  const mayRemove = session.may('officeHead', 'deputyLeader', 'chiefLeader', 'classifier')
  return (
    <Panel
      title="知悉范围"
      extra={
        <Button size="small" onClick={() => setAsking(true)}>
          申请扩大知悉范围
        </Button>
      }
    >
      <table className="y-table">
        <thead>
          <tr>
            <th>人员</th>
            <th>职责</th>
            <th>列入</th>
            <th>阅读</th>
            <th>最近阅读</th>
            <th>操作</th>
          </tr>
        </thead>
        <tbody>
          {scope.members.map((one) => (
            <tr key={one.accountId}>
              <td className="y-nowrap">{one.name}</td>
              <td>{one.roles.join('、')}</td>
              <td className="y-nowrap">
                {one.addedBy} {officialMoment(one.addedAt)}
              </td>
              <td className="y-number">{one.reads} 次</td>
              <td className="y-nowrap">{one.lastRead === null ? '—' : officialMoment(one.lastRead)}</td>
              <td>
                {mayRemove && one.accountId !== session.account.id && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`移出 ${one.name}`}
                    onClick={() => setRemoving(one)}
                  >
                    移出
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {scope.former.length > 0 && (
        <p className="y-quiet">
          曾在范围内：
          {scope.former
            .map((one) => `${one.name}（${officialMoment(one.removedAt)}由${one.removedBy}移出）`)
            .join('、')}
        </p>
      )}
      {scope.requests.map((one) => (
        <p key={one.id} className="y-quiet">
          {one.requester}申请{one.person}知悉：{one.reason}（{requestStates[one.state]}
          {one.opinion !== '' && `，${one.opinion}`}）
        </p>
      ))}
      <ErrorNote failure={act.failure} />
      {asking && <Request caseId={caseId} scope={scope} onDone={() => setAsking(false)} />}
      {removing !== null && (
        <ReasonDialog
          title={`移出知悉范围：${removing.name}`}
          label="移出理由"
          confirm="移出"
          failure={act.failure}
          onCancel={() => setRemoving(null)}
          onConfirm={async (reason) => {
            const value = await act.run('secrecy.removeFromScope', { caseId, accountId: removing.accountId, reason })
            if (value !== null) setRemoving(null)
          }}
        />
      )}
    </Panel>
  )
}

function Request({ caseId, scope, onDone }: { caseId: string; scope: Scope; onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const inside = new Set(scope.members.map((one) => one.accountId))
  const people = session.colleagues.filter((one) => !one.roles.some(isOfficerRole) && !inside.has(one.id))
  const [accountId, setAccount] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const ask = async () => {
    if (accountId === null) return
    if ((await act.run('secrecy.requestScope', { caseId, accountId, reason })) !== null) onDone()
  }
  return (
    <Dialog
      title="申请扩大知悉范围"
      onCancel={onDone}
      confirm={{
        text: '提出',
        disabled: act.busy || accountId === null || reason.trim() === '',
        onClick: () => void ask(),
      }}
    >
      {people.length === 0 ? (
        <p className="y-quiet">业务账号都已在知悉范围内。</p>
      ) : (
        <FieldGroup label="拟知悉人员" required>
          <OneOf
            options={people.map((one) => ({
              value: one.id,
              text: `${one.name}（${one.roles.map((role) => roleNames[role]).join('、')}）`,
            }))}
            value={accountId}
            onChange={setAccount}
          />
        </FieldGroup>
      )}
      <Field label="理由" required hint="由主要负责人或其指定的同志决定（保密法第二十一条）。">
        {(control) => <TextBlock {...control} rows={3} maxLength={500} onText={setReason} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
