import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  sign,
} from 'node:crypto'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { fail } from '#shared/contract/errors.ts'
import { openSecret, type SealedSecret, sealSecret } from './envelope.ts'
import { publicKeyId } from './fingerprint.ts'
import type { KeyHolder, SigningKey, TokenKey, UnwrappingKey } from './token.ts'
import { accountKeys } from './token.ts'

const makeKeyPair = promisify(generateKeyPair)

type Pair = Readonly<Record<TokenKey['use'], KeyObject>>

let pairOf: (keys: SoftKeys) => Pair

/**
 * Private keys held in this process's memory: an account's while it is signed in, new ones until they are sealed, the
 * recovery account's. They leave this file sealed or not at all.
 */
export class SoftKeys implements KeyHolder {
  #pair: Pair | null
  readonly #keys: readonly TokenKey[]

  static {
    pairOf = (keys) => keys.#held()
  }

  private constructor(pair: Pair) {
    this.#pair = pair
    this.#keys = (['signing', 'encryption'] as const).map((use) => {
      const publicKey = createPublicKey(pair[use])
      return { use, id: publicKeyId(publicKey), publicKey }
    })
  }

  /** Two new pairs of RSA-3072, made off the main thread. */
  static async make(): Promise<SoftKeys> {
    const [signing, encryption] = await Promise.all([
      makeKeyPair('rsa', { modulusLength: 3072 }),
      makeKeyPair('rsa', { modulusLength: 3072 }),
    ])
    return new SoftKeys({ signing: signing.privateKey, encryption: encryption.privateKey })
  }

  /** Keys out of their sealed form (base64 PKCS#8). */
  static load(text: { readonly signing: string; readonly encryption: string }): SoftKeys {
    const load = (one: string) => createPrivateKey({ key: Buffer.from(one, 'base64'), format: 'der', type: 'pkcs8' })
    return new SoftKeys({ signing: load(text.signing), encryption: load(text.encryption) })
  }

  get signing(): SigningKey {
    return accountKeys(this).signing
  }

  get encryption(): UnwrappingKey {
    return accountKeys(this).encryption
  }

  keys(): readonly TokenKey[] {
    this.#held()
    return this.#keys
  }

  sign(id: string, data: Uint8Array): Buffer {
    return softKey(this.#find(id)).sign(data)
  }

  unwrap(id: string, wrapped: Uint8Array): Buffer {
    return softKey(this.#find(id)).unwrap(wrapped)
  }

  logout(): void {
    this.#pair = null
  }

  #held(): Pair {
    return this.#pair ?? fail('token.loggedOut')
  }

  #find(id: string): KeyObject {
    const pair = this.#held()
    const key = this.#keys.find((one) => one.id === id) ?? fail('token.noKey')
    return pair[key.use]
  }
}

/** A private key that lies in memory, with the calls of one that does not. */
export function softKey(key: KeyObject): SigningKey & UnwrappingKey {
  return {
    publicKey: createPublicKey(key),
    sign: (data) => sign('sha256', data, key),
    unwrap: (wrapped) => {
      try {
        return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, wrapped)
      } catch {
        return fail('keyring.wrapBroken')
      }
    },
  }
}

/** Seals the keys with what else stands beside them. */
export function sealKeys(keys: SoftKeys, beside: object, key: Buffer, purpose: string, context: unknown): SealedSecret {
  const pair = pairOf(keys)
  const text = (use: TokenKey['use']) => pair[use].export({ type: 'pkcs8', format: 'der' }).toString('base64')
  const inner = Buffer.from(JSON.stringify({ signing: text('signing'), encryption: text('encryption'), ...beside }))
  try {
    return sealSecret(key, inner, purpose, context)
  } finally {
    inner.fill(0)
  }
}

const sealedKeys = v.looseObject({ signing: v.string(), encryption: v.string() })

/** Opens what `sealKeys` sealed: the keys, and what stood beside them. Errors: `crypto.sealBroken`. */
export function openKeys(
  sealed: SealedSecret,
  key: Buffer,
  purpose: string,
  context: unknown,
): { readonly keys: SoftKeys; readonly beside: unknown } {
  const inner = openSecret(key, sealed, purpose, context)
  try {
    const { signing, encryption, ...beside } = v.parse(sealedKeys, JSON.parse(inner.toString()))
    return { keys: SoftKeys.load({ signing, encryption }), beside }
  } finally {
    inner.fill(0)
  }
}
