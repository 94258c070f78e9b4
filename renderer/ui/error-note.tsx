import type { Failure } from '#shared/contract/errors.ts'
import { wordsFor } from '../app/errors.ts'

/** What happened, what was kept, what to do now (UX principle 8); the code for support is small, below. */
export function ErrorNote({
  failure,
  action,
}: {
  failure: Failure | null
  action?: { readonly text: string; readonly run: () => void }
}) {
  if (failure === null) return null
  const words = wordsFor(failure)
  return (
    <div className="y-error" role="alert">
      <p className="y-error-what">{words.happened}</p>
      <p>{words.kept}</p>
      <p>{words.now}</p>
      <div className="y-error-foot">
        <span>代码 {failure.code}</span>
        {action !== undefined && (
          <button type="button" className="y-quiet-button" onClick={action.run}>
            {action.text}
          </button>
        )}
      </div>
    </div>
  )
}
