import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { money, officialDay } from '#shared/domain/common.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import { type Entry, type EntryBody, type EntryKind, entryNames, type InputKind } from '#shared/domain/rectification.ts'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Facts, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { EntryDialog, type EntryToCorrect } from './entry-dialog.tsx'
import { text } from './text.ts'

/** An entry of one kind, its body narrowed to that kind. */
type EntryOf<K extends EntryKind> = Omit<Entry, 'body'> & { readonly body: Extract<EntryBody, { kind: K }> }

/** Entries of one kind, the oldest first. */
export function entriesOf<K extends EntryKind>(entries: readonly Entry[], kind: K): EntryOf<K>[] {
  return entries.flatMap((one) => (one.body.kind === kind ? [one as EntryOf<K>] : []))
}

/** 成效、追责、排查 of one enterprise: what came of the rectification (Art. 12–14). */
export function Outcome({
  caseId,
  enterprise,
  entries,
  othersFen,
  amountFen,
  mayWrite,
}: {
  caseId: string
  enterprise: Enterprise
  entries: readonly Entry[]
  /** Recovered and reduced by the other enterprises, and the sum of the case, in fen. */
  othersFen: number
  amountFen: number | null
  mayWrite: boolean
}) {
  const [open, setOpen] = useState<{ readonly kind: InputKind; readonly before: EntryToCorrect | null } | null>(null)
  const [effects] = entriesOf(entries, 'effects')
  const persons = entriesOf(entries, 'accountable')
  const screenings = entriesOf(entries, 'screening')
  const part = (kind: InputKind, article: number, add: string, before: EntryToCorrect | null, children: ReactNode) => (
    <section aria-label={entryNames[kind]}>
      <header className="y-line">
        <h3>{entryNames[kind]}</h3>
        <div className="y-panel-extra">
          {mayWrite && <Button onClick={() => setOpen({ kind, before })}>{add}</Button>}
          <ArticleChip article={article} />
        </div>
      </header>
      {children}
    </section>
  )
  const acts = (one: EntryOf<InputKind>) =>
    mayWrite && <EntryActs caseId={caseId} entry={one} onEdit={() => setOpen({ kind: one.body.kind, before: one })} />
  return (
    <Panel title={text.outcome} className="rectification-outcome">
      {part(
        'effects',
        12,
        effects === undefined ? text.enterEffects : text.editEffects,
        effects ?? null,
        effects === undefined ? (
          <p className="y-quiet">{text.effectsNone}</p>
        ) : (
          <>
            <Facts
              items={[
                [text.stopped, effects.body.stopped || text.notSaid],
                [text.losses, [effects.body.losses, sumsText(effects.body)].filter(Boolean).join('；') || text.notSaid],
                [text.risk, effects.body.risk || text.notSaid],
                [text.influence, effects.body.influence || text.notSaid],
              ]}
            />
            <p className="y-quiet">
              {effects.by} {officialMoment(effects.at)}
            </p>
          </>
        ),
      )}
      {part(
        'accountable',
        13,
        text.enterAccountable,
        null,
        persons.length === 0 ? (
          <p className="y-quiet">{text.accountableNone}</p>
        ) : (
          <table className="y-table" aria-label={entryNames.accountable}>
            <TableHead columns={text.accountableColumns} />
            <tbody>
              {persons.map((one) => (
                <tr key={one.id}>
                  <td>
                    {one.body.name} <span className="y-quiet">{one.body.post}</span>
                  </td>
                  <td>{one.body.basis}</td>
                  <td>{one.body.handling}</td>
                  <td>{officialDay(one.body.day)}</td>
                  <td>{acts(one)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ),
      )}
      {part(
        'screening',
        14,
        text.enterScreening,
        null,
        screenings.length === 0 ? (
          <p className="y-quiet">{text.screeningNone}</p>
        ) : (
          <ul className="y-list" aria-label={entryNames.screening}>
            {screenings.map((one) => (
              <li key={one.id} className="y-line">
                <div>
                  {officialDay(one.body.day)}　{one.body.scope}：{one.body.result}
                </div>
                {acts(one)}
              </li>
            ))}
          </ul>
        ),
      )}
      {open !== null && (
        <EntryDialog
          caseId={caseId}
          enterprise={enterprise}
          kind={open.kind}
          before={open.before}
          othersFen={othersFen}
          amountFen={amountFen}
          onDone={() => setOpen(null)}
        />
      )}
    </Panel>
  )
}

function sumsText({ recoveredFen, reducedFen }: EntryOf<'effects'>['body']): string {
  const named = (name: string, fen: number | null) => (fen === null ? '' : `${name}${money(fen)}`)
  return [named(text.recovered, recoveredFen), named(text.reduced, reducedFen)].filter(Boolean).join('，')
}

/** Corrects an entry, or strikes it out with a reason. */
export function EntryActs({ caseId, entry, onEdit }: { caseId: string; entry: Entry; onEdit: () => void }) {
  const act = useAct()
  const [striking, setStriking] = useState(false)
  return (
    <div className="y-nowrap">
      <button type="button" className="y-quiet-button" onClick={onEdit}>
        {text.correct}
      </button>
      <button type="button" className="y-quiet-button" onClick={() => setStriking(true)}>
        {text.strike}
      </button>
      {striking && (
        <ReasonDialog
          title={`${text.strike}${entryNames[entry.body.kind]}`}
          label={text.strikeReason}
          confirm={text.strike}
          failure={act.failure}
          onCancel={() => setStriking(false)}
          onConfirm={async (reason) => {
            if ((await act.run('rectification.strike', { caseId, entryId: entry.id, reason })) !== null)
              setStriking(false)
          }}
        />
      )}
    </div>
  )
}
