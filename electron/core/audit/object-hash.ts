import { createHash } from 'node:crypto'
import { canonicalBytes } from '#electron/crypto/canonical.ts'

/** SHA-256 (hex) of the canonical JSON of what a binding act decides upon. Errors: `crypto.notCanonical`. */
export function objectHash(value: unknown): string {
  return createHash('sha256').update(canonicalBytes(value)).digest('hex')
}
