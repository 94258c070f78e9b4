import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Driver } from '#build/demo/driver.ts'
import { typeInterview } from '#build/demo/live.ts'
import { chapters, type DemoPlaces, startWalk, type Walk } from '#build/demo/path.ts'
import { type CaseScript, readCaseScript } from '#build/demo/script.ts'
import { root } from '#build/paths.ts'
import { openPreview, type Preview } from '#build/preview/shell.ts'
import { trialPassword, trialPeople } from '#electron/core/accounts/trial.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import { CanarySearch, filesBelow, runsOf, textsIn } from '#test/support/canary.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { foundTrial } from '#test/support/office.ts'

// The power goes in mid-record, in the real window: nothing lost, nothing in the clear.
const { folder: base, remove } = suiteFolder()
const places: DemoPlaces = {
  archive: join(base, 'archive'),
  papers: join(base, 'papers'),
  bundles: join(base, 'bundles'),
  materials: join(base, 'materials'),
  recipientCertificate: '',
  recipientFingerprint: '',
}
const temp = join(base, 'tmp')
const machineFolder = join(base, 'machine')
const unfinished = '这一句话还没有说完就停了电，光标停在这里'
const accounts = trialPeople.map(({ login, roles }) => ({
  name: login,
  role: roleNames[roles[0] ?? 'caseOfficer'],
  password: trialPassword,
}))
let script: CaseScript

beforeAll(async () => {
  mkdirSync(temp)
  script = await readCaseScript(join(root, 'test', 'fixtures', 'cases', 'unclassified.json'))
  await foundTrial({ folder: places.archive, machineFolder })
})
afterAll(remove)

function open(): Promise<Preview> {
  const env = { ...process.env, TMPDIR: temp }
  return openPreview({
    chromium: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    node: process.execPath,
    machineFolder,
    archiveFolder: places.archive,
    headless: true,
    viewport: { width: 1280, height: 800 },
    temp,
    env,
  })
}

function walkIn(preview: Preview): Walk {
  const driver = new Driver(preview.page, { folder: join(base, 'screenshots'), ofEveryStep: false }, () => undefined)
  return startWalk(driver, script, accounts, places)
}

test('a kill in mid-record loses no word, leaves none in the clear, and the relaunch goes on where it stopped', async () => {
  const first = await open()
  const walk = walkIn(first)
  for (const name of ['intake', 'notices', 'approval', 'numbering', 'issuing', 'preparation'] as const)
    await chapters[name](walk)
  await typeInterview(walk.driver, script, 5)
  await walk.driver.page.keyboard.insertText(unfinished)
  // The promise is one second; the light says when it was kept.
  await walk.driver.page.waitForTimeout(1000)
  await walk.driver.see(/已落盘/)
  first.kill()

  const search = new CanarySearch(runsOf([...textsIn(script.interview.utterances.map((one) => one.text)), unfinished]))
  for (const place of [places.archive, machineFolder, temp]) {
    for (const file of filesBelow(place)) expect({ file, found: search.inFile(file) }).toEqual({ file, found: null })
  }

  const second = await open()
  try {
    const again = walkIn(second)
    await again.as('记录人')
    await again.driver.openCase(script.intake.matter, '约谈')
    const live = again.driver.field('正在输入的话')
    await live.waitFor()
    expect(await live.inputValue()).toBe(unfinished)
    expect(await live.evaluate((field) => (field as HTMLTextAreaElement).selectionStart)).toBe(unfinished.length)
    for (const said of script.interview.utterances.slice(0, 5)) await again.driver.see(said.text)
  } finally {
    await second.close()
  }
})
