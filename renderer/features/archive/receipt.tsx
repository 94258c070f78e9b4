import { Button } from 'antd'
import { useState } from 'react'
import type { SealedBundle, SealReceipt, Volume } from '#shared/domain/archive.ts'
import { bagName } from '#shared/domain/bags.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { useCall } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light } from '../../ui/lights.tsx'
import { Facts, Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { text } from './text.ts'

/** 封包回执: what was sealed, with the fingerprint the recipient types from paper. */
export function Receipt({ receipt }: { receipt: SealReceipt & Partial<Pick<SealedBundle, 'recipients' | 'by'>> }) {
  const facts = text.receiptFacts
  return (
    <Panel title={text.receipt}>
      <Facts
        items={[
          [facts.file, receipt.file],
          ...(receipt.recipients ? [[facts.recipients, receipt.recipients.join('、')] as const] : []),
          [facts.size, `${(receipt.size / 1_000_000).toLocaleString('zh-CN', { maximumFractionDigits: 2 })} MB`],
          [facts.sha256, <code key="sha256">{receipt.sha256}</code>],
          [facts.sequence, String(receipt.sequence)],
          [facts.copy, receipt.copy],
          ...(receipt.bag.count === 1 ? [] : [[facts.bag, bagName(receipt.bag)] as const]),
          [facts.level, levelNames[receipt.level]],
          [facts.ca, <code key="ca">{receipt.caFingerprint}</code>],
          [facts.at, `${receipt.by ?? ''} ${officialMoment(receipt.sealedAt)}`.trim()],
        ]}
      />
      <p className="y-quiet">{text.caHint}</p>
      <DiscLabel label={receipt.discLabel} />
    </Panel>
  )
}

/** What is written or printed on the face of the disc (实施条例 21, 27). */
function DiscLabel({ label }: { label: string }) {
  return (
    <figure className="disc-label" aria-label={text.receiptFacts.discLabel}>
      <figcaption className="y-quiet">{text.receiptFacts.discLabel}</figcaption>
      <pre>{label.trim()}</pre>
    </figure>
  )
}

/** 封包登记 of a volume: one line for each bundle, its receipt as it stood when it was made. */
export function SealedBundles({ volume }: { volume: Volume }) {
  const found = useCall('archive.bundles', { caseId: volume.caseId, volumeId: volume.id })
  const [open, setOpen] = useState<string | null>(null)
  const shown = found.data?.find((one) => one.bundleId === open)
  const facts = text.receiptFacts
  return (
    <>
      <Panel title={text.bundles}>
        <ErrorNote failure={found.failure} />
        <table className="y-table" aria-label={text.bundles}>
          <TableHead columns={[facts.sequence, facts.copy, facts.recipients, facts.level, facts.at, facts.file]} />
          <tbody>
            {(found.data ?? []).map((one) => (
              <tr key={one.bundleId}>
                <td>{one.sequence}</td>
                <td className="y-nowrap">
                  {one.copy}
                  {one.bag.count > 1 && <div className="y-quiet">{bagName(one.bag)}</div>}
                </td>
                <td>{one.recipients.join('、')}</td>
                <td>{levelNames[one.level]}</td>
                <td className="y-nowrap">
                  {one.by} {officialMoment(one.sealedAt)}
                </td>
                <td>
                  {!one.written && (
                    <span title={text.unwrittenHint}>
                      <Light tone="red">{text.unwritten}</Light>
                    </span>
                  )}
                  <Button
                    size="small"
                    aria-label={text.receiptOf(one.sequence)}
                    aria-pressed={one.bundleId === open}
                    onClick={() => setOpen(one.bundleId === open ? null : one.bundleId)}
                  >
                    {text.receipt}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {shown && <Receipt receipt={shown} />}
    </>
  )
}
