import { type KeyObject, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { fail } from '#shared/contract/errors.ts'
import { sealedSecret } from './envelope.ts'
import { readSymbols, writeSymbols } from './fingerprint.ts'
import { expandKey } from './kdf.ts'
import { keyWrap } from './keyring.ts'
import { openKeys, SoftKeys, sealKeys } from './soft-keys.ts'

const sheetLength = 16
const purpose = 'recovery'
const pairs = ['12', '13', '23'] as const

/** `recovery.key`: the recovery account's private keys under each pair of the three paper sheets. */
export const recoveryFile = v.strictObject({
  format: v.literal('yuetan-recovery/1'),
  signingKey: v.string(),
  encryptionKey: v.string(),
  sealed: v.strictObject({ 12: sealedSecret, 13: sealedSecret, 23: sealedSecret }),
  wraps: v.strictObject({ office: keyWrap, cases: keyWrap }),
  renewed: v.optional(v.strictObject({ office: v.optional(keyWrap), cases: v.optional(keyWrap) })),
})
export type RecoveryFile = v.InferOutput<typeof recoveryFile>

/** New keys of the recovery account and three sheets of 128 bits; any two open them, one opens nothing. */
export async function makeRecovery(
  genesis: string,
): Promise<{ sheets: readonly string[]; keys: SoftKeys; file: Omit<RecoveryFile, 'wraps'> }> {
  const keys = await SoftKeys.make()
  const raw = [randomBytes(sheetLength), randomBytes(sheetLength), randomBytes(sheetLength)] as const
  const seal = (pair: (typeof pairs)[number]) => {
    const key = pairKey(pair, raw, genesis)
    try {
      return sealKeys(keys, {}, key, purpose, { genesis, pair })
    } finally {
      key.fill(0)
    }
  }
  const file = {
    format: 'yuetan-recovery/1' as const,
    signingKey: pem(keys.signing.publicKey),
    encryptionKey: pem(keys.encryption.publicKey),
    sealed: { 12: seal('12'), 13: seal('13'), 23: seal('23') },
  }
  const sheets = raw.map((bytes, index) => writeSymbols(Buffer.concat([Buffer.from([index + 1]), bytes])))
  for (const secret of raw) secret.fill(0)
  return { sheets, keys, file }
}

/**
 * Opens the recovery account with two sheets as they were typed, in any order.
 * Errors: `sheet.…` for what is not a sheet, `sheet.twice`, `sheet.foreign` when the two do not open this file.
 */
export function openRecovery(file: RecoveryFile, typed: readonly [string, string], genesis: string): SoftKeys {
  const read = typed.map(readSheet).toSorted((a, b) => a.number - b.number)
  const [first, second] = read
  if (first === undefined || second === undefined || first.number === second.number) return fail('sheet.twice')
  const pair = pairs.find((one) => one === `${first.number}${second.number}`) ?? fail('sheet.foreign')
  const raw: [Buffer, Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)]
  for (const { number, bytes } of read) raw[number - 1] = bytes
  const key = pairKey(pair, raw, genesis)
  let keys: SoftKeys
  try {
    keys = openKeys(file.sealed[pair], key, purpose, { genesis, pair }).keys
  } catch {
    return fail('sheet.foreign')
  } finally {
    key.fill(0)
  }
  // The public halves stand in the ledger: a file with other ones is another's.
  const isOwn = pem(keys.signing.publicKey) === file.signingKey && pem(keys.encryption.publicKey) === file.encryptionKey
  return isOwn ? keys : fail('sheet.foreign')
}

function readSheet(typed: string): { number: number; bytes: Buffer } {
  const bytes = readSymbols(typed, sheetLength + 1)
  const number = bytes[0] ?? 0
  if (number < 1 || number > 3) fail('sheet.foreign')
  return { number, bytes: bytes.subarray(1) }
}

function pairKey(pair: (typeof pairs)[number], raw: readonly [Buffer, Buffer, Buffer], genesis: string): Buffer {
  const [first, second] = [...pair].map((digit) => raw[Number(digit) - 1] ?? Buffer.alloc(0))
  const material = Buffer.concat([first ?? Buffer.alloc(0), second ?? Buffer.alloc(0)])
  try {
    return expandKey(material, Buffer.from(genesis, 'hex'), `${purpose}-${pair}`)
  } finally {
    material.fill(0)
  }
}

function pem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString()
}
