import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { root } from './paths.ts'
import { findChromium, findElectron } from './runtime.ts'

// `npm test [-- <vitest arguments>]`: builds, runs every ring, says what was left out and why. Arguments narrow the run.

/** What we read of vitest's JSON report. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** The one suite that may stay out where its runtime is not to be had; its tests carry this word in their name. */
const electronSuite = /\[electron\]/

await bundle()
const missing: string[] = []
const chromium = findChromium(true)
const electron = findElectron()
if (chromium === null) missing.push('no Chromium: the preview shell cannot be opened (install one or set CHROME_PATH)')
if (electron === null) {
  missing.push('no Electron runtime: its suite is skipped (npx install-electron, or ELECTRON_OVERRIDE_DIST_PATH)')
}

const reportFile = join(root, 'out', 'test-report.json')
mkdirSync(join(root, 'out'), { recursive: true })
rmSync(reportFile, { force: true })
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const run = spawnSync(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(chromium === null ? {} : { CHROME_PATH: chromium }),
      ...(electron === null ? {} : { YUETAN_ELECTRON: electron }),
    },
  },
)

if (!existsSync(reportFile)) {
  console.error('yuetan: vitest ended without a report; its own words stand above')
  process.exit(1)
}
const report: Report = JSON.parse(readFileSync(reportFile, 'utf8'))
const skipped = report.testResults.flatMap((file) =>
  file.assertionResults
    .filter((one) => one.status !== 'passed' && one.status !== 'failed')
    .map((one) => `${file.name.slice(root.length + 1)}: ${one.fullName}`),
)
// A file that could not even be loaded has no assertions; vitest counts no test for it, so it is counted here.
const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
for (const file of unloaded) console.log(`failed to load: ${file.name.slice(root.length + 1)}: ${file.message}`)
for (const reason of missing) console.log(`not here: ${reason}`)
for (const test of skipped) console.log(`skipped: ${test}`)

const narrowed = process.argv.length > 2
const unexcused = skipped.filter((test) => !electronSuite.test(test))
const failed = report.numFailedTests + unloaded.length
let code = run.status ?? 1
if (process.env.CI && !narrowed && unexcused.length > 0) {
  console.log('yuetan: in CI nothing but the Electron suite may be skipped')
  code ||= 1
}
if (failed > 0) code ||= 1
console.log(
  `${report.numPassedTests} passed, ${failed} failed, ${report.numPendingTests + report.numTodoTests} skipped`,
)
process.exit(code)
