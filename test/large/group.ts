import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { verifyFromCommandLine } from '#electron/sealing/cli.ts'
import { answered } from '#test/support/answered.ts'
import { makeCast } from '#test/support/bundles.ts'
import { filedVolume, largeFiles, recipientFile, sealTickets } from '#test/support/filing.ts'
import { plainOffice } from '#test/support/plain-office.ts'

/*
 * `npm run group [-- MEBIBYTES]`: a case above 1 GiB leaves through the door as a group sized to disc, is verified by the
 * page, the command line and strangers' tools, and is taken in by another archive. Prints figures as JSON; ends with 1 and
 * the faults in words when one of them says otherwise.
 */
const mebibyte = 1024 ** 2
/** Size of one attachment, below the largest that is taken in. */
const attachment = 240
const wanted = Number(process.argv[2] ?? 1_200)
if (!Number.isInteger(wanted) || wanted < attachment) {
  console.error(`yuetan: group [mebibytes, ${attachment} or more]`)
  process.exit(2)
}

const faults: string[] = []
const seconds: Record<string, number> = {}
async function timed<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  console.error(`yuetan: ${name}`)
  const began = performance.now()
  const done = await work()
  seconds[name] = Math.round((performance.now() - began) / 100) / 10
  return done
}
function expect(holds: boolean, fault: string): void {
  if (!holds) faults.push(fault)
}

const base = mkdtempSync(join(tmpdir(), 'yuetan-group-'))
const folder = (name: string): string => {
  const path = join(base, name)
  mkdirSync(path, { recursive: true })
  return path
}
const sender = await plainOffice(folder('sender'))
const receiver = await plainOffice(folder('receiver'))
try {
  const cast = makeCast()
  const outside = recipientFile(cast, folder('recipient'))
  const archivist = await receiver.office.at('dangan')
  const handed = await archivist.call('receivings.certificate', { folder: folder('certificate') })
  const to = [outside, { certificateFile: handed.file, fingerprint: handed.fingerprint }]

  const files = largeFiles(Math.ceil(wanted / attachment), attachment * mebibyte, folder('in'))
  const volume = await timed('file', () => filedVolume(sender.office, '渝某实业集团有限公司', files))
  rmSync(join(base, 'in'), { recursive: true })
  const one = { caseId: volume.caseId, volumeId: volume.id }
  const ticketIds = await sealTickets(sender.office, volume, to, 'dvd')
  expect(ticketIds.length === Math.ceil(wanted / attachment / 4), `${ticketIds.length} bundles`)
  const dangan = await sender.office.at('dangan')
  const checks = answered(await timed('four-property check', () => dangan.call('archive.check', one)))
  const discs = folder('discs')
  const receipts = await timed('seal', () =>
    dangan.call('archive.seal', { ...one, ticketIds, folder: discs, checks, job: 'seal' }),
  )
  const caFingerprint = receipts[0]?.caFingerprint ?? ''
  expect(new Set(receipts.map(({ copy }) => copy)).size === ticketIds.length, '份号 of the bundles')
  for (const { file, size } of receipts) expect(size <= 1024 * mebibyte + 8192, `${basename(file)}: ${size} bytes`)
  await sender.close()

  const key = join(base, 'key.pem')
  writeFileSync(key, cast.recipient.key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  const work = folder('work')
  const tars = await timed('openssl cms -decrypt', () =>
    receipts.map(({ file }) => {
      const tar = join(work, basename(file).replace(/\.sealed$/, '.tar'))
      const args = ['-in', file, '-inkey', key, '-recip', outside.certificateFile, '-out', tar]
      execFileSync('openssl', ['cms', '-decrypt', '-binary', '-inform', 'DER', ...args])
      return tar
    }),
  )
  await timed('tar, sha256sum, sha512sum, openssl cms -verify', () => {
    for (const tar of tars) {
      const script = [
        `tar xf ${tar}`,
        `cd ${basename(tar, '.tar')}`,
        'sha256sum -c --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt',
        'sha512sum -c --strict --quiet tagmanifest-sha512.txt manifest-sha512.txt',
        'openssl cms -verify -binary -inform DER -in signature.p7s -content tagmanifest-sha256.txt' +
          ' -CAfile verify/ca.crt.pem -out /dev/null 2>/dev/null',
      ].join(' && ')
      expect(
        spawnSync('sh', ['-c', script], { cwd: work, stdio: 'ignore' }).status === 0,
        `${basename(tar)}: strangers' tools`,
      )
    }
  })
  const commandLine = async (...given: string[]) => {
    const lines: string[] = []
    const status = await verifyFromCommandLine(['--verify', ...given, '--ca', caFingerprint], (line) =>
      lines.push(line),
    )
    return { status, answer: JSON.parse(lines.join('\n')) }
  }
  const whole = await timed('--verify', () => commandLine(...tars))
  expect(whole.status === 0 && whole.answer.group?.colour === 'green', `--verify: ${whole.status}`)
  const [first = '', ...others] = tars
  if (others.length > 0) {
    const part = await commandLine(...others, ...others.slice(0, 1))
    expect(part.status === 2 && part.answer.group?.colour === 'red', '--verify does not miss a bundle')
  }
  await timed('page in Chromium', () => pageOn(first, tars, caFingerprint))

  let missing: readonly number[] = []
  await timed('open and receive on another archive', async () => {
    for (const { file } of receipts) {
      const seen = await archivist.call('receivings.open', { file, caFingerprint, job: 'open' })
      expect(seen.verdict.colour === 'green', `${basename(file)}: ${seen.verdict.colour} at the receiver`)
      missing = seen.missing
      if (seen.holdId) await archivist.call('receivings.receive', { holdId: seen.holdId, note: '' })
    }
  })
  expect(missing.length === 0, `bundles ${missing.join()} missing at the receiver`)
  expect((await archivist.call('receivings.list', {})).length === receipts.length, 'lines of the receiver')
  const mebibytes = Math.round(receipts.reduce((sum, { file }) => sum + statSync(file).size, 0) / mebibyte)
  console.log(JSON.stringify({ mebibytes, bundles: receipts.length, seconds, peakMB: peak(), faults }, null, 2))
} finally {
  await receiver.close()
  rmSync(base, { recursive: true, force: true })
}
process.exit(faults.length > 0 ? 1 : 0)

/** The page that lies in the first bundle, given all tars, then with one left out; no network. */
async function pageOn(first: string, tars: readonly string[], caFingerprint: string): Promise<void> {
  const bag = first.replace(/\.tar$/, '')
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND'],
  })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(300_000)
    await page.goto(pathToFileURL(join(bag, 'verify', 'index.html')).href)
    await page.locator('#fingerprint').fill(caFingerprint)
    const colour = async (files: readonly string[]): Promise<string | null> => {
      await page.locator('#result').evaluate((result) => result.replaceChildren())
      await page.locator('#tar').setInputFiles([...files])
      return page.locator('#verdict').getAttribute('data-colour')
    }
    expect((await colour(tars)) === 'green', 'the page is not green on the whole group')
  } finally {
    await browser.close()
  }
}

/** Most memory this process — door, workers and all — ever held, in MB; Linux only. */
function peak(): number | null {
  try {
    const kib = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    return kib === undefined ? null : Math.round(Number(kib) / 1024)
  } catch {
    return null
  }
}
