import { spawn } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { sealBundle } from '#electron/sealing/bundle.ts'
import { verifyFromCommandLine } from '#electron/sealing/cli.ts'
import { checkFourProperties } from '#electron/sealing/four-property.ts'
import { extractBundle, openBundle } from '#electron/sealing/open-bundle.ts'
import { verifyBundle } from '#electron/sealing/verify.ts'
import { type Cast, makeCast, part, sampleEep, sampleParts, sampleRequest, sealSample } from '#test/support/bundles.ts'
import { issuePair, openerOf, trialAuthority } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'
import { hostileTars, writeTinyFiles } from '#test/support/hostile-tar.ts'
import { tamperings } from '#test/support/tampering.ts'

let cast: Cast
beforeAll(() => {
  cast = makeCast()
})
const code = (value: string) => expect.objectContaining({ code: value })
const fingerprint = () => certificateFingerprint(cast.authority.certificate)
const failed = (verdict: Awaited<ReturnType<typeof verifyBundle>>) =>
  verdict.checks.filter(({ passed }) => !passed).map((check) => check.code)

describe('a sealed bundle', () => {
  it('is amber by itself, green with the fingerprint from paper, red with another', async () => {
    const { tar } = await sealSample(cast)
    const open = await verifyBundle(tar)
    expect(failed(open)).toEqual(['issuer'])
    expect(open.colour).toBe('amber')
    expect(open.signer).toContain('李某喆')
    const spoken = fingerprint()
      .toUpperCase()
      .replace(/(.{4})/g, '$1 ')
    expect((await verifyBundle(tar, { caFingerprint: spoken })).colour).toBe('green')
    expect((await verifyBundle(tar, { caFingerprint: fingerprint().slice(0, 32) })).colour).toBe('green')
    expect((await verifyBundle(tar, { caFingerprint: fingerprint().slice(0, 8) })).colour).toBe('red')
    expect((await verifyBundle(tar, { caFingerprint: '0'.repeat(64) })).colour).toBe('red')
  })

  it('opens for its recipients, extracts, and is the same as a folder', async () => {
    const { folder, sealed } = await sealSample(cast)
    const tar = join(folder, 'second.tar')
    expect((await openBundle(sealed, openerOf(cast.second), tar, { caFingerprint: fingerprint() })).colour).toBe(
      'green',
    )
    const bag = join(folder, 'bag')
    await extractBundle(tar, bag)
    expect((await verifyBundle(bag, { caFingerprint: fingerprint() })).colour).toBe('green')
    await expect(extractBundle(tar, bag)).rejects.toThrow(code('bundle.exists'))
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('names what was tampered with, and is never green again', async () => {
    const { folder, tar } = await sealSample(cast)
    const good = join(folder, 'good')
    await extractBundle(tar, good)
    expect(tamperings.length).toBeGreaterThanOrEqual(30)
    for (const [at, { name, failing, apply }] of tamperings.entries()) {
      const bag = join(folder, `bag-${at}`)
      cpSync(good, bag, { recursive: true })
      apply(bag)
      const verdict = await verifyBundle(bag, { caFingerprint: fingerprint() })
      expect(verdict.colour, name).toBe('red')
      expect(failed(verdict), name).toContain(failing)
    }
    symlinkSync('/etc/hostname', join(good, 'data/papers/link.pdf'))
    expect((await verifyBundle(good)).colour).toBe('red')
  })

  it('sealed again by somebody with a CA of their own is not the sender’s', async () => {
    const forger = trialAuthority()
    const { tar } = await sealSample({ ...cast, authority: forger, signer: issuePair(forger, 'signing', '李某喆') })
    expect((await verifyBundle(tar)).colour).toBe('amber')
    expect((await verifyBundle(tar, { caFingerprint: fingerprint() })).colour).toBe('red')
  })

  it('answers the command line with exit statuses', async () => {
    const { tar, sealed } = await sealSample(cast)
    const lines: string[] = []
    const run = (...args: string[]) => verifyFromCommandLine(args, (line) => lines.push(line))
    expect(await run('--verify', tar, '--ca', fingerprint())).toBe(0)
    expect(await run('--verify', tar)).toBe(1)
    expect(await run('--verify', sealed)).toBe(2)
    expect(await run('--verify', `${tar}.absent`)).toBe(2)
    expect(await run('--verify')).toBe(64)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ colour: 'green' })
  })
})

