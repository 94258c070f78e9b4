import { KeyObject, verify } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { wrapKey } from '#electron/crypto/keyring.ts'
import { accountKeys, type KeyToken, type TokenSession } from '#electron/crypto/token.ts'

/** A token made for one test, of whatever kind, with what a test has to know of it. */
export interface TokenUnderTest {
  readonly token: KeyToken
  readonly pin: string
  /** Wrong PINs in a row after which it rests. */
  readonly tries: number
  /** Genesis of the archive it was made for. */
  readonly genesis: string
  /** Public keys (PEM or certificate PEM) it was made with. */
  readonly signing: string
  readonly encryption: string
  /** Takes it out of its slot. */
  remove(): void
}

const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const code = (name: string) => expect.objectContaining({ code: name })

/** What every holder of an account's private keys keeps to, key file or hardware (PKCS#11 v2.40, C_Login to C_Logout). */
export function tokenContract(make: () => Promise<TokenUnderTest>): void {
  const inserted = async () => {
    const given = await make()
    return { ...given, session: await given.token.login(given.pin) }
  }
  const listed = ({ signing, encryption }: TokenUnderTest, session: TokenSession) => {
    const keys = session.keys()
    const found = {
      signing: keys.find((one) => one.use === 'signing'),
      unwrap: keys.find((one) => one.use !== 'signing'),
    }
    if (!found.signing || !found.unwrap) throw new Error('a key is missing')
    expect([pem(found.signing.publicKey), pem(found.unwrap.publicKey)]).toEqual([signing, encryption])
    return { sign: found.signing.id, unwrap: found.unwrap.id }
  }

  test('it signs and unwraps with the two keys it lists, and knows its genesis', async () => {
    const given = await inserted()
    const { session, genesis } = given
    const ids = listed(given, session)
    expect(session.genesis).toBe(genesis)
    const data = Buffer.from('约谈通知书')
    expect(verify('sha256', data, given.signing, session.sign(ids.sign, data))).toBe(true)
    const secret = Buffer.alloc(32, 7)
    expect(session.unwrap(ids.unwrap, Buffer.from(wrapKey(given.encryption, secret), 'base64'))).toEqual(secret)
    expect(accountKeys(session).signing.sign(data)).toEqual(session.sign(ids.sign, data))
  })

  test('another key is named as one it does not hold; a wrap for another key does not open', async () => {
    const given = await inserted()
    const { session } = given
    const ids = listed(given, session)
    const foreign = 'ab'.repeat(32)
    expect(() => session.sign(foreign, Buffer.from('x'))).toThrow(code('token.noKey'))
    expect(() => session.unwrap(foreign, Buffer.alloc(384))).toThrow(code('token.noKey'))
    const forSigning = Buffer.from(wrapKey(given.signing, Buffer.alloc(32, 7)), 'base64')
    expect(() => session.unwrap(ids.unwrap, forSigning)).toThrow(code('keyring.wrapBroken'))
  })

  test('a wrong PIN says how many are left; after the last the right one is refused too', async () => {
    const { token, pin, tries } = await make()
    for (let left = tries - 1; left >= 0; left -= 1)
      await expect(token.login(`${pin}-wrong`)).rejects.toMatchObject({ code: 'signin.wrong', params: { left } })
    await expect(token.login(pin)).rejects.toMatchObject({ code: 'signin.locked' })
  })

  test('logged out it lists, signs and unwraps nothing; logged in again it does', async () => {
    const given = await inserted()
    const { session, token, pin } = given
    const ids = listed(given, session)
    session.logout()
    session.logout()
    for (const use of [
      () => session.keys(),
      () => session.sign(ids.sign, Buffer.from('x')),
      () => session.unwrap(ids.unwrap, Buffer.alloc(384)),
    ])
      expect(use).toThrow(code('token.loggedOut'))
    await expect(session.setPin(pin, `${pin}-2`, 5)).rejects.toThrow(code('token.loggedOut'))
    listed(given, await token.login(pin))
  })

  test('taken out, it neither answers the session that was open nor takes a PIN', async () => {
    const given = await inserted()
    const { session, token, pin } = given
    const ids = listed(given, session)
    given.remove()
    expect(() => session.keys()).toThrow(code('token.removed'))
    expect(() => session.sign(ids.sign, Buffer.from('x'))).toThrow(code('token.removed'))
    expect(() => session.unwrap(ids.unwrap, Buffer.alloc(384))).toThrow(code('token.removed'))
    await expect(token.login(pin)).rejects.toMatchObject({ code: 'token.removed' })
  })

  test('a new PIN keeps the keys; the old one and one used before are refused', async () => {
    const given = await inserted()
    const { session, token, pin } = given
    const next = `${pin}-next`
    await expect(session.setPin(pin, pin, 5)).rejects.toMatchObject({ code: 'password.repeated' })
    await session.setPin(pin, next, 5)
    await expect(token.login(pin)).rejects.toMatchObject({ code: 'signin.wrong' })
    const later = await token.login(next)
    listed(given, later)
    await expect(later.setPin(next, pin, 5)).rejects.toMatchObject({ code: 'password.repeated' })
  })

  test('no answer holds a private key, to the eye or to the program', async () => {
    const { token, session } = await inserted()
    for (const answer of [token, session, session.keys(), accountKeys(session)]) {
      expect(privateKeysIn(answer)).toEqual([])
      const text = `${inspect(answer, { showHidden: true, depth: 12 })}${JSON.stringify(answer)}`
      expect(text).not.toMatch(/PRIVATE KEY|PrivateKeyObject|pkcs8/u)
    }
  })
}

/** Paths of the private or secret keys that can be reached from a value. */
function privateKeysIn(value: unknown, path = '', seen = new Set<unknown>()): string[] {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return []
  seen.add(value)
  if (value instanceof KeyObject) return value.type === 'public' ? [] : [path]
  return Reflect.ownKeys(value).flatMap((name) =>
    privateKeysIn(Reflect.get(value, name), `${path}.${String(name)}`, seen),
  )
}
