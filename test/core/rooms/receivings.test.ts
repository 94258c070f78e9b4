import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { startEnvelope } from '#electron/crypto/cms-enveloped.ts'
import { sealBundle } from '#electron/sealing/bundle.ts'
import {
  type Cast,
  groupRequests,
  makeCast,
  part,
  sampleParts,
  sampleRequest,
  sealSample,
} from '#test/support/bundles.ts'
import { CanarySearch, filesBelow, runsOf } from '#test/support/canary.ts'
import { temporaryFolder } from '#test/support/folders.ts'
import { hostileTars } from '#test/support/hostile-tar.ts'
import { openOffice, type TestOffice } from '#test/support/office.ts'

/** Another office seals for the archivist of this one, whose certificate it was handed and compared on paper. */
let cast: Cast
let caFingerprint: string
beforeAll(() => {
  cast = makeCast()
  caFingerprint = certificateFingerprint(cast.authority.certificate)
})
const code = (value: string, params = {}) =>
  expect.objectContaining({ code: value, params: expect.objectContaining(params) })

type Change = Partial<Parameters<typeof sealBundle>[0]>

async function sealFor(office: TestOffice, login: string, change: Change = {}): Promise<string> {
  const handed = await (await office.at(login)).call('receivings.certificate', { folder: temporaryFolder() })
  const certificate = readFileSync(handed.file, 'utf8')
  expect(handed.fingerprint).toBe(certificateFingerprint(certificate))
  const folder = temporaryFolder()
  const request = await sampleRequest(cast, folder)
  const recipients = [{ name: '本单位档案室', certificate }]
  return (await sealBundle({ ...request, recipients, ...change })).file
}

const blobsOf = (office: TestOffice): string[] => {
  const folder = join(office.folder, 'blobs')
  return readdirSync(folder, { withFileTypes: true }).map((entry) => entry.name)
}

