import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ParserAnswer } from '#electron/parsing/child.ts'
import { pdfLibrary } from '#electron/parsing/pdf-library.ts'
import type { Foreign, Readable } from '#electron/parsing/read-foreign.ts'
import type { Returned } from '#electron/parsing/returned.ts'
import { type Table, tableLimits } from '#electron/parsing/table.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import type { Jobs } from './jobs/runner.ts'

/** Longest time a reader may take, in ms, and the memory it may hold, in MB: what asks for more is no register. */
const timeLimit = 60_000
const memoryLimit = 512

/** Largest DOCX that comes back: 120 pages of text stay far below. */
const largestReturned = 32 * 1024 * 1024

/** Largest material whose words are read; a thicker one is found by its title only. */
const largestText = 64 * 1024 * 1024

/**
 * Reads a foreign table (CSV, XLSX) in a process that is given its bytes and nothing else: no key, no connection, no
 * environment, and where Node can refuse it no file system. Errors: `parsing.…`.
 */
export async function parseTable(file: string, jobs: Jobs): Promise<{ readonly table: Table; readonly hash: string }> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) fail('parsing.noFile')
  if (found.size > tableLimits.bytes) fail('parsing.tooLarge', { limit: tableLimits.bytes })
  const bytes = await readFile(file)
  const hash = createHash('sha256').update(bytes).digest('hex')
  return { table: (await parse({ what: 'table', bytes }, jobs)) as Table, hash }
}

/** The words of a material, read in the same way; empty when there are none or they cannot be read: it is kept all the same. */
export async function parseText(file: string, jobs: Jobs): Promise<string> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile() || found.size > largestText) return ''
  return ((await parse({ what: 'text', bytes: await readFile(file) }, jobs).catch(() => '')) as string).trim()
}

/** A DOCX that was edited elsewhere, with its bytes. Errors: `parsing.…`. */
export async function parseReturned(
  file: string,
  jobs: Jobs,
): Promise<{ readonly returned: Returned; readonly bytes: Buffer }> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) fail('parsing.noFile')
  if (found.size > largestReturned) fail('parsing.docxTooLarge', { limit: largestReturned / 1024 / 1024 })
  const bytes = await readFile(file)
  return { returned: await wordsOfReturned(bytes, jobs), bytes }
}

/** The words of a DOCX of our own, read as those of one that came back. Errors: `parsing.…`. */
export async function wordsOfReturned(bytes: Uint8Array, jobs: Jobs): Promise<Returned> {
  return (await parse({ what: 'returned', bytes }, jobs)) as Returned
}

/** Errors: `parsing.…`. */
async function parse(foreign: Foreign, jobs: Jobs): Promise<Readable> {
  const entry = childFile()
  if (process.versions.electron !== undefined || entry === null) return jobs.run<Foreign, Readable>('parse', foreign)
  const answer = await ask(entry, foreign)
  if ('code' in answer) throw new YuetanError(answer.code, answer.params)
  return answer.value
}

/** From source beside this folder, or beside the bundled core. */
function childFile(): string | null {
  const places = ['../parsing/child.ts', './parser.js'].map((name) => fileURLToPath(new URL(name, import.meta.url)))
  return places.find((place) => existsSync(place)) ?? null
}

function ask(entry: string, foreign: Foreign): Promise<ParserAnswer> {
  const root = fileURLToPath(new URL(entry.endsWith('.ts') ? '../..' : '..', import.meta.url))
  const child = spawn(
    process.execPath,
    [
      '--permission',
      ...[root, join(pdfLibrary(), sep)].map((folder) => `--allow-fs-read=${folder}*`),
      `--max-old-space-size=${memoryLimit}`,
      '--no-warnings',
      entry,
    ],
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
    child.send(foreign, () => undefined)
  })
}
