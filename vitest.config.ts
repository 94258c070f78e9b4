import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The outer rings take longest: they begin first, so that no core waits at the end for the last of them. */
class OuterRingsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ['interop', 'fault', 'e2e', 'documents', 'core', 'db', 'unit']
    const rank = (file: TestSpecification) => order.indexOf(file.project.name)
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

/** One project per ring; the outer rings start processes and windows and get the time for it. */
const ring = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: ['test/support/founded.ts'],
    ...(name === 'unit' ? {} : { setupFiles: ['test/support/remembered-keys.ts'] }),
    testTimeout,
    hookTimeout: testTimeout,
  },
})

export default defineConfig({
  cacheDir: 'out/vitest',
  test: {
    projects: [
      ring('unit', 30_000),
      ring('db', 60_000),
      ring('core', 180_000),
      ring('documents', 180_000),
      ring('fault', 240_000),
      ring('interop', 900_000),
      ring('e2e', 600_000),
    ],
    maxWorkers: 2,
    sequence: { sequencer: OuterRingsFirst },
  },
})
