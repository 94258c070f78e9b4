import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { type Disk, openDisk } from '#build/soak/disk.ts'
import { type Stage, stageInterview } from '#build/stage.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { durable, lineAt, sitDown } from '#test/support/live.ts'
import { foundTrial } from '#test/support/office.ts'
import { openTestWindow, type TestWindow } from '#test/support/window.ts'

/** Longest sentence the record takes, in characters; the reserved space holds some seventy of them. */
const longest = 20_000

/** Twenty thousand characters take their time on a busy machine. */
const patient = { timeout: 30_000 }

/** Only root can mount a disk of its own to fill. */
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a disk that stays full', () => {
  const { folder, remove } = suiteFolder()
  let disk: Disk
  let stage: Stage
  let window: TestWindow

  beforeAll(async () => {
    await bundle()
    disk = openDisk(folder)
    stage = await stageInterview({ base: folder, archive: `${disk.folder}/archive`, found: foundTrial })
    window = await openTestWindow({ shell: 'preview', base: folder, archive: stage.archive })
  })
  afterAll(async () => {
    await window?.close()
    disk?.remove()
    remove()
  })

  test('sentences wait in the reserved space; spent, the banner says so, typing goes on, and all of it lands', async () => {
    const page = await sitDown(window, stage)
    const reserved = page.getByText('已存入预留空间')
    const spent = page.getByText('仅在内存中')
    const said: string[] = []
    const free = disk.fill()
    for (let n = 1; n < 120 && !(await spent.isVisible()); n += 1) {
      const sentence = `第${n}句`.padEnd(longest, '逐项核对资金去向')
      await page.keyboard.insertText(sentence)
      await page.keyboard.press('Enter')
      said.push(sentence)
      await expect.poll(async () => (await lineAt(page)).text, patient).toBe('')
      await reserved.or(spent).first().waitFor()
    }
    await spent.waitFor()
    // Megabytes were taken before: the space is real, and it was not the first sentence that found none.
    expect(said.length).toBeGreaterThan(10)
    await page.keyboard.insertText('空间用尽以后还在写')
    expect((await lineAt(page)).text).toBe('空间用尽以后还在写')
    await page.screenshot({ path: 'out/e2e/reserve-spent.png' })

    free()
    await durable(page).waitFor()
    const held = await page.evaluate(
      async ({ caseId, interviewId }) => {
        const { yuetan } = globalThis as unknown as { yuetan: { call(verb: string, input: unknown): unknown } }
        const { value } = (await yuetan.call('interviews.get', { caseId, interviewId })) as {
          value: { live: { text: string } | null; utterances: { text: string }[] }
        }
        return { live: value.live?.text, said: value.utterances.map((one) => one.text) }
      },
      { caseId: stage.caseId, interviewId: stage.interviewId },
    )
    expect(held.said.length).toBe(said.length)
    expect(held.said.every((text, index) => text === said[index])).toBe(true)
    expect(held.live).toBe('空间用尽以后还在写')
  })
})
