import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { unspaced } from '../documents/readers.ts'
import { issueNotices, openCase, openOffice, secret } from '../support/office.ts'
import { frozenBytes } from '../support/papers.ts'
import { openTestWindow, signIn, testElectron } from '../support/window.ts'

const width = 331

/** Grey values of the first page, some 40 dots an inch: Chromium's A4 is a hair larger than the standard's. */
function greys(file: string): Buffer {
  const out = execFileSync(
    'pdftoppm',
    ['-scale-to-x', String(width), '-scale-to-y', '468', '-gray', '-f', '1', '-l', '1', file],
    { maxBuffer: 1 << 26 },
  )
  return out.subarray(out.indexOf('255\n') + 4)
}

test.skipIf(testElectron === null)(
  '[electron] a copy comes out of the printer as the paper it is, its watermark across it, and once only',
  async () => {
    await bundle()
    const office = await openOffice()
    const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
    await issueNotices(office, caseId, secret)
    const desk = await office.at('chengban')
    const notice = (await desk.call('papers.list', { caseId })).find(
      (one) => one.kind === 'notice' && one.format === 'pdf',
    )
    const frozen = join(office.outside, 'frozen.pdf')
    writeFileSync(frozen, await frozenBytes(desk, notice?.id ?? ''))
    const request = { act: 'print' as const, recipient: '监督处', purpose: '会前核对', medium: '', parentId: null }
    const [ticket] = await desk.call('copies.request', { caseId, paperIds: [notice?.id ?? ''], ...request })
    const decision = { caseId, batchId: ticket?.batchId ?? '', decision: 'approved' as const, opinion: '' }
    await (await office.at('chuzhang')).call('copies.decide', decision)
    for (const login of ['chengban', 'chuzhang', 'fenguan', 'zhuize', 'dingmi', 'jilu', 'dangan'])
      await office.leave(login)

    const window = await openTestWindow({ shell: 'electron', base: office.outside, archive: office.folder })
    try {
      const page = await signIn(window, 'chengban')
      await page.getByRole('button', { name: /约谈事项/ }).click()
      await page.getByRole('row', { name: /投资决策失误/ }).dblclick()
      await page.getByRole('tab', { name: '材料' }).click()
      await page.getByRole('button', { name: '打印已批准的 1 份' }).click()
      await page.getByText('打印 1 份', { exact: false }).filter({ hasText: '已在' }).waitFor({ timeout: 120_000 })
      // The list of tickets is asked for again a moment after the printer answered.
      await page.getByRole('button', { name: /^打印已批准/ }).waitFor({ state: 'detached' })
    } finally {
      await window.close()
    }
    const printed = readdirSync(join(office.outside, 'printed')).map((name) => join(office.outside, 'printed', name))
    expect(printed).toHaveLength(1)
    // The sheet bears which copy it is and for whom; everything else on it is the frozen paper, at its place.
    const said = execFileSync('pdftotext', ['-raw', printed[0] ?? '', '-'], { encoding: 'utf8' })
    expect(unspaced(said)).toContain('000001监督处')
    const sizes = execFileSync('pdfinfo', [printed[0] ?? ''], { encoding: 'utf8' })
    expect(sizes).toMatch(/Page size: +59[45]\.\d+ x 84[12]/)
    expect(/Pages: +(\d+)/.exec(sizes)?.[1]).toBe(
      /Pages: +(\d+)/.exec(execFileSync('pdfinfo', [frozen], { encoding: 'utf8' }))?.[1],
    )
    const [was, is] = [greys(frozen), greys(printed[0] ?? '')]
    expect(is).toHaveLength(was.length)
    const dark = (page: Buffer) => [...page.keys()].filter((at) => (page[at] ?? 255) < 120)
    // Ink of one lies where the other has ink, a dot to any side forgiven; the watermark is far too faint to count.
    const near = (page: Buffer, at: number) =>
      [-1, 0, 1].some((row) => [-1, 0, 1].some((step) => (page[at + row * width + step] ?? 255) < 205))
    const ink = dark(was)
    expect(ink.length).toBeGreaterThan(300)
    expect(ink.filter((at) => !near(is, at)).length / ink.length).toBeLessThan(0.02)
    expect(dark(is).filter((at) => !near(was, at)).length / ink.length).toBeLessThan(0.02)
  },
  600_000,
)
