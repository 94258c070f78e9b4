import type { KeyObject } from 'node:crypto'
import { fail } from '#shared/contract/errors.ts'

/** One key pair as a holder shows it: its public half and nothing else. */
export interface TokenKey {
  /** 双证: one pair signs, the other opens what was wrapped for the account; neither stands in for the other. */
  readonly use: 'signing' | 'encryption'
  /** `publicKeyId` of the pair; what PKCS#11 calls CKA_ID. */
  readonly id: string
  readonly publicKey: KeyObject
}

/**
 * Whoever holds an account's private keys. They are used where they are: an answer is a public key, a signature or what
 * was unwrapped, never a private key.
 *
 * Errors of every call: `token.loggedOut` after `logout`, `token.removed` when the token is no longer there,
 * `token.noKey` for an id it does not hold.
 */
export interface KeyHolder {
  /** Which pairs it holds. Certificates are the ledger's: nothing is believed because it stands on a token. */
  keys(): readonly TokenKey[]
  /** RSA PKCS#1 v1.5 SHA-256 signature over `data` (CKM_SHA256_RSA_PKCS). */
  sign(id: string, data: Uint8Array): Buffer
  /** Opens an RSA-OAEP-SHA-256 wrap (CKM_RSA_PKCS_OAEP). Errors also: `keyring.wrapBroken`. The caller wipes the result. */
  unwrap(id: string, wrapped: Uint8Array): Buffer
  /** Ends the holder's use; harmless when done twice (C_Logout). */
  logout(): void
}

/** A token after its PIN was given: the account's keys and the genesis they were made under. */
export interface TokenSession extends KeyHolder {
  /** Genesis hash of the archive, kept with the keys and opened by the PIN only (a private CKO_DATA object). */
  readonly genesis: string
  /**
   * Replaces the PIN (C_SetPIN); the keys stay the same. `kept` is how many earlier PINs may not come back.
   * Errors: `password.repeated`; those of `KeyHolder`.
   */
  setPin(pin: string, next: string, kept: number): Promise<void>
}

/**
 * The token of one account, in the words of PKCS#11 (OASIS, v2.40): a slot holds it, a PIN opens it, it counts wrong
 * PINs itself. The only implementation shipped is the key file (`keyFileToken`); test/support/token-contract.ts is what
 * another one has to pass.
 */
export interface KeyToken {
  /** Errors: `signin.wrong` with the tries left, `signin.locked` with the minutes, `token.removed`, `device.…`, `keyring.…`. */
  login(pin: string): Promise<TokenSession>
}

/** A private key for signing, as use cases meet it. */
export interface SigningKey {
  readonly publicKey: KeyObject
  sign(data: Uint8Array): Buffer
}

/** A private key for opening wraps, as use cases meet it. */
export interface UnwrappingKey {
  readonly publicKey: KeyObject
  unwrap(wrapped: Uint8Array): Buffer
}

/** The two keys of an account at its holder. Errors: `token.noKey` where one is missing. */
export function accountKeys(holder: KeyHolder): { readonly signing: SigningKey; readonly encryption: UnwrappingKey } {
  const keys = holder.keys()
  const find = (use: TokenKey['use']): TokenKey => keys.find((one) => one.use === use) ?? fail('token.noKey')
  const signing = find('signing')
  const encryption = find('encryption')
  return {
    signing: { publicKey: signing.publicKey, sign: (data) => holder.sign(signing.id, data) },
    encryption: { publicKey: encryption.publicKey, unwrap: (wrapped) => holder.unwrap(encryption.id, wrapped) },
  }
}
