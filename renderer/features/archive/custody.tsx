import { Button } from 'antd'
import { useState } from 'react'
import { custodyNames, type Volume } from '#shared/domain/archive.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { LevelMark, Light, type Tone } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Facts, Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { text } from './text.ts'

/** Where a volume stands: with the office, between the two, with the archivist, filed, sealed. */
export function VolumeState({ volume }: { volume: Pick<Volume, 'state' | 'holder'> }) {
  if (volume.state !== 'open') return <Light tone="green">{text.states[volume.state]}</Light>
  return <Light tone={volume.holder === 'handed' ? 'amber' : 'action'}>{text.holders[volume.holder]}</Light>
}

/** 移交 by the office, 签收 by the archivist: what changes hands stands before the eyes of both. */
export function CustodyDialog({
  volume,
  act: kind,
  onDone,
}: {
  volume: Volume
  act: 'handOver' | 'receive'
  onDone: () => void
}) {
  const act = useAct()
  const [note, setNote] = useState('')
  const pages = volume.items.reduce((sum, item) => sum + item.pages, 0)
  const words =
    kind === 'handOver'
      ? { title: text.handOverTitle, confirm: text.handOverConfirm, note: text.handOverNote, hint: text.handOverHint }
      : { title: text.receiveTitle, confirm: text.receiveConfirm, note: text.receiveNote, hint: text.receiveHint }
  const send = async () => {
    const done = await act.run(`archive.${kind}`, { caseId: volume.caseId, volumeId: volume.id, note: note.trim() })
    if (done !== null) onDone()
  }
  return (
    <Dialog
      title={words.title}
      onCancel={onDone}
      footer={
        <>
          <Button onClick={onDone}>{text.close}</Button>
          <Button type="primary" disabled={act.busy} onClick={() => void send()}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <p className="y-quiet">
        {words.hint} <ArticleChip article={20} small />
      </p>
      <Facts
        items={[
          [text.facts.code, volume.archivalCode],
          [text.facts.title, volume.title],
          [text.facts.organiser, volume.organiser],
          [text.custodyColumns.pieces, text.custodyPieces(volume.items.length, pages)],
          [text.facts.level, <LevelMark key="level" level={volume.level} />],
        ]}
      />
      <Field label={words.note} hint={text.noteOptional}>
        {(control) => <TextBlock {...control} autoFocus maxLength={500} onText={setNote} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

const tones: Readonly<Record<keyof typeof custodyNames, Tone>> = {
  handed: 'action',
  received: 'green',
  returned: 'amber',
}

/** 交接登记: who handed the volume over, who signed for it or sent it back; each hand-over with its paper. */
export function Custody({ volume }: { volume: Volume }) {
  const found = useCall('archive.custody', { caseId: volume.caseId, volumeId: volume.id })
  const [paper, setPaper] = useState<{ readonly id: string; readonly title: string } | null>(null)
  if (found.data?.length === 0) return null
  const columns = text.custodyColumns
  return (
    <Panel title={text.custody} extra={<ArticleChip article={20} />}>
      <ErrorNote failure={found.failure} />
      <table className="y-table" aria-label={text.custody}>
        <TableHead columns={[columns.act, columns.at, columns.who, columns.pieces, columns.note, columns.paper]} />
        <tbody>
          {(found.data ?? []).map((one) => (
            <tr key={one.id}>
              <td className="y-nowrap">
                <Light tone={tones[one.act]}>{custodyNames[one.act]}</Light>
                {one.edition > 1 && <span className="y-quiet"> {text.editionName(one.edition)}</span>}
              </td>
              <td className="y-nowrap">{officialMoment(one.at)}</td>
              <td className="y-nowrap">
                {one.office} {one.by}
              </td>
              <td className="y-nowrap">{text.custodyPieces(one.pieces, one.pages)}</td>
              <td>{one.note}</td>
              <td>
                {one.act === 'handed' && (
                  <Button
                    size="small"
                    aria-label={text.paperOf(officialMoment(one.at))}
                    onClick={() => setPaper({ id: one.id, title: text.paperOf(officialDay(dayInChina(one.at))) })}
                  >
                    {text.view}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {paper !== null && (
        <Dialog
          wide
          title={paper.title}
          onCancel={() => setPaper(null)}
          footer={<Button onClick={() => setPaper(null)}>{text.close}</Button>}
        >
          <LivePaper
            label={paper.title}
            input={{ caseId: volume.caseId, kind: 'volumeReceipt', objectId: paper.id, fields: null }}
          />
        </Dialog>
      )}
    </Panel>
  )
}
