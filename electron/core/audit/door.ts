import { statSync } from 'node:fs'
import type { Database } from '#db/connection.ts'
import { noteAtDoor, readDoorLog } from '../accounts/door-log.ts'
import { archiveLayout } from '../session/folder.ts'
import { appendLine, type LogLine } from './log.ts'

/** Beyond this `door.log` takes no more refusals: a hostile window must not fill the disk. */
const maxSize = 1024 * 1024
/** Most lines that one sign-in takes over; the rest follows at the next one. */
const maxMerged = 500

/** Keeps a refusal before sign-in: the code only. */
export function noteRefusal(folder: string, code: string, at: string): void {
  const file = archiveLayout(folder).doorLog
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < maxSize) noteAtDoor(file, code, null, at)
}

/**
 * Takes the lines of `door.log` that the log does not have yet, in one transaction with their count. They are marked
 * by their origin: whoever can write the folder can write that file, so they are seen, not proved.
 */
export async function mergeDoorLog(folder: string, office: Database): Promise<number> {
  const entries = readDoorLog(archiveLayout(folder).doorLog)
  return office.transaction(async (trx) => {
    const row: { value: string } | undefined = await trx('meta').where({ key: 'doorLog.merged' }).first('value')
    const known = Number(row?.value ?? 0)
    // A shorter file is another file: somebody removed the old one, and what stands there now is new.
    const from = known > entries.length ? 0 : known
    const fresh = entries.slice(from, from + maxMerged)
    for (const { at, code, account } of fresh) {
      // A sign-in that succeeded wrote a line of its own in the log.
      if (code !== 'signin.ok') await appendLine(trx, 'office', doorLine(code, account, at, 'door.log'))
    }
    const value = String(from + fresh.length)
    await trx('meta').insert({ key: 'doorLog.merged', value }).onConflict('key').merge()
    return fresh.length
  })
}

/** The line of something refused at the door that no signed-in account stands behind. */
export function doorLine(code: string, account: string | null, at: string, origin: 'door.log' | 'shell'): LogLine {
  return {
    at,
    account,
    roles: [],
    action: 'door.refused',
    objectKind: null,
    objectId: null,
    level: null,
    result: code,
    detail: { origin },
  }
}
