import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ExportDialog, Exported } from '../../ui/export-dialog.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { EmptyState, Facts, Page } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { OpenBundle } from './open-bundle.tsx'
import { titleOf } from './received-title.ts'
import { ReceivedVolume } from './received-volume.tsx'
import { receivingText as own, text } from './text.ts'

/** 接收登记: every bundle that was taken in; from here one is opened, and the own certificate handed out. */
export function Receivings({ rail }: { rail: ReactNode }) {
  const list = useCall('receivings.list', {})
  const [doing, setDoing] = useState<'open' | 'certificate' | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  if (doing === 'open')
    return (
      <OpenBundle
        rail={rail}
        onDone={(kept) => {
          setDoing(null)
          setShown(kept)
        }}
      />
    )
  if (shown !== null) return <ReceivedVolume receivingId={shown} rail={rail} onBack={() => setShown(null)} />
  const { number, title, code, sender, level, by } = own.columns
  return (
    <Page
      title={text.room}
      meta={<ArticleChip article={20} />}
      rail={rail}
      note={<ErrorNote failure={list.failure} />}
      actions={<Button onClick={() => setDoing('certificate')}>{own.certificate}</Button>}
      primary={
        <Button type="primary" onClick={() => setDoing('open')}>
          {own.open}
        </Button>
      }
    >
      {list.data?.length === 0 && <EmptyState title={own.empty}>{own.emptyHint}</EmptyState>}
      {list.data !== null && list.data.length > 0 && (
        <table className="y-table" aria-label={text.sections.receivings}>
          <TableHead columns={[number, title, code, sender, level, by]} />
          <tbody>
            {list.data.map((one) => (
              <tr key={one.id}>
                <td className="y-nowrap">
                  <button
                    type="button"
                    className="y-row-link"
                    aria-label={own.view(one.number)}
                    onClick={() => setShown(one.id)}
                  >
                    {one.number}
                  </button>
                </td>
                <td>{titleOf(one)}</td>
                <td className="y-nowrap">{one.archivalCode}</td>
                <td>{one.sender}</td>
                <td className="y-nowrap">
                  <LevelMark level={one.level} />
                </td>
                <td className="y-nowrap">
                  {one.by} {officialMoment(one.receivedAt)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {doing === 'certificate' && <CertificateDialog onDone={() => setDoing(null)} />}
    </Page>
  )
}

/** The certificate a sender seals for, as a file, and its fingerprint for the paper. */
function CertificateDialog({ onDone }: { onDone: () => void }) {
  const act = useAct()
  return (
    <ExportDialog
      title={own.certificate}
      act={act}
      write={(folder) => act.run('receivings.certificate', { folder })}
      done={({ file, fingerprint, notAfter }) => (
        <>
          <Exported file={file} />
          <Facts
            items={[
              [own.fingerprint, <code key="fingerprint">{grouped(fingerprint)}</code>],
              [own.validUntil, notAfter.slice(0, 10)],
            ]}
          />
        </>
      )}
      onCancel={onDone}
    >
      <p className="y-quiet">{own.certificateHint}</p>
    </ExportDialog>
  )
}

/** Groups of eight, as the 移交接收登记表 prints a fingerprint. */
function grouped(hex: string): string {
  return (hex.toUpperCase().match(/.{1,8}/g) ?? []).join(' ')
}
