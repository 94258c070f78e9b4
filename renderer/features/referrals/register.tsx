import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { pieceFormNames, referralStateNames } from '#shared/domain/referrals.ts'
import { call } from '../../app/client.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { FileView } from '../../ui/file-view.tsx'
import { LevelMark, Light } from '../../ui/lights.tsx'
import { EmptyState, Facts, Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { referralTones } from './case-referrals.tsx'
import { referralText as text } from './text.ts'

type Lead = VerbOutput<'referrals.register'>[number]

/** 业务档案 of the accountability office: the leads that were referred, each with what came and whether it was signed for. */
export function LeadRegister({ title, rail }: { title: string; rail: ReactNode }) {
  const list = useCall('referrals.register', {})
  const [open, setOpen] = useState<string | null>(null)
  const lead = list.data?.find((one) => one.id === open)
  if (lead) return <LeadView key={lead.id} title={title} lead={lead} rail={rail} onBack={() => setOpen(null)} />
  const { register, number, from, sent, about, count, state } = text.registerColumns
  return (
    <Page title={title} meta={<ArticleChip article={20} />} rail={rail} note={<ErrorNote failure={list.failure} />}>
      {list.data?.length === 0 && <EmptyState title={text.registerEmpty}>{text.registerHint}</EmptyState>}
      {list.data !== null && list.data.length > 0 && (
        <table className="y-table" aria-label={text.register}>
          <TableHead columns={[register, number, from, sent, about, count, state]} />
          <tbody>
            {list.data.map((one) => (
              <tr key={one.id}>
                <td className="y-nowrap">{one.register}</td>
                <td className="y-nowrap">
                  {one.closed ? (
                    one.number
                  ) : (
                    <button
                      type="button"
                      className="y-row-link"
                      aria-label={text.open(one.number)}
                      onClick={() => setOpen(one.id)}
                    >
                      {one.number}
                    </button>
                  )}
                </td>
                <td className="y-nowrap">{one.office}</td>
                <td className="y-nowrap">{dayInChina(one.sentAt)}</td>
                <td>
                  {one.closed ? (
                    <span className="y-quiet">{text.closed}</span>
                  ) : (
                    <>
                      {one.enterprises.join('、')}
                      <div className="y-quiet">{one.matter}</div>
                    </>
                  )}
                </td>
                <td className="y-nowrap">{text.count(one.count)}</td>
                <td className="y-nowrap">
                  <Light tone={referralTones[one.state]}>{referralStateNames[one.state]}</Light>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  )
}

type Part = number | 'list' | 'receipt'

/** One lead: what it is about and what came at the left, the paper that is being read at the right. */
function LeadView({ title, lead, rail, onBack }: { title: string; lead: Lead; rail: ReactNode; onBack: () => void }) {
  const act = useAct()
  const [part, setPart] = useState<Part>('list')
  const [asking, setAsking] = useState<'receive' | 'return' | null>(null)
  const waiting = lead.state === 'sent'
  const partTitle =
    part === 'list'
      ? text.listOf(lead.number)
      : part === 'receipt'
        ? text.receiptOf(lead.number)
        : (lead.pieces[part]?.title ?? '')
  return (
    <Page
      title={title}
      meta={<Light tone={referralTones[lead.state]}>{referralStateNames[lead.state]}</Light>}
      rail={rail}
      actions={
        <>
          <Button onClick={onBack}>{text.backToRegister}</Button>
          <Button aria-pressed={part === 'list'} onClick={() => setPart('list')}>
            {text.list}
          </Button>
          {lead.state === 'received' && (
            <Button aria-pressed={part === 'receipt'} onClick={() => setPart('receipt')}>
              {text.receipt}
            </Button>
          )}
          {waiting && <Button onClick={() => setAsking('return')}>{text.sendBack}</Button>}
        </>
      }
      primary={
        waiting && (
          <Button type="primary" onClick={() => setAsking('receive')}>
            {text.receive}
          </Button>
        )
      }
      split
    >
      <div className="received-left y-column-scroll">
        <Panel title={lead.register === '' ? lead.number : lead.register} extra={<ArticleChip article={20} />}>
          <LeadFacts lead={lead} />
        </Panel>
        <Panel title={text.pieces}>
          <LeadPieces lead={lead} open={part} onOpen={setPart} />
        </Panel>
      </div>
      <div className="received-right">
        <FileView
          key={String(part)}
          title={partTitle}
          load={() => call('referrals.file', { referralId: lead.id, part })}
        />
      </div>
      {asking === 'receive' && <ReceiveDialog lead={lead} onDone={() => setAsking(null)} />}
      {asking === 'return' && (
        <ReasonDialog
          title={text.sendBack}
          label={text.sendBackReason}
          confirm={text.sendBack}
          failure={act.failure}
          onConfirm={async (reason) => {
            if ((await act.run('referrals.return', { referralId: lead.id, reason })) !== null) setAsking(null)
          }}
          onCancel={() => setAsking(null)}
        />
      )}
    </Page>
  )
}

function LeadFacts({ lead }: { lead: Lead }) {
  const facts = text.facts
  const some = (name: string, value: string) => (value === '' ? [] : [[name, value] as const])
  const answer = lead.answeredAt === null ? '' : `${lead.answeredBy} ${officialMoment(lead.answeredAt)}`
  return (
    <Facts
      items={[
        [facts.number, lead.number],
        ...some(facts.register, lead.register),
        [facts.from, lead.office],
        [facts.sent, `${lead.sentBy} ${officialMoment(lead.sentAt)}`],
        ...some(lead.state === 'returned' ? facts.returned : facts.answer, answer),
        ...some(facts.note, lead.note),
        [facts.enterprises, lead.enterprises.join('、')],
        [facts.matter, lead.matter],
        [facts.level, <LevelMark key="level" level={lead.level} />],
        ...some(facts.period, lead.period),
        ...some(facts.amount, lead.amount),
        ...some(facts.persons, lead.persons.join('、')),
        [facts.reason, lead.reason],
        [facts.summary, lead.summary],
      ]}
    />
  )
}

function LeadPieces({ lead, open, onOpen }: { lead: Lead; open: Part; onOpen: (part: Part) => void }) {
  const { title, day, level, form } = text.pieceColumns
  return (
    <table className="y-table" aria-label={text.pieces}>
      <TableHead columns={[title, day, level, form]} />
      <tbody>
        {lead.pieces.map((piece, index) => (
          <tr key={piece.paperId ?? piece.documentId}>
            <td>
              <button type="button" className="y-row-link" aria-pressed={open === index} onClick={() => onOpen(index)}>
                {piece.title}
              </button>
              <div className="y-quiet">{piece.number}</div>
            </td>
            <td className="y-nowrap">{piece.day}</td>
            <td className="y-nowrap">
              <LevelMark level={piece.level} />
            </td>
            <td className="y-nowrap">{pieceFormNames[piece.form]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ReceiveDialog({ lead, onDone }: { lead: Lead; onDone: () => void }) {
  const act = useAct()
  const [note, setNote] = useState('')
  const receive = async () => {
    if ((await act.run('referrals.receive', { referralId: lead.id, note: note.trim() })) !== null) onDone()
  }
  return (
    <Dialog
      title={text.receiveTitle}
      onCancel={onDone}
      confirm={{ text: text.receiveConfirm, disabled: act.busy, onClick: () => void receive() }}
    >
      <p className="y-quiet">
        {text.receiveHint} <ArticleChip article={20} small />
      </p>
      <Facts
        items={[
          [text.facts.number, lead.number],
          [text.facts.from, lead.office],
          [text.registerColumns.count, text.count(lead.count)],
        ]}
      />
      <Field label={text.note} hint={text.noteHint}>
        {(control) => <TextBlock {...control} autoFocus maxLength={500} onText={setNote} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
