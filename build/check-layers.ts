import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { root } from './paths.ts'

/** One rule: files under `from` may import these layers of ours and these modules from outside. */
interface Layer {
  readonly from: string
  readonly layers: readonly string[]
  /** `node:` modules allowed. */
  readonly node: boolean
  /** The `electron` module allowed. */
  readonly electron: boolean
}

/** The longest matching `from` decides. Imports run one way: shared ← db ← electron, shared ← renderer (DESIGN §2). */
const layers: readonly Layer[] = [
  { from: 'shared/', layers: ['shared/'], node: false, electron: false },
  { from: 'db/', layers: ['shared/', 'db/'], node: true, electron: false },
  {
    from: 'electron/core/',
    layers: [
      'shared/',
      'db/',
      ...['core', 'crypto', 'documents', 'sealing', 'parsing'].map((room) => `electron/${room}/`),
    ],
    node: true,
    electron: false,
  },
  { from: 'electron/crypto/', layers: ['shared/', 'electron/crypto/'], node: true, electron: false },
  { from: 'electron/documents/', layers: ['shared/', 'electron/documents/'], node: true, electron: false },
  {
    from: 'electron/sealing/',
    layers: ['shared/', 'electron/crypto/', 'electron/sealing/', 'electron/parsing/'],
    node: true,
    electron: false,
  },
  {
    from: 'electron/parsing/',
    layers: ['shared/', 'electron/crypto/', 'electron/parsing/'],
    node: true,
    electron: false,
  },
  { from: 'electron/shell/', layers: ['shared/', 'electron/shell/'], node: true, electron: true },
  { from: 'electron/main.ts', layers: ['shared/', 'electron/shell/'], node: true, electron: true },
  { from: 'electron/preload.ts', layers: ['shared/', 'electron/shell/'], node: false, electron: true },
  { from: 'electron/print-preload.ts', layers: ['shared/'], node: false, electron: true },
  { from: 'renderer/', layers: ['shared/', 'renderer/'], node: false, electron: false },
  { from: 'build/', layers: ['shared/', 'db/', 'electron/', 'build/'], node: true, electron: false },
  {
    from: 'test/',
    layers: ['shared/', 'db/', 'electron/', 'renderer/', 'build/', 'test/'],
    node: true,
    electron: false,
  },
]

/** Files that both shells load: they must not meet `electron`, whatever folder they stand in. */
const shellFilesWithoutElectron = ['core-child', 'core-host', 'csp', 'port-bridge', 'protocol', 'refusals', 'wire']

/**
 * The core knows one file of the shell: the wire between the two. `--verify` needs no core, so start-up knows one file of
 * sealing. How a folder is made durable is said once, in `db`.
 */
const allowedAcross: readonly { readonly from: string; readonly to: string }[] = [
  { from: 'electron/core/', to: 'electron/shell/wire.ts' },
  { from: 'electron/sealing/bundle.ts', to: 'db/sync-folder.ts' },
  { from: 'electron/main.ts', to: 'electron/sealing/cli.ts' },
]

/** Import specifiers of a module: static, dynamic, type-only and re-exports. */
export function importsOf(source: string): string[] {
  const found = source.matchAll(
    /(?:^|[;\n])\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? '').filter((specifier) => specifier !== '')
}

/** What one import breaks, in words; null when it is allowed. `file` is relative to the root, with forward slashes. */
export function judgeImport(file: string, specifier: string): string | null {
  const layer = layers
    .filter((one) => file.startsWith(one.from))
    .sort((a, b) => b.from.length - a.from.length)
    .at(0)
  if (!layer) return 'stands in no known layer'
  if (specifier === 'electron' || specifier.startsWith('electron/')) {
    const name = file.slice('electron/shell/'.length, -'.ts'.length)
    if (!layer.electron) return 'only the shell, main and preload import electron'
    return file.startsWith('electron/shell/') && shellFilesWithoutElectron.includes(name)
      ? 'both shells load this file, and the preview shell has no electron'
      : null
  }
  if (specifier.startsWith('node:')) return layer.node ? null : 'this layer knows no Node'
  if (!specifier.startsWith('.') && !specifier.startsWith('#')) return null
  const target = specifier.startsWith('#')
    ? specifier.slice(1)
    : relative(root, resolve(root, dirname(file), specifier)).replaceAll('\\', '/')
  if (/\?(?:url|raw|worker)/.test(target)) return null
  if (!/\.(?:ts|tsx|json|css|svg|mjs)$/.test(target)) return 'imports carry their file extension'
  const allowed =
    layer.layers.some((one) => target.startsWith(one)) ||
    allowedAcross.some((one) => file.startsWith(one.from) && target === one.to)
  return allowed ? null : `${layer.from} may not import ${target}`
}

/** All our sources, relative to the root. */
export function sourceFiles(): string[] {
  return ['shared', 'db', 'electron', 'renderer', 'build', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((name) => /\.(?:ts|tsx)$/.test(name) && !name.endsWith('.d.ts')),
  )
}

/** Every import that runs the wrong way, one readable line each. */
export function checkLayers(): string[] {
  return sourceFiles().flatMap((file) =>
    importsOf(readFileSync(join(root, file), 'utf8')).flatMap((specifier) => {
      const broken = judgeImport(file, specifier)
      return broken === null ? [] : [`${file}: ${specifier}: ${broken}`]
    }),
  )
}
