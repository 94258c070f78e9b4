import { useState } from 'react'
import { type BookKey, bookKeys, bookNames } from '#shared/domain/books.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ExportDialog, Exported } from '../../ui/export-dialog.tsx'
import { FieldGroup } from '../../ui/field.tsx'
import { PaperView } from '../../ui/paper-view.tsx'
import { secrecyText as text } from './text.ts'

/** 打印登记簿: a register of the office as it prints, seen first, then written into a folder (DOMAIN §2.4). */
export function Books({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const thisYear = Number(dayInChina(session.now).slice(0, 4))
  const [book, setBook] = useState<BookKey>('copies')
  const [span, setSpan] = useState<'year' | 'all'>('year')
  const year = span === 'year' ? thisYear : null
  const found = useCall('books.show', { book, year })
  return (
    <ExportDialog
      wide
      title={text.books.title}
      act={act}
      write={(folder) => act.run('books.export', { book, year, folder })}
      done={({ file, rows }) => <Exported file={file} count={`${rows} 条`} />}
      onCancel={onDone}
    >
      <FieldGroup label={text.books.book}>
        <OneOf
          options={bookKeys.map((one) => ({ value: one, text: bookNames[one] }))}
          value={book}
          onChange={setBook}
        />
      </FieldGroup>
      <FieldGroup label={text.books.span} hint={text.books.hint}>
        <OneOf
          options={[
            { value: 'year', text: text.books.year(thisYear) },
            { value: 'all', text: text.books.all },
          ]}
          value={span}
          onChange={setSpan}
        />
      </FieldGroup>
      <ErrorNote failure={found.failure} />
      <div className="y-book">
        <PaperView pdf={found.data?.pdf ?? null} label={bookNames[book]} />
      </div>
    </ExportDialog>
  )
}
