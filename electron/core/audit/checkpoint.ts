import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { fail } from '#shared/contract/errors.ts'
import { writeWhole } from '../files.ts'
import { folderError } from '../session/folder.ts'
import type { LogHead } from './heads.ts'

const checkpointFile = v.strictObject({
  format: v.literal('yuetan-checkpoint/1'),
  genesis: v.string(),
  head: v.strictObject({
    database: v.picklist(['office', 'cases']),
    seq: v.number(),
    hash: v.string(),
    at: v.string(),
    signer: v.string(),
    signature: v.string(),
  }),
})
/** Longest file that is read: a checkpoint is a few lines. */
const longest = 64 * 1024

/** Writes a signed head beside nothing else into a folder the auditor chose. Errors: `audit.fileExists`, `folder.…`. */
export function writeCheckpoint(folder: string, genesis: string, head: LogHead): string {
  const { database, seq, hash, at, signer, signature } = head
  const file = join(folder, `checkpoint-${at.slice(0, 10)}-${seq}.json`)
  if (existsSync(file)) fail('audit.fileExists')
  try {
    const content = { format: 'yuetan-checkpoint/1', genesis, head: { database, seq, hash, at, signer, signature } }
    writeWhole(file, `${JSON.stringify(content, null, 2)}\n`)
  } catch (error) {
    throw folderError(error)
  }
  return file
}

/** The head of a checkpoint file of this archive; null for anything else. */
export function readCheckpoint(file: string, genesis: string): LogHead | null {
  try {
    if (statSync(file).size > longest) return null
    const parsed = v.safeParse(checkpointFile, JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success && parsed.output.genesis === genesis ? parsed.output.head : null
  } catch {
    return null
  }
}
