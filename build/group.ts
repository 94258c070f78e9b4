import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { root } from './paths.ts'
import { findChromium } from './runtime.ts'

// `npm run group [-- MEBIBYTES]`: builds; what it does to the group is test code, in a process of its own.
await bundle()
const chromium = findChromium(true)
const run = spawnSync(process.execPath, [join(root, 'test', 'large', 'group.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...(chromium === null ? {} : { CHROME_PATH: chromium }) },
})
process.exit(run.status ?? 1)
