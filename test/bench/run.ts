import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { benchCases } from './cases.ts'
import { benchCore } from './core.ts'
import { benchPapers } from './papers.ts'
import { benchRecord } from './record.ts'
import { benchSeal } from './seal.ts'
import { benchWindow } from './window.ts'

// Figures beside a peer that does equal work in the same run, in out/bench.json. Never a test: a busy machine is no
// defect, and the ratio says more than the time.

const out = new URL('../../out/', import.meta.url)
const figures = [
  ...(await benchWindow()),
  ...(await benchCore()),
  ...(await benchRecord()),
  ...(await benchCases()),
  ...(await benchPapers()),
  ...(await benchSeal()),
]
mkdirSync(out, { recursive: true })
writeFileSync(fileURLToPath(new URL('bench.json', out)), `${JSON.stringify(figures, null, 2)}\n`)
for (const { name, value, unit, ratio, peer } of figures) {
  console.log(`${name.padEnd(22)} ${value} ${unit}, ${ratio} × ${peer}`)
}
