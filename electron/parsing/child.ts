import { YuetanError } from '#shared/contract/errors.ts'
import { type Foreign, readForeign } from './read-foreign.ts'

// The child that reads foreign files: it is given bytes, answers with text, and holds no key and no connection.

/** From the child to the core. */
export type ParserAnswer =
  | { readonly value: Awaited<ReturnType<typeof readForeign>> }
  | { readonly code: string; readonly params: YuetanError['params'] }

process.once('message', (message) => {
  const answer = (value: ParserAnswer) => process.send?.(value, undefined, undefined, () => process.exit(0))
  readForeign(message as Foreign).then(
    (value) => answer({ value }),
    (error: unknown) => {
      if (error instanceof YuetanError) answer({ code: error.code, params: error.params })
      else answer({ code: 'parsing.broken', params: {} })
    },
  )
})
