import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { dayInChina } from '#shared/domain/common.ts'
import {
  checkedFields,
  type HostRank,
  type Notice,
  type NoticeFields,
  noticeFaults,
  raisedHost,
} from '#shared/domain/notices.ts'
import { call } from '../../app/client.ts'
import { onClosing } from '../../app/closing.ts'
import { faultAt, wordsFor } from '../../app/errors.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { keepUnfinished, leaveForm, unfinished } from '../../app/unfinished.ts'
import { touchArchive, useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { AnyOf, OneOf } from '../../ui/choice.tsx'
import { ClockField, DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { KeyHint, TabPage } from '../../ui/page.tsx'
import { StaleForm } from '../../ui/stale-form.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { firstProposal, ProposalForm, useProposalFaults } from '../secrecy/proposal-form.tsx'
import { PersonsField } from './persons-field.tsx'
import { fieldNames, fieldText, noticeText as text } from './text.ts'
import { VersionsPanel } from './versions.tsx'

/** What was left in the form unsaved, and what it was typed over. */
interface Left {
  readonly fields: NoticeFields
  readonly stored: { readonly version: number; readonly fields: string }
}

/** Form left, the living paper right, Art. 4's contents checked below, 送审 with the classification proposal. */
export function NoticeEditor({
  detail,
  notice,
  others,
  pick,
}: {
  detail: CaseDetail
  notice: Notice
  others: readonly Notice[]
  pick: ReactNode
}) {
  const rules = useRules()
  const session = useSession()
  const act = useAct()
  const known = useCall('notices.approvers', { caseId: detail.id })
  const [addressedTo, setAddressedTo] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<Notice | null>(null)
  // The inputs keep their own text: a merged form is shown by mounting them anew.
  const [round, setRound] = useState(0)
  const form = `notice/${notice.id}`
  const [left] = useState(() => unfinished<Left>(form))
  const [fields, setFields] = useState<NoticeFields>(left?.fields ?? notice.fields)
  const [stored, setStored] = useState(
    left?.stored ?? { version: notice.version, fields: JSON.stringify(notice.fields) },
  )
  const [submitting, setSubmitting] = useState(false)
  const [proposal, setProposal] = useState(() =>
    firstProposal(
      detail.level,
      detail.scope.map((one) => one.accountId),
    ),
  )
  const put = (part: Partial<NoticeFields>) => setFields((before) => ({ ...before, ...part }))
  const dirty = JSON.stringify(fields) !== stored.fields
  const ids = { caseId: detail.id, noticeId: notice.id }
  const save = async (): Promise<boolean> => {
    if (!dirty) return true
    const saved = await act.run('notices.save', { ...ids, version: stored.version, fields })
    if (saved === null) {
      const now = (await call('notices.list', { caseId: detail.id })).find((one) => one.id === notice.id)
      if (now !== undefined && now.version !== stored.version) setTheirs(now)
      return false
    }
    setStored({ version: saved.version, fields: JSON.stringify(fields) })
    keepUnfinished(form, detail.id, null)
    return true
  }
  useEffect(() => {
    keepUnfinished(form, detail.id, dirty ? ({ fields, stored } satisfies Left) : null)
  }, [form, detail.id, dirty, fields, stored])
  // Another tab, another enterprise, a step back: the draft is saved on the way out, whatever way that is.
  const leave = () => {
    if (!dirty) return keepUnfinished(form, detail.id, null)
    void leaveForm(form, detail.id, { fields, stored } satisfies Left, async () => {
      await call('notices.save', { ...ids, version: stored.version, fields })
      touchArchive()
    })
  }
  const latest = useRef({ save, leave })
  latest.current = { save, leave }
  useEffect(() => {
    const withdraw = onClosing(async () => {
      await latest.current.save()
    })
    return () => {
      withdraw()
      latest.current.leave()
    }
  }, [])
  // Opened again before it was saved on the way out: what the archive holds now is what stands here.
  useEffect(() => {
    const now = JSON.stringify(notice.fields)
    if (notice.version > stored.version && now === JSON.stringify(fields))
      setStored({ version: notice.version, fields: now })
  }, [notice, stored, fields])
  const submit = async () => {
    if (!(await save())) return
    if ((await act.run('notices.submit', { ...ids, proposal, addressedTo })) !== null) setSubmitting(false)
  }
  const copyOver = async () => {
    if (!(await save())) return
    for (const other of others) {
      // Whom it is sent to and whom it calls by name are each enterprise's own (Art. 7).
      const { addressee, persons } = other.fields
      const merged = { ...fields, addressee, persons }
      const done = await act.run('notices.save', {
        caseId: detail.id,
        noticeId: other.id,
        version: other.version,
        fields: merged,
      })
      if (done === null) return
    }
  }
  useShortcuts({ 'Ctrl+S': () => void save() })
  const today = dayInChina(session.now)
  const allowedCopies = known.data?.allowedCopies ?? null
  const faults = noticeFaults(fields, { rules, today, allowedCopies })
  const faultOf = (field: string): string | null => {
    const fault = faults.find((one) => one.field === field && one.code !== 'notices.missing')
    return fault === undefined ? null : wordsFor({ code: fault.code, params: {} }).happened
  }
  const owes = useProposalFaults(proposal)
  const checked = [
    ...checkedFields(rules, fields),
    ...(['hostRank', 'copies'] as const).filter((field) => faults.some((one) => one.field === field)),
  ]
  return (
    <TabPage
      split
      note={<ErrorNote failure={submitting ? null : act.failure} />}
      actions={
        <>
          <Button onClick={save} disabled={act.busy || !dirty}>
            {text.save}
            <KeyHint keys=" Ctrl+S" />
          </Button>
          {others.length > 0 && (
            <Button onClick={copyOver} disabled={act.busy}>
              {text.copyOver}（{others.length} 家）
            </Button>
          )}
          <span className="y-quiet" role="status">
            {dirty ? text.unsaved : text.saved}
          </span>
        </>
      }
      primary={
        <Button
          type="primary"
          disabled={act.busy || faults.length > 0}
          onClick={() => {
            act.clear()
            setSubmitting(true)
          }}
        >
          {text.submit}
        </Button>
      }
    >
      <div className="y-form-column" key={round}>
        {pick}
        <Field label="主送">{(control) => <TextLine {...control} initial={fields.addressee} readOnly />}</Field>
        <Field label="约谈事由" required>
          {(control) => (
            <TextBlock {...control} rows={2} initial={fields.matter} onText={(matter) => put({ matter })} />
          )}
        </Field>
        <div className="y-grid-2">
          <DayField
            label="约谈日期"
            required
            value={fields.day}
            fault={faultOf('day')}
            onChange={(day) => put({ day })}
          />
          <ClockField label="约谈时间" required value={fields.clock} onChange={(clock) => put({ clock })} />
        </div>
        <Field label="约谈地点" required>
          {(control) => <TextLine {...control} initial={fields.place} onText={(place) => put({ place })} />}
        </Field>
        <Field label="约谈单位" required>
          {(control) => <TextLine {...control} initial={fields.unit} onText={(unit) => put({ unit })} />}
        </Field>
        <div className="y-grid-2">
          <Field label="主持人" required>
            {(control) => <TextLine {...control} initial={fields.hostName} onText={(hostName) => put({ hostName })} />}
          </Field>
          <Field label="主持人职务" required>
            {(control) => (
              <TextLine {...control} initial={fields.hostTitle} onText={(hostTitle) => put({ hostTitle })} />
            )}
          </Field>
        </div>
        <FieldGroup label="主持层级（第五条）" required fault={faultOf('hostRank')}>
          <OneOf<HostRank>
            options={rules.hostRanks.map(({ code, name }) => ({ value: code, text: name }))}
            value={fields.hostRank}
            onChange={(hostRank) => put({ hostRank, ...(raisedHost(rules, hostRank) ? {} : { hostReason: '' }) })}
          />
        </FieldGroup>
        {raisedHost(rules, fields.hostRank) && (
          <Field
            label="提级主持理由"
            required
            hint={`第五条：必要时可请${rules.hostRanks
              .slice(1)
              .map((one) => one.name)
              .join('或')}主持`}
          >
            {(control) => (
              <TextLine {...control} initial={fields.hostReason} onText={(hostReason) => put({ hostReason })} />
            )}
          </Field>
        )}
        <Field
          label="共同约谈单位"
          hint="每行一个；派驻纪检监察组、有关处室（第五条）。印入通知书，须会前沟通；联合约谈仍编一个号"
        >
          {(control) => (
            <TextBlock
              {...control}
              rows={2}
              initial={fields.jointUnits.join('\n')}
              onText={(typed) => put({ jointUnits: linesOf(typed) })}
            />
          )}
        </Field>
        <FieldGroup label="被约谈人员（第七条）" required>
          <AnyOf
            column
            options={rules.intervieweeGroups.map((group) => ({ value: group, text: group }))}
            value={fields.interviewees}
            onChange={(interviewees) => put({ interviewees })}
          />
        </FieldGroup>
        <PersonsField notice={notice} values={fields.persons} onChange={(persons) => put({ persons })} />
        <Field label="需提交的材料" required>
          {(control) => (
            <TextBlock {...control} rows={2} initial={fields.materials} onText={(materials) => put({ materials })} />
          )}
        </Field>
        <div className="y-grid-2">
          <DayField
            label="材料报送日期"
            required
            value={fields.materialsDue}
            fault={faultOf('materialsDue')}
            onChange={(materialsDue) => put({ materialsDue })}
          />
          <FieldGroup label="报送要求" fault={faultOf('materials')}>
            <AnyOf<'sealedPaper' | 'electronicCopy' | 'statement'>
              options={[
                { value: 'sealedPaper', text: '纸质件加盖公章' },
                { value: 'electronicCopy', text: '附电子版' },
                { value: 'statement', text: '另交书面陈述材料（第十条）' },
              ]}
              value={(['sealedPaper', 'electronicCopy', 'statement'] as const).filter((one) => fields[one])}
              onChange={(on) =>
                put({
                  sealedPaper: on.includes('sealedPaper'),
                  electronicCopy: on.includes('electronicCopy'),
                  statement: on.includes('statement'),
                })
              }
            />
          </FieldGroup>
          <Field label="联系人" required>
            {(control) => <TextLine {...control} initial={fields.contact} onText={(contact) => put({ contact })} />}
          </Field>
          <Field label="联系电话" required>
            {(control) => (
              <TextLine {...control} initial={fields.telephone} onText={(telephone) => put({ telephone })} />
            )}
          </Field>
        </div>
        <FieldGroup label="抄送" hint="只列知悉范围内的单位（第四条、第二十一条）" fault={faultOf('copies')}>
          <AnyOf
            column
            options={[...new Set([...(allowedCopies ?? []), ...fields.copies])].map((unit) => ({
              value: unit,
              text: unit,
            }))}
            value={fields.copies}
            onChange={(copies) => put({ copies })}
          />
        </FieldGroup>
        <section aria-label="第四条内容核对">
          <div className="y-line">
            <strong>内容核对</strong>
            <ArticleChip article={4} />
          </div>
          <div className="y-checks">
            {checked.map((field) => {
              const fault = faults.find((one) => one.field === field)
              return (
                <Light key={field} tone={fault === undefined ? 'green' : 'amber'}>
                  {`${fieldNames[field]}${
                    fault === undefined
                      ? ''
                      : fault.code === 'notices.missing'
                        ? ' 未填'
                        : ` ${wordsFor({ code: fault.code, params: {} }).happened}`
                  }`}
                </Light>
              )
            })}
          </div>
          {faults.length === 0 && <p className="y-green">{text.complete}</p>}
        </section>
        <VersionsPanel detail={detail} notice={notice} />
      </div>
      <LivePaper label={text.preview} input={{ caseId: detail.id, kind: 'notice', objectId: notice.id, fields }} />
      {submitting && (
        <Dialog
          wide
          title={text.submitTitle}
          onCancel={() => setSubmitting(false)}
          footer={
            <>
              <Button onClick={() => setSubmitting(false)}>返回修改</Button>
              <Button type="primary" disabled={act.busy || owes.length > 0} onClick={submit}>
                {text.submitConfirm}
              </Button>
            </>
          }
        >
          <p className="y-quiet">{text.submitWhy(rules)}</p>
          <FieldGroup label={text.addressee} fault={faultAt(act.failure, 'addressedTo')}>
            <OneOf
              column
              options={[
                { value: '', text: text.anyApprover(rules) },
                ...(known.data?.approvers ?? []).map((one) => ({ value: one.accountId, text: one.name })),
              ]}
              value={addressedTo ?? ''}
              onChange={(one) => setAddressedTo(one === '' ? null : one)}
            />
          </FieldGroup>
          <ProposalForm value={proposal} onChange={setProposal} />
          <ErrorNote failure={act.failure?.params.field === undefined ? act.failure : null} />
        </Dialog>
      )}
      {theirs !== null && (
        <StaleForm
          base={JSON.parse(stored.fields) as NoticeFields}
          mine={fields}
          theirs={theirs.fields}
          who={theirs.savedBy}
          nameOf={(field) => fieldNames[field] ?? String(field)}
          textOf={(value, field) => fieldText(rules, value, field)}
          onCancel={() => setTheirs(null)}
          onSettled={(settled) => {
            setStored({ version: theirs.version, fields: JSON.stringify(theirs.fields) })
            setFields(settled)
            setTheirs(null)
            act.clear()
            setRound((n) => n + 1)
          }}
        />
      )}
    </TabPage>
  )
}

function linesOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
