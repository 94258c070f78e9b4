import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, isAbsolute, join, relative } from 'node:path'
import type { WindowName } from '#shared/contract/verb.ts'
import { contentSecurityPolicy, noncePlaceholder } from './csp.ts'
import type { RefusalCode } from './refusals.ts'

/** What the handler answers; both shells turn it into their own response object. */
export interface Served {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** What the log has to know: an address that was refused, not one that merely names nothing. */
  readonly refusal: RefusalCode | null
}

/** A page of the program: its windows, and the sheets on their way to a printer, which call no verb at all. */
export type PageName = WindowName | 'print'

/** Where the pages' files may be asked for: a scheme and exactly one host for each. */
export interface Origins {
  readonly scheme: string
  readonly hosts: Readonly<Record<PageName, string>>
}

export const electronOrigins: Origins = {
  scheme: 'app:',
  hosts: { signin: 'signin', case: 'case', side: 'side', stepup: 'stepup', print: 'print' },
}
export const previewOrigins: Origins = {
  scheme: 'https:',
  hosts: {
    signin: 'signin.invalid',
    case: 'case.invalid',
    side: 'side.invalid',
    stepup: 'stepup.invalid',
    print: 'print.invalid',
  },
}

const pageNames: readonly PageName[] = ['signin', 'case', 'side', 'stepup', 'print']

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
}

/** The address a page starts at. */
export function startAddress(origins: Origins, page: PageName): string {
  return `${origins.scheme}//${origins.hosts[page]}/`
}

/** The page an address belongs to, by parsed URL; null for any other scheme, host, port or user part. */
export function windowOf(origins: Origins, address: string): PageName | null {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return null
  }
  if (url.protocol !== origins.scheme || url.port !== '' || url.username !== '' || url.password !== '') return null
  return pageNames.find((name) => url.hostname === origins.hosts[name]) ?? null
}

/**
 * Answers one request for a file of the window. GET only, exact hosts, and the file's real path must lie inside
 * `folder` (links and `..` cannot lead out). A page gets a fresh nonce and the policy that goes with it.
 */
export async function serve(origins: Origins, folder: string, method: string, address: string): Promise<Served> {
  const window = windowOf(origins, address)
  if (window === null) return refused(403, 'shell.path')
  if (method !== 'GET') return refused(405, 'shell.method')
  const path = decodePath(new URL(address).pathname)
  if (path === null) return refused(400, 'shell.path')
  const wanted = path === '/' ? `${window}.html` : path.slice(1)
  // Each host serves its own page only: the sign-in page never runs under the case window's origin.
  if (extname(wanted) === '.html' && wanted !== `${window}.html`) return refused(404, 'shell.path')
  const file = await contained(folder, wanted)
  if (file === 'outside') return refused(404, 'shell.path')
  const type = file === null ? undefined : types[extname(file)]
  if (file === null || type === undefined) return refused(404, null)
  const body = await readFile(file)
  if (extname(file) !== '.html')
    return { status: 200, headers: { ...hardening, 'content-type': type }, body, refusal: null }
  const nonce = randomBytes(18).toString('base64')
  const html = body.toString('utf8').replaceAll(noncePlaceholder, nonce)
  return {
    status: 200,
    headers: { ...hardening, 'content-type': type, 'content-security-policy': contentSecurityPolicy(nonce) },
    body: Buffer.from(html, 'utf8'),
    refusal: null,
  }
}

const hardening = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

function refused(status: number, refusal: RefusalCode | null): Served {
  const headers = { ...hardening, 'content-type': 'text/plain; charset=utf-8' }
  return { status, headers, body: Buffer.alloc(0), refusal }
}

function decodePath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname)
    return /[\0\\]/.test(path) ? null : path
  } catch {
    return null
  }
}

/** The real path of `wanted` when it is there inside `folder`; null when nothing is there. */
async function contained(folder: string, wanted: string): Promise<string | 'outside' | null> {
  if (wanted.split('/').includes('..')) return 'outside'
  try {
    const base = await realpath(folder)
    const file = await realpath(join(base, wanted))
    const inside = relative(base, file)
    return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? 'outside' : file
  } catch {
    return null
  }
}
