import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildVerifyPage } from '#build/verify-page.ts'
import { extractBundle } from '#electron/sealing/open-bundle.ts'
import { answered } from '#test/support/answered.ts'
import { makeCast } from '#test/support/bundles.ts'
import { filedVolume, largeFiles, recipientFile, sealTickets } from '#test/support/filing.ts'
import { temporaryFolder } from '#test/support/folders.ts'
import { openOffice, setPolicy } from '#test/support/office.ts'

const mebibyte = 1024 ** 2
const script = fileURLToPath(new URL('../support/seal-office.ts', import.meta.url))
const python = fileURLToPath(new URL('../support/bag_check.py', import.meta.url))
const schema = fileURLToPath(new URL('../../electron/sealing/eep.xsd', import.meta.url))
const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })

test('a case above the size of a bundle leaves as a group: one leave, 份号 and line for each, killed or not', async () => {
  await buildVerifyPage()
  const office = await openOffice()
  await setPolicy(office, 'bundleMebibytes', 16)
  const volume = await filedVolume(office, '渝某实业集团有限公司', largeFiles(4, 3.5 * mebibyte))
  const { caseId, id: volumeId } = volume
  const one = { caseId, volumeId }
  const cast = makeCast()
  // The archive itself is one recipient, so that the same bundles are taken in again below.
  const zhuize = await office.at('zhuize')
  const handed = await zhuize.call('receivings.certificate', { folder: temporaryFolder() })
  const own = { certificateFile: handed.file, fingerprint: handed.fingerprint }
  const tickets = await sealTickets(office, volume, [recipientFile(cast), own])
  expect(tickets).toHaveLength(2)
  const [first = '', second = ''] = tickets
  const dangan = await office.at('dangan')
  expect(
    (await dangan.call('copies.tickets', { caseId })).map(({ label, bag, batchId }) => [label, bag, batchId]),
  ).toEqual(
    [1, 2].map((number) => [
      `00000${number}`,
      { number, count: 2, carrier: 'cd', limit: 16 * mebibyte },
      expect.any(String),
    ]),
  )

  // A share written otherwise into the file is none that anybody allowed.
  const cases = dangan.session.archive.cases
  const [row] = (await cases?.knex('tickets').where({ id: first }).select('bag')) ?? []
  const checks = answered(await dangan.call('archive.check', one))
  const out = temporaryFolder()
  const seal = (ticketId: string) =>
    dangan.call('archive.seal', { ...one, ticketIds: [ticketId], folder: out, checks, job: 'seal' })
  for (const change of [{ number: 2 }, { number: 9 }, { count: 1 }, { limit: 1024 * mebibyte }]) {
    const bag = JSON.stringify({ ...JSON.parse(row.bag), ...change })
    await cases?.knex('tickets').where({ id: first }).update({ bag })
    await expect(seal(first), bag).rejects.toThrow(expect.objectContaining({ code: 'archive.ticketOutdated' }))
  }
  await cases?.knex('tickets').where({ id: first }).update({ bag: row.bag })

  await office.leave('dangan')
  const child = spawn(
    process.execPath,
    [script, office.folder, office.machineFolder, caseId, volumeId, tickets.join(), out, 'writing'],
    { stdio: 'ignore' },
  )
  const ended = once(child, 'exit')
  // One call for both; it dies in the bytes of the second.
  while (!/\.sealed,.*\.part$/.test(readdirSync(out).sort().join()) && child.exitCode === null) await wait(1)
  child.kill('SIGKILL')
  expect((await ended)[1]).toBe('SIGKILL')
  // The first bundle stands with its line; of the second there is nothing but noise, and its leave is as good as before.
  const again = await office.at('dangan')
  expect((await again.call('archive.bundles', one)).map((line) => [line.copy, line.bag, line.written])).toEqual([
    ['000001', { number: 1, count: 2 }, true],
  ])
  await again.call('archive.seal', { ...one, ticketIds: [second], folder: out, checks, job: 'seal' })
  const lines = (await again.call('archive.bundles', one)).toReversed()
  expect(lines.map((line) => [line.copy, line.bag.number, line.sequence, line.level, line.written])).toEqual([
    ['000001', 1, 1, 'secret', true],
    ['000002', 2, 2, 'secret', true],
  ])
  expect(lines[1]?.discLabel).toContain('密级：秘密')
  expect(lines[1]?.discLabel).toContain(`内容：${volume.title}（第2包，共2包）`)
  expect(readdirSync(out).sort()).toEqual(lines.map(({ file }) => file).sort())

  // Strangers: openssl, Python, xmllint; together the bundles hold every file of the volume once.
  const work = temporaryFolder()
  const key = join(work, 'key.pem')
  const certificate = join(work, 'crt.pem')
  writeFileSync(key, cast.recipient.key.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(certificate, cast.recipient.certificate)
  const payload: string[] = []
  const groups = new Set<string>()
  for (const { file: name, bag } of lines) {
    const file = join(out, name)
    expect(statSync(file).size).toBeLessThanOrEqual(16 * mebibyte)
    const tar = join(work, `${bag.number}.tar`)
    const recipient = ['-inkey', key, '-recip', certificate]
    run('openssl', 'cms', '-decrypt', '-binary', '-inform', 'DER', '-in', file, ...recipient, '-out', tar)
    const read = JSON.parse(run('python3', python, tar))
    expect(read.delivery).toMatchObject({ bag, sequence: bag.number, copy: `00000${bag.number}` })
    groups.add(read.group)
    payload.push(...Object.keys(read.files).filter((path) => path.startsWith('data/')))
    for (const report of ['contents', 'reference-sheet', 'four-property', 'handover'])
      expect(read.files).toHaveProperty([`reports/${report}.pdf`])
    const folder = join(work, String(bag.number))
    await extractBundle(tar, folder)
    run('xmllint', '--noout', '--nonet', '--schema', schema, join(folder, 'eep.xml'))
    const eep = readFileSync(join(folder, 'eep.xml'), 'utf8')
    const described = [...eep.matchAll(/<计算机文件名>(.*)<\/计算机文件名>/g)].map(([, path]) => path)
    expect(described.sort()).toEqual(Object.keys(read.files).filter((path) => path.startsWith('data/')))
  }
  expect(groups.size).toBe(1)
  expect(new Set(payload).size).toBe(payload.length)
  expect(payload).toHaveLength(volume.items.length)

  // The register knows each sealed file, and which of them belong together.
  const verify = (files: readonly string[]) =>
    again.call('archive.verify', { files: [...files], caFingerprint: lines[0]?.caFingerprint ?? '', job: 'verify' })
  const discs = lines.map(({ file }) => join(out, file))
  const both = await verify(discs)
  expect(both.bundles.map(({ name, verdict }) => [name, verdict.colour])).toEqual(
    lines.map(({ file }) => [file, 'green']),
  )
  expect(both.group).toMatchObject({ colour: 'green', count: 2 })
  const tars = [1, 2].map((number) => join(work, `${number}.tar`))
  expect((await verify(tars)).group).toMatchObject({ colour: 'green', count: 2 })
  const twice = await verify([discs[1] ?? '', discs[1] ?? ''])
  expect(twice.group?.colour).toBe('red')
  expect(twice.group?.checks.filter((check) => !check.passed).map(({ code, detail }) => [code, detail])).toEqual([
    ['twice', `${lines[1]?.file}（第2包）`],
    ['missing', '缺第1包'],
  ])
  // A sealed and an opened one are each judged, and not held against each other.
  const mixed = await verify([discs[0] ?? '', tars[1] ?? ''])
  expect(mixed).toMatchObject({
    bundles: [{ verdict: { colour: 'green' } }, { verdict: { colour: 'green' } }],
    group: null,
  })

  // Taken in by another account: what has not come is named until it has.
  const caFingerprint = lines[0]?.caFingerprint ?? ''
  const open = (name = '') => zhuize.call('receivings.open', { file: join(out, name), caFingerprint, job: 'open' })
  const half = await open(lines[1]?.file)
  expect(half).toMatchObject({ consignment: { bag: { number: 2, count: 2 } }, kept: [], missing: [1], earlier: [] })
  const kept = await zhuize.call('receivings.receive', { holdId: half.holdId ?? '', note: '' })
  expect(await zhuize.call('receivings.get', { receivingId: kept.id })).toMatchObject({ missing: [1] })
  const whole = await open(lines[0]?.file)
  expect(whole).toMatchObject({ kept: [{ bag: 2, as: kept.number }], missing: [], earlier: [] })
  await zhuize.call('receivings.receive', { holdId: whole.holdId ?? '', note: '' })
  expect(await zhuize.call('receivings.get', { receivingId: kept.id })).toMatchObject({
    bag: { number: 2 },
    missing: [],
  })
}, 600_000)
