import { appendFileSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import * as v from 'valibot'
import type { Audit } from '../audit/index.ts'
import type { LogLine } from '../audit/log.ts'
import { archiveLayout } from './folder.ts'

/** A refusal before anybody has signed in: codes only, no name, no path, nothing typed. */
const doorEntry = v.object({
  at: v.pipe(v.string(), v.isoTimestamp()),
  code: v.pipe(v.string(), v.regex(/^[A-Za-z.]{1,64}$/)),
  verb: v.pipe(v.string(), v.regex(/^[A-Za-z.]{1,96}$/)),
  window: v.pipe(v.string(), v.regex(/^[a-z]{1,16}$/)),
})
export type DoorEntry = v.InferOutput<typeof doorEntry>

/** Beyond this the file takes no more lines: a hostile window must not fill the disk. */
const maxSize = 256 * 1024
const maxMerged = 500

/** Adds a line to `door.log`; advisory, so a disk that refuses it stops nothing. */
export function appendDoorLog(folder: string, entry: DoorEntry): void {
  const file = archiveLayout(folder).doorLog
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxSize) return
    appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
  } catch {
    // Nothing to tell and nobody signed in: the refusal itself has been answered.
  }
}

/** Lines of `door.log` that are what they should be; anybody can write into that file. */
export function readDoorLog(folder: string): readonly DoorEntry[] {
  return readLines(archiveLayout(folder).doorLog)
}

/** Moves the lines of `door.log` into the log, marked as what they are: seen before the sign-in, not proved. */
export async function mergeDoorLog(folder: string, audit: Audit): Promise<void> {
  const file = archiveLayout(folder).doorLog
  const taken = `${file}.merging`
  // Lines of a merge that was interrupted come first; they may then stand in the log twice, never not at all.
  for (const source of [taken, file]) {
    if (!statSync(source, { throwIfNoEntry: false })) continue
    if (source === file) renameSync(file, taken)
    const entries = readLines(taken)
    for (const entry of entries.slice(0, maxMerged)) await audit.record('office', doorLine(entry, 'door.log'))
    if (entries.length > maxMerged) {
      const last = entries[entries.length - 1]
      if (last) await audit.record('office', doorLine({ ...last, code: 'door.more' }, 'door.log'))
    }
    rmSync(taken, { force: true })
  }
}

function readLines(file: string): readonly DoorEntry[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [v.parse(doorEntry, JSON.parse(line))]
    } catch {
      return []
    }
  })
}

/** The log line of a refusal at the door that no account stands behind. */
export function doorLine(entry: DoorEntry, origin: string | null): LogLine {
  return {
    at: entry.at,
    account: null,
    roles: [],
    action: 'door.refused',
    objectKind: null,
    objectId: null,
    level: null,
    result: entry.code,
    detail: { verb: entry.verb, window: entry.window, ...(origin === null ? {} : { origin }) },
  }
}
