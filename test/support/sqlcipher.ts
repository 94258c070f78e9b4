import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** One statement with its values, as a stranger with the key would run it. */
export interface Statement {
  readonly sql: string
  readonly values?: readonly (string | number | null)[]
}

/** What each statement gave back, or the message of the first error. */
export type Outcome = { readonly rows: readonly (readonly Record<string, unknown>[])[] } | { readonly error: string }

const script = fileURLToPath(new URL('./sqlcipher-child.mjs', import.meta.url))

/**
 * Runs statements on an encrypted database with a second, independent SQLCipher 4 in a process of its own: what a key
 * holder can do from outside the program. `key` null opens it without one. The key goes in on standard input, never
 * on a command line.
 */
export async function runOutside(file: string, key: Buffer | null, statements: readonly Statement[]): Promise<Outcome> {
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'ignore'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdin.end(JSON.stringify({ file, key: key?.toString('hex') ?? null, statements }))
  await once(child, 'close')
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Outcome
}
