import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { Facts, Page, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { ReceivedItems } from './received-items.tsx'
import { titleOf } from './received-title.ts'
import { receivingText as own, text } from './text.ts'
import { VerdictView } from './verdict.tsx'

type Preview = VerbOutput<'receivings.open'>

/** 打开封装包: verified first, then seen, then kept or left; nothing lands before 接收. */
export function OpenBundle({ rail, onDone }: { rail: ReactNode; onDone: (kept: string | null) => void }) {
  const act = useAct()
  const [file, setFile] = useState('')
  const [ca, setCa] = useState('')
  const [job, setJob] = useState('')
  const [seen, setSeen] = useState<Preview | null>(null)
  const [note, setNote] = useState('')
  const open = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    setSeen(await act.run('receivings.open', { file, caFingerprint: ca, job: id }))
  }
  const leave = async () => {
    if (seen?.holdId) await act.run('receivings.discard', { holdId: seen.holdId })
    onDone(null)
  }
  const receive = async (holdId: string) => {
    const kept = await act.run('receivings.receive', { holdId, note })
    if (kept !== null) onDone(kept.id)
  }
  const holdId = seen?.holdId ?? null
  return (
    <Page
      title={text.room}
      rail={rail}
      note={<ErrorNote failure={act.failure} />}
      actions={
        <Button disabled={act.busy} onClick={() => void leave()}>
          {holdId === null ? own.back : own.leave}
        </Button>
      }
      primary={
        holdId === null ? (
          <Button type="primary" disabled={act.busy || file === '' || ca.trim() === ''} onClick={() => void open()}>
            {own.doOpen}
          </Button>
        ) : (
          <Button type="primary" disabled={act.busy} onClick={() => void receive(holdId)}>
            {own.receive}
          </Button>
        )
      }
    >
      {holdId === null && (
        <Panel title={own.open} className="archive-narrow">
          <p className="y-quiet">{own.opening}</p>
          <PathField label={own.file} required extensions={['sealed']} onChange={setFile} />
          <Field label={own.ca} required hint={own.caHint}>
            {(control) => <TextLine {...control} onText={setCa} />}
          </Field>
          {act.busy && <JobProgress job={job} />}
        </Panel>
      )}
      {seen !== null && <Found seen={seen} />}
      {holdId !== null && (
        <Panel title={own.receive} className="archive-narrow">
          <Field label={own.note} hint={own.noteHint}>
            {(control) => <TextLine {...control} onText={setNote} />}
          </Field>
        </Panel>
      )}
    </Page>
  )
}

function Found({ seen: { verdict, consignment, items, alreadyAs, earlier, missing } }: { seen: Preview }) {
  const facts = own.facts
  return (
    <>
      <VerdictView verdict={verdict} />
      {alreadyAs !== null && (
        <p className="y-amber" role="status">
          ▲ {own.already(alreadyAs)}
        </p>
      )}
      {consignment !== null && consignment.bag.count > 1 && (
        <p role="status">
          {missing.length > 0
            ? own.groupMissing(consignment.bag.count, missing)
            : own.groupWhole(consignment.bag.count)}
        </p>
      )}
      {earlier.length > 0 && <p role="status">{own.earlier(earlier)}</p>}
      {consignment !== null && (
        <Panel title={own.found}>
          <Facts
            items={[
              [facts.sender, consignment.sender],
              [facts.sequence, own.sequence(consignment.sequence)],
              [facts.title, titleOf(consignment)],
              [facts.code, consignment.archivalCode],
              [facts.level, <LevelMark key="level" level={consignment.level} />],
              [facts.size, own.size(consignment.files, consignment.bytes)],
            ]}
          />
          <ReceivedItems items={items} />
        </Panel>
      )}
    </>
  )
}
