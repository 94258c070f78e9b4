import { createHash, sign } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decode, encode, readSequence, readSet, readTagged } from '#electron/crypto/asn1.ts'
import { openEnvelope, startEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { detachedLength, nodePrimitives, signDetached } from '#electron/crypto/cms-signed.ts'
import { SignatureError, verifyDetached } from '#electron/crypto/cms-verify.ts'
import { issuePair, moment, openerOf, trialAuthority } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'

const authority = trialAuthority()
const signer = issuePair(authority, 'signing')
const reader = issuePair(authority, 'encryption')
const second = issuePair(authority, 'encryption')
const content = Buffer.from('监管约谈函\n'.repeat(50_000))
const digest = createHash('sha256').update(content).digest()

const code = (value: string) => expect.objectContaining({ code: value })

describe('SignedData', () => {
  const request = { signingTime: moment, certificate: signer.certificate, authority: authority.certificate }
  const make = (change: Partial<Parameters<typeof signDetached>[0]> = {}) =>
    signDetached({ ...request, digest, sign: (data) => sign('sha256', data, signer.key), ...change })
  const fault = (value: string) => expect.objectContaining({ fault: value })

  it('verifies, names signer, time and CA, and has the length announced', async () => {
    const der = await make()
    expect(der.length).toBe(await detachedLength(request))
    const facts = await verifyDetached(der, digest, nodePrimitives)
    expect(facts.signer.commonName).toBe('张某某')
    expect(facts.signedAt).toBe(moment)
  })

  it('refuses other content, another signer’s key, an encryption certificate, a foreign CA', async () => {
    const other = createHash('sha256').update('x').digest()
    await expect(verifyDetached(await make(), other, nodePrimitives)).rejects.toThrow(fault('digest'))
    const wrong = await make({ sign: (data) => sign('sha256', data, reader.key) })
    await expect(verifyDetached(wrong, digest, nodePrimitives)).rejects.toThrow(fault('signature'))
    const unfit = await make({ certificate: reader.certificate, sign: (data) => sign('sha256', data, reader.key) })
    await expect(verifyDetached(unfit, digest, nodePrimitives)).rejects.toThrow(fault('usage'))
    const foreign = await make({ authority: trialAuthority('另一机构').certificate })
    await expect(verifyDetached(foreign, digest, nodePrimitives)).rejects.toThrow(fault('certificate'))
    const late = await make({ signingTime: '2040-01-01T00:00:00Z' })
    await expect(verifyDetached(late, digest, nodePrimitives)).rejects.toThrow(fault('expired'))
  })

  it('refuses a signature without signed attributes, a weak digest, and every flipped byte', async () => {
    const der = await make()
    const rebuild = (change: (info: ReturnType<typeof readSequence>) => void) => {
      const tree = decode(der)
      const signedData = readSequence(readTagged(readSequence(tree)[1], 0)[0])
      change(readSequence(readSet(signedData[4])[0]))
      return encode(tree)
    }
    const bare = rebuild((info) => info.splice(3, 1))
    await expect(verifyDetached(bare, digest, nodePrimitives)).rejects.toThrow(fault('attributes'))
    const sha1 = rebuild((info) => {
      info[2] = decode(Uint8Array.of(0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0))
    })
    await expect(verifyDetached(sha1, digest, nodePrimitives)).rejects.toThrow(fault('algorithm'))
    for (let at = 0; at < der.length; at += 7) {
      for (const bit of [0x01, 0x20, 0x80]) {
        const changed = Uint8Array.from(der)
        changed[at] = (changed[at] ?? 0) ^ bit
        const answer = await verifyDetached(changed, digest, nodePrimitives).catch((error: unknown) => error)
        expect(answer, `byte ${at}`).toBeInstanceOf(SignatureError)
      }
    }
  })
})

describe('AuthEnvelopedData', () => {
  const seal = (folder: string, recipients = [reader.certificate, second.certificate]): string => {
    const envelope = startEnvelope(recipients, content.length)
    const file = join(folder, 'envelope')
    const bytes = Buffer.concat([envelope.prefix, envelope.update(content), envelope.finish()])
    expect(bytes.length).toBe(envelope.length)
    writeFileSync(file, bytes)
    return file
  }

  it('opens for each recipient and nobody else', async () => {
    const folder = temporaryFolder()
    const file = seal(folder)
    for (const recipient of [reader, second]) {
      const target = join(folder, 'opened')
      await openEnvelope(file, openerOf(recipient), target)
      expect(readFileSync(target).equals(content)).toBe(true)
    }
    const outsider = issuePair(authority, 'encryption')
    const target = join(folder, 'refused')
    await expect(openEnvelope(file, openerOf(outsider), target)).rejects.toThrow(code('envelope.notRecipient'))
    await expect(openEnvelope(file, openerOf({ ...reader, key: second.key }), target)).rejects.toThrow(
      code('envelope.wrongKey'),
    )
    expect(existsSync(target)).toBe(false)
  })

  it('leaves nothing behind when a byte is flipped, bytes are cut off or added', async () => {
    const folder = temporaryFolder()
    const file = seal(folder)
    const good = readFileSync(file)
    const target = join(folder, 'refused')
    const flipped = Buffer.from(good)
    flipped[good.length >> 1] = (flipped[good.length >> 1] ?? 0) ^ 1
    const damaged: readonly (readonly [Buffer, string])[] = [
      [flipped, 'envelope.tampered'],
      [good.subarray(0, -1), 'envelope.unreadable'],
      [good.subarray(0, 1000), 'envelope.unreadable'],
      [Buffer.concat([good, Buffer.alloc(1)]), 'envelope.unreadable'],
      [Buffer.alloc(0), 'envelope.unreadable'],
      [Buffer.from('%PDF-1.7 something else entirely'), 'envelope.unreadable'],
    ]
    for (const [bytes, expected] of damaged) {
      writeFileSync(file, bytes)
      await expect(openEnvelope(file, openerOf(reader), target)).rejects.toThrow(code(expected))
      expect(existsSync(target) || existsSync(`${target}.part`)).toBe(false)
    }
  })

  it('refuses CBC in place of GCM and SHA-1 in place of SHA-256 for OAEP', async () => {
    const folder = temporaryFolder()
    const file = seal(folder)
    const good = readFileSync(file)
    const swap = (from: Buffer, to: Buffer) => {
      const bytes = Buffer.from(good)
      expect(bytes.indexOf(from)).toBeGreaterThan(0)
      for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from)) to.copy(bytes, at)
      writeFileSync(file, bytes)
    }
    const gcm = Buffer.from('60864801650304012e', 'hex')
    swap(gcm, Buffer.from('60864801650304012a', 'hex'))
    await expect(openEnvelope(file, openerOf(reader), join(folder, 'out'))).rejects.toThrow(code('envelope.algorithm'))
    swap(Buffer.from('608648016503040201', 'hex'), Buffer.from('608648016503040204', 'hex'))
    await expect(openEnvelope(file, openerOf(reader), join(folder, 'out'))).rejects.toThrow(code('envelope.algorithm'))
  })

  it('is not made for a signing certificate, for nobody, or shorter than announced', () => {
    expect(() => startEnvelope([signer.certificate], 1)).toThrow(code('certificate.usage'))
    expect(() => startEnvelope([], 1)).toThrow(code('envelope.noRecipient'))
    expect(() => startEnvelope([reader.certificate], 1).finish()).toThrow(code('envelope.length'))
  })
})
