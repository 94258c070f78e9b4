import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chooseCoreHost } from '#electron/shell/core-host.ts'
import { noncePlaceholder } from '#electron/shell/csp.ts'
import { electronOrigins, previewOrigins, serve, windowOf } from '#electron/shell/protocol.ts'
import { refusalOfConsole } from '#electron/shell/refusals.ts'
import { temporaryFolder } from '#test/support/folders.ts'

function site(): string {
  const base = temporaryFolder()
  const folder = join(base, 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(base, 'secret.js'), 'secret')
  writeFileSync(join(folder, 'signin.html'), `<script nonce="${noncePlaceholder}" src="/assets/a.js"></script>`)
  writeFileSync(join(folder, 'case.html'), 'case')
  writeFileSync(join(folder, 'assets/a.js'), 'a')
  writeFileSync(join(folder, 'assets/a.exe'), 'a')
  symlinkSync(join(base, 'secret.js'), join(folder, 'assets/link.js'))
  return folder
}

test('a page carries a fresh nonce at every load, and the policy that goes with it', async () => {
  const folder = site()
  const first = await serve(electronOrigins, folder, 'GET', 'app://signin/')
  const second = await serve(electronOrigins, folder, 'GET', 'app://signin/')
  expect(first.status).toBe(200)
  const nonce = /nonce="([^"]+)"/.exec(first.body.toString())?.[1] ?? ''
  expect(Buffer.from(nonce, 'base64')).toHaveLength(18)
  const policy = first.headers['content-security-policy'] ?? ''
  expect(policy).toContain(`script-src 'nonce-${nonce}'`)
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  expect(second.body.toString()).not.toContain(nonce)
})

test.each([
  ['another scheme', 'GET', 'https://signin/', 403, 'shell.path'],
  ['a host that only begins like ours', 'GET', 'app://signin.evil/', 403, 'shell.path'],
  ['a port', 'GET', 'app://signin:8080/', 403, 'shell.path'],
  ['a user part', 'GET', 'app://user@signin/', 403, 'shell.path'],
  ['another method', 'POST', 'app://signin/', 405, 'shell.method'],
  ['a traversal in escapes', 'GET', 'app://signin/..%2fsecret.js', 404, 'shell.path'],
  ['a link that leads out', 'GET', 'app://signin/assets/link.js', 404, 'shell.path'],
  ['a backslash', 'GET', 'app://signin/..%5csecret.js', 400, 'shell.path'],
  ['a NUL', 'GET', 'app://signin/assets/a.js%00', 400, 'shell.path'],
  ['a broken escape', 'GET', 'app://signin/%zz', 400, 'shell.path'],
  ["the other window's page", 'GET', 'app://signin/case.html', 404, 'shell.path'],
  ['a file that is not there', 'GET', 'app://signin/assets/none.js', 404, null],
  ['a kind of file that no window needs', 'GET', 'app://signin/assets/a.exe', 404, null],
])('refuses %s', async (_name, method, address, status, refusal) => {
  const served = await serve(electronOrigins, site(), method, address)
  expect({ status: served.status, refusal: served.refusal, length: served.body.length }).toEqual({
    status,
    refusal,
    length: 0,
  })
})

test('knows a window by the parsed address only', () => {
  expect(windowOf(electronOrigins, 'app://case/#/x')).toBe('case')
  expect(windowOf(electronOrigins, 'https://evil.invalid/?app://case/')).toBeNull()
  expect(windowOf(electronOrigins, 'about:blank')).toBeNull()
  expect(windowOf(electronOrigins, '')).toBeNull()
  expect(windowOf(previewOrigins, 'https://case.invalid.evil/')).toBeNull()
})

test('reads from the browser console what the engine itself refused', () => {
  expect(refusalOfConsole('Not allowed to load local resource: file:///etc/passwd')).toBe('shell.navigation')
  expect(refusalOfConsole('Permissions policy violation: Geolocation access has been blocked')).toBe('shell.permission')
  expect(refusalOfConsole(`Refused: violates the following Content Security Policy directive: "x"`)).toBe(
    'shell.policy',
  )
  expect(refusalOfConsole('hello')).toBeNull()
})

test.each([
  [{ napi: 10, packaged: true, coreNode: undefined }, 'utility'],
  [{ napi: 10, packaged: true, coreNode: '/elsewhere/node' }, 'utility'],
  [{ napi: 9, packaged: true, coreNode: '/elsewhere/node' }, 'refused'],
  [{ napi: 9, packaged: false, coreNode: undefined }, 'refused'],
  [{ napi: 9, packaged: false, coreNode: '/elsewhere/node' }, 'child'],
])('chooses the host of the core: %j', (runtime, kind) => {
  expect(chooseCoreHost(runtime).kind).toBe(kind)
})
