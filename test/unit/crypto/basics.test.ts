import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '#electron/crypto/canonical.ts'
import { openSecret, sealSecret } from '#electron/crypto/envelope.ts'
import { readSlip, slipFingerprint } from '#electron/crypto/fingerprint.ts'
import { checkKdfParameters, deriveKey, newKdfParameters } from '#electron/crypto/kdf.ts'
import { unwrapKey, wrapKey } from '#electron/crypto/keyring.ts'
import { assertPrimitives, failedPrimitives } from '#electron/crypto/self-test.ts'
import { signBody, verifyBody } from '#electron/crypto/signature.ts'
import { softKey } from '#electron/crypto/soft-keys.ts'

const first = generateKeyPairSync('rsa', { modulusLength: 3072 })
const second = generateKeyPairSync('rsa', { modulusLength: 3072 })
const genesis = 'ab'.repeat(32)

test('every primitive gives its known answer on this machine', () => {
  expect(failedPrimitives()).toEqual([])
  expect(() => assertPrimitives()).not.toThrow()
})

describe('canonical JSON', () => {
  test('sorts members by UTF-16 code units, as RFC 8785 §3.2.3 shows', () => {
    const value = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 }
    expect(canonical(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })

  test('writes strings as RFC 8785 §3.2.2.2 does', () => {
    expect(canonical('€$\u000F\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  })

  test('leaves out undefined members and keeps the order of lists', () => {
    expect(canonical({ b: undefined, a: [2, 1, null, true] })).toBe('{"a":[2,1,null,true]}')
  })

  test.each([1.5, Number.NaN, 2 ** 53, '\ud800', 1n, new Date(0), new Map(), [undefined]])(
    'has no form for %s',
    (value) => {
      expect(() => canonical({ value })).toThrow(expect.objectContaining({ code: 'crypto.notCanonical' }))
    },
  )

  test('is a fixed point of parsing, whatever the order of members was', () => {
    const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null))
    const tree = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(leaf, fc.array(leaf)))
    fc.assert(
      fc.property(tree, (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        const text = canonical(value)
        expect(canonical(reversed)).toBe(text)
        expect(canonical(JSON.parse(text))).toBe(text)
      }),
    )
  })
})

describe('key derivation', () => {
  const device = Buffer.alloc(32, 7)
  const parameters = newKdfParameters(device)

  test.each([
    ['a smaller N', { n: 2 ** 16 }, 'keyring.weakKdf'],
    ['an N that is no power of two', { n: 2 ** 17 + 1 }, 'keyring.weakKdf'],
    ['a smaller r', { r: 1 }, 'keyring.weakKdf'],
    ['p of nothing', { p: 0 }, 'keyring.weakKdf'],
    ['a short salt', { salt: 'AAAA' }, 'keyring.weakKdf'],
    ['an N that exhausts the machine', { n: 2 ** 21 }, 'keyring.excessiveKdf'],
    ['a p that only costs time', { p: 64 }, 'keyring.excessiveKdf'],
  ])('refuses %s', (_name, change, code) => {
    expect(() => checkKdfParameters({ ...parameters, ...change })).toThrow(expect.objectContaining({ code }))
  })

  test('takes a password typed in either Unicode form, and nothing else', async () => {
    const key = await deriveKey('Zürich-喆-2026', parameters, device, 'test')
    expect(await deriveKey('Zu\u0308rich-喆-2026', parameters, device, 'test')).toEqual(key)
    expect(await deriveKey('Zürich-喆-2026', parameters, device, 'other')).not.toEqual(key)
    expect(await deriveKey('Zürich-喆-2027', parameters, device, 'test')).not.toEqual(key)
  })

  test('tells a foreign machine from a wrong password', async () => {
    await expect(deriveKey('x', parameters, Buffer.alloc(32, 8), 'test')).rejects.toMatchObject({
      code: 'device.mismatch',
    })
  })
})

describe('a sealed secret', () => {
  const key = randomBytes(32)
  const sealed = sealSecret(key, Buffer.from('secret'), 'test', { account: 'A' })

  test('opens for its key, purpose and context only', () => {
    expect(openSecret(key, sealed, 'test', { account: 'A' }).toString()).toBe('secret')
    const refused = expect.objectContaining({ code: 'crypto.sealBroken' })
    expect(() => openSecret(randomBytes(32), sealed, 'test', { account: 'A' })).toThrow(refused)
    expect(() => openSecret(key, sealed, 'other', { account: 'A' })).toThrow(refused)
    expect(() => openSecret(key, sealed, 'test', { account: 'B' })).toThrow(refused)
  })

  test('refuses every flipped byte and every shortened form', () => {
    const bytes = Buffer.from(sealed.data, 'base64')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 0x80
      expect(() => openSecret(key, { ...sealed, data: changed.toString('base64') }, 'test', { account: 'A' })).toThrow()
      const short = bytes.subarray(0, index).toString('base64')
      expect(() => openSecret(key, { ...sealed, data: short }, 'test', { account: 'A' })).toThrow()
    }
  })
})

describe('a signature', () => {
  const body = { object: 'notice', n: 1 }
  const signature = signBody(softKey(first.privateKey), 'act', genesis, body)

  test('holds for its key, kind, archive and body only', () => {
    expect(verifyBody(first.publicKey, 'act', genesis, body, signature)).toBe(true)
    expect(verifyBody(second.publicKey, 'act', genesis, body, signature)).toBe(false)
    expect(verifyBody(first.publicKey, 'ledger', genesis, body, signature)).toBe(false)
    expect(verifyBody(first.publicKey, 'act', 'cd'.repeat(32), body, signature)).toBe(false)
    expect(verifyBody(first.publicKey, 'act', genesis, { ...body, n: 2 }, signature)).toBe(false)
    expect(verifyBody(first.publicKey, 'act', genesis, body, '')).toBe(false)
    expect(verifyBody('no key', 'act', genesis, body, signature)).toBe(false)
  })

  test('by a key shorter than 3072 bits is worth nothing', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(
      verifyBody(weak.publicKey, 'act', genesis, body, signBody(softKey(weak.privateKey), 'act', genesis, body)),
    ).toBe(false)
  })
})

