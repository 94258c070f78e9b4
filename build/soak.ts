import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from './bundle.ts'
import { root } from './paths.ts'
import { findChromium } from './runtime.ts'
import { soak } from './soak/run.ts'

// `npm run soak [-- --kills 200 --characters 20000 --expiries 2 --minutes 240 --seed N]`: a whole interview typed through the real
// window while it is killed, stopped, locked and starved of its disk. Figures in out/soak.json.
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    characters: { type: 'string', default: '20000' },
    expiries: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '240' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
})
const chromium = findChromium(true)
if (process.platform !== 'linux' || chromium === null) {
  console.error('yuetan: the soak needs Linux and a Chromium (install one or set CHROME_PATH)')
  process.exit(1)
}
await bundle()
const base = mkdtempSync(join(realpathSync(tmpdir()), 'yuetan-soak-'))
console.log(`yuetan: soak with seed ${values.seed}`)
try {
  const report = await soak({
    base,
    chromium,
    seed: Number(values.seed),
    kills: Number(values.kills),
    characters: Number(values.characters),
    expiries: Number(values.expiries),
    minutes: Number(values.minutes),
    tell: (line) => console.log(`yuetan: ${line}`),
  })
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(join(root, 'out', 'soak.json'), `${JSON.stringify(report, null, 2)}\n`)
  if (report.cutShort) console.log('yuetan: the time was up before the kills asked for were done')
  if (report.leftOut !== '') console.log(`yuetan: left out: ${report.leftOut}`)
  console.log(JSON.stringify(report))
} catch (error) {
  console.error(`yuetan: soak failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  rmSync(base, { recursive: true, force: true })
}
