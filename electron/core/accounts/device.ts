import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { deviceId, readSymbols, writeSymbols } from '#electron/crypto/fingerprint.ts'
import { fail } from '#shared/contract/errors.ts'
import type { LogHead } from '../audit/heads.ts'
import type { Seen } from '../audit/rollback.ts'
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
    writeSecret(file, secret)
    return secret
  }
  const parsed = v.safeParse(secretFile, readJson(file))
  const secret = parsed.success ? Buffer.from(parsed.output.secret, 'base64') : Buffer.alloc(0)
  if (!parsed.success || secret.length !== secretLength || deviceId(secret) !== parsed.output.id) fail('device.damaged')
  return secret
}

/** The device secret as it is written on its paper. Errors: those of `deviceSecret`. */
export function devicePaper(machineFolder: string): string {
  return writeSymbols(deviceSecret(machineFolder, false))
}

/**
 * Takes the device secret from its paper on a machine that has none. `expected` names the secret the key files were
 * sealed with. Errors: `slip.…`, `device.mismatch`, `device.present` (a secret is never replaced).
 */
export function restoreDevice(machineFolder: string, paper: string, expected: string): void {
  const secret = readSymbols(paper, secretLength)
  if (deviceId(secret) !== expected) fail('device.mismatch')
  const file = join(machineFolder, 'device.secret')
  if (existsSync(file)) fail('device.present')
  mkdirSync(machineFolder, { recursive: true, mode: 0o700 })
  writeSecret(file, secret)
}

function writeSecret(file: string, secret: Buffer): void {
  const content = { format: 'yuetan-device/1', id: deviceId(secret), secret: secret.toString('base64') }
  writeWhole(file, `${JSON.stringify(content)}\n`)
}

/** What this machine saw last of an archive, by genesis: what a rolled-back folder is compared with. */
type Witness = Readonly<Record<string, unknown>>

function readWitness(machineFolder: string): Witness {
  const file = join(machineFolder, 'witness.json')
  const content = existsSync(file) ? readJson(file) : null
  return content !== null && typeof content === 'object' ? (content as Witness) : {}
}

function writeWitness(machineFolder: string, name: string, value: unknown): void {
  const known = readWitness(machineFolder)
  writeWhole(join(machineFolder, 'witness.json'), `${JSON.stringify({ ...known, [name]: value })}\n`)
}

/** What this machine has seen of one archive. The witness gets its name here where it has none yet. */
export function seenOnMachine(machineFolder: string, genesis: string): Seen {
  const witness = readWitness(machineFolder)
  const mark = typeof witness.mark === 'string' ? witness.mark : randomBytes(32).toString('hex')
  if (witness.mark !== mark) writeWitness(machineFolder, 'mark', mark)
  const own = Object.entries(witness).filter(([name]) => name.startsWith(`${genesis}/`))
  return { known: own.length > 0, mark, heads: own.map(([, value]) => value).filter(isHead) }
}

function isHead(value: unknown): value is LogHead {
  return typeof value === 'object' && value !== null && 'database' in value && 'seq' in value && 'at' in value
}

/** Notes that the archive lives on this machine, before its first line is written. */
export function noteArchive(machineFolder: string, genesis: string, at: string): void {
  if (!seenOnMachine(machineFolder, genesis).known) writeWitness(machineFolder, `${genesis}/since`, at)
}

/** Notes a signed head. Called by sessions only in which nothing was found missing, so the newer one is the true one. */
export function noteHead(machineFolder: string, genesis: string, head: LogHead): void {
  writeWitness(machineFolder, `${genesis}/${head.database}`, head)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
