import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build, type Rollup } from 'vite'

const source = join(import.meta.dirname, '..', 'electron', 'sealing', 'verify-page')

/** A CSP source that allows exactly this inline text. */
const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Builds the verify page that goes into every bundle: one HTML file with its script inside. Returns its path. */
export async function buildVerifyPage(
  target = join(import.meta.dirname, '..', 'dist', 'verify', 'index.html'),
): Promise<string> {
  const output: Rollup.OutputOptions = { format: 'iife' }
  const built = await build({
    root: source,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    // Only node-forge's ASN.1; `forge.util` probes for Node's globals, which a page does not have.
    resolve: { alias: [{ find: /^node-forge$/, replacement: join(source, 'forge-asn1.js') }] },
    define: { 'process.versions': 'undefined' },
    build: { target: 'es2022', write: false, rollupOptions: { input: join(source, 'main.ts'), output } },
  })
  const [chunk] = (Array.isArray(built) ? built : [built]).flatMap((part) => ('output' in part ? part.output : []))
  if (chunk?.type !== 'chunk') throw new Error('the verify page did not build')
  const script = chunk.code.replaceAll('</script', '<\\/script')
  const frame = readFileSync(join(source, 'index.html'), 'utf8')
  const style = /<style>([\s\S]*)<\/style>/.exec(frame)?.[1] ?? ''
  const html = frame
    .replace("'SCRIPT-HASH'", hashSource(script))
    .replace("'STYLE-HASH'", hashSource(style))
    .replace('/*SCRIPT*/', () => script)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, html)
  return target
}
