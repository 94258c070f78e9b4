import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig, type Rollup } from 'vite'
import { noncePlaceholder } from '#electron/shell/csp.ts'
import { root } from './paths.ts'
import { buildVerifyPage } from './verify-page.ts'

const sources = ['shared', 'db', 'electron', 'renderer', 'build', 'package-lock.json']
const stamp = join(root, 'dist', '.stamp')
/** What is never bundled: Electron's own modules and every dependency that is loaded from node_modules at run time. */
const external = (id: string) => /^(node:|electron$)/.test(id) || (!/^[./#\0]/.test(id) && !/^[A-Za-z]:/.test(id))

/** Builds what changed into `dist/`; does nothing when the sources are those of the last build. */
export async function bundle(): Promise<void> {
  const digest = digestSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  await bundleRenderer()
  await bundleElectron({ core: 'electron/core/entry.ts', parser: 'electron/parsing/child.ts', ...jobs() }, 'es')
  // One file each, loaded in one go: the preload because a sandbox has no loader, main because what must be said before
  // the runtime is ready (schemes, sandbox) would come too late from a module that loads asynchronously.
  await bundleElectron({ main: 'electron/main.ts' }, 'cjs')
  await bundleElectron({ preload: 'electron/preload.ts' }, 'cjs')
  await bundleElectron({ 'print-preload': 'electron/print-preload.ts' }, 'cjs')
  await bundlePreviewPage()
  await buildVerifyPage()
  writeFileSync(stamp, digest)
}

/** Each worker of `electron/core/jobs` becomes `dist/electron/job-<name>.js`. */
function jobs(): Record<string, string> {
  const folder = join(root, 'electron', 'core', 'jobs')
  const workers = readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && file !== 'runner.ts' && file !== 'worker.ts',
  )
  return Object.fromEntries(workers.map((file) => [`job-${basename(file, '.ts')}`, join('electron/core/jobs', file)]))
}

async function bundleElectron(input: Record<string, string>, format: 'es' | 'cjs'): Promise<void> {
  const output: Rollup.OutputOptions = {
    format,
    entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
    chunkFileNames: format === 'cjs' ? 'chunk-[hash].cjs' : 'chunk-[hash].js',
  }
  await build(
    common({
      build: {
        ssr: true,
        target: 'node22',
        outDir: 'dist/electron',
        emptyOutDir: false,
        minify: false,
        rollupOptions: { input, external: format === 'cjs' ? /^(?:node:.*|electron)$/ : external, output },
      },
      ...(format === 'cjs' ? { ssr: { noExternal: true } } : {}),
    }),
  )
}

/** The script the preview shell puts in front of every page, in one piece. */
async function bundlePreviewPage(): Promise<void> {
  const output: Rollup.OutputOptions = { format: 'iife', entryFileNames: 'page.js' }
  await build(
    common({
      build: {
        target: 'chrome130',
        outDir: 'dist/preview',
        minify: false,
        rollupOptions: { input: join(root, 'build/preview/page.ts'), output },
      },
    }),
  )
}

async function bundleRenderer(): Promise<void> {
  await build(
    common({
      root: join(root, 'renderer'),
      plugins: [react()],
      html: { cspNonce: noncePlaceholder },
      build: {
        target: 'chrome130',
        outDir: join(root, 'dist', 'renderer'),
        emptyOutDir: true,
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 4000,
        rollupOptions: {
          input: Object.fromEntries(
            ['signin', 'case', 'side', 'stepup', 'print'].map((name) => [name, join(root, 'renderer', `${name}.html`)]),
          ),
        },
      },
    }),
  )
}

function common(config: InlineConfig): InlineConfig {
  return { root, configFile: false, logLevel: 'warn', cacheDir: join(root, 'out', 'vite'), publicDir: false, ...config }
}

function digestSources(): string {
  const hash = createHash('sha256')
  const walk = (relative: string) => {
    for (const entry of readdirSync(join(root, relative), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(relative, entry.name)
      if (entry.isDirectory()) walk(path)
      else hash.update(path).update(readFileSync(join(root, path)))
    }
  }
  for (const source of sources) {
    if (source.includes('.')) hash.update(readFileSync(join(root, source)))
    else walk(source)
  }
  return hash.digest('hex')
}
