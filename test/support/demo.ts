import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '#build/paths.ts'

/** What a demo leaves behind, as `manifest.json` says it. */
export interface DemoManifest {
  readonly shell: string
  readonly archive: string
  readonly machine: string
  readonly accounts: readonly { readonly name: string; readonly role: string; readonly password: string }[]
  readonly steps: readonly { readonly name: string; readonly ms: number }[]
  readonly artifacts: readonly { readonly role: string; readonly path: string; readonly sha256: string }[]
}

export interface DemoRun {
  readonly folder: string
  /** The demo's TMPDIR: browser profile and everything temporary. */
  readonly temp: string
  readonly manifest: DemoManifest
  /** Absolute path of the only artifact of a role. */
  path(role: string): string
  /** Absolute paths of all artifacts whose role starts so. */
  paths(prefix: string): readonly string[]
}

/** Runs `npm run demo` on one of the shipped scripts, in a process of its own with a TMPDIR of its own. */
export async function runDemo(script: string, base: string, ...more: readonly string[]): Promise<DemoRun> {
  const folder = join(base, script)
  const temp = join(base, `${script}-tmp`)
  mkdirSync(temp, { recursive: true })
  const file = join(root, 'test', 'fixtures', 'cases', `${script}.json`)
  const args = [join(root, 'build', 'demo.ts'), '--case', file, '--out', folder, ...more]
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, TMPDIR: temp },
    maxBuffer: 1 << 26,
  })
  const manifest: DemoManifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const paths = (prefix: string) =>
    manifest.artifacts.filter((one) => one.role.startsWith(prefix)).map((one) => join(folder, one.path))
  return {
    folder,
    temp,
    manifest,
    paths,
    path: (role) => {
      const [found, ...more] = manifest.artifacts.filter((one) => one.role === role)
      if (found === undefined || more.length > 0)
        throw new Error(`the demo left ${more.length + (found ? 1 : 0)} artifacts of role ${role}`)
      return join(folder, found.path)
    },
  }
}

/** Runs a program and returns its standard output; throws when it fails. */
export function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
}

/** Exit status of a program. */
export function statusOf(program: string, ...args: string[]): number {
  return spawnSync(program, args, { stdio: 'ignore' }).status ?? -1
}

/** What stands on every page beside its text: the practice band, page numbers, the line for page-by-page signatures. */
const furniture = /演练本件由演练档案库生成，不具任何效力|被约谈人签名：|第\d+页共\d+页|—\d+—/g

/** Text of a PDF by Poppler without white space (lines and pages are the layout's) and without what every page repeats. */
export function pdfText(file: string): string {
  return run('pdftotext', '-enc', 'UTF-8', file, '-').replace(/\s/g, '').replace(furniture, '')
}

/** Text of a DOCX by LibreOffice, in the same form as `pdfText`. `profile` is a folder of its own. */
export function docxText(file: string, profile: string): string {
  const out = `${file}.txt-folder`
  const filter = 'txt:Text (encoded):UTF8'
  run('soffice', '--headless', `-env:UserInstallation=file://${profile}`, '--convert-to', filter, '--outdir', out, file)
  const [name = ''] = readdirSync(out)
  return readFileSync(join(out, name), 'utf8')
    .replace(/[\s\uFEFF]/g, '')
    .replace(furniture, '')
}
