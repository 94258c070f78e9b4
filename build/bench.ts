import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { root } from './paths.ts'

// `npm run bench`: builds; the figures are test code; this only starts them in a process of their own.
await bundle()
const run = spawnSync(process.execPath, [join(root, 'test', 'bench', 'run.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
