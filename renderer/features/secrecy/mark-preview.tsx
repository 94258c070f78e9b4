import { type Level, markText, type Term } from '#shared/domain/secrecy.ts'

/** The mark line as it will stand at the top left of the paper once it is approved. */
export function MarkPreview({ value }: { value: { level: Level; term: Term | null } }) {
  const mark = markText(value)
  return (
    <div className="y-mark-preview" role="img" aria-label={`定密后印：${mark ?? '不印标志'}`}>
      {mark ?? '（不印密级标志）'}
    </div>
  )
}
