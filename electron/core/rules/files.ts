import { readFile, stat } from 'node:fs/promises'
import { readHolidayPack } from '#shared/calendar/packs.ts'
import { fail } from '#shared/contract/errors.ts'
import type { FileFault } from '#shared/domain/file-faults.ts'
import { readRuleProfile } from '#shared/rules/profile.ts'
import { readRetentionTable } from '#shared/rules/retention.ts'
import { objectHash } from '../audit/object-hash.ts'
import type { Norm } from '../session/types.ts'

/** A profile of the whole Rules is 20 kB; what is a hundred times that is no profile. */
const maxFile = 2 * 1024 * 1024

export interface NormFile {
  readonly content: unknown
  readonly hash: string
  readonly name: string
  readonly version: string
  readonly effective: string
}

export type ReadNorm = NormFile | { readonly faults: readonly (FileFault | { place: string; code: 'notJson' })[] }

/**
 * Reads a rule profile, holiday pack or retention table. JSON of this size is parsed here: the parser of JSON is the engine's own and
 * runs nothing. Errors: `rules.noFile`, `rules.fileTooLarge`; faults of the content come back with their places.
 */
export async function readNormFile(kind: Norm['kind'], file: string): Promise<ReadNorm> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) fail('rules.noFile')
  if (found.size > maxFile) fail('rules.fileTooLarge', { limit: maxFile })
  const bytes = await readFile(file)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { faults: [{ place: '', code: 'notJson' }] }
  }
  return normOf(kind, value)
}

/** Judges a parsed value. Pure. */
export function normOf(kind: Norm['kind'], value: unknown): ReadNorm {
  if (kind === 'ruleProfile') {
    const read = readRuleProfile(value)
    if ('faults' in read) return read
    const { id: name, version, effective } = read.profile
    return { content: read.profile, hash: objectHash(read.profile), name, version, effective }
  }
  if (kind === 'retentionTable') {
    const read = readRetentionTable(value)
    if ('faults' in read) return read
    const { name, document: version, effective } = read.table
    return { content: read.table, hash: objectHash(read.table), name, version, effective }
  }
  const read = readHolidayPack(value)
  if ('faults' in read) return read
  const { year, notice } = read.pack
  return {
    content: read.pack,
    hash: objectHash(read.pack),
    name: String(year),
    version: notice,
    effective: `${year}-01-01`,
  }
}
