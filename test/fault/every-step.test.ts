import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoPlaces, makeArchive, startWalk, walkCase } from '#build/demo/path.ts'
import { makeRecipient } from '#build/demo/recipient.ts'
import { type CaseScript, readCaseScript } from '#build/demo/script.ts'
import { root } from '#build/paths.ts'
import { openPreview, type Preview } from '#build/preview/shell.ts'
import { trialPassword, trialPeople } from '#electron/core/accounts/trial.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import { filesBelow } from '#test/support/canary.ts'
import { pdfText } from '#test/support/demo.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { type Kill, KilledDriver, PowerCut, waysBack } from '#test/support/killed-walk.ts'
import { cutPower } from '#test/support/power-cut.ts'

/*
 * The power goes at the steps of the demo, between them and in the middle of them; every time the program is started
 * again, the account signs in and goes on. `YUETAN_KILLS=all` kills before and inside every step (about ten minutes).
 */
const { folder: base, remove } = suiteFolder()
const everywhere = process.env.YUETAN_KILLS === 'all'
const patience = everywhere ? 3_600_000 : 900_000
const accounts = trialPeople.map(({ login, roles }) => ({
  name: login,
  role: roleNames[roles[0] ?? 'caseOfficer'],
  password: trialPassword,
}))
/** Kills of the short form: before a step, or somewhere in the middle of it. */
const chosen: readonly [step: string, inside: boolean][] = [
  ['trial-archive', true],
  ['case-opened', false],
  ['notice-submitted', true],
  ['numbered', true],
  ['notice-issued', true],
  ['interview-recorded', true],
  ['minutes-drafted', false],
  ['minutes-final', true],
  ['volume-assembled', true],
  ['volume-received', true],
  ['volume-filed', true],
  ['sealed', true],
  ['papers-exported', true],
]
/** Steps that take longer than half a second, in ms; the moment of a kill inside one is drawn from this time. */
const lengths: Readonly<Record<string, number>> = {
  'trial-archive': 8_000,
  intake: 1_500,
  'notice-draft': 2_000,
  'notice-classified': 2_000,
  'notice-approved': 1_500,
  'notice-issued': 2_500,
  'interview-prepared': 3_000,
  'interview-recorded': 2_500,
  'minutes-classified': 2_000,
  'minutes-final': 3_000,
  'materials-received': 1_500,
  'volume-filed': 2_500,
  sealed: 2_000,
  'papers-exported': 1_500,
}
const moment = (step: string): number => Math.round(Math.random() * (lengths[step] ?? 500))
let script: CaseScript
/** The walk without a kill, and the steps it carried out in their order. */
let calm: Place
let steps: readonly string[]

beforeAll(async () => {
  script = await readCaseScript(join(root, 'test', 'fixtures', 'cases', 'unclassified.json'))
  calm = placeFor('calm')
  steps = await walkUnder(calm, [])
}, patience)
afterAll(remove)

interface Place extends DemoPlaces {
  readonly machine: string
  readonly temp: string
  readonly pictures: string
}

function placeFor(name: string): Place {
  const inside = (part: string) => join(base, name, part)
  mkdirSync(inside('tmp'), { recursive: true })
  const recipient = makeRecipient(inside('recipient'), script.archive.recipient, new Date().toISOString())
  return {
    archive: inside('archive'),
    papers: inside('papers'),
    bundles: inside('bundles'),
    materials: inside('materials'),
    machine: inside('machine'),
    temp: inside('tmp'),
    pictures: inside('pictures'),
    recipientCertificate: recipient.certificateFile,
    recipientFingerprint: recipient.fingerprint,
  }
}

function open(place: Place): Promise<Preview> {
  return openPreview({
    chromium: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    node: process.execPath,
    machineFolder: place.machine,
    archiveFolder: existsSync(place.archive) ? place.archive : null,
    headless: true,
    // High enough for the whole record to be on the screen at once.
    viewport: { width: 1280, height: 1600 },
    temp: place.temp,
    env: { ...process.env, TMPDIR: place.temp },
  })
}

