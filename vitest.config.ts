import { defineConfig } from 'vitest/config'

/** One project per ring; the outer rings start processes and windows and get the time for it. */
const ring = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: ['test/support/founded.ts'],
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
  },
})
