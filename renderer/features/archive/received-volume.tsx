import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { call } from '../../app/client.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ExportDialog, Exported } from '../../ui/export-dialog.tsx'
import { FileView } from '../../ui/file-view.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { EmptyState, Facts, Page, Panel } from '../../ui/page.tsx'
import { ReceivedItems } from './received-items.tsx'
import { titleOf as receivedTitle } from './received-title.ts'
import { receivingText as own, text } from './text.ts'
import { VerdictView } from './verdict.tsx'

/** A received volume: its facts and pieces at the left, the paper that is being read at the right. Read-only. */
export function ReceivedVolume({
  receivingId,
  rail,
  onBack,
}: {
  receivingId: string
  rail: ReactNode
  onBack: () => void
}) {
  const found = useCall('receivings.get', { receivingId })
  const [path, setPath] = useState<string | null>(null)
  const [printing, setPrinting] = useState(false)
  const volume = found.data
  const titleOf = (wanted: string): string =>
    wanted === 'receipt' ? own.receipt : (volume?.parts.find((file) => file.path === wanted)?.title ?? '')
  return (
    <Page
      title={text.room}
      meta={<span className="y-quiet">{own.readOnly}</span>}
      rail={rail}
      note={<ErrorNote failure={found.failure} />}
      actions={
        <>
          <Button onClick={onBack}>{own.back}</Button>
          <Button onClick={() => setPath('receipt')}>{own.receipt}</Button>
        </>
      }
      primary={
        <Button type="primary" onClick={() => setPrinting(true)}>
          {own.receiptOut}
        </Button>
      }
      split
    >
      <div className="received-left y-column-scroll">
        {volume !== null && (
          <>
            <Panel title={volume.number}>
              <Volume volume={volume} />
            </Panel>
            <Panel title={own.items}>
              <ReceivedItems compact items={volume.items} onOpen={(item) => setPath(item.documents[0] ?? null)} />
            </Panel>
            <Panel title={own.files}>
              <ul className="y-list" aria-label={own.files}>
                {volume.parts
                  .filter((part) => !volume.items.some((item) => item.documents[0] === part.path))
                  .map((part) => (
                    <li key={part.path} className="y-line">
                      <button type="button" className="y-row-link" onClick={() => setPath(part.path)}>
                        {part.title}
                      </button>
                      <small className="y-quiet">{part.path.split('/').at(-1)}</small>
                    </li>
                  ))}
              </ul>
            </Panel>
            <Panel title={own.checks}>
              <VerdictView verdict={volume.verdict} />
            </Panel>
          </>
        )}
      </div>
      <div className="received-right">
        {path === null ? (
          <EmptyState title={own.choose} />
        ) : (
          <FileView key={path} title={titleOf(path)} load={() => call('receivings.file', { receivingId, path })} />
        )}
      </div>
      {printing && <ReceiptDialog receivingId={receivingId} onDone={() => setPrinting(false)} />}
    </Page>
  )
}

function Volume({ volume }: { volume: VerbOutput<'receivings.get'> }) {
  const facts = own.facts
  return (
    <Facts
      items={[
        [facts.title, receivedTitle(volume)],
        [facts.code, volume.archivalCode],
        [facts.level, <LevelMark key="level" level={volume.level} />],
        [facts.sender, `${volume.sender}（${own.sequence(volume.sequence)}）`],
        [facts.size, own.size(volume.files, volume.bytes)],
        [facts.received, `${volume.by} ${officialMoment(volume.receivedAt)}`],
        ...(volume.bag.count === 1 ? [] : [[facts.bags, bags(volume)] as const]),
        ...(volume.note === '' ? [] : [[facts.note, volume.note] as const]),
      ]}
    />
  )
}

/** Which bundles of the case are here, and which have not come. */
function bags({ bag, kept, missing }: VerbOutput<'receivings.get'>): string {
  const here = [...kept].sort((a, b) => a.bag - b.bag).map((one) => own.keptAs(one.bag, one.as))
  const state = missing.length > 0 ? own.groupMissing(bag.count, missing) : own.groupKept(bag.count)
  return [state, ...here].join('　')
}

function ReceiptDialog({ receivingId, onDone }: { receivingId: string; onDone: () => void }) {
  const act = useAct()
  return (
    <ExportDialog
      title={own.receiptOut}
      act={act}
      write={(folder) => act.run('receivings.receipt', { receivingId, folder })}
      done={({ file }) => <Exported file={file} />}
      onCancel={onDone}
    >
      <p className="y-quiet">{own.receiptHint}</p>
    </ExportDialog>
  )
}
