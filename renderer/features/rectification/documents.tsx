import { Button } from 'antd'
import { useState } from 'react'
import type { Enterprise } from '#shared/domain/parties.ts'
import {
  checkNames,
  type DocumentCheck,
  documentKindNames,
  formalKinds,
  isChecked,
  partNames,
  type ShownDocument,
} from '#shared/domain/rectification.ts'
import { officialMoment } from '../../ui/dates.ts'
import { Light, type Tone } from '../../ui/lights.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { CheckDialog } from './check-dialog.tsx'
import { FormalDialog } from './formal.tsx'
import { text } from './text.ts'

const tones = { received: 'action', accepted: 'green', returned: 'red' } as const satisfies Record<
  ShownDocument['state'],
  Tone
>

/** What the enterprises sent in, in the order it came, and what became of it; `checkIn` is the case it is checked in. */
export function Documents({
  documents,
  enterprises,
  checkIn,
}: {
  documents: readonly ShownDocument[]
  enterprises: readonly Enterprise[]
  checkIn?: string
}) {
  const [noting, setNoting] = useState<ShownDocument | null>(null)
  const [checking, setChecking] = useState<ShownDocument | null>(null)
  const { kind, title, enterprise, at, file, check } = text.documentColumns
  const several = enterprises.length > 1
  const titleOf = (id: string) => documents.find((one) => one.id === id)?.title ?? ''
  const nameOf = (id: string) => {
    const one = enterprises.find((each) => each.id === id)
    return one === undefined ? '' : one.shortName || one.name
  }
  return (
    <Panel title={text.documents}>
      {documents.length === 0 ? (
        <EmptyState title={text.documentsEmpty} />
      ) : (
        <table className="y-table" aria-label={text.documents}>
          <TableHead columns={[kind, title, ...(several ? [enterprise] : []), at, file, check]} />
          <tbody>
            {documents.map((one) => (
              <tr key={one.id}>
                <td className="y-nowrap">{documentKindNames[one.kind]}</td>
                <td>
                  {one.title}
                  {formalKinds.includes(one.kind) && (
                    <Formal document={one} {...(checkIn === undefined ? {} : { onNote: () => setNoting(one) })} />
                  )}
                  {one.provesId !== null && <div className="y-quiet">{text.provesTitle(titleOf(one.provesId))}</div>}
                </td>
                {several && <td>{nameOf(one.enterpriseId)}</td>}
                <td>{officialMoment(one.receivedAt)}</td>
                <td>{one.fileName ?? <span className="y-quiet">{text.paperOnly}</span>}</td>
                <td>
                  {isChecked(one.kind) && (
                    <>
                      <Light tone={tones[one.state]}>
                        {one.state === 'received' ? text.unchecked : checkNames[one.state]}
                      </Light>
                      {one.checks.map((each) => (
                        <Check key={each.id} check={each} />
                      ))}
                      {checkIn !== undefined && one.state !== 'returned' && (
                        <div>
                          <Button size="small" aria-label={text.checkOf(one.title)} onClick={() => setChecking(one)}>
                            {one.state === 'received' ? text.check : text.checkAgain}
                          </Button>
                        </div>
                      )}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {checkIn !== undefined && checking !== null && isChecked(checking.kind) && (
        <CheckDialog caseId={checkIn} document={checking} kind={checking.kind} onDone={() => setChecking(null)} />
      )}
      {checkIn !== undefined && noting !== null && (
        <FormalDialog caseId={checkIn} document={noting} onDone={() => setNoting(null)} />
      )}
    </Panel>
  )
}

/** How a report was formally submitted (Art. 15), or that it was not. */
function Formal({ document, onNote }: { document: ShownDocument; onNote?: () => void }) {
  const { number, sealed, state } = document
  return (
    <div className="y-quiet">
      {number === '' ? text.noNumber : number}，{sealed ? text.sealed : text.unsealed}
      {onNote !== undefined && state === 'received' && (number === '' || !sealed) && (
        <button type="button" className="y-quiet-button" onClick={onNote}>
          {text.noteFormal}
        </button>
      )}
    </div>
  )
}

/** What a person found of each part, who and when. */
function Check({ check }: { check: DocumentCheck }) {
  return (
    <div className="y-quiet">
      {check.parts
        .map(
          (one) =>
            `${partNames[one.part]}${one.present ? text.present : text.missing}${one.note === '' ? '' : `（${one.note}）`}`,
        )
        .join('、')}
      {check.reason !== '' && `。${text.returnReason}：${check.reason}`}
      <div>
        {check.by} {officialMoment(check.at)}
      </div>
    </div>
  )
}
