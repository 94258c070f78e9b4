import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { root } from '#build/paths.ts'
import { napiOf } from '#build/runtime.ts'
import { findFontFiles } from '#electron/documents/font-files.ts'
import { neededNapi } from '#electron/shell/core-host.ts'
import { openDisplay } from '#test/support/display.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { testElectron } from '#test/support/window.ts'

/*
 * A real package, made by electron-builder around the Electron for tests: what is inside, and what it refuses. Installers
 * (deb, nsis) and the pinned Electron are not made here.
 */
const skipped = testElectron === null
const tooNew =
  testElectron !== null && napiOf(testElectron, { ...process.env, ELECTRON_RUN_AS_NODE: '1' }) >= neededNapi

/** An entry of an asar archive's header: a folder, a file inside, or a file kept beside the archive. */
interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly unpacked?: boolean
}

/** Paths of an asar archive: its header is JSON behind four little-endian numbers, the last one its length. */
function entriesOf(file: string): { path: string; unpacked: boolean }[] {
  const bytes = readFileSync(file)
  const header: Entry = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)))
  const walk = (entry: Entry, path: string): { path: string; unpacked: boolean }[] =>
    entry.files === undefined
      ? [{ path, unpacked: entry.unpacked === true }]
      : Object.entries(entry.files).flatMap(([name, inner]) => walk(inner, path === '' ? name : `${path}/${name}`))
  return walk(header, '')
}

describe.skipIf(skipped)('[electron] a package', () => {
  const { folder, remove } = suiteFolder()
  const unpacked = join(folder, 'linux-unpacked')
  const resources = join(unpacked, 'resources')
  const binary = join(unpacked, 'yuetan')
  let entries: { path: string; unpacked: boolean }[] = []
  let paths: string[] = []

  beforeAll(async () => {
    await bundle()
    const require = createRequire(import.meta.url)
    const runtime = dirname(testElectron ?? '')
    const cli = join(dirname(require.resolve('electron-builder/package.json')), 'cli.js')
    const version = readFileSync(join(runtime, 'version'), 'utf8').trim().replace(/^v/, '')
    const given = [`electronDist=${runtime}`, `electronVersion=${version}`, `directories.output=${folder}`]
    const args = [cli, '--linux', 'dir', `--${process.arch}`, ...given.map((one) => `-c.${one}`)]
    await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 1 << 26 })
    entries = entriesOf(join(resources, 'app.asar'))
    paths = entries.map((entry) => entry.path)
  })
  afterAll(remove)

  test('holds what dist/ holds and the modules the core loads, and nothing else of this repository', () => {
    const own = new Set(
      paths.filter((path) => !path.startsWith('node_modules/')).map((path) => path.split('/').slice(0, 2).join('/')),
    )
    expect([...own].sort()).toEqual(['LICENSE', 'dist/electron', 'dist/renderer', 'dist/verify', 'package.json'])
    expect(paths).toContain('dist/electron/core.js')
    expect(paths).toContain('dist/electron/job-papers.js')
    expect(paths).toContain('dist/verify/index.html')
    expect(paths).toContain('dist/renderer/case.html')
    // What a received PDF says is read in the core: without these it would be kept and found by its title only.
    const reader = paths.filter((path) => path.startsWith('node_modules/pdfjs-dist/'))
    for (const part of ['legacy/build/pdf.mjs', 'legacy/build/pdf.worker.mjs', 'cmaps/UniGB-UTF16-H.bcmap'])
      expect(reader).toContain(`node_modules/pdfjs-dist/${part}`)
    expect(reader.filter((path) => /\.min\.|sandbox|renderer|wasm|\/web\//.test(path))).toEqual([])
  })

  test('contains no source, test, demo, map, preview shell, second Node, nor the hook that gives a key to a test', () => {
    const strangers =
      /\.tsx?$|\.map$|(^|\/)(tests?|__tests__|preview|demo|fixtures)\/|node-linux|canvas|@expo-google-fonts/
    expect(paths.filter((path) => strangers.test(path))).toEqual([])
    const code = paths.filter((path) => path.startsWith('dist/') && /\.(c?js|html)$/.test(path))
    const archive = readFileSync(join(resources, 'app.asar'))
    expect(code.length).toBeGreaterThan(10)
    for (const word of ['casesKeyForTest', 'yuetanBinding', 'yuetan-case-script'])
      expect(archive.includes(word)).toBe(false)
  })

  test('keeps exactly the native file of its target outside the archive, and the faces and licence of its papers', () => {
    const native = entries.filter((entry) => entry.path.endsWith('.node'))
    const driver = `node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-${process.arch}.node`
    expect(native).toEqual([{ path: driver, unpacked: true }])
    expect(existsSync(join(resources, 'app.asar.unpacked', driver))).toBe(true)
    for (const family of ['noto-serif-sc', 'noto-sans-sc']) {
      const inside = readdirSync(join(resources, 'fonts', family), { recursive: true }).map(String)
      expect(inside.filter((name) => name.endsWith('.ttf'))).toHaveLength(2)
      expect(inside).toContain('LICENSE_FONT')
    }
    // 仿宋 and 楷体 of the machine the package is made on, each with its licence.
    const here = new Set(findFontFiles([]).map((one) => one.postscriptName))
    for (const [family, face, licence] of [
      ['fandol', 'FandolFang-Regular', 'font exception|special exception'],
      ['fandol', 'FandolKai-Regular', 'font exception|special exception'],
      ['lxgw-wenkai', 'LXGWWenKai-Regular', 'SIL OPEN FONT LICENSE'],
    ] as const) {
      const inside = join(resources, 'fonts', family)
      const packed = existsSync(inside) ? readdirSync(inside) : []
      expect(packed.some((name) => name.startsWith(`${face}.`))).toBe(here.has(face))
      const texts = packed
        .filter((name) => !/\.(otf|ttf)$/.test(name))
        .map((name) => readFileSync(join(inside, name), 'utf8'))
      if (here.has(face)) expect(texts.join('\n')).toMatch(new RegExp(licence))
    }
  })

  test('is no Node for others, loads nothing from beside its archive, and lets no debugger attach', async () => {
    const wire = await getCurrentFuseWire(binary)
    // 0x30 is off, 0x31 is on, as characters of the wire.
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ]
    const on = [
      FuseV1Options.OnlyLoadAppFromAsar,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.EnableCookieEncryption,
    ]
    expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => 0x30))
    expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => 0x31))
  })

  test.skipIf(tooNew)(
    'starts from its archive, and on a runtime too old for the driver says so instead of dying without a word',
    async () => {
      const display = await openDisplay()
      try {
        const child = spawn(
          binary,
          [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${join(folder, 'data')}`],
          {
            // A host of one's own is for unpackaged runs only: the package must not listen to this.
            env: {
              PATH: process.env.PATH ?? '',
              HOME: folder,
              DISPLAY: display.name,
              YUETAN_HEADLESS: '1',
              YUETAN_CORE_NODE: process.execPath,
            },
          },
        )
        let words = ''
        child.stderr.on('data', (chunk) => {
          words += String(chunk)
        })
        const [code] = await once(child, 'exit')
        expect({ code, words }).toEqual({ code: 3, words: expect.stringContaining('Node-API') })
      } finally {
        display.stop()
      }
    },
  )
})