describe('接收', () => {
  it('opens a bundle, shows what lies in it, keeps it under a number with its receipt, and only once', async () => {
    const office = await openOffice()
    const dangan = await office.at('dangan')
    const file = await sealFor(office, 'dangan')
    const open = () => dangan.call('receivings.open', { file, caFingerprint, job: 'test' })
    const seen = await open()
    expect(seen.verdict).toMatchObject({ colour: 'green', signedAt: '2026-03-02T02:00:00.000Z' })
    expect(seen).toMatchObject({ alreadyAs: null, earlier: [] })
    expect(seen.consignment).toMatchObject({
      sender: '重庆市国资委（演练）',
      title: '关于渝某实业集团有限公司的责任约谈案卷',
      archivalCode: 'J001-WS·2026-D30-JDC-0001',
      level: 'secret',
      sequence: 1,
      files: 4,
    })
    expect(seen.items[0]).toEqual({
      title: '责任约谈通知书',
      number: '监管约谈函〔2026〕1号',
      author: '重庆市国资委（演练）',
      day: '2026-02-20',
      level: '秘密',
      term: '10年',
      pages: 3,
      documents: ['data/papers/notice-01.pdf'],
    })
    expect(seen.items[3]?.title).toBe('企业书面说明 <附表> & “清单”')
    expect(await dangan.call('receivings.list', {})).toEqual([])

    const year = new Date().toISOString().slice(0, 4)
    const kept = await dangan.call('receivings.receive', { holdId: seen.holdId ?? '', note: '光盘一张' })
    expect(kept).toMatchObject({ number: `接收〔${year}〕1号`, by: dangan.session.archive.identity.name })
    const volume = await dangan.call('receivings.get', { receivingId: kept.id })
    expect(volume.items).toEqual(seen.items)
    const [, , , statement] = sampleParts()
    const shown = await dangan.call('receivings.file', { receivingId: kept.id, path: statement?.path ?? '' })
    expect(Buffer.from(shown.bytes).toString('utf8')).toBe('喆堃赟镕\n')
    const receipt = await dangan.call('receivings.receipt', { receivingId: kept.id, folder: temporaryFolder() })
    expect(readFileSync(receipt.file).subarray(0, 5).toString()).toBe('%PDF-')
    const onScreen = await dangan.call('receivings.file', { receivingId: kept.id, path: 'receipt' })
    expect(Buffer.from(onScreen.bytes).equals(readFileSync(receipt.file))).toBe(true)

    const again = await open()
    expect(again).toMatchObject({ holdId: null, alreadyAs: kept.number })
    const request = {
      delivery: { id: '01JDTEST0000000000000000CC', trial: true, level: 'none', sequence: 2, previous: null },
    }
    const second = await sealFor(office, 'dangan', request as Change)
    const next = await dangan.call('receivings.open', { file: second, caFingerprint, job: 'test' })
    expect(next).toMatchObject({ alreadyAs: null, earlier: [kept.number] })
  })

  it('refuses a bundle that names a group it does not belong to', async () => {
    const office = await openOffice()
    const dangan = await office.at('dangan')
    const [a, b, c] = sampleParts()
    if (!a || !b || !c) throw new Error('three parts')
    const handed = await dangan.call('receivings.certificate', { folder: temporaryFolder() })
    const recipients = [{ name: '本单位档案室', certificate: readFileSync(handed.file, 'utf8') }]
    const group = async (shares: Parameters<typeof groupRequests>[2], serial: string) => {
      const files: string[] = []
      for (const request of await groupRequests(cast, temporaryFolder(), shares)) {
        const delivery = { ...request.delivery, id: `${request.delivery.id}${serial}` }
        files.push((await sealBundle({ ...request, recipients, delivery })).file)
      }
      return files
    }
    const open = (file = '') => dangan.call('receivings.open', { file, caFingerprint, job: 'test' })
    const [first, second] = await group([[a], [b]], 'A')
    const { holdId } = await open(first)
    const kept = await dangan.call('receivings.receive', { holdId: holdId ?? '', note: '' })
    const before = blobsOf(office)
    // Of the same name with other content, and the place that is taken already.
    const others = [(await group([[a], [c]], 'B'))[1], (await group([[a], [b]], 'C'))[0]]
    for (const file of others) {
      const { holdId: none, verdict, consignment } = await open(file)
      expect({ none, consignment, colour: verdict.colour }).toEqual({ none: null, consignment: null, colour: 'red' })
      const failed = verdict.checks.filter((check) => !check.passed)
      expect(failed).toEqual([{ code: 'group', passed: false, detail: `与已接收的${kept.number}不是同一案的分包` }])
      expect(blobsOf(office)).toEqual(before)
    }
    expect(await open(second)).toMatchObject({ verdict: { colour: 'green' }, kept: [{ bag: 1 }], missing: [] })
  })

  it('is seen by archivists and by who received it, and by nobody else', async () => {
    const office = await openOffice()
    const zhuize = await office.at('zhuize')
    const file = await sealFor(office, 'zhuize')
    const { holdId } = await zhuize.call('receivings.open', { file, caFingerprint, job: 'test' })
    const dangan = await office.at('dangan')
    await expect(dangan.call('receivings.receive', { holdId: holdId ?? '', note: '' })).rejects.toThrow(
      code('receivings.notHeld'),
    )
    const lead = await zhuize.call('receivings.receive', { holdId: holdId ?? '', note: '' })
    expect((await zhuize.call('receivings.list', {})).map((one) => one.id)).toEqual([lead.id])
    expect((await dangan.call('receivings.list', {})).map((one) => one.id)).toEqual([lead.id])

    const own = await sealFor(office, 'dangan', {
      delivery: { id: '01JDTEST0000000000000000DD', trial: true, level: 'secret', sequence: 3, previous: null },
    })
    const opened = await dangan.call('receivings.open', { file: own, caFingerprint, job: 'test' })
    const kept = await dangan.call('receivings.receive', { holdId: opened.holdId ?? '', note: '' })
    expect((await zhuize.call('receivings.list', {})).map((one) => one.id)).toEqual([lead.id])
    for (const path of ['receipt', 'data/papers/notice-01.pdf'])
      await expect(zhuize.call('receivings.file', { receivingId: kept.id, path })).rejects.toThrow(
        code('receivings.unknown'),
      )
    await expect(dangan.call('receivings.file', { receivingId: kept.id, path: '../office.db' })).rejects.toThrow(
      code('receivings.unknownFile'),
    )
  })

  it('keeps nothing that is not whole, not meant for it, or not of its kind', async () => {
    const office = await openOffice()
    const dangan = await office.at('dangan')
    const before = blobsOf(office)
    const good = await sealFor(office, 'dangan')
    const bytes = readFileSync(good)
    const evil = join(temporaryFolder(), 'evil.sealed')
    const open = (file: string, fingerprint = caFingerprint) =>
      dangan.call('receivings.open', { file, caFingerprint: fingerprint, job: 'test' })
    const refused = async (change: Buffer, expected: string): Promise<void> => {
      writeFileSync(evil, change)
      await expect(open(evil), expected).rejects.toThrow(code(expected))
      expect(blobsOf(office)).toEqual(before)
    }
    const flipped = Buffer.from(bytes)
    flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 1
    await refused(flipped, 'envelope.tampered')
    await refused(bytes.subarray(0, -40), 'envelope.unreadable')
    await refused(bytes.subarray(0, 2000), 'envelope.unreadable')
    await refused(Buffer.from('%PDF-1.7'), 'envelope.unreadable')
    await expect(open(`${evil}.absent`)).rejects.toThrow(code('receivings.noFile'))
    await expect(open(good, caFingerprint.slice(0, 8))).rejects.toThrow(code('archive.fingerprintShort'))
    const elsewhere = (await sealBundle(await sampleRequest(cast, temporaryFolder()))).file
    await expect(open(elsewhere)).rejects.toThrow(code('envelope.notRecipient'))

    const red = async (file: string, says: string, fingerprint = caFingerprint): Promise<void> => {
      const answer = await open(file, fingerprint)
      expect(answer).toMatchObject({ holdId: null, consignment: null, items: [] })
      expect(answer.verdict.colour).toBe('red')
      expect(answer.verdict.checks.filter((check) => !check.passed).map((check) => check.code)).toContain(says)
      expect(blobsOf(office)).toEqual(before)
    }
    await red(good, 'issuer', '0'.repeat(64))
    const delivery = { id: '01JDTEST0000000000000000EE', level: 'secret' as const, sequence: 4, previous: null }
    await red(await sealFor(office, 'dangan', { delivery: { ...delivery, trial: false } }), 'origin')

    // A level above what this machine may hold is turned away before anything of it is shown.
    const { ledger } = dangan.session.archive
    const machineLevel = ledger.machineLevel
    Object.assign(ledger, { machineLevel: 'work' })
    await expect(open(good)).rejects.toThrow(code('secrecy.aboveMachine', { level: 'work' }))
    Object.assign(ledger, { machineLevel })
    expect(blobsOf(office)).toEqual(before)

    // What was opened and left is gone as well, and nothing of it ever stood in the clear.
    const words = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'
    const parts = [part('data/materials/a.txt', '材料', 'text/plain', Buffer.from(words))]
    const plain = await sampleRequest(cast, temporaryFolder(), parts)
    const { holdId } = await open(await sealFor(office, 'dangan', { parts, eep: plain.eep }))
    const canary = new CanarySearch(runsOf([words]))
    expect(filesBelow(office.folder).filter((file) => canary.inFile(file) !== null)).toEqual([])
    await dangan.call('receivings.discard', { holdId: holdId ?? '' })
    expect(blobsOf(office)).toEqual(before)
    await expect(dangan.call('receivings.receive', { holdId: holdId ?? '', note: '' })).rejects.toThrow(
      code('receivings.notHeld'),
    )
  })

  it('refuses by name every tar that leads out of its folder, and every envelope that proves nothing', async () => {
    const office = await openOffice()
    const dangan = await office.at('dangan')
    const before = blobsOf(office)
    const folder = temporaryFolder()
    const handed = await dangan.call('receivings.certificate', { folder })
    const certificate = readFileSync(handed.file, 'utf8')
    const evil = join(folder, 'evil.sealed')
    const files = filesBelow(office.folder).map((file) => file.replace(/-(wal|shm)$/, ''))
    const good = readFileSync((await sealSample(cast)).tar)
    const open = () => dangan.call('receivings.open', { file: evil, caFingerprint, job: 'test' })
    // One for each refusal; the rest of them is judged without a door in `test/unit/sealing`.
    const each = hostileTars.filter(({ says }, at) => hostileTars.findIndex((one) => one.says === says) === at)
    for (const { name, says, make } of each) {
      const tar = make(good)
      const envelope = startEnvelope([certificate], tar.length)
      writeFileSync(evil, Buffer.concat([envelope.prefix, envelope.update(tar), envelope.finish()]))
      const { verdict, ...rest } = await open()
      expect(verdict, name).toMatchObject({ colour: 'red', checks: [{ code: 'archive', passed: false }] })
      expect(verdict.checks[0]?.detail, name).toContain(says)
      expect(rest, name).toMatchObject({ holdId: null, consignment: null, items: [] })
      expect(blobsOf(office), name).toEqual(before)
    }
    writeFileSync(join(folder, 'plain.tar'), good)
    const cbc = ['cms', '-encrypt', '-binary', '-outform', 'DER', '-aes-256-cbc', '-in', join(folder, 'plain.tar')]
    const oaep = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'].flatMap((one) => [
      '-keyopt',
      one,
    ])
    execFileSync('openssl', [...cbc, '-out', evil, '-recip', handed.file, ...oaep])
    await expect(open()).rejects.toThrow(code('envelope.algorithm'))
    // Sealed for another archive, opened there, and encrypted again for this one.
    const envelope = startEnvelope([certificate], good.length)
    writeFileSync(evil, Buffer.concat([envelope.prefix, envelope.update(good), envelope.finish()]))
    const { verdict, holdId } = await open()
    expect({ holdId, failed: verdict.checks.filter((check) => !check.passed) }).toEqual({
      holdId: null,
      failed: [{ code: 'recipient', passed: false, detail: '交接信息没有列明本单位的证书，可能是他人转封' }],
    })
    expect(blobsOf(office)).toEqual(before)
    expect(filesBelow(office.folder).map((file) => file.replace(/-(wal|shm)$/, ''))).toEqual(files)
  })

  it('is believed only as it was signed: a line somebody rewrote in the file is refused', async () => {
    const office = await openOffice()
    const dangan = await office.at('dangan')
    const file = await sealFor(office, 'dangan')
    const { holdId } = await dangan.call('receivings.open', { file, caFingerprint, job: 'test' })
    const kept = await dangan.call('receivings.receive', { holdId: holdId ?? '', note: '' })
    const { cases } = dangan.session.archive
    await expect(
      cases?.transaction((trx) => trx('receivings').where({ id: kept.id }).update({ level: 'none' })),
    ).rejects.toThrow()
    await cases?.transaction(async (trx) => {
      const row = await trx('receivings').where({ id: kept.id }).first()
      const forged = { ...row, id: '01JDTEST0000000000000000FF', n: 9, delivery_id: 'forged', level: 'none' }
      await trx('receivings').insert(forged)
    })
    await expect(dangan.call('receivings.get', { receivingId: '01JDTEST0000000000000000FF' })).rejects.toThrow(
      code('acts.invalid'),
    )
    expect((await dangan.call('receivings.get', { receivingId: kept.id })).level).toBe('secret')
  })
})