test('a wrapped key opens for its holder and only as the key its id names', () => {
  const key = randomBytes(32)
  const wrapped = wrapKey(first.publicKey.export({ type: 'spki', format: 'pem' }).toString(), key)
  expect(unwrapKey(softKey(first.privateKey), wrapped, null)).toEqual(key)
  const refused = expect.objectContaining({ code: 'keyring.wrapBroken' })
  expect(() => unwrapKey(softKey(second.privateKey), wrapped, null)).toThrow(refused)
  expect(() => unwrapKey(softKey(first.privateKey), wrapped, 'ab'.repeat(32))).toThrow(refused)
})

describe('the slip', () => {
  const slip = slipFingerprint('01JDTEST0000000000000000AA', first.publicKey, second.publicKey)

  test('is five groups over id and both keys', () => {
    expect(slip).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]$/)
    expect(slipFingerprint('01JDTEST0000000000000000AB', first.publicKey, second.publicKey)).not.toBe(slip)
    expect(slipFingerprint('01JDTEST0000000000000000AA', second.publicKey, first.publicKey)).not.toBe(slip)
  })

  test('is read however it was typed', () => {
    const fullWidth = slip.replace(/[0-9A-Z]/gu, (symbol) => String.fromCharCode(symbol.charCodeAt(0) + 0xfee0))
    for (const typed of [slip, slip.toLowerCase(), slip.replaceAll('-', ' '), slip.replaceAll('-', '—'), fullWidth]) {
      expect(readSlip(typed)).toBe(slip)
    }
    expect(readSlip(slip.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(slip)
  })

  test('notices every single wrong symbol', () => {
    for (let index = 0; index < slip.length; index += 1) {
      if (slip[index] === '-') continue
      for (const symbol of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        if (symbol === slip[index]) continue
        const typed = slip.slice(0, index) + symbol + slip.slice(index + 1)
        expect(() => readSlip(typed)).toThrow(expect.objectContaining({ code: 'slip.check' }))
      }
    }
  })

  test('names what is wrong with it', () => {
    expect(() => readSlip(slip.slice(0, -1))).toThrow(expect.objectContaining({ code: 'slip.length' }))
    expect(() => readSlip(`${slip.slice(0, -1)}U`)).toThrow(expect.objectContaining({ code: 'slip.symbol' }))
  })
})
