import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { extractBundle } from '#electron/sealing/open-bundle.ts'
import { type Cast, makeCast, sampleParts, sealSample } from '#test/support/bundles.ts'
import { openerOf } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'

let cast: Cast
beforeAll(() => {
  cast = makeCast()
})

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
const status = (program: string, ...args: string[]): number | null =>
  spawnSync(program, args, { stdio: 'ignore' }).status

function pem(folder: string, name: string, pair: Cast['recipient']): { key: string; certificate: string } {
  const key = join(folder, `${name}.key.pem`)
  const certificate = join(folder, `${name}.crt.pem`)
  writeFileSync(key, pair.key.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(certificate, pair.certificate)
  return { key, certificate }
}

const decrypt = (file: string, own: { key: string; certificate: string }, out: string): string[] => [
  'cms',
  '-decrypt',
  '-binary',
  '-inform',
  'DER',
  '-in',
  file,
  '-inkey',
  own.key,
  '-recip',
  own.certificate,
  '-out',
  out,
]

describe('openssl', () => {
  it('opens the envelope with either recipient’s key, and the content is ours', async () => {
    const { folder, sealed, tar } = await sealSample(cast)
    for (const name of ['recipient', 'second'] as const) {
      const out = join(folder, `${name}.tar`)
      run('openssl', ...decrypt(sealed, pem(folder, name, cast[name]), out))
      expect(readFileSync(out).equals(readFileSync(tar))).toBe(true)
    }
  })

  it('refuses a flipped byte and a wrong key', async () => {
    const { folder, sealed } = await sealSample(cast)
    const own = pem(folder, 'recipient', cast.recipient)
    const wrong = pem(folder, 'wrong', cast.signer)
    expect(status('openssl', ...decrypt(sealed, { ...own, key: wrong.key }, join(folder, 'a')))).not.toBe(0)
    const bytes = readFileSync(sealed)
    bytes[bytes.length - 5000] = (bytes[bytes.length - 5000] ?? 0) ^ 1
    writeFileSync(sealed, bytes)
    expect(status('openssl', ...decrypt(sealed, own, join(folder, 'b')))).not.toBe(0)
  })

  it('reads AES-256-GCM and RSA-OAEP with SHA-256, and no other algorithm', async () => {
    const { sealed } = await sealSample(cast)
    const parsed = run('openssl', 'asn1parse', '-inform', 'DER', '-in', sealed)
    expect(parsed).toContain('id-smime-ct-authEnvelopedData')
    expect(parsed).toContain('aes-256-gcm')
    expect(parsed.match(/:rsaesOaep/g)).toHaveLength(2)
    expect(parsed.match(/:sha256/g)).toHaveLength(4)
    expect(parsed).not.toMatch(/:(rsaEncryption|sha1|aes-256-cbc|des)/)
  })

  it('writes an envelope of the same kind that our reader opens', async () => {
    const folder = temporaryFolder()
    const plain = join(folder, 'plain')
    writeFileSync(plain, Buffer.alloc(300_000, '约谈'))
    const own = pem(folder, 'recipient', cast.recipient)
    const sealed = join(folder, 'sealed')
    const oaep = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'].flatMap((o) => ['-keyopt', o])
    run(
      'openssl',
      'cms',
      '-encrypt',
      '-binary',
      '-outform',
      'DER',
      '-aes-256-gcm',
      '-in',
      plain,
      '-out',
      sealed,
      '-recip',
      own.certificate,
      ...oaep,
    )
    const out = join(folder, 'out')
    await openEnvelope(sealed, openerOf(cast.recipient), out)
    expect(readFileSync(out).equals(readFileSync(plain))).toBe(true)
  })

  it('accepts the signature under the CA, and refuses it after one changed byte or under another CA', async () => {
    const { folder, tar } = await sealSample(cast)
    const bag = join(folder, 'bag')
    await extractBundle(tar, bag)
    const verify = (ca: string, signer: string): string[] => [
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      join(bag, 'signature.p7s'),
      '-content',
      join(bag, 'tagmanifest-sha256.txt'),
      '-CAfile',
      ca,
      '-signer',
      signer,
      '-out',
      '/dev/null',
    ]
    const signer = join(folder, 'signer.pem')
    const ca = pem(folder, 'ca', cast.authority).certificate
    run('openssl', ...verify(ca, signer))
    const shown = (file: string) => run('openssl', 'x509', '-in', file, '-noout', '-fingerprint', '-sha256')
    expect(shown(signer)).toBe(shown(join(bag, 'verify/signer.crt.pem')))
    const foreign = pem(folder, 'foreign', makeCast().authority).certificate
    expect(status('openssl', ...verify(foreign, signer))).not.toBe(0)
    const manifest = readFileSync(join(bag, 'tagmanifest-sha256.txt'))
    manifest[0] = manifest[0] === 0x30 ? 0x31 : 0x30
    writeFileSync(join(bag, 'tagmanifest-sha256.txt'), manifest)
    expect(status('openssl', ...verify(ca, signer))).not.toBe(0)
  })
})

describe('other programs', () => {
  it('read a BagIt 1.0 bag with Python’s standard library', async () => {
    const { tar } = await sealSample(cast)
    const bag = JSON.parse(run('python3', join(import.meta.dirname, '..', 'support', 'bag_check.py'), tar))
    expect(bag.root).toBe('case-2026-0001')
    for (const { path, sha256, title } of sampleParts()) {
      expect(bag.files[path]).toBe(sha256)
      expect(bag.titles[path].title).toBe(title)
    }
    expect(bag.delivery).toMatchObject({ sequence: 1, level: 'secret', files: 4 })
  })

  it('find eep.xml valid under its schema, and a broken one not', async () => {
    const { folder, tar } = await sealSample(cast)
    const bag = join(folder, 'bag')
    await extractBundle(tar, bag)
    const schema = join(import.meta.dirname, '..', '..', 'electron', 'sealing', 'eep.xsd')
    const eep = join(bag, 'eep.xml')
    run('xmllint', '--noout', '--nonet', '--schema', schema, eep)
    const text = readFileSync(eep, 'utf8')
    expect(text).toContain('企业书面说明 &lt;附表&gt; &amp; “清单”')
    writeFileSync(eep, text.replace(/<密级>.*<\/密级>/, ''))
    expect(status('xmllint', '--noout', '--nonet', '--schema', schema, eep)).not.toBe(0)
  })

  it('say the same with the commands of verify/README.txt', async () => {
    const { folder, sealed } = await sealSample(cast)
    const work = join(folder, 'work')
    cpSync(sealed, join(work, 'case-2026-0001.sealed'), { recursive: true })
    pem(work, 'recipient', cast.recipient)
    const shell = (script: string, cwd: string): string =>
      execFileSync('bash', ['-ec', script], { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
    const probe = join(folder, 'probe')
    await openEnvelope(sealed, openerOf(cast.recipient), `${probe}.tar`)
    await extractBundle(`${probe}.tar`, probe)
    const commands = readFileSync(join(probe, 'verify/README.txt'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('  ') && /^ {2}(openssl|tar|sha\d+sum|\(find|cat|comm)/.test(line))
      .map((line) => line.trim().replace(/ {4}.*$/, ''))
      .map((line) => line.replaceAll('/tmp/', `${folder}/`))
    expect(commands).toHaveLength(11)
    const output = shell(`${commands.join('\n')} 2>&1`, work)
    expect(output.trim().split('\n').slice(-3)).toEqual([
      'signature.p7s',
      'tagmanifest-sha256.txt',
      'tagmanifest-sha512.txt',
    ])
    expect(output).not.toContain('FAILED')
    expect(existsSync(join(work, 'case-2026-0001', 'eep.xml'))).toBe(true)
  })
})