describe('sealing', () => {
  it('refuses parts that are not what was announced, and leaves nothing', async () => {
    const folder = temporaryFolder()
    const [first, ...rest] = sampleParts()
    if (!first) throw new Error('no part')
    const lies = [
      { ...first, sha256: '0'.repeat(64) },
      { ...first, size: first.size + 1 },
      { ...first, size: first.size - 1 },
    ]
    for (const lie of lies) {
      const request = await sampleRequest(cast, folder, [lie, ...rest])
      await expect(sealBundle(request)).rejects.toThrow(code('bundle.changed'))
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('refuses unsafe names, double names, an existing file, a foreign signer, too much', async () => {
    const folder = temporaryFolder()
    const bytes = Buffer.from('x')
    for (const path of [
      'data/papers/../x.pdf',
      'data/x.pdf',
      'data/papers/约谈.pdf',
      'data/papers/a%20.pdf',
      '/data/papers/a',
    ]) {
      const request = await sampleRequest(cast, folder, [part(path, '题', 'text/plain', bytes)])
      await expect(sealBundle(request), path).rejects.toThrow(code('bundle.path'))
    }
    const one = part('data/papers/a.txt', '题', 'text/plain', bytes)
    await expect(sealBundle(await sampleRequest(cast, folder, [one, one]))).rejects.toThrow(code('bundle.path'))
    const huge = { ...one, size: 1024 ** 3 }
    await expect(sealBundle(await sampleRequest(cast, folder, [huge]))).rejects.toThrow(code('bundle.tooLarge'))
    const request = await sampleRequest(cast, folder)
    const foreign = { ...request.signer, authority: trialAuthority('另一机构').certificate }
    await expect(sealBundle({ ...request, signer: foreign })).rejects.toThrow(code('certificate.chain'))
    await sealBundle(request)
    await expect(sealBundle(request)).rejects.toThrow(code('bundle.exists'))
    expect(readdirSync(folder)).toEqual(['case-2026-0001.sealed'])
  })

  it('stops when asked and cleans up', async () => {
    const folder = temporaryFolder()
    const controller = new AbortController()
    const request = await sampleRequest(cast, folder)
    const stopped = sealBundle(request, { signal: controller.signal, progress: () => controller.abort() })
    await expect(stopped).rejects.toThrow(code('bundle.cancelled'))
    expect(readdirSync(folder)).toEqual([])
  })

  it('killed half-way leaves only a .part, which the next seal clears', async () => {
    const folder = temporaryFolder()
    const script = join(import.meta.dirname, '..', '..', 'support', 'endless-seal.ts')
    const child = spawn(process.execPath, [script, folder], { stdio: 'ignore' })
    const partFile = join(folder, 'case-2026-0001.sealed.part')
    await expect.poll(() => existsSync(partFile), { timeout: 60_000 }).toBe(true)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    expect(readdirSync(folder)).toEqual(['case-2026-0001.sealed.part'])
    await sealBundle(await sampleRequest(cast, folder))
    expect(readdirSync(folder)).toEqual(['case-2026-0001.sealed'])
  }, 90_000)
})

describe('the tar inside', () => {
  it('is refused by name for every way out of its folder, and nothing is written', async () => {
    const { folder, tar } = await sealSample(cast)
    const good = readFileSync(tar)
    const evil = join(folder, 'evil.tar')
    const target = join(folder, 'out')
    const before = readdirSync(folder)
    for (const { name, says, make } of hostileTars) {
      writeFileSync(evil, make(good))
      const verdict = await verifyBundle(evil, { caFingerprint: fingerprint() })
      expect(verdict.colour, name).toBe('red')
      expect(verdict.checks[0]?.detail, name).toContain(says)
      await expect(extractBundle(evil, target), name).rejects.toThrow(code('bundle.tar'))
      expect(
        readdirSync(folder).filter((one) => one !== 'evil.tar'),
        name,
      ).toEqual(before)
    }
  })

  it('of a million tiny files is refused before they are read', async () => {
    const folder = temporaryFolder()
    const tar = join(folder, 'many.tar')
    writeTinyFiles(tar, 1_000_000)
    expect((await verifyBundle(tar)).checks).toEqual([
      { code: 'archive', passed: false, detail: '文件数超过上限，不是案卷封装包' },
    ])
    await expect(extractBundle(tar, join(folder, 'out'))).rejects.toThrow(code('bundle.tar'))
    expect(readdirSync(folder)).toEqual(['many.tar'])
  }, 60_000)

  it('is not unpacked further: a compressed bomb among the materials stays a file', async () => {
    // Ten megabytes of zeros in ten kilobytes; somebody who unpacks what lies inside would write them all.
    const bomb = gzipSync(Buffer.alloc(10 * 1024 ** 2))
    const { folder, tar } = await sealSample(cast, [part('data/materials/bomb.pdf', '附件', 'application/pdf', bomb)])
    expect((await verifyBundle(tar, { caFingerprint: fingerprint() })).colour).toBe('green')
    await extractBundle(tar, join(folder, 'out'))
    expect(readFileSync(join(folder, 'out/data/materials/bomb.pdf')).equals(bomb)).toBe(true)
  })
})

describe('the four-property check', () => {
  const register = { files: 4, bytes: sampleParts().reduce((sum, { size }) => sum + size, 0) }
  const whole = Buffer.from('%PDF-1.7\n%%EOF\n')
  const reports = ['contents', 'reference-sheet'].map((name) =>
    part(`reports/${name}.pdf`, name, 'application/pdf', whole),
  )
  const pieces = sampleEep(sampleParts()).files
  const rest = { register, reports, pieces, gaps: [], requiredActions: ['审签', '定密'], takenCodes: [] }

  it('passes a sound volume and leaves to a person what needs one', async () => {
    const parts = sampleParts()
    const items = await checkFourProperties({ parts, eep: sampleEep(parts), ...rest })
    expect(items.filter(({ result }) => result === 'failed')).toEqual([])
    // DOMAIN §3.6, counted by hand: what a program cannot see is asked of a person.
    expect(items.filter(({ result }) => result === 'manual').map((item) => item.code)).toEqual([
      'GD-3-5',
      'GD-3-7',
      'GD-4-1',
      'GD-4-2',
      'GD-4-4',
      'GD-4-5',
      'GD-4-6',
      'GD-4-7',
    ])
    const numbered = (group: number, count: number) => Array.from({ length: count }, (_, at) => `GD-${group}-${at + 1}`)
    expect(items.map((item) => item.code)).toEqual([
      ...numbered(1, 14),
      ...numbered(2, 11),
      ...numbered(3, 8),
      ...numbered(4, 7),
    ])
  })

  it('names each fault', async () => {
    const parts = sampleParts()
    const eep = sampleEep(parts)
    const failing = async (change: Partial<Parameters<typeof checkFourProperties>[0]>) =>
      (await checkFourProperties({ parts, eep, ...rest, ...change }))
        .filter(({ result }) => result === 'failed')
        .map((item) => item.code)
    const [first, ...others] = parts
    const [head, ...tail] = eep.files
    if (!first || !head) throw new Error('no part')
    const bytes = (text: string) =>
      async function* () {
        yield Buffer.from(text, 'latin1')
      }
    const described = (change: object) => ({ ...eep, files: [{ ...head, ...change }, ...tail] })
    expect(await failing({ parts: [{ ...first, sha256: '0'.repeat(64) }, ...others] })).toEqual(['GD-1-1'])
    expect(await failing({ eep: described({ number: '号'.repeat(101) }) })).toEqual(['GD-1-2'])
    expect(await failing({ eep: described({ year: '26' }) })).toEqual(['GD-1-3'])
    expect(await failing({ eep: described({ retention: '20年' }) })).toEqual(['GD-1-4'])
    expect(await failing({ eep: described({ pages: 0 }) })).toEqual(['GD-1-5'])
    expect(await failing({ eep: described({ author: '某\u0007委' }) })).toEqual(['GD-1-6', 'GD-3-2'])
    const [document] = head.documents
    expect(await failing({ eep: described({ documents: [{ ...document, size: 1 }] }) })).toEqual(['GD-1-9'])
    expect(await failing({ eep: described({ documents: [{ ...document, mediaType: 'text/plain' }] }) })).toEqual([
      'GD-1-10',
    ])
    expect(await failing({ eep: described({ documents: [] }) })).toEqual([
      ...['GD-1-9', 'GD-1-10', 'GD-1-11', 'GD-1-14', 'GD-2-8', 'GD-4-3'],
    ])
    expect(await failing({ reports: reports.slice(1) })).toEqual(['GD-1-12'])
    expect(await failing({ eep: described({ documents: [{ ...document, sha256: '0'.repeat(64) }] }) })).toEqual([
      'GD-1-14',
    ])
    expect(await failing({ eep: described({ fonds: '' }) })).toEqual(['GD-2-3'])
    expect(await failing({ gaps: [{ name: '约谈纪要', reason: ' ' }] })).toEqual(['GD-2-9'])
    expect(await failing({ gaps: [{ name: '约谈纪要', reason: '未形成' }] })).toEqual([])
    expect(await failing({ pieces: pieces.slice(1) })).toEqual(['GD-2-10', 'GD-3-2'])
    expect(await failing({ eep: { ...eep, system: '' } })).toEqual(['GD-3-6'])
    expect(await failing({ parts: [{ ...first, open: bytes('%PDF-1.7 and no end') }, ...others] })).toContain('GD-3-4')
    expect(await failing({ parts: [{ ...first, open: bytes('\x1f\x8b') }, ...others] })).toContain('GD-3-8')
    // A password on a PDF, its entry across two chunks; the word alone, in a text, is none.
    const chunks = (...all: string[]) =>
      async function* () {
        for (const one of all) yield Buffer.from(one, 'latin1')
      }
    const pdf = (...middle: string[]) => ({ ...first, open: chunks('%PDF-1.7\n', ...middle, '\n%%EOF\n') })
    expect(await failing({ parts: [pdf('<</Root 1 0 R/Encr', 'ypt 22 0 R>>'), ...others] })).toContain('GD-3-8')
    expect(await failing({ parts: [pdf('(see /Encrypt below)/EncryptMetadata true'), ...others] })).not.toContain(
      'GD-3-8',
    )
    expect(await failing({ eep: { ...eep, files: [{ ...head, archivalCode: '随便' }, ...tail] } })).toEqual(['GD-1-7'])
    expect(await failing({ takenCodes: [head.archivalCode] })).toEqual(['GD-1-8'])
    const [, next, ...last] = eep.files
    const twin = { number: head.number, title: head.title }
    expect(await failing({ eep: { ...eep, files: [head, { ...next, ...twin }, ...last] } as typeof eep })).toEqual([
      'GD-1-8',
      'GD-3-2',
    ])
    expect(await failing({ register: { files: 5, bytes: 1 } })).toEqual(['GD-2-1', 'GD-2-2'])
    expect(await failing({ requiredActions: ['编号'] })).toEqual(['GD-2-5'])
    expect(await failing({ eep: { ...eep, files: [{ ...head, item: 9 }, ...tail] } })).toEqual(['GD-2-6'])
    expect(await failing({ parts: [{ ...first, mediaType: 'image/png' }, ...others] })).toEqual([
      ...['GD-1-10', 'GD-3-3', 'GD-3-4'],
    ])
  })
})
