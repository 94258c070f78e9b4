import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { deviceId } from '#electron/crypto/fingerprint.ts'
import { fail } from '#shared/contract/errors.ts'
import type { LogHead } from '../audit/heads.ts'
import { writeWhole } from '../files.ts'

const secretFile = v.strictObject({ format: v.literal('yuetan-device/1'), id: v.string(), secret: v.string() })
const secretLength = 32

/**
 * The machine's 32 secret bytes, outside the archive: a copied archive folder alone opens with no password.
 * `create` makes them where none exist; they are never replaced. Errors: `device.missing`, `device.damaged`.
 */
export function deviceSecret(machineFolder: string, create: boolean): Buffer {
  const file = join(machineFolder, 'device.secret')
  if (!existsSync(file)) {
    if (!create) fail('device.missing')
    mkdirSync(machineFolder, { recursive: true, mode: 0o700 })
    const secret = randomBytes(secretLength)
    const content = { format: 'yuetan-device/1', id: deviceId(secret), secret: secret.toString('base64') }
    writeWhole(file, `${JSON.stringify(content)}\n`)
    return secret
  }
  const parsed = v.safeParse(secretFile, readJson(file))
  const secret = parsed.success ? Buffer.from(parsed.output.secret, 'base64') : Buffer.alloc(0)
  if (!parsed.success || secret.length !== secretLength || deviceId(secret) !== parsed.output.id) fail('device.damaged')
  return secret
}

/** The last log heads seen on this machine, by genesis and database: what a rolled-back folder is compared with. */
type Witness = Readonly<Record<string, LogHead>>

function readWitness(machineFolder: string): Witness {
  const file = join(machineFolder, 'witness.json')
  const content = existsSync(file) ? readJson(file) : null
  return content !== null && typeof content === 'object' ? (content as Witness) : {}
}

/** The heads this machine has seen of one archive, whichever database. */
export function seenHeads(machineFolder: string, genesis: string): readonly LogHead[] {
  return Object.entries(readWitness(machineFolder))
    .filter(([name]) => name.startsWith(`${genesis}/`))
    .map(([, head]) => head)
}

/** Notes a signed head; an older one never replaces a newer one. */
export function noteHead(machineFolder: string, genesis: string, head: LogHead): void {
  const known = readWitness(machineFolder)
  const name = `${genesis}/${head.database}`
  if ((known[name]?.seq ?? 0) > head.seq) return
  writeWhole(join(machineFolder, 'witness.json'), `${JSON.stringify({ ...known, [name]: head })}\n`)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
