import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type CompilationTexts, compilationArticles, compilationStateNames } from '#shared/domain/compilations.ts'
import { navigate } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { type Act, useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { LevelMark, Light, PrintedMark } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Facts, Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Papers } from '../papers/index.tsx'
import { Tickets } from '../papers/tickets.tsx'
import { CopyTable } from '../secrecy/copy-table.tsx'
import './compilations.css'
import { InspectionPanel } from './inspection.tsx'
import { stateTones } from './list.tsx'
import { text } from './text.ts'
import { WordsForm } from './words-form.tsx'

type Compilation = VerbOutput<'compilations.get'>

/** One compilation: its words or what became of it at the left, the living paper at the right. */
export function CompilationPage({ compilationId, rail }: { compilationId: string; rail: ReactNode }) {
  const found = useCall('compilations.get', { compilationId })
  if (found.data === null)
    return (
      <Page title={text.title} rail={rail} note={<ErrorNote failure={found.failure} />}>
        {null}
      </Page>
    )
  return <Opened key={`${found.data.id}/${found.data.state}`} compilation={found.data} rail={rail} />
}

function Opened({ compilation, rail }: { compilation: Compilation; rail: ReactNode }) {
  const session = useSession()
  const act = useAct()
  const { id: compilationId, title, state, level, mark, version, subject, mine } = compilation
  const [texts, setTexts] = useState<CompilationTexts>(compilation.texts)
  const [saved, setSaved] = useState(false)
  const [asking, setAsking] = useState<'approve' | 'return' | 'withdraw' | 'reclassify' | null>(null)
  const writing = state === 'draft' && mine && session.may('accountabilityOffice')
  const deciding = state === 'submitted' && !mine && session.may('deputyLeader', 'chiefLeader')
  const { outgrown } = compilation
  const binding = outgrown !== null && !outgrown.undecided && !mine && session.may('classifier')
  const sending =
    state === 'approved' && outgrown === null && subject.kind === 'inspectionNotice' && compilation.papers.length === 0
      ? session.may('accountabilityOffice')
      : false
  const filing =
    compilation.papers.length > 0 &&
    outgrown === null &&
    compilation.archivalCode === '' &&
    session.may('accountabilityOffice')
  const changed = JSON.stringify(texts) !== JSON.stringify(compilation.texts)
  const save = async () => {
    const done = await act.run('compilations.save', { compilationId, version, texts })
    if (done !== null) {
      setTexts(done.texts)
      setSaved(true)
    }
    return done
  }
  const submit = async () => {
    if (changed && (await save()) === null) return
    await act.run('compilations.submit', { compilationId })
  }
  return (
    <Page
      title={title}
      meta={
        <>
          <LevelMark level={level} />
          <PrintedMark mark={mark} />
          <Light tone={stateTones[state]}>{compilationStateNames[state]}</Light>
          <ArticleChip article={compilationArticles[subject.kind]} />
        </>
      }
      rail={rail}
      split
      note={
        <>
          {saved && !changed && (
            <p className="y-green" role="status">
              {text.saved}
            </p>
          )}
          <ErrorNote failure={act.failure} />
        </>
      }
      actions={
        <>
          <Button onClick={() => navigate({ room: 'analysis' })}>{text.back}</Button>
          {writing && (
            <>
              <Button onClick={() => setAsking('withdraw')}>{text.withdraw}</Button>
              <Button disabled={act.busy || !changed} onClick={() => void save()}>
                {text.save}
              </Button>
            </>
          )}
          {deciding && <Button onClick={() => setAsking('return')}>{text.sendBack}</Button>}
        </>
      }
      primary={
        <>
          {binding && (
            <Button type="primary" disabled={act.busy} onClick={() => setAsking('reclassify')}>
              {text.reclassify}
            </Button>
          )}
          {sending && (
            <Button
              type="primary"
              disabled={act.busy}
              onClick={() =>
                void (compilation.number === ''
                  ? act.run('numbers.allocateInspection', { compilationId })
                  : act.run('compilations.issue', { compilationId }))
              }
            >
              {compilation.number === '' ? text.number : text.issue}
            </Button>
          )}
          {filing && (
            <Button
              type="primary"
              disabled={act.busy}
              onClick={() => void act.run('compilations.file', { compilationId })}
            >
              {text.file}
            </Button>
          )}
          {writing && (
            <Button type="primary" disabled={act.busy} onClick={() => void submit()}>
              {text.submit}
            </Button>
          )}
          {deciding && (
            <Button type="primary" disabled={act.busy} onClick={() => setAsking('approve')}>
              {text.approve}
            </Button>
          )}
        </>
      }
    >
      <div className="compilation-side">
        {outgrown !== null && (
          <p className="y-amber" role="status">
            ▲ {outgrown.undecided ? text.undecided : text.outgrown(outgrown.mark)}
          </p>
        )}
        {state === 'draft' && compilation.opinion !== '' && (
          <p className="y-amber" role="status">
            ▲ {text.returned}：{compilation.opinion}
          </p>
        )}
        {writing ? (
          <Panel title={text.words}>
            <p className="y-quiet">{text.wordsHint}</p>
            <WordsForm texts={texts} onChange={setTexts} />
          </Panel>
        ) : (
          <Facts
            items={[
              [text.columns.drafter, `${compilation.drafter} ${officialMoment(compilation.updatedAt)}`],
              ...(state === 'approved' && compilation.decidedAt !== null
                ? [
                    [
                      text.opinion,
                      `${compilation.decider} ${officialMoment(compilation.decidedAt)} ${compilation.opinion}`,
                    ] as const,
                  ]
                : []),
              ...(compilation.number === '' ? [] : [[text.number, compilation.number] as const]),
              ...(compilation.reclassified === null
                ? []
                : [
                    [
                      text.reclassified,
                      `${compilation.reclassified.by} ${officialMoment(compilation.reclassified.at)} ${compilation.reclassified.reason}`,
                    ] as const,
                  ]),
              ...(compilation.archivalCode ? [[text.archivalCode, compilation.archivalCode] as const] : []),
            ]}
          />
        )}
        {compilation.papers.length > 0 && subject.kind === 'inspectionNotice' && (
          <InspectionPanel
            compilationId={compilationId}
            enterprises={compilation.figures.kind === 'inspectionNotice' ? compilation.figures.enterprises : []}
          />
        )}
        {compilation.papers.length > 0 && (
          <>
            <Papers held={{ compilationId }} papers={compilation.papers} brief />
            <Tickets held={{ compilationId }} />
            <Copies compilationId={compilationId} />
          </>
        )}
        <Sources sources={compilation.sources} />
      </div>
      <LivePaper
        label={text.preview}
        stamp={`${version}/${state}/${mark ?? ''}/${compilation.number}`}
        input={{ compilationId, texts: writing ? texts : null }}
      />
      {asking === 'approve' && <Approve compilationId={compilationId} act={act} onDone={() => setAsking(null)} />}
      {asking !== null && asking !== 'approve' && (
        <Asked what={asking} compilationId={compilationId} act={act} onDone={() => setAsking(null)} />
      )}
    </Page>
  )
}

