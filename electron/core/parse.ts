import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { ParserAnswer } from '#electron/parsing/child.ts'
import { type Table, tableLimits } from '#electron/parsing/table.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import type { Jobs } from './jobs/runner.ts'

/** Longest time a reader may take, in ms, and the memory it may hold, in MB: what asks for more is no register. */
const timeLimit = 60_000
const memoryLimit = 512

/**
 * Reads a foreign table (CSV, XLSX) in a process that is given its bytes and nothing else: no key, no connection, no
 * environment, and where Node can refuse it no file system. Errors: `parsing.…`.
 */
export async function parseTable(file: string, jobs: Jobs): Promise<{ readonly table: Table; readonly hash: string }> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) fail('parsing.noFile')
  if (found.size > tableLimits.bytes) fail('parsing.tooLarge', { limit: tableLimits.bytes })
  const bytes = await readFile(file)
  const entry = childFile()
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (process.versions.electron !== undefined || entry === null)
    return { table: await jobs.run<unknown, Table>('parse', { bytes }), hash }
  const answer = await ask(entry, bytes)
  if ('code' in answer) throw new YuetanError(answer.code, answer.params)
  return { table: answer, hash }
}

/** From source beside this folder, or beside the bundled core. */
function childFile(): string | null {
  const places = ['../parsing/child.ts', './parser.js'].map((name) => fileURLToPath(new URL(name, import.meta.url)))
  return places.find((place) => existsSync(place)) ?? null
}

function ask(entry: string, bytes: Buffer): Promise<ParserAnswer> {
  const root = fileURLToPath(new URL(entry.endsWith('.ts') ? '../..' : '..', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--permission', `--allow-fs-read=${root}*`, `--max-old-space-size=${memoryLimit}`, '--no-warnings', entry],
    { env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced', windowsHide: true },
  )
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      resolve({ code: 'parsing.tooLong', params: {} })
    }, timeLimit)
    const settle = (answer: ParserAnswer): void => {
      clearTimeout(timer)
      resolve(answer)
    }
    child.once('message', (message) => settle(message as ParserAnswer))
    child.once('error', () => settle({ code: 'parsing.broken', params: {} }))
    child.once('exit', () => settle({ code: 'parsing.broken', params: {} }))
    child.send(bytes, () => undefined)
  })
}
