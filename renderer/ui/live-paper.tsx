import { useEffect, useRef, useState } from 'react'
import type { VerbInput, VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { asFailure, call } from '../app/client.ts'
import { ErrorNote } from './error-note.tsx'
import { PaperView } from './paper-view.tsx'

type Previewed = VerbInput<'papers.preview'> | VerbInput<'compilations.preview'>

const preview = (input: Previewed) =>
  'compilationId' in input ? call('compilations.preview', input) : call('papers.preview', input)

/**
 * The paper beside the work, alive: asks for the preview 150 ms after the last change, one request at a time, and keeps
 * the paper that stands until the next one is drawn.
 */
export function LivePaper({
  input,
  label,
  stamp,
}: {
  /** A paper of a case, or a compilation. */
  input: Previewed
  label: string
  /** Changes when the stored object changed, so that the paper is asked for again. */
  stamp?: string | number
}) {
  const [shown, setShown] = useState<VerbOutput<'papers.preview'> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const key = JSON.stringify([input, stamp ?? null])
  const latest = useRef(input)
  latest.current = input
  const running = useRef<Promise<void>>(Promise.resolve())
  const object = 'compilationId' in input ? input.compilationId : `${input.kind}/${input.objectId}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another paper must never be seen under this one's name
  useEffect(() => setShown(null), [object])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input
  useEffect(() => {
    let current = true
    const timer = setTimeout(() => {
      running.current = running.current.then(async () => {
        if (!current) return
        try {
          const answer = await preview(latest.current)
          if (!current) return
          setShown(answer)
          setFailure(null)
        } catch (error) {
          if (current) setFailure(asFailure(error))
        }
      })
    }, 150)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [key])
  return (
    <div className="y-live-paper">
      <ErrorNote failure={failure} />
      {shown !== null && shown.substitutions.length > 0 && (
        <details className="y-substitution">
          <summary>▲ 本机缺少 {shown.substitutions.length} 种公文字体，以相近字体代替</summary>
          <ul>
            {shown.substitutions.map((one) => (
              <li key={one.wanted}>
                {one.wanted}：以 {one.used} 代替
              </li>
            ))}
          </ul>
        </details>
      )}
      {shown !== null && shown.missing.length > 0 && (
        <p className="y-substitution" role="status">
          ▲ 本机字体印不出：{shown.missing.join(' ')}。印发、归档前请改用其他写法，或者请管理员安装含这些字的字体。
        </p>
      )}
      <PaperView pdf={shown?.pdf ?? null} label={label} />
    </div>
  )
}
