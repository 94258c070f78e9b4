import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of this run, where the first file that needs an office founds it for the others, of whichever ring. */
    founded: string
  }
}

export default function setup(project: TestProject): () => void {
  const folder = join(realpathSync(tmpdir()), `yuetan-founded-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  project.provide('founded', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
