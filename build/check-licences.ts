import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** Licences that may be linked into a program under Mulan PSL v2 and given to users. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MulanPSL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
])

/** Packages whose manifest does not say it in SPDX, read by a person once; the version is pinned by the lock file. */
const readByHand: Readonly<Record<string, string>> = { 'png-js': 'MIT' }

/** Development packages under a copyleft licence, excepted by name: run as a process of their own, never linked or shipped. */
const separateProcess = new Set(['@signalapp/sqlcipher'])

interface LockEntry {
  readonly dev?: boolean
  readonly license?: string
  readonly version?: string
}

/** Judges an SPDX expression: every part of an AND, any part of an OR. */
export function licenceAllowed(expression: string): boolean {
  const bare = expression.replaceAll(/[()]/g, ' ').trim()
  if (/\bOR\b/.test(bare)) return bare.split(/\bOR\b/).some((part) => licenceAllowed(part))
  if (/\bAND\b/.test(bare)) return bare.split(/\bAND\b/).every((part) => licenceAllowed(part))
  return allowed.has(bare.trim())
}

/** Production dependencies outside the list, and copyleft development dependencies nobody excepted. */
export function checkLicences(): string[] {
  const lock: { packages: Record<string, LockEntry> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  )
  const problems: string[] = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const licence = entry.license ?? readByHand[name] ?? manifestLicence(path)
    if (entry.dev) {
      if (/\bA?GPL\b/.test(licence) && !licenceAllowed(licence) && !separateProcess.has(name)) {
        problems.push(`${name}: ${licence} among the development dependencies, excepted by nobody`)
      }
    } else if (!licenceAllowed(licence)) problems.push(`${name}: ${licence || 'no licence named'}`)
  }
  return problems
}

function manifestLicence(path: string): string {
  const file = join(root, path, 'package.json')
  if (!existsSync(file)) return ''
  const manifest: { license?: unknown } = JSON.parse(readFileSync(file, 'utf8'))
  return typeof manifest.license === 'string' ? manifest.license : ''
}
