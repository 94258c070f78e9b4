import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { benchAudit } from './audit.ts'
import { benchCases } from './cases.ts'
import { benchCore } from './core.ts'
import type { Figure } from './figure.ts'
import { overLimit } from './limits.ts'
import { benchMemory } from './memory.ts'
import { benchPapers } from './papers.ts'
import { benchRecord } from './record.ts'
import { benchRenewal } from './renew.ts'
import { benchSeal } from './seal.ts'
import { benchSealLarge } from './seal-large.ts'
import { benchSearch } from './search.ts'
import { benchWindow } from './window.ts'

// Figures beside a peer that does equal work in the same run, in out/bench.json; `npm run bench -- cases` takes one part
// of them. Ends with 1 when a figure is over what was promised of it. No part of the tests: a busy machine is no defect.

const out = new URL('../../out/', import.meta.url)
const parts = {
  window: benchWindow,
  core: benchCore,
  record: benchRecord,
  cases: benchCases,
  search: benchSearch,
  memory: benchMemory,
  audit: benchAudit,
  renew: benchRenewal,
  papers: benchPapers,
  seal: benchSeal,
  'seal-large': benchSealLarge,
}
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  process.exit(1)
}
const figures: Figure[] = []
for (const [name, part] of Object.entries(parts))
  if (asked.length === 0 || asked.includes(name)) figures.push(...(await part()))
mkdirSync(out, { recursive: true })
writeFileSync(fileURLToPath(new URL('bench.json', out)), `${JSON.stringify(figures, null, 2)}\n`)
for (const { name, value, unit, ratio, peer } of figures) {
  console.log(`${name.padEnd(22)} ${value} ${unit}, ${ratio} × ${peer}`)
}
const over = overLimit(figures)
for (const words of over) console.error(`over its limit: ${words}`)
if (over.length > 0) process.exitCode = 1
