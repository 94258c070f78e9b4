import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { type DisciplineState, disciplineStateNames } from '#shared/domain/discipline.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { AskDiscipline } from './discipline-ask.tsx'
import { disciplineText as text } from './discipline-text.ts'

type Referral = VerbOutput<'referrals.discipline'>[number]
type What = 'approve' | 'refuse' | 'send' | 'receipt'

const tones: Readonly<Record<DisciplineState, Tone>> = {
  asked: 'amber',
  returned: 'quiet',
  approved: 'amber',
  sent: 'amber',
  received: 'green',
}

/** 移送纪检监察机构 of a case: each step with who took it on our side and on theirs (Art. 18). */
export function DisciplineReferrals({
  caseId,
  enterprise,
  mayAsk,
}: {
  caseId: string
  enterprise: { readonly id: string; readonly name: string }
  mayAsk: boolean
}) {
  const found = useCall('referrals.discipline', { caseId })
  const [asking, setAsking] = useState(false)
  const [doing, setDoing] = useState<{ readonly what: What; readonly one: Referral } | null>(null)
  const [paper, setPaper] = useState<{
    readonly kind: 'transferLetter' | 'transferList'
    readonly one: Referral
  } | null>(null)
  const list = (found.data ?? []).filter((one) => one.enterpriseId === enterprise.id)
  if (list.length === 0 && !mayAsk) return null
  const { number, about, asked, decided, sent, received, acts } = text.columns
  return (
    <Panel
      title={text.title}
      extra={
        <>
          <ArticleChip article={18} />
          {mayAsk && (
            <Button size="small" onClick={() => setAsking(true)}>
              {text.ask}
            </Button>
          )}
        </>
      }
    >
      <ErrorNote failure={found.failure} />
      {list.length === 0 ? (
        <p className="y-quiet">{text.hint}</p>
      ) : (
        <table className="y-table" aria-label={text.title}>
          <TableHead columns={[number, about, asked, decided, sent, received, acts]} />
          <tbody>
            {list.map((one) => (
              <tr key={one.id}>
                <td>
                  {one.number || '—'}
                  <div>
                    <Light tone={tones[one.state]}>{disciplineStateNames[one.state]}</Light>
                  </div>
                </td>
                <td>
                  {one.organ}
                  <div className="y-quiet">{one.persons.join('、')}</div>
                </td>
                <Step who={one.askedBy} day={dayInChina(one.askedAt)} note={text.count(one.pieces.length)} />
                <Step
                  who={one.decidedBy}
                  day={one.decidedAt === null ? null : dayInChina(one.decidedAt)}
                  note={one.opinion}
                />
                <Step who={one.sending?.person ?? ''} day={one.sending?.day ?? null} note={one.sending?.manner ?? ''} />
                <Step who={one.receipt?.person ?? ''} day={one.receipt?.day ?? null} note={one.receipt?.number ?? ''} />
                <td>
                  <Acts one={one} mayAsk={mayAsk} onDo={(what) => setDoing({ what, one })} />
                  {(['transferLetter', 'transferList'] as const).map((kind) => (
                    <button
                      key={kind}
                      type="button"
                      className="y-quiet-button y-nowrap"
                      aria-label={nameOf(kind, one)}
                      onClick={() => setPaper({ kind, one })}
                    >
                      {kind === 'transferLetter' ? text.letter : text.list}
                    </button>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asking && <AskDiscipline caseId={caseId} enterprise={enterprise} onDone={() => setAsking(false)} />}
      {doing !== null && <StepDialog {...doing} onDone={() => setDoing(null)} />}
      {paper !== null && (
        <Dialog
          wide
          title={nameOf(paper.kind, paper.one)}
          onCancel={() => setPaper(null)}
          footer={<Button onClick={() => setPaper(null)}>{text.back}</Button>}
        >
          <LivePaper
            label={nameOf(paper.kind, paper.one)}
            input={{ caseId, kind: paper.kind, objectId: paper.one.id, fields: null }}
          />
        </Dialog>
      )}
    </Panel>
  )
}

const nameOf = (kind: 'transferLetter' | 'transferList', one: Referral): string =>
  (kind === 'transferLetter' ? text.letterOf : text.listOf)(one.number || one.enterprise)

/** One step: by whom, on which day, and what goes with it. */
function Step({ who, day, note }: { who: string; day: string | null; note: string }) {
  return (
    <td>
      {day === null ? (
        '—'
      ) : (
        <>
          <span className="y-nowrap">{who}</span> <span className="y-nowrap">{officialDay(day)}</span>
          <div className="y-quiet">{note}</div>
        </>
      )}
    </td>
  )
}

function Acts({ one, mayAsk, onDo }: { one: Referral; mayAsk: boolean; onDo: (what: What) => void }) {
  const acts: readonly (readonly [What, string, boolean])[] = [
    ['approve', text.approve, one.mayDecide],
    ['refuse', text.refuse, one.mayDecide],
    ['send', text.send, mayAsk && one.state === 'approved'],
    ['receipt', text.receipt, mayAsk && one.state === 'sent'],
  ]
  return acts
    .filter(([, , may]) => may)
    .map(([what, name]) => (
      <button key={what} type="button" className="y-quiet-button y-nowrap" onClick={() => onDo(what)}>
        {name}
      </button>
    ))
}

/** Takes one step; a refusal asks for its reason, the others for who and when. */
function StepDialog({ what, one, onDone }: { what: What; one: Referral; onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const [day, setDay] = useState(dayInChina(session.now))
  const [person, setPerson] = useState(what === 'send' ? session.account.name : '')
  const [words, setWords] = useState(what === 'send' ? text.firstManner : '')
  const about = { caseId: one.caseId, referralId: one.id }
  const decide = (decision: 'approved' | 'returned', opinion: string) =>
    act.run('referrals.decideDiscipline', { ...about, decision, opinion })
  if (what === 'refuse')
    return (
      <ReasonDialog
        title={text.refuse}
        label={text.refuseLabel}
        confirm={text.refuse}
        failure={act.failure}
        onCancel={onDone}
        onConfirm={async (opinion) => {
          if ((await decide('returned', opinion)) !== null) onDone()
        }}
      />
    )
  const take = async () => {
    const done =
      what === 'approve'
        ? await decide('approved', words)
        : what === 'send'
          ? await act.run('referrals.sendDiscipline', { ...about, sending: { day, manner: words, person } })
          : await act.run('referrals.receiptDiscipline', {
              ...about,
              receipt: { day, person, number: words, note: '' },
            })
    if (done !== null) onDone()
  }
  const owed = what !== 'approve' && (day === '' || person.trim() === '' || (what === 'send' && words.trim() === ''))
  const label = what === 'approve' ? text.opinion : what === 'send' ? text.manner : text.receiptNumber
  const titles = { approve: text.approveTitle, send: text.send, receipt: text.receipt } as const
  return (
    <Dialog
      title={`${titles[what]}：${one.organ}`}
      onCancel={onDone}
      confirm={{
        text: what === 'approve' ? text.approve : titles[what],
        disabled: act.busy || owed,
        onClick: () => void take(),
      }}
    >
      {what !== 'approve' && (
        <>
          <DayField label={text.day} value={day} onChange={setDay} required />
          <Field label={what === 'send' ? text.sender : text.receiver} required>
            {(control) => <TextLine {...control} initial={person} onText={setPerson} />}
          </Field>
        </>
      )}
      <Field label={label} required={what === 'send'}>
        {(control) => <TextLine {...control} initial={words} onText={setWords} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
