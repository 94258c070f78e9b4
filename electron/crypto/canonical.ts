import { YuetanError } from '#shared/contract/errors.ts'

/** What may be signed or hashed: JSON with whole numbers only, so that no two programs can disagree about a digit. */
export type Canonical =
  | null
  | boolean
  | number
  | string
  | readonly Canonical[]
  | { readonly [name: string]: Canonical | undefined }

/**
 * Canonical JSON of RFC 8785 for our value range: no white space, members sorted by UTF-16 code units, safe integers
 * only, well-formed strings only. Members that are `undefined` are left out, as `JSON.stringify` does.
 *
 * Errors: `crypto.notCanonical` with the place of the value that has no canonical form.
 */
export function canonical(value: unknown): string {
  return write(value, '$')
}

/** `canonical` as UTF-8 bytes: what is hashed and signed. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonical(value), 'utf8')
}

/** What JSON writes as it stands, with its quotes: no quote, backslash, control character or half of a surrogate pair. */
const plain = /^[^"\\\p{Cc}\p{Cs}]*$/u

function write(value: unknown, place: string): string {
  if (typeof value === 'string') {
    // Most strings are ids, codes and moments: a log of a million lines is hashed without looking at each of them twice.
    if (plain.test(value)) return `"${value}"`
    // A lone surrogate has no UTF-8 form: two texts would share one signature (RFC 8785 §3.2.2.2).
    if (!value.isWellFormed()) throw new YuetanError('crypto.notCanonical', { place })
    return JSON.stringify(value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new YuetanError('crypto.notCanonical', { place })
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item, index) => write(item, `${place}[${index}]`)).join(',')}]`
  if (isPlainObject(value)) {
    let members = ''
    // The default order of `sort` is the order RFC 8785 §3.2.3 asks for.
    for (const name of Object.keys(value).sort()) {
      if (value[name] === undefined) continue
      members += `${members === '' ? '' : ','}${write(name, `${place}.?`)}:${write(value[name], `${place}.${name}`)}`
    }
    return `{${members}}`
  }
  throw new YuetanError('crypto.notCanonical', { place })
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
