import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { checkLayers } from './check-layers.ts'
import { checkLicences } from './check-licences.ts'
import { checkWords } from './check-words.ts'
import { root } from './paths.ts'

// `npm run check`: everything that can be judged without running the program. Goes through all of it, then says what failed.

const layers = [
  'shared',
  'db',
  'electron',
  'electron/core',
  'electron/sealing/verify-page',
  'renderer',
  'build',
  'test',
]
const failed: string[] = []

function tool(name: string, program: string, args: readonly string[]): void {
  const started = Date.now()
  const run = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  report(name, run.status === 0, started)
}

function own(name: string, check: () => string[]): void {
  const started = Date.now()
  const problems = check()
  for (const problem of problems) console.log(problem)
  report(name, problems.length === 0, started)
}

function report(name: string, ok: boolean, started: number): void {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!ok) failed.push(name)
}

for (const layer of layers) tool(`types: ${layer}`, 'typescript/bin/tsc', ['-p', join(root, layer)])
tool('lint and format', '@biomejs/biome/bin/biome', ['check', '.'])
own('import directions', checkLayers)
own('licences', checkLicences)
own('banned words', checkWords)
tool('unused files, exports, dependencies', 'knip/bin/knip.js', ['--no-progress'])

console.log(failed.length === 0 ? 'check: clean' : `check: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