/** 送达: every copy that left, until its receipt is here (Art. 17). */
function Copies({ compilationId }: { compilationId: string }) {
  const found = useCall('copies.register', { compilationId })
  if (found.data === null || found.data.length === 0) return <ErrorNote failure={found.failure} />
  return (
    <Panel title={text.copies}>
      <CopyTable copies={found.data} brief />
    </Panel>
  )
}

/** The cases it is drawn from; each opens. */
function Sources({ sources }: { sources: Compilation['sources'] }) {
  return (
    <Panel title={text.sources(sources.length)}>
      <ul className="y-list">
        {sources.map((one) => (
          <li key={one.caseId} className="y-line">
            <button
              type="button"
              className="y-row-link"
              onClick={() => navigate({ room: 'case', caseId: one.caseId, tab: 'overview' })}
            >
              {one.matter}
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** 审签, with an opinion where one is given; the sheet prints it. */
function Approve({ compilationId, act, onDone }: { compilationId: string; act: Act; onDone: () => void }) {
  const [opinion, setOpinion] = useState('')
  const approve = async () => {
    if ((await act.run('compilations.decide', { compilationId, decision: 'approved', opinion })) !== null) onDone()
  }
  return (
    <Dialog
      title={text.approve}
      onCancel={onDone}
      confirm={{ text: text.approve, disabled: act.busy, onClick: () => void approve() }}
    >
      <Field label={text.opinion} hint={text.opinionHint}>
        {(control) => <TextLine {...control} onText={setOpinion} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

function Asked({
  what,
  compilationId,
  act,
  onDone,
}: {
  what: 'return' | 'withdraw' | 'reclassify'
  compilationId: string
  act: Act
  onDone: () => void
}) {
  const { title, label, confirm, run } = {
    return: {
      title: text.sendBack,
      label: text.sendBackLabel,
      confirm: text.sendBack,
      run: (opinion: string) => act.run('compilations.decide', { compilationId, decision: 'returned', opinion }),
    },
    withdraw: {
      title: text.withdrawTitle,
      label: text.withdrawLabel,
      confirm: text.withdraw,
      run: (reason: string) => act.run('compilations.withdraw', { compilationId, reason }),
    },
    reclassify: {
      title: text.reclassify,
      label: text.reclassifyLabel,
      confirm: text.reclassify,
      run: (reason: string) => act.run('compilations.reclassify', { compilationId, reason }),
    },
  }[what]
  return (
    <ReasonDialog
      title={title}
      label={label}
      confirm={confirm}
      failure={act.failure}
      onCancel={onDone}
      onConfirm={async (reason) => {
        if ((await run(reason)) !== null) onDone()
      }}
    />
  )
}