/** The whole walk under a list of kills; returns the steps in the order they were carried out. */
async function walkUnder(place: Place, kills: readonly Kill[]): Promise<readonly string[]> {
  const ways = waysBack(script)
  const waiting = [...kills]
  const done: string[] = []
  let first: string | null = null
  let check = false
  for (;;) {
    const preview = await open(place)
    const kill = waiting.shift() ?? null
    const driver = new KilledDriver(preview.page, place.pictures, {
      ways,
      first,
      check,
      kill,
      carriedOut: (step) => done.push(step),
    })
    try {
      // An archive that took its name is whole, also when nobody has read its accounts yet.
      if (first === null && !existsSync(place.archive)) await makeArchive(driver, place)
      await walkCase(startWalk(driver, script, accounts, place))
      await preview.close()
      return done
    } catch (error) {
      await cutPower(preview, place.temp)
      if (!(error instanceof PowerCut)) throw error
      const { step, after } = error.kill
      if (kill && error.kill !== kill) waiting.unshift(kill)
      const founded = step in ways
      check = founded && after !== null
      // Looked for at the step itself; begun again where its screen begins.
      first = founded ? (check && ways[step]?.done ? step : (ways[step]?.from ?? step)) : null
    }
  }
}

/** Everything that depends on the minute it was made in. */
const minute = /\d{1,2}时\d{1,2}分|(?:上午|下午)?\d{1,2}[:：]\d{2}/g

function papersOf(place: Place): readonly string[] {
  return readdirSync(place.papers).filter((name) => /^(责任约谈通知书|约谈记录|约谈纪要).*\.pdf$/.test(name))
}

test('an unclassified case carries no mark and no copy number on any paper', () => {
  expect(papersOf(calm)).toHaveLength(3)
  for (const name of papersOf(calm)) {
    const text = pdfText(join(calm.papers, name))
    expect(text).not.toContain('★')
    expect(text).not.toContain('000001')
  }
})

test(
  `killed ${everywhere ? 'before and inside every step' : `at ${chosen.length} steps`}, the walk goes on each time, and its papers are those of an undisturbed one`,
  async () => {
    const torn = placeFor('torn')
    const plan: Kill[] = everywhere
      ? steps.flatMap((step) => [
          { step, after: null },
          { step, after: moment(step) },
        ])
      : chosen.map(([step, inside]) => ({ step, after: inside ? moment(step) : null }))
    // A step the demo gained without a way back would silently stay out.
    const known = new Set(['first-run', 'trial-archive', 'sign-in', ...Object.keys(waysBack(script))])
    expect(steps.filter((step) => !known.has(step))).toEqual([])
    const kills = plan.map(({ step, after }) => `${after ?? 'before'} ${step}`).join(', ')
    await walkUnder(torn, plan).catch((error: unknown) => {
      throw new Error(`kills: ${kills}`, { cause: error })
    })

    // Papers of the case: what was typed stands once, and as it was typed.
    for (const name of papersOf(calm)) {
      const text = (place: Place) => pdfText(join(place.papers, name)).replace(minute, '')
      expect({ kills, name, text: text(torn) }).toEqual({ kills, name, text: text(calm) })
    }
    const plain = (place: Place) =>
      new Set(readdirSync(place.papers).map((name) => name.replace(/-第\d+份|（\d+）/g, '')))
    expect(plain(torn)).toEqual(plain(calm))
    // Nothing half-written stays, and a sealed file is whole or absent.
    for (const place of [torn.archive, torn.papers, torn.bundles]) {
      expect(filesBelow(place).filter((file) => /\.(part|tmp)$/.test(file))).toEqual([])
    }
    expect(readdirSync(torn.bundles).filter((name) => name.endsWith('.sealed'))).not.toEqual([])
  },
  patience,
)
