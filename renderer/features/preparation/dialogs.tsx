import { useState } from 'react'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { changeNames } from '#shared/domain/notice-changes.ts'
import { type MaterialState, materialKindNames, type ServiceInput, serviceNames } from '#shared/domain/preparation.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { preparationText as text } from './text.ts'

/** A reminder of materials that are due or missing (Art. 10). */
export function RemindDialog({
  caseId,
  material,
  onDone,
}: {
  caseId: string
  material: MaterialState
  onDone: () => void
}) {
  const act = useAct()
  const [channel, setChannel] = useState<'written' | 'telephone'>('telephone')
  const [to, setTo] = useState('')
  const due = material.due === '' ? '' : `应于${officialDay(material.due)}前报送`
  const [words, setWords] = useState(`请报送${materialKindNames[material.kind]}${due === '' ? '' : `，${due}`}。`)
  const send = async () => {
    const done = await act.run('preparation.remind', { caseId, noticeId: material.noticeId, channel, to, text: words })
    if (done !== null) onDone()
  }
  return (
    <Dialog
      title={text.remind}
      onCancel={onDone}
      confirm={{
        text: '确认登记',
        disabled: act.busy || to.trim() === '' || words.trim() === '',
        onClick: () => void send(),
      }}
    >
      <FieldGroup label="催报方式" required>
        <OneOf
          options={[
            { value: 'telephone', text: '电话' },
            { value: 'written', text: '书面' },
          ]}
          value={channel}
          onChange={setChannel}
        />
      </FieldGroup>
      <Field label="告知何人" required>
        {(control) => <TextLine {...control} autoFocus onText={setTo} />}
      </Field>
      <Field label="催报内容" required>
        {(control) => <TextLine {...control} initial={words} onText={setWords} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** 送达回执 of a notice or of its 改期/取消 paper. */
export function ServeDialog({ detail, onDone }: { detail: CaseDetail; onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const notices = useCall('notices.list', { caseId: detail.id })
  const changes = useCall('notices.changes', { caseId: detail.id })
  const today = dayInChina(session.now)
  const papers = [
    ...(notices.data ?? [])
      .filter((one) => one.number !== null && ['issued', 'cancelled'].includes(one.state))
      .map((one) => ({
        value: one.id,
        noticeId: one.id,
        changeId: null as string | null,
        text: `通知书 ${one.number}（${one.enterpriseName}）`,
        enterprise: one.enterpriseName,
      })),
    ...(changes.data ?? [])
      .filter((one) => one.state === 'issued')
      .map((one) => ({
        value: one.id,
        noticeId: one.noticeId,
        changeId: one.id as string | null,
        text: `${changeNames[one.kind]} ${one.number ?? ''}（${one.enterpriseName}）`,
        enterprise: one.enterpriseName,
      })),
  ]
  const [chosen, setChosen] = useState<string | null>(null)
  const [value, setValue] = useState<Omit<ServiceInput, 'noticeId' | 'changeId'>>({
    recipient: '',
    manner: 'person',
    copyNumber: '',
    sentBy: session.account.name,
    sentOn: today,
    receivedBy: '',
    receivedOn: today,
    note: '',
  })
  const put = (part: Partial<typeof value>) => setValue((before) => ({ ...before, ...part }))
  const paper = papers.find((one) => one.value === chosen) ?? papers[0]
  const recipient = value.recipient === '' ? (paper?.enterprise ?? '') : value.recipient
  const send = async () => {
    if (paper === undefined) return
    const { noticeId, changeId } = paper
    const service = { ...value, recipient, noticeId, changeId }
    if ((await act.run('preparation.serve', { caseId: detail.id, service })) !== null) onDone()
  }
  return (
    <Dialog
      wide
      title={text.serve}
      onCancel={onDone}
      confirm={{
        text: '确认登记',
        disabled:
          act.busy ||
          paper === undefined ||
          value.receivedBy.trim() === '' ||
          value.sentOn === '' ||
          value.receivedOn === '',
        onClick: () => void send(),
      }}
    >
      <FieldGroup label="送达文件" required>
        <OneOf
          column
          options={papers.map((one) => ({ value: one.value, text: one.text }))}
          value={paper?.value ?? null}
          onChange={setChosen}
        />
      </FieldGroup>
      <Field label="受送达单位" hint={`不填则为${paper?.enterprise ?? '被约谈企业'}；抄送单位请写明`}>
        {(control) => <TextLine {...control} onText={(typed) => put({ recipient: typed.trim() })} />}
      </Field>
      <FieldGroup label="送达方式" required>
        <OneOf
          options={(['person', 'collected', 'courier', 'post'] as const).map((one) => ({
            value: one,
            text: serviceNames[one],
          }))}
          value={value.manner}
          onChange={(manner) => put({ manner })}
        />
      </FieldGroup>
      <div className="y-grid-2">
        <Field label="送达人" required>
          {(control) => <TextLine {...control} initial={value.sentBy} onText={(sentBy) => put({ sentBy })} />}
        </Field>
        <DayField label="送出日期" required value={value.sentOn} onChange={(sentOn) => put({ sentOn })} />
        <Field label="签收人" required>
          {(control) => <TextLine {...control} onText={(receivedBy) => put({ receivedBy })} />}
        </Field>
        <DayField label="签收日期" required value={value.receivedOn} onChange={(receivedOn) => put({ receivedOn })} />
        <Field label="份号">
          {(control) => <TextLine {...control} onText={(copyNumber) => put({ copyNumber })} />}
        </Field>
        <Field label="备注">{(control) => <TextLine {...control} onText={(note) => put({ note })} />}</Field>
      </div>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
