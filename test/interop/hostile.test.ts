import { execFileSync } from 'node:child_process'
import { createHash, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { certificateFingerprint, issueCertificate } from '#electron/crypto/certificates.ts'
import { openEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { signDetached } from '#electron/crypto/cms-signed.ts'
import { sealBundle } from '#electron/sealing/bundle.ts'
import type { JudgeOptions } from '#electron/sealing/judge.ts'
import { extractBundle } from '#electron/sealing/open-bundle.ts'
import { verifyBundle } from '#electron/sealing/verify.ts'
import { type Cast, makeCast, sampleRequest, sealSample } from '#test/support/bundles.ts'
import { issuePair, moment, openerOf, organization, rsaPair, trialAuthority } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'

/*
 * Bundles whose files are whole and whose signature or envelope is not what it should be: made with openssl, or with our
 * own keys in a forger's hands.
 */
let cast: Cast
let caFingerprint: string
beforeAll(() => {
  cast = makeCast()
  caFingerprint = certificateFingerprint(cast.authority.certificate)
})
const code = (value: string) => expect.objectContaining({ code: value })

async function opened(): Promise<{ folder: string; bag: string }> {
  const { folder, tar } = await sealSample(cast)
  const bag = join(folder, 'bag')
  await extractBundle(tar, bag)
  return { folder, bag }
}

async function faults(bag: string, options: JudgeOptions = { caFingerprint }) {
  const { colour, checks } = await verifyBundle(bag, options)
  const failed = checks.filter(({ passed }) => !passed)
  return { colour, codes: failed.map((one) => one.code), words: failed.map(({ detail }) => detail).join() }
}

describe('a signature', () => {
  const resign = async (bag: string, change: Partial<Parameters<typeof signDetached>[0]>): Promise<void> => {
    const signed = readFileSync(join(bag, 'tagmanifest-sha256.txt'))
    const bytes = await signDetached({
      digest: createHash('sha256').update(signed).digest(),
      signingTime: moment,
      certificate: cast.signer.certificate,
      authority: cast.authority.certificate,
      sign: (data) => sign('sha256', data, cast.signer.key),
      ...change,
    })
    writeFileSync(join(bag, 'signature.p7s'), bytes)
  }

  it('by a certificate that had expired when it signed is refused by that name', async () => {
    const { bag } = await opened()
    const { publicKey, privateKey } = rsaPair()
    const short = issueCertificate({
      authority: cast.authority,
      subject: { commonName: '李某喆', organization },
      publicKey,
      usage: 'signing',
      notBefore: '2020-01-01T00:00:00Z',
      notAfter: '2026-03-01T00:00:00Z',
    })
    await resign(bag, { certificate: short, sign: (data) => sign('sha256', data, privateKey) })
    expect(await faults(bag)).toMatchObject({ colour: 'red', words: expect.stringContaining('签名时证书已过期') })
  })

  it('by somebody the CA never certified is refused, though the CA inside is the right one', async () => {
    const { bag } = await opened()
    const foreign = issuePair(trialAuthority('另一机构'), 'signing', '李某喆')
    await resign(bag, { certificate: foreign.certificate, sign: (data) => sign('sha256', data, foreign.key) })
    expect((await faults(bag)).codes).toContain('signature')
  })

  it('without signed attributes, as openssl makes it with -noattr, is refused by that name', async () => {
    const { folder, bag } = await opened()
    const file = (name: string, text: string | Buffer): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const signer = file('signer.pem', cast.signer.certificate)
    const key = file('signer.key', cast.signer.key.export({ type: 'pkcs8', format: 'pem' }))
    const chain = file('ca.pem', cast.authority.certificate)
    const content = join(bag, 'tagmanifest-sha256.txt')
    const out = join(bag, 'signature.p7s')
    const make = ['cms', '-sign', '-noattr', '-binary', '-outform', 'DER', '-md', 'sha256', '-in', content]
    execFileSync('openssl', [...make, '-signer', signer, '-inkey', key, '-certfile', chain, '-out', out])
    expect(await faults(bag)).toEqual({
      colour: 'red',
      codes: expect.arrayContaining(['signature']),
      words: expect.stringContaining('签名缺少必须的签名属性'),
    })
  })

  it('and CA of a forger’s own are amber at best, and red once the paper’s fingerprint is typed', async () => {
    const forger = trialAuthority()
    const own = { ...cast, authority: forger, signer: issuePair(forger, 'signing', '李某喆') }
    const { tar } = await sealSample(own)
    expect((await faults(tar, {})).colour).toBe('amber')
    expect(await faults(tar)).toMatchObject({ colour: 'red', codes: ['issuer'] })
  })
})

describe('an envelope', () => {
  const cms = (folder: string, cipher: string): string => {
    const plain = join(folder, 'plain.tar')
    const recipient = join(folder, 'recipient.pem')
    writeFileSync(plain, '内容'.repeat(100))
    writeFileSync(recipient, cast.recipient.certificate)
    const out = join(folder, 'foreign.sealed')
    const oaep = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'].flatMap((one) => [
      '-keyopt',
      one,
    ])
    const make = ['cms', '-encrypt', '-binary', '-outform', 'DER', cipher, '-in', plain, '-out', out]
    execFileSync('openssl', [...make, '-recip', recipient, ...oaep])
    return out
  }

  it('of openssl in CBC, which proves nothing about its content, is refused before a byte is written', async () => {
    const folder = temporaryFolder()
    const file = cms(folder, '-aes-256-cbc')
    const before = readdirSync(folder)
    await expect(openEnvelope(file, openerOf(cast.recipient), join(folder, 'out.tar'))).rejects.toThrow(
      code('envelope.algorithm'),
    )
    expect(readdirSync(folder)).toEqual(before)
  })

  it('made again for somebody the sender did not name is told by the delivery that is signed inside', async () => {
    const { tar } = await sealSample(cast)
    const named = certificateFingerprint(cast.recipient.certificate)
    expect(await faults(tar, { caFingerprint, recipient: named })).toMatchObject({ colour: 'green', codes: [] })
    const other = certificateFingerprint(issuePair(cast.authority, 'encryption', '他人').certificate)
    expect(await faults(tar, { caFingerprint, recipient: other })).toMatchObject({
      colour: 'red',
      codes: ['recipient'],
      words: expect.stringContaining('没有列明本单位的证书'),
    })
  })
})

it('a bundle of a trial archive never enters a production one, nor the other way round', async () => {
  const { tar } = await sealSample(cast)
  expect(await faults(tar, { caFingerprint, trial: true })).toMatchObject({ colour: 'green' })
  expect(await faults(tar, { caFingerprint, trial: false })).toMatchObject({ colour: 'red', codes: ['origin'] })
  const folder = temporaryFolder()
  const request = await sampleRequest(cast, folder)
  const { file } = await sealBundle({ ...request, delivery: { ...request.delivery, trial: false } })
  const real = join(folder, 'real.tar')
  await openEnvelope(file, openerOf(cast.recipient), real)
  expect(await faults(real, { caFingerprint, trial: true })).toMatchObject({ colour: 'red', codes: ['origin'] })
})
