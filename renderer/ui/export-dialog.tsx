import { type ReactNode, useState } from 'react'
import type { useAct } from '../app/use-call.ts'
import { OneOf } from './choice.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNote } from './error-note.tsx'
import { FieldGroup } from './field.tsx'
import { PathField } from './path-field.tsx'

/** What leaves as a file: shown above, written into the folder that is chosen, named below when it is there. */
export function ExportDialog<T>({
  title,
  act,
  write,
  done,
  onCancel,
  wide,
  children,
}: {
  title: string
  act: Pick<ReturnType<typeof useAct>, 'busy' | 'failure'>
  /** Writes into a folder; null when that was refused. */
  write: (folder: string) => Promise<T | null>
  /** What is said about what was written. */
  done: (made: T) => ReactNode
  onCancel: () => void
  wide?: boolean
  children?: ReactNode
}) {
  const [folder, setFolder] = useState('')
  const [made, setMade] = useState<T | null>(null)
  return (
    <Dialog
      title={title}
      wide={wide ?? false}
      onCancel={onCancel}
      confirm={{
        text: '导出',
        disabled: act.busy || folder === '',
        onClick: () => void write(folder).then((value) => value !== null && setMade(value)),
      }}
    >
      {children}
      <PathField label="导出到文件夹" required onChange={setFolder} />
      {made !== null && done(made)}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

/** The file that was written, and how many lines or pieces where that says something. */
export function Exported({ file, count }: { file: string; count?: string }) {
  return (
    <p className="y-green" role="status">
      {count === undefined ? '已导出' : `已导出 ${count}`}：{file}
    </p>
  )
}

export type TableFormat = 'csv' | 'xlsx'

/** The two forms a table leaves in. */
export function TableFormatField({ value, onChange }: { value: TableFormat; onChange: (value: TableFormat) => void }) {
  return (
    <FieldGroup label="格式">
      <OneOf<TableFormat>
        options={[
          { value: 'xlsx', text: 'XLSX' },
          { value: 'csv', text: 'CSV（UTF-8）' },
        ]}
        value={value}
        onChange={onChange}
      />
    </FieldGroup>
  )
}
