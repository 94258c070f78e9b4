import { useEffect, useRef, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import { asFailure } from '../app/client.ts'
import { ErrorNote } from './error-note.tsx'
import { EmptyState } from './page.tsx'
import { PaperView } from './paper-view.tsx'

interface ShownFile {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

/** One file as it came: a PDF as it prints, a text as it reads; other kinds are kept, not shown. Remount for another. */
export function FileView({ title, load }: { title: string; load: () => Promise<ShownFile> }) {
  const [shown, setShown] = useState<ShownFile | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const wanted = useRef(load)
  useEffect(() => {
    let current = true
    wanted.current().then(
      (value) => current && setShown(value),
      (error) => current && setFailure(asFailure(error)),
    )
    return () => {
      current = false
    }
  }, [])
  if (failure !== null) return <ErrorNote failure={failure} />
  if (shown === null || shown.mediaType === 'application/pdf')
    return <PaperView pdf={shown?.bytes ?? null} label={title} />
  if (shown.mediaType.startsWith('text/') || shown.mediaType === 'application/json')
    return (
      <section className="y-file-text" aria-label={title}>
        <pre>{new TextDecoder().decode(shown.bytes)}</pre>
      </section>
    )
  return <EmptyState title={title}>这种格式不在窗口内显示；文件已完整保存。</EmptyState>
}
