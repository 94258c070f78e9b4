import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { VerbInput, VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { termName } from '#shared/domain/pieces.ts'
import { withheldTitle } from '#shared/domain/secrecy.ts'
import { asFailure, call } from '../../app/client.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ExportDialog, Exported } from '../../ui/export-dialog.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { PaperView } from '../../ui/paper-view.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { pieceText as text } from './text.ts'

type Piece = VerbOutput<'archive.pieces'>['pieces'][number]
type Sheet = VerbInput<'archive.pieceSheet'>

/** Pieces of one 归档文件目录: same year, term and organ. */
function runsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const runs = new Map<string, Piece[]>()
  for (const one of pieces) {
    const key = `${one.year}/${one.term}/${one.organ}`
    runs.set(key, [...(runs.get(key) ?? []), one])
  }
  return [...runs.values()].sort((a, b) => (b[0]?.year ?? 0) - (a[0]?.year ?? 0))
}

/** 归档文件: the pieces filed one by one, with the 目录 and the 归档章 of each run (DA/T 22). */
export function Pieces({ rail }: { rail: ReactNode }) {
  const session = useSession()
  const list = useCall('archive.pieces', { year: null })
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const runs = runsOf(list.data?.pieces ?? [])
  return (
    <Page
      title={text.title}
      meta={<ArticleChip article={20} />}
      rail={rail}
      note={<ErrorNote failure={list.failure} />}
    >
      {list.data !== null && runs.length === 0 && (
        <EmptyState title={text.empty}>{list.data.byPiece ? text.emptyHint : text.byVolume}</EmptyState>
      )}
      {runs.map((run) => {
        const [first] = run
        if (first === undefined) return null
        const { year, term, organ } = first
        return (
          <Panel
            key={`${year}/${term}/${organ}`}
            title={text.run(year, termName(term), first.organName, run.length)}
            extra={
              session.may('archivist') && (
                <>
                  <Button size="small" onClick={() => setSheet({ what: 'list', year, term, organ })}>
                    {text.list}
                  </Button>{' '}
                  <Button size="small" onClick={() => setSheet({ what: 'stamps', year, term, organ })}>
                    {text.stamps}
                  </Button>
                </>
              )
            }
          >
            <table className="y-table" aria-label={text.run(year, termName(term), first.organName, run.length)}>
              <TableHead columns={Object.values(text.columns)} />
              <tbody>
                {run.map((one) => (
                  <tr key={one.id}>
                    <td className="y-nowrap">{one.code}</td>
                    <td className={one.title === withheldTitle ? 'y-quiet' : undefined}>{one.title}</td>
                    <td className="y-nowrap">{one.number}</td>
                    <td>{one.author}</td>
                    <td className="y-nowrap">{one.day}</td>
                    <td className="y-nowrap">
                      <LevelMark level={one.level} />
                    </td>
                    <td className="y-nowrap">{one.pages}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
        )
      })}
      {sheet !== null && <SheetDialog sheet={sheet} onDone={() => setSheet(null)} />}
    </Page>
  )
}

function SheetDialog({ sheet, onDone }: { sheet: Sheet; onDone: () => void }) {
  const act = useAct()
  const [pdf, setPdf] = useState<Uint8Array | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const title = sheet.what === 'list' ? text.list : text.stamps
  useEffect(() => {
    let current = true
    call('archive.pieceSheet', sheet).then(
      (made) => current && setPdf(made.pdf),
      (error) => current && setFailure(asFailure(error)),
    )
    return () => {
      current = false
    }
  }, [sheet])
  return (
    <ExportDialog
      wide
      title={title}
      act={{ ...act, failure: failure ?? act.failure }}
      write={(folder) => act.run('archive.exportPieceSheet', { ...sheet, folder })}
      done={({ file }) => <Exported file={file} />}
      onCancel={onDone}
    >
      {pdf !== null && <PaperView pdf={pdf} label={title} />}
    </ExportDialog>
  )
}
