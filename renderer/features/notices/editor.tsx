import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type Notice, type NoticeFields, noticeFaults } from '#shared/domain/notices.ts'
import { onClosing } from '../../app/closing.ts'
import { wordsFor } from '../../app/errors.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useRules } from '../../app/rules.tsx'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { AnyOf } from '../../ui/choice.tsx'
import { ClockField, DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Light } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { KeyHint, TabPage } from '../../ui/page.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { firstProposal, ProposalForm, useProposalFaults } from '../secrecy/proposal-form.tsx'
import { fieldNames, noticeText as text } from './text.ts'

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
  const act = useAct()
  const [fields, setFields] = useState<NoticeFields>(notice.fields)
  const [stored, setStored] = useState({ version: notice.version, fields: JSON.stringify(notice.fields) })
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
    if (saved === null) return false
    setStored({ version: saved.version, fields: JSON.stringify(fields) })
    return true
  }
  const latest = useRef(save)
  latest.current = save
  useEffect(
    () =>
      onClosing(async () => {
        await latest.current()
      }),
    [],
  )
  const submit = async () => {
    if (!(await save())) return
    if ((await act.run('notices.submit', { ...ids, proposal })) !== null) setSubmitting(false)
  }
  const copyOver = async () => {
    if (!(await save())) return
    for (const other of others) {
      const { addressee } = other.fields
      const merged = { ...fields, addressee }
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
  const faults = noticeFaults(fields)
  const owes = useProposalFaults(proposal)
  const required = Object.keys(fieldNames)
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
      <div className="y-form-column">
        {pick}
        <Field label="主送">{(control) => <TextLine {...control} initial={fields.addressee} readOnly />}</Field>
        <Field label="约谈事由" required>
          {(control) => (
            <TextBlock {...control} rows={2} initial={fields.matter} onText={(matter) => put({ matter })} />
          )}
        </Field>
        <div className="y-grid-2">
          <DayField label="约谈日期" required value={fields.day} onChange={(day) => put({ day })} />
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
        <FieldGroup label="被约谈人员（第七条）" required>
          <AnyOf
            column
            options={rules.intervieweeGroups.map((group) => ({ value: group, text: group }))}
            value={fields.interviewees}
            onChange={(interviewees) => put({ interviewees })}
          />
        </FieldGroup>
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
            onChange={(materialsDue) => put({ materialsDue })}
          />
          <span />
          <Field label="联系人" required>
            {(control) => <TextLine {...control} initial={fields.contact} onText={(contact) => put({ contact })} />}
          </Field>
          <Field label="联系电话" required>
            {(control) => (
              <TextLine {...control} initial={fields.telephone} onText={(telephone) => put({ telephone })} />
            )}
          </Field>
        </div>
        <Field label="抄送" hint="每行一个单位；均须在知悉范围内">
          {(control) => (
            <TextBlock
              {...control}
              rows={2}
              initial={fields.copies.join('\n')}
              onText={(typed) =>
                put({
                  copies: typed
                    .split('\n')
                    .map((line) => line.trim())
                    .filter(Boolean),
                })
              }
            />
          )}
        </Field>
        <section aria-label="第四条内容核对">
          <div className="y-line">
            <strong>内容核对</strong>
            <ArticleChip article={4} />
          </div>
          <div className="y-checks">
            {required.map((field) => {
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
          <p className="y-quiet">{text.submitWhy}</p>
          <ProposalForm value={proposal} onChange={setProposal} />
          <ErrorNote failure={act.failure} />
        </Dialog>
      )}
    </TabPage>
  )
}
