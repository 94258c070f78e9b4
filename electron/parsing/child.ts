import { YuetanError } from '#shared/contract/errors.ts'
import { readTable } from './read-table.ts'

// The child that reads foreign files: it is given bytes, answers with text, and holds no key and no connection.

/** From the child to the core. */
export type ParserAnswer =
  | { readonly rows: ReturnType<typeof readTable>['rows'] }
  | { readonly code: string; readonly params: YuetanError['params'] }

process.once('message', (message) => {
  const answer = (): ParserAnswer => {
    try {
      return { rows: readTable(Buffer.from(message as Uint8Array)).rows }
    } catch (error) {
      if (error instanceof YuetanError) return { code: error.code, params: error.params }
      return { code: 'parsing.broken', params: {} }
    }
  }
  process.send?.(answer(), undefined, undefined, () => process.exit(0))
})
