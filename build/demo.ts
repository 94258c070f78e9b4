import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { bundle } from './bundle.ts'
import { Driver } from './demo/driver.ts'
import { type DemoAccount, makeArchive, startWalk, walkCase } from './demo/path.ts'
import { makeRecipient } from './demo/recipient.ts'
import { readCaseScript } from './demo/script.ts'
import { root } from './paths.ts'
import { openPreview } from './preview/shell.ts'
import { findChromium } from './runtime.ts'

// `npm run demo [-- --case FILE --out DIR --no-pictures]`: the real window, driven through the whole job on a case script.
const { values } = parseArgs({
  options: { case: { type: 'string' }, out: { type: 'string' }, 'no-pictures': { type: 'boolean' } },
})
const scriptFile = fromHere(values.case ?? join(root, 'test', 'fixtures', 'cases', 'individual.json'))
const out = fromHere(values.out ?? join(root, 'out', 'demo'))
const inside = (...parts: string[]) => join(out, ...parts)

try {
  await demo()
} catch (error) {
  console.error(`yuetan: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}

async function demo(): Promise<void> {
  const script = await readCaseScript(scriptFile)
  const chromium = findChromium(true)
  if (chromium === null) throw new Error('no Chromium is to be had; install chromium or set CHROME_PATH')
  clear()
  await bundle()
  const recipient = makeRecipient(inside('recipient'), script.archive.recipient, new Date().toISOString())
  const preview = await openPreview({
    chromium,
    node: process.execPath,
    machineFolder: inside('machine'),
    archiveFolder: null,
    headless: true,
    viewport: { width: 1280, height: 800 },
  })
  const driver = new Driver(
    preview.page,
    { folder: inside('screenshots'), ofEveryStep: !values['no-pictures'] },
    (line) => console.log(line),
  )
  let accounts: DemoAccount[] = []
  try {
    const places = {
      archive: inside('archive'),
      papers: inside('papers'),
      bundles: inside('bundle'),
      materials: inside('materials'),
      recipientCertificate: recipient.certificateFile,
      recipientFingerprint: recipient.fingerprint,
    }
    accounts = await makeArchive(driver, places)
    await walkCase(startWalk(driver, script, accounts, places))
  } finally {
    await preview.close()
  }
  await writeCertificates(accounts)
  const artifacts = [
    ...papers(),
    { role: 'bundle.sealed', path: only(inside('bundle'), '.sealed') },
    { role: 'recipient.key.pem', path: recipient.keyFile },
    { role: 'recipient.crt.pem', path: recipient.certificateFile },
    { role: 'ca.crt.pem', path: inside('ca.crt.pem') },
    { role: 'signer.crt.pem', path: inside('signer.crt.pem') },
  ].map(({ role, path }) => ({ role, path: relative(out, path), sha256: sha256(path) }))
  const manifest = {
    shell: 'preview',
    archive: 'archive',
    machine: 'machine',
    accounts,
    steps: driver.steps,
    artifacts,
  }
  writeFileSync(inside('manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  console.log(`yuetan: the whole job is in ${out} (manifest.json, screenshots/, papers/, bundle/)`)
}

/** Only a folder that an earlier demo made is emptied; anything else is left alone. */
function clear(): void {
  if (existsSync(out) && readdirSync(out).length > 0) {
    if (!existsSync(inside('recipient')))
      throw new Error(`${out} is not empty and holds no earlier demo; name another folder`)
    rmSync(out, { recursive: true })
  }
  mkdirSync(out, { recursive: true })
}

/** The CA's and the signer's certificates, as the sender would hand them over beside the disc. */
async function writeCertificates(accounts: readonly DemoAccount[]): Promise<void> {
  const archivist = accounts.find((one) => one.role === '档案员')
  if (archivist === undefined) throw new Error('the trial archive has no 档案员')
  const now = new Date().toISOString()
  const request = {
    folder: inside('archive'),
    machineFolder: inside('machine'),
    login: archivist.name,
    password: archivist.password,
    now,
  }
  const { archive } = await unlockArchive(request)
  writeFileSync(inside('ca.crt.pem'), archive.ledger.caCertificate)
  writeFileSync(inside('signer.crt.pem'), archive.identity.signingCertificate)
  await Promise.all([archive.office.close(), archive.cases?.close()])
}

/** Exported papers by role; a collective interview has one of each for every enterprise. */
function papers(): { role: string; path: string }[] {
  const roles = [
    ['责任约谈通知书', 'notice'],
    ['约谈记录', 'record'],
    ['约谈纪要', 'minutes'],
    ['审签单', 'approval'],
    ['定密审批表', 'classification'],
    ['卷内文件目录', 'contents'],
    ['卷内备考表', 'reference-sheet'],
  ] as const
  return readdirSync(inside('papers'))
    .sort()
    .map((name) => {
      const kind = roles.find(([title]) => name.startsWith(title))?.[1] ?? 'paper'
      return { role: `${kind}.${name.endsWith('.docx') ? 'docx' : 'pdf'}`, path: inside('papers', name) }
    })
}

function only(folder: string, ending: string): string {
  const found = readdirSync(folder).filter((name) => name.endsWith(ending))
  if (found.length !== 1) throw new Error(`${folder} holds ${found.length} files ending in ${ending}, expected one`)
  return join(folder, found[0] ?? '')
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

function fromHere(path: string): string {
  return isAbsolute(path) ? path : resolve(process.cwd(), path)
}
