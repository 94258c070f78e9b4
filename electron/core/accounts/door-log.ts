import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import * as v from 'valibot'

const entry = v.strictObject({ at: v.string(), code: v.string(), account: v.nullable(v.string()) })
type DoorEntry = v.InferOutput<typeof entry>

/**
 * What happens before unlock: sign-ins, failures, refusals of the shell. Codes and account ids only, never a text, an
 * address or a login as typed. Advisory: whoever can write the folder can write it, so nothing is decided by it alone.
 */
export function noteAtDoor(file: string, code: string, account: string | null, at: string): void {
  try {
    appendFileSync(file, `${JSON.stringify({ at, code, account })}\n`, { mode: 0o600 })
  } catch {
    // A folder that refuses the line refuses the sign-in too, and that failure is shown.
  }
}

/** All readable lines, oldest first; a torn line is passed over. */
export function readDoorLog(file: string): readonly DoorEntry[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      try {
        const parsed = v.safeParse(entry, JSON.parse(text))
        return parsed.success ? [parsed.output] : []
      } catch {
        return []
      }
    })
}

/** Failures of an account since its last successful sign-in, and the time of both. */
export function attemptsOf(
  entries: readonly DoorEntry[],
  account: string,
): { failures: number; lastFailure: string | null; lastSuccess: string | null } {
  let failures = 0
  let lastFailure: string | null = null
  let lastSuccess: string | null = null
  for (const line of entries) {
    if (line.account !== account) continue
    if (line.code === 'signin.ok') {
      failures = 0
      lastFailure = null
      lastSuccess = line.at
    } else if (line.code === 'signin.unlocked') {
      failures = 0
      lastFailure = null
    } else if (line.code === 'signin.wrong') {
      failures += 1
      lastFailure = line.at
    }
  }
  return { failures, lastFailure, lastSuccess }
}
