import { join } from 'node:path'
import type { Pictures } from '#build/demo/driver.ts'
import { root } from '#build/paths.ts'

/** Pictures of a window test in `out/`, to be looked at; nobody looks at those of an automatic run. */
export function picturesOf(name: string): Pictures {
  return { folder: join(root, 'out', name), ofEveryStep: process.env.CI === undefined }
}
