import { Button } from 'antd'
import { useState } from 'react'
import type { CheckItem, Volume } from '#shared/domain/archive.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { LevelMark, Light } from '../../ui/lights.tsx'
import { ActionLine, Facts, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { CaseReferrals } from '../referrals/case-referrals.tsx'
import { Contents } from './contents.tsx'
import { Custody, CustodyDialog, VolumeState } from './custody.tsx'
import { Editions } from './editions.tsx'
import { FilingCheck } from './filing-check.tsx'
import { SealedBundles } from './receipt.tsx'
import { text } from './text.ts'

/** The volume before and after filing: the filing range with its gaps, the papers in order (Art. 20). */
export function VolumeView({ volume, onSeal }: { volume: Volume; onSeal: () => void }) {
  const rules = useRules()
  const session = useSession()
  const act = useAct()
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const [note, setNote] = useState('')
  /** 归档前检测 as it came out; null while the volume is only looked at. */
  const [checks, setChecks] = useState<readonly CheckItem[] | null>(null)
  const [asking, setAsking] = useState<'handOver' | 'receive' | 'return' | 'reopen' | null>(null)
  const open = volume.state === 'open'
  const archivist = session.may('archivist')
  const office = session.may('caseOfficer', 'officeHead')
  const { holder } = volume
  const mayArrange = open && ((holder === 'office' && office) || (holder === 'archive' && archivist))
  const mayFile = open && holder === 'archive' && archivist
  const target = { caseId: volume.caseId, volumeId: volume.id }
  const unexplained = volume.gaps.filter((gap) => (reasons[gap.code] ?? gap.reason).trim() === '')
  const move = (from: number, to: number) => {
    const order = volume.items.map((item) => item.id)
    const [moved] = order.splice(from, 1)
    if (moved === undefined || to < 0 || to > order.length) return
    order.splice(to, 0, moved)
    void act.run('archive.arrange', { ...target, order })
  }
  const hint = (): string => {
    if (!open) return archivist ? text.filed : text.onlyArchivist
    if (holder === 'office') return office ? text.toHandOver : archivist ? text.onlyOffice : text.onlyArchivist
    if (!archivist) return holder === 'handed' ? text.waitingReceipt : text.onlyArchivist
    return holder === 'handed' ? text.toReceive : text.fileHint
  }
  const gaps = volume.gaps.map((gap) => ({ ...gap, reason: reasons[gap.code] ?? gap.reason }))
  const check = async () => setChecks(await act.run('archive.check', { ...target, gaps, note }))
  if (checks !== null)
    return <FilingCheck volume={volume} gaps={gaps} note={note} checks={checks} onBack={() => setChecks(null)} />
  return (
    <div className="volume">
      <div className="volume-body">
        <Panel title={text.range} extra={<ArticleChip article={20} />} className="volume-range">
          <ul>
            {rules.filing.map((entry) => {
              const count = volume.items.filter((item) => item.code === entry.code).length
              const gap = volume.gaps.find((one) => one.code === entry.code)
              return (
                <li key={entry.code}>
                  <p>
                    <Light tone={count > 0 ? 'green' : gap === undefined ? 'quiet' : 'amber'}>
                      {count > 0 ? text.inVolume(count) : text.absent}
                    </Light>
                    <span>{entry.name}</span>
                    <small className="y-quiet">{entry.required ? text.required : text.optional}</small>
                  </p>
                  {gap !== undefined &&
                    (mayFile ? (
                      <TextLine
                        label={text.gapReason(entry.name)}
                        placeholder={text.gapHint}
                        initial={reasons[entry.code] ?? gap.reason}
                        onText={(reason) => setReasons((all) => ({ ...all, [entry.code]: reason }))}
                      />
                    ) : (
                      <p className="y-quiet">{gap.reason}</p>
                    ))}
                </li>
              )
            })}
          </ul>
          {mayFile && (
            <Field label={text.note} hint={text.noteHint}>
              {(control) => <TextLine {...control} initial={note} onText={setNote} />}
            </Field>
          )}
        </Panel>
        <div className="volume-main">
          <Panel title={text.volumes} extra={<VolumeState volume={volume} />}>
            <Facts
              items={[
                [text.facts.code, volume.archivalCode],
                [text.facts.title, volume.title],
                ...(volume.edition > 1
                  ? [[text.facts.edition, text.edition(volume.edition, volume.reason)] as const]
                  : []),
                [text.facts.retention, volume.retention],
                [text.facts.organiser, volume.organiser],
                [text.facts.level, <LevelMark key="level" level={volume.level} />],
                [text.facts.pages, String(volume.items.reduce((sum, item) => sum + item.pages, 0))],
              ]}
            />
          </Panel>
          <Panel title={text.contents}>
            <Contents volume={volume} onMove={mayArrange ? move : null} />
          </Panel>
          <CaseReferrals caseId={volume.caseId} maySend={open && holder === 'office' && office} />
          <Custody volume={volume} />
          {volume.state === 'sealed' && <SealedBundles volume={volume} />}
          {volume.edition > 1 && <Editions volume={volume} />}
        </div>
      </div>
      <ErrorNote failure={asking === null ? act.failure : null} />
      <ActionLine
        actions={
          <>
            {open && holder === 'office' && office && (
              <Button disabled={act.busy} onClick={() => void act.run('archive.assemble', { caseId: volume.caseId })}>
                {text.assembleAgain}
              </Button>
            )}
            {open && holder !== 'office' && archivist && (
              <Button disabled={act.busy} onClick={() => setAsking('return')}>
                {text.sendBack}
              </Button>
            )}
            {!open && session.may('archivist', 'officeHead') && (
              <Button disabled={act.busy} onClick={() => setAsking('reopen')}>
                {text.reopen}
              </Button>
            )}
            <span className="y-quiet">{act.busy ? text.waiting : hint()}</span>
          </>
        }
        primary={
          <>
            {open && holder === 'office' && office && (
              <Button type="primary" disabled={act.busy} onClick={() => setAsking('handOver')}>
                {text.handOver}
              </Button>
            )}
            {open && holder === 'handed' && archivist && (
              <Button type="primary" disabled={act.busy} onClick={() => setAsking('receive')}>
                {text.receive}
              </Button>
            )}
            {mayFile && (
              <Button type="primary" disabled={act.busy || unexplained.length > 0} onClick={() => void check()}>
                {text.filingCheck}
              </Button>
            )}
            {!open && archivist && (
              <Button type="primary" onClick={onSeal}>
                {text.toSealing}
              </Button>
            )}
          </>
        }
      />
      {(asking === 'handOver' || asking === 'receive') && (
        <CustodyDialog volume={volume} act={asking} onDone={() => setAsking(null)} />
      )}
      {(asking === 'reopen' || asking === 'return') && (
        <ReasonDialog
          title={asking === 'reopen' ? text.reopen : text.sendBack}
          label={asking === 'reopen' ? text.reopenReason : text.sendBackReason}
          confirm={asking === 'reopen' ? text.reopenConfirm : text.sendBack}
          failure={act.failure}
          onConfirm={async (reason) => {
            if ((await act.run(`archive.${asking}`, { ...target, reason })) !== null) setAsking(null)
          }}
          onCancel={() => setAsking(null)}
        />
      )}
    </div>
  )
}
