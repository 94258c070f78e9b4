import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { descendants } from '#build/soak/processes.ts'
import { type Stage, stageInterview } from '#build/stage.ts'
import { changePassword } from '#electron/core/accounts/password.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { openDesk } from '#electron/core/sample/desk.ts'
import { CanarySearch, filesBelow } from '#test/support/canary.ts'
import { casesKeyForTest } from '#test/support/cases-key.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { corePid, durable, liveLine } from '#test/support/live.ts'
import { countInMemory, formsOf } from '#test/support/memory.ts'
import { foundTrial } from '#test/support/office.ts'
import { openTestWindow, shells, type TestWindow } from '#test/support/window.ts'

beforeAll(() => bundle())

/** What a process of ours is, by its command line. */
function roleOf(command: string): 'core' | 'renderer' | 'shell or browser' | 'helper' {
  if (command.includes(join('dist', 'electron', 'core.js'))) return 'core'
  const type = /--type=(\S+)/.exec(command)?.[1]
  if (type === 'renderer') return 'renderer'
  return type === undefined ? 'shell or browser' : 'helper'
}

/**
 * Seeded canaries after a lock: what was typed, the password, the key of `cases.db`. The processes that worked with them
 * are gone; of those that stay, the shell that relays in development and the browser process are measured, and
 * `build/manuals/security-officer.md` says what was found there.
 */
describe.each(shells)('$name: after the lock [attack 10]', ({ shell, skipped }) => {
  const { folder, remove } = suiteFolder()
  const text = `渝某探针${randomBytes(6).toString('hex')}未经论证即行投资`
  const password = `Tanzhen-${randomBytes(9).toString('hex')}-7`
  let stage: Stage
  let window: TestWindow
  let key: Buffer

  beforeAll(async () => {
    if (skipped) return
    stage = await stageInterview({ base: folder, found: foundTrial })
    const place = { folder: stage.archive, machineFolder: stage.machine }
    await changePassword({
      ...place,
      login: 'jilu',
      password: trialPassword,
      next: password,
      now: new Date().toISOString(),
    })
    const jobs = createJobs()
    const request = { ...place, resources: '', login: 'jilu', password, jobs, now: () => new Date().toISOString() }
    const desk = await openDesk(request)
    key = Buffer.from(casesKeyForTest(desk.session.archive))
    await desk.close()
    await jobs.close()
    window = await openTestWindow({ shell, base: folder, archive: stage.archive })
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  test.skipIf(skipped)(
    'neither text nor password nor key is in a core, in a window, or in a file of profile, machine and archive',
    async () => {
      const patterns = {
        text: formsOf(text.slice(4)),
        password: formsOf(password),
        key: [key, ...formsOf(key.toString('hex')), ...formsOf(key.toString('hex').toUpperCase())],
      }
      const measure = () =>
        descendants().map(({ pid, command }) => ({ role: roleOf(command), pid, ...countInMemory(pid, patterns) }))

      const door = await window.page('signin')
      await door.getByRole('textbox', { name: '账号', exact: true }).fill('jilu')
      await door.getByLabel('密码', { exact: true }).fill(password)
      await door.getByLabel('密码', { exact: true }).press('Enter')
      const page = await window.page('case')
      await page
        .getByRole('navigation', { name: '房间' })
        .getByRole('button', { name: '约谈现场', exact: true })
        .click()
      await page.getByRole('button', { name: `进入 ${stage.matter}`, exact: true }).click()
      await liveLine(page).focus()
      await page.keyboard.insertText(text)
      await page.keyboard.press('Enter')
      await page.keyboard.insertText(text)
      await durable(page).waitFor()
      const worked = corePid()
      // The search is able to find them: while the session is open they are there.
      const during = measure()
      expect(during.filter((one) => one.role === 'core').map((one) => one.text > 0 && one.key > 0)).toEqual([true])
      expect(during.some((one) => one.role === 'renderer' && one.text > 0)).toBe(true)

      await page.keyboard.press('Control+L')
      const again = await window.page('signin')
      await again.getByRole('button', { name: '登录', exact: true }).waitFor()
      await expect.poll(() => descendants().some((one) => one.pid === worked), { timeout: 15_000 }).toBe(false)
      // Windows that were destroyed take a moment to go.
      await expect
        .poll(() => measure().filter((one) => one.role === 'renderer' && one.text + one.password > 0), {
          timeout: 20_000,
          interval: 1000,
        })
        .toEqual([])

      const after = measure()
      await mkdir('out', { recursive: true })
      await writeFile(join('out', `canary-memory-${shell}.json`), JSON.stringify({ during, after }, null, 1))
      const ours = after.filter((one) => one.role === 'core' || one.role === 'renderer')
      expect(ours.length).toBeGreaterThan(1)
      expect(ours.filter((one) => one.text + one.password + one.key > 0)).toEqual([])
      // The key never left the core, whatever passed through the others.
      expect(after.filter((one) => one.key > 0)).toEqual([])

      const search = new CanarySearch([text.slice(4), password, key.toString('hex')])
      const found = filesBelow(folder).map((file) => [file.slice(folder.length), search.inFile(file)])
      expect(found.filter(([, run]) => run !== null)).toEqual([])
    },
    300_000,
  )
})
