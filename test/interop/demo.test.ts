import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCaseScript } from '#build/demo/script.ts'
import { root } from '#build/paths.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { CanarySearch, filesBelow, runsOf, textsIn } from '#test/support/canary.ts'
import { casesKeyForTest } from '#test/support/cases-key.ts'
import { type DemoRun, docxText, pdfText, run, runDemo, statusOf } from '#test/support/demo.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { runOutside } from '#test/support/sqlcipher.ts'

const { folder: base, remove } = suiteFolder()
const scriptFile = join(root, 'test', 'fixtures', 'cases', 'individual.json')
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
let demo: DemoRun
let tar = ''
let bag = ''

beforeAll(async () => {
  demo = await runDemo('individual', base)
  tar = join(base, 'case.tar')
  run(
    'openssl',
    'cms',
    '-decrypt',
    '-binary',
    '-inform',
    'DER',
    '-in',
    demo.path('bundle.sealed'),
    '-inkey',
    demo.path('recipient.key.pem'),
    '-out',
    tar,
  )
  const opened = join(base, 'opened')
  mkdirSync(opened)
  run('tar', '-xf', tar, '-C', opened)
  bag = join(opened, readdirSync(opened)[0] ?? '')
})
afterAll(remove)

/** A copy of a file with one byte changed in the middle. */
function spoiled(file: string): string {
  const copy = join(base, 'spoiled')
  const bytes = readFileSync(file)
  const at = bytes.length >> 1
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(copy, bytes)
  return copy
}

describe('the manifest', () => {
  test("names every role, and every digest is the file's own", () => {
    const roles = [
      'notice.docx',
      'notice.pdf',
      'record.pdf',
      'minutes.docx',
      'minutes.pdf',
      'bundle.sealed',
      'recipient.key.pem',
      'ca.crt.pem',
      'signer.crt.pem',
    ]
    for (const role of roles) expect(() => demo.path(role)).not.toThrow()
    for (const { path, sha256: digest } of demo.manifest.artifacts) expect(sha256(join(demo.folder, path))).toBe(digest)
  })
})

describe('the sealed bundle', () => {
  test('refuses a flipped byte and a foreign key', () => {
    const decrypt = (sealed: string, key: string) =>
      statusOf(
        'openssl',
        'cms',
        '-decrypt',
        '-binary',
        '-inform',
        'DER',
        '-in',
        sealed,
        '-inkey',
        key,
        '-out',
        join(base, 'refused'),
      )
    expect(decrypt(spoiled(demo.path('bundle.sealed')), demo.path('recipient.key.pem'))).not.toBe(0)
    const foreign = join(base, 'foreign.pem')
    run('openssl', 'genrsa', '-out', foreign, '3072')
    expect(decrypt(demo.path('bundle.sealed'), foreign)).not.toBe(0)
  })

  test('is AES-256-GCM with RSA-OAEP-SHA256', () => {
    const parsed = run('openssl', 'asn1parse', '-inform', 'DER', '-in', demo.path('bundle.sealed'))
    expect(parsed).toMatch(/aes-256-gcm/i)
    expect(parsed).toMatch(/rsaesOaep/)
    expect(parsed).toMatch(/sha256/)
  })

  test("holds a bag that Python's standard library accepts", () => {
    const told = JSON.parse(run('python3', join(root, 'test', 'support', 'bag_check.py'), tar))
    expect(told).toBeTypeOf('object')
  })

  test('holds every exported paper, byte for byte', () => {
    const payload = new Set(filesBelow(join(bag, 'data')).map(sha256))
    for (const role of ['notice', 'record', 'minutes', 'approval', 'classification']) {
      const files = demo.paths(`${role}.`)
      expect(files.length).toBeGreaterThan(0)
      for (const file of files) expect(payload.has(sha256(file))).toBe(true)
    }
  })

  test('is signed by signer.crt.pem under the CA, and by nobody after one changed byte', () => {
    const signer = join(base, 'signer.pem')
    const verify = (content: string, ca: string) => [
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      join(bag, 'signature.p7s'),
      '-content',
      content,
      '-CAfile',
      ca,
      '-purpose',
      'any',
      '-signer',
      signer,
      '-out',
      join(base, 'verified'),
    ]
    const content = join(bag, 'tagmanifest-sha256.txt')
    run('openssl', ...verify(content, demo.path('ca.crt.pem')))
    const fingerprint = (file: string) => run('openssl', 'x509', '-in', file, '-noout', '-fingerprint', '-sha256')
    expect(fingerprint(signer)).toBe(fingerprint(demo.path('signer.crt.pem')))
    expect(statusOf('openssl', ...verify(spoiled(content), demo.path('ca.crt.pem')))).not.toBe(0)
  })
})

