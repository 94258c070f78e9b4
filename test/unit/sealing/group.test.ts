import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { verifyFromCommandLine } from '#electron/sealing/cli.ts'
import { extractBundle } from '#electron/sealing/open-bundle.ts'
import { verifyBundle } from '#electron/sealing/verify.ts'
import { type Cast, makeCast, sampleParts, sealGroup, sealSample } from '#test/support/bundles.ts'
import { issuePair, trialAuthority } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'

let cast: Cast
const shares = () => {
  const [a, b, c, d] = sampleParts()
  if (!a || !b || !c || !d) throw new Error('four parts')
  return [[a], [b, c], [d]]
}
const caFingerprint = () => certificateFingerprint(cast.authority.certificate)
beforeAll(() => {
  cast = makeCast()
})
const threeTars = () => sealGroup(cast, shares())

async function judged(...files: readonly string[]) {
  const lines: string[] = []
  const status = await verifyFromCommandLine(['--verify', ...files, '--ca', caFingerprint()], (line) =>
    lines.push(line),
  )
  const answer: {
    group: { colour: string; count: number; checks: { code: string; passed: boolean; detail: string }[] } | null
    bundles: { name: string; verdict: { colour: string } }[]
  } = JSON.parse(lines.join(''))
  const failed = (answer.group?.checks ?? []).filter(({ passed }) => !passed).map(({ code, detail }) => [code, detail])
  return { status, failed, ...answer }
}

describe('a case in three bundles', () => {
  it('is green as a whole, and each bundle is whole alone and says which it is', async () => {
    const tars = await threeTars()
    const whole = await judged(...tars)
    expect(whole).toMatchObject({ status: 0, failed: [], group: { colour: 'green', count: 3 } })
    for (const [at, tar] of tars.entries()) {
      const verdict = await verifyBundle(tar, { caFingerprint: caFingerprint() })
      expect(verdict).toMatchObject({ colour: 'green', bag: { number: at + 1, count: 3 } })
      const place = verdict.checks.find(({ code }) => code === 'group')
      expect(place).toEqual({ code: 'group', passed: true, detail: `第${at + 1}包，共3包；其余2包须一并校验` })
    }
  })

  it('names a missing bundle, one that was brought twice, and one of another case', async () => {
    const tars = await threeTars()
    const [first = '', second = '', third = ''] = tars
    expect(await judged(first, third)).toMatchObject({ status: 2, failed: [['missing', '缺第2包']] })
    expect((await judged(first, first, second)).failed).toEqual([
      ['twice', 'case-2026-0001-1of3.tar（第1包）'],
      ['missing', '缺第3包'],
    ])
    const [a, b] = sampleParts()
    if (!a || !b) throw new Error('two parts')
    const others = await sealGroup(cast, [[a], [b]], '01JDTEST0000000000000000T0')
    expect((await judged(...tars, others[1] ?? '')).failed).toEqual([['foreign', 'case-2026-0001-2of2.tar']])
    // The same name and the same number of bundles, with other content, and sealed by somebody else.
    const [p, q, r, s] = sampleParts()
    if (!p || !q || !r || !s) throw new Error('four parts')
    const swapped = await sealGroup(cast, [[p, q], [r], [s]])
    expect((await judged(first, second, swapped[2] ?? '')).failed).toEqual([
      ['foreign', 'case-2026-0001-3of3.tar'],
      ['missing', '缺第3包'],
    ])
    const forger = trialAuthority()
    const forged = await sealGroup(
      { ...cast, authority: forger, signer: issuePair(forger, 'signing', '李某喆') },
      shares(),
    )
    const answer = await judged(first, second, forged[2] ?? '')
    expect(answer.failed).toEqual([
      ['bundles', 'case-2026-0001-3of3.tar'],
      ['missing', '缺第3包'],
    ])
  })

  it('has no group verdict over bundles that belong to none', async () => {
    const tars = await threeTars()
    const { tar } = await sealSample(cast)
    expect(await judged(tar, tar)).toMatchObject({ status: 0, group: null })
    expect((await judged(...tars, tar)).failed).toEqual([['foreign', 'case-2026-0001.tar']])
  })

  it('does not let a bundle say that it is another one, or alone', async () => {
    const tars = await threeTars()
    const [first = ''] = tars
    const changes: readonly [file: string, from: RegExp, to: string][] = [
      ['delivery.json', /"number": 1,/, '"number": 2,'],
      ['delivery.json', /"count": 3/, '"count": 1'],
      ['bag-info.txt', /Bag-Count: 1 of 3/, 'Bag-Count: 1 of 1'],
      ['bag-info.txt', /Bag-Group-Identifier: .*/, 'Bag-Group-Identifier: other'],
      ['group.json', /"files": 1/, '"files": 2'],
      ['group.json', /"manifest": "[0-9a-f]/, '"manifest": "x'],
    ]
    for (const [file, from, to] of changes) {
      const bag = join(temporaryFolder(), 'bag')
      await extractBundle(first, bag)
      const text = readFileSync(join(bag, file), 'utf8')
      expect(text).toMatch(from)
      writeFileSync(join(bag, file), text.replace(from, to))
      const verdict = await verifyBundle(bag, { caFingerprint: caFingerprint() })
      const failed = verdict.checks.filter(({ passed }) => !passed).map(({ code }) => code)
      expect(failed, `${file} ${to}`).toContain('group')
      expect(verdict.colour).toBe('red')
      expect(verdict.bag).toBeUndefined()
    }
  })

  it('is bound by what its README tells a stranger to compare', async () => {
    const tars = await threeTars()
    const seen: { group: string; manifest: string; index: { bags: { manifest: string }[] } }[] = []
    for (const tar of tars) {
      const bag = join(temporaryFolder(), 'bag')
      await extractBundle(tar, bag)
      const readme = readFileSync(join(bag, 'verify/README.txt'), 'utf8')
      const command = /^ {2}(sha256sum group\.json .*)$/m.exec(readme)?.[1] ?? ''
      const said = execFileSync('sh', ['-ec', command], { cwd: bag, encoding: 'utf8' })
      const [group = '', manifest = ''] = said.split('\n').map((line) => line.slice(0, 64))
      seen.push({ group, manifest, index: JSON.parse(readFileSync(join(bag, 'group.json'), 'utf8')) })
    }
    expect(new Set(seen.map(({ group }) => group)).size).toBe(1)
    for (const [at, { manifest, index }] of seen.entries()) expect(index.bags[at]?.manifest).toBe(manifest)
  })
})
