import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { extractBundle } from '#electron/sealing/open-bundle.ts'
import { type Cast, makeCast, sampleParts, sealGroup, sealSample } from '#test/support/bundles.ts'
import { hostileTars } from '#test/support/hostile-tar.ts'
import { tamperings } from '#test/support/tampering.ts'

let browser: Browser
let cast: Cast
beforeAll(async () => {
  cast = makeCast()
  browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND'],
  })
})
afterAll(() => browser?.close())

/** Opens the page that lies in the bundle itself, as a recipient would. */
async function openPage(bag: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) errors.push(`asked for ${request.url()}`)
  })
  await page.goto(pathToFileURL(join(bag, 'verify/index.html')).href)
  return { page, errors }
}

async function verdict(page: Page): Promise<{ colour: string | null; text: string; failing: string[] }> {
  const banner = page.locator('#verdict')
  await banner.waitFor()
  const rows = page.locator('#result tr')
  const failing = await rows.evaluateAll((all) =>
    all
      .filter((row) => row.querySelector('td')?.textContent !== '通过')
      .map((row) => row.getAttribute('data-code') ?? ''),
  )
  return { colour: await banner.getAttribute('data-colour'), text: (await banner.textContent()) ?? '', failing }
}

describe('the page in the bundle', () => {
  it('is amber, then green with the fingerprint from paper, red with another; for tar and folder', async () => {
    const { folder, tar } = await sealSample(cast)
    const bag = join(folder, 'bag')
    await extractBundle(tar, bag)
    for (const [input, path] of [
      ['#tar', tar],
      ['#folder', bag],
    ] as const) {
      const { page, errors } = await openPage(bag)
      await page.locator(input).setInputFiles(path)
      expect(await verdict(page)).toEqual({ colour: 'amber', text: '完整，签发者未确认', failing: ['issuer'] })
      const type = async (text: string, colour: string): Promise<void> => {
        await page.locator('#fingerprint').fill(text)
        await page.locator('#fingerprint').blur()
        await page.locator(`#verdict[data-colour=${colour}]`).waitFor()
      }
      const fingerprint = certificateFingerprint(cast.authority.certificate)
      await type(fingerprint.toUpperCase().replace(/(.{2})(?=.)/g, '$1:'), 'green')
      await type('0'.repeat(64), 'red')
      await type(fingerprint, 'green')
      expect(errors).toEqual([])
      await page.close()
    }
  })

  it('takes a dropped tar', async () => {
    const { folder, tar } = await sealSample(cast)
    const bag = join(folder, 'bag')
    await extractBundle(tar, bag)
    const { page, errors } = await openPage(bag)
    await page.locator('#tar').evaluate((input) => input.removeAttribute('hidden'))
    await page.locator('#tar').evaluate((input: HTMLInputElement) => {
      // Hands the chosen file to the drop area, as a drag would.
      input.onchange = () => {
        const transfer = new DataTransfer()
        const file = input.files?.[0]
        if (file) transfer.items.add(file)
        document.getElementById('drop')?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))
      }
    })
    await page.locator('#tar').setInputFiles(tar)
    expect((await verdict(page)).colour).toBe('amber')
    expect(errors).toEqual([])
    await page.close()
  })

  it('takes a folder that is dropped, as it lies on the disk', async () => {
    const { folder, tar } = await sealSample(cast)
    const bag = join(folder, 'bag')
    await extractBundle(tar, bag)
    const { page, errors } = await openPage(bag)
    await page.locator('#fingerprint').fill(certificateFingerprint(cast.authority.certificate))
    // A drag from outside the browser; a page cannot make one of a folder itself.
    const debug = await page.context().newCDPSession(page)
    const box = await page.locator('#drop').boundingBox()
    const at = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }
    const drop = async (path: string) => {
      await page.locator('#result').evaluate((result) => result.replaceChildren())
      const data = { items: [], files: [path], dragOperationsMask: 1 }
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await debug.send('Input.dispatchDragEvent', { type, ...at, data })
      return verdict(page)
    }
    expect(await drop(bag)).toEqual({ colour: 'green', text: '完整，签发者已确认', failing: [] })
    writeFileSync(join(bag, 'data/papers/extra.pdf'), '%PDF')
    const added = await drop(bag)
    expect({ colour: added.colour, named: added.failing.includes('unlisted') }).toEqual({ colour: 'red', named: true })
    expect(errors).toEqual([])
    await page.close()
  })

  it('takes the bundles of one case together: green when all are there, red with the name of what is missing or foreign', async () => {
    const [a, b, c, d] = sampleParts()
    if (!a || !b || !c || !d) throw new Error('four parts')
    const tars = await sealGroup(cast, [[a], [b, c], [d]])
    const [first = '', second = '', third = ''] = tars
    const bag = join(dirname(first), 'bag')
    await extractBundle(first, bag)
    const { page, errors } = await openPage(bag)
    await page.locator('#fingerprint').fill(certificateFingerprint(cast.authority.certificate))
    const choose = async (...files: string[]) => {
      await page.locator('#result').evaluate((result) => result.replaceChildren())
      await page.locator('#tar').setInputFiles(files)
      return verdict(page)
    }
    expect(await choose(...tars)).toEqual({ colour: 'green', text: '全案各包完整，签发者已确认', failing: [] })
    expect(await page.locator('#result h2').allTextContents()).toEqual(tars.map((tar) => basename(tar)))
    expect(await choose(first, third)).toMatchObject({ colour: 'red', failing: ['missing'] })
    expect(await page.locator('#result tr.failed[data-code=missing]').textContent()).toContain('第2包')
    const others = await sealGroup(cast, [[a], [b]], '01JDTEST0000000000000000T0')
    expect(await choose(...tars, others[1] ?? '')).toMatchObject({ colour: 'red', failing: ['foreign'] })
    expect(await page.locator('#result tr.failed[data-code=foreign]').textContent()).toContain(
      'case-2026-0001-2of2.tar',
    )
    expect(await choose(second)).toMatchObject({ colour: 'green', failing: [] })
    expect(await page.locator('#result').textContent()).toContain('第2包，共3包；其余2包须一并校验')
    expect(errors).toEqual([])
    await page.close()
  })

  it('is red and says why for every tampered bundle', async () => {
    const { folder, sealed, tar } = await sealSample(cast)
    const good = join(folder, 'good')
    await extractBundle(tar, good)
    const { page, errors } = await openPage(good)
    await page.locator('#fingerprint').fill(certificateFingerprint(cast.authority.certificate))
    for (const { name, failing, apply } of tamperings) {
      const bag = join(folder, `bag-${name.replaceAll(' ', '-')}`)
      cpSync(good, bag, { recursive: true })
      apply(bag)
      await page.locator('#result').evaluate((result) => result.replaceChildren())
      await page.locator('#folder').setInputFiles(bag)
      const answer = await verdict(page)
      expect(answer.colour, name).toBe('red')
      expect(answer.failing, name).toContain(failing)
    }
    await page.locator('#result').evaluate((result) => result.replaceChildren())
    const bytes = readFileSync(tar)
    const evil = join(folder, 'evil.tar')
    for (const { name, says, make } of hostileTars) {
      writeFileSync(evil, make(bytes))
      await page.locator('#result').evaluate((result) => result.replaceChildren())
      await page.locator('#tar').setInputFiles(evil)
      expect((await verdict(page)).colour, name).toBe('red')
      expect(await page.locator('#result').textContent(), name).toContain(says)
    }
    await page.locator('#result').evaluate((result) => result.replaceChildren())
    await page.locator('#tar').setInputFiles(sealed)
    expect((await verdict(page)).colour).toBe('red')
    expect(await page.locator('#result').textContent()).toContain('.sealed 文件须先解密')
    expect(errors).toEqual([])
    await page.close()
  })
})