describe('the papers', () => {
  test('carry the mark, and Poppler gives back what was typed', async () => {
    const script = await readCaseScript(scriptFile)
    const notice = pdfText(demo.path('notice.pdf'))
    expect(notice).toContain('秘密★5年')
    expect(notice).toContain(script.intake.matter)
    expect(notice).toMatch(/监管约谈函〔2026〕\d+号/)
    const record = pdfText(demo.path('record.pdf'))
    for (const said of script.interview.utterances) expect(record).toContain(said.text.replace(/\s/g, ''))
    const minutes = pdfText(demo.path('minutes.pdf'))
    const statements = script.interview.utterances.filter((one) => one.kind === 'statement')
    for (const said of statements) expect(minutes).toContain(said.text.replace(/\s/g, ''))
  })

  test('say the same in LibreOffice as in the PDF', () => {
    for (const role of ['notice', 'minutes'] as const) {
      const written = docxText(demo.path(`${role}.docx`), join(base, 'office-profile'))
      expect(written.length).toBeGreaterThan(100)
      // Letterhead and 抄送 stand in frames: their place in the plain text differs, their words do not.
      const printed = pdfText(demo.path(`${role}.pdf`))
      for (const piece of written.match(/[^，。；：、（）]{4,}/gu) ?? []) expect(printed).toContain(piece)
    }
  })
})

test('the minutes say the same, character by character, in LibreOffice and in Poppler', () => {
  const profile = join(base, 'office-profile')
  expect(docxText(demo.path('minutes.docx'), profile)).toBe(pdfText(demo.path('minutes.pdf')))
})

describe('the archive', () => {
  test('opens for a second SQLCipher 4 with the key, and for nobody without', async () => {
    const archivist = demo.manifest.accounts.find((one) => one.role === '档案员')
    const request = {
      folder: join(demo.folder, demo.manifest.archive),
      machineFolder: join(demo.folder, demo.manifest.machine),
      login: archivist?.name ?? '',
      password: archivist?.password ?? '',
      now: new Date().toISOString(),
    }
    const { archive } = await unlockArchive(request)
    const key = casesKeyForTest(archive)
    await Promise.all([archive.office.close(), archive.cases?.close()])
    const file = join(request.folder, 'cases.db')
    const count = [{ sql: 'SELECT count(*) AS n FROM utterances' }]
    const outside = await runOutside(file, key, count)
    expect('rows' in outside && Number(outside.rows[0]?.[0]?.n)).toBeGreaterThanOrEqual(300)
    expect(await runOutside(file, null, count)).toHaveProperty('error')
    expect(await runOutside(file, Buffer.alloc(32, 1), count)).toHaveProperty('error')
  })

  test('leaves no eight characters of the case in the clear: archive, machine folder, profile, TMPDIR', async () => {
    const own = ['shared', 'db', 'electron', 'renderer', 'build', 'dist'].flatMap((name) =>
      filesBelow(join(root, name)),
    )
    const resources = own
      .filter((file) => !/\.(png|ttf|otf|wasm|node)$/.test(file))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    const runs = [...runsOf(textsIn(await readCaseScript(scriptFile)))].filter((one) => !resources.includes(one))
    expect(runs.length).toBeGreaterThan(5_000)
    const search = new CanarySearch(runs)
    // What was exported on purpose is the control: there the search must find something.
    expect(search.inFile(join(demo.folder, 'materials', 'material-1.txt'))).not.toBeNull()
    for (const place of [join(demo.folder, 'archive'), join(demo.folder, 'machine'), demo.temp]) {
      for (const file of filesBelow(place)) expect({ file, found: search.inFile(file) }).toEqual({ file, found: null })
    }
  })
})
