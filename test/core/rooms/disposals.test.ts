import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepForm } from '#db/repositories/forms.ts'
import { disposalRefusal, retentionEnd } from '#shared/domain/disposals.ts'
import { filedVolume } from '../../support/filing.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { openOffice } from '../../support/office.ts'
import { sitting } from '../../support/seat.ts'

const code = (value: string) => expect.objectContaining({ code: value })

test('a term ends on 31 December, counted from the year after the last paper; a review counts from its own year', () => {
  expect(retentionEnd('2026-03-01', '10年', null)).toBe('2036-12-31')
  expect(retentionEnd('2026-12-31', '30年', null)).toBe('2056-12-31')
  expect(retentionEnd('2026-03-01', '永久', null)).toBeNull()
  expect(retentionEnd('2026-03-01', '10年', { conclusion: 'D30', day: '2037-02-01' })).toBe('2067-12-31')
  expect(retentionEnd('2026-03-01', '10年', { conclusion: 'Y', day: '2037-02-01' })).toBeNull()
  const free = { due: true, hold: '', disposal: null }
  expect(disposalRefusal(free, 'destroy')).toBeNull()
  expect(disposalRefusal({ ...free, due: false }, 'destroy')).toBe('disposals.notDue')
  expect(disposalRefusal({ ...free, due: false }, 'D10')).toBeNull()
  expect(disposalRefusal({ ...free, hold: '诉讼' }, 'D10')).toBe('disposals.held')
})

test('实施条例 28: what is due is asked for by one, approved by another, held while it is needed; destroyed, it can be read by nobody and the registers stay', async () => {
  const office = await openOffice()
  const name = '渝某实业集团有限公司'
  const volume = await filedVolume(office, name)
  const other = await filedVolume(office, '渝某能源有限公司')
  const { caseId, id: volumeId } = volume
  const one = { caseId, volumeId }
  for (const login of ['chengban', 'chuzhang', 'dangan']) await office.leave(login)
  const here = { folder: office.folder, machineFolder: office.machineFolder }
  const place = temporaryFolder()
  const backup = await sitting(here, 'xitong', (seat) => seat.call('backups.make', { folder: place, job: 'b' }))

  const dangan = await office.at('dangan')
  const chuzhang = await office.at('chuzhang')
  const listed = async () => (await dangan.call('disposals.list', {})).find((row) => row.volumeId === volumeId)
  expect(await listed()).toMatchObject({ due: false, retention: '30年', hold: '', disposal: null })
  await expect(dangan.call('disposals.ask', { ...one, conclusion: 'destroy', reason: '期满' })).rejects.toThrow(
    code('disposals.notDue'),
  )
  // The papers of the volume grow old.
  const cases = dangan.session.archive.cases
  await cases?.knex('volume_items').where({ volume_id: volumeId }).update({ date: '1990-05-01' })
  expect(await listed()).toMatchObject({ due: true, until: '2020-12-31' })

  await dangan.call('disposals.hold', { ...one, held: true, reason: '责任追究尚未办结' })
  await expect(dangan.call('disposals.ask', { ...one, conclusion: 'destroy', reason: '期满' })).rejects.toThrow(
    code('disposals.held'),
  )
  await chuzhang.call('disposals.hold', { ...one, held: false, reason: '已办结' })
  const asked = await dangan.call('disposals.ask', {
    ...one,
    conclusion: 'destroy',
    reason: '保管期限已满，无继续保存价值',
  })
  const decide = { caseId, disposalId: asked.id, decision: 'approved' as const, opinion: '同意销毁' }
  const destroy = { caseId, disposalId: asked.id, witness: '监销人某' }
  await expect(dangan.call('disposals.destroy', destroy)).rejects.toThrow(code('disposals.notApproved'))
  await expect(dangan.call('disposals.decide', decide)).rejects.toThrow(code('door.role'))
  await chuzhang.call('disposals.decide', decide)
  // An approval somebody wrote into the file is none.
  await cases?.knex('disposals').where({ id: asked.id }).update({ reason: '另一个理由' })
  await expect(dangan.call('disposals.destroy', destroy)).rejects.toThrow(code('acts.invalid'))
  await cases?.knex('disposals').where({ id: asked.id }).update({ reason: asked.reason })
  // A hold after the approval still holds.
  await chuzhang.call('disposals.hold', { ...one, held: true, reason: '审计' })
  await expect(dangan.call('disposals.destroy', destroy)).rejects.toThrow(code('disposals.held'))
  await chuzhang.call('disposals.hold', { ...one, held: false, reason: '审计结束' })

  const hits = await dangan.call('search.query', { query: '关于有关问题的说明', caseId })
  expect(hits.hits.length).toBeGreaterThan(0)
  const indexed = async () => {
    const documents: { id: string }[] =
      (await cases?.knex('rectification_documents').where({ case_id: caseId }).select('id')) ?? []
    return (
      await cases
        ?.knex('search_texts')
        .whereIn(
          'ref',
          documents.map((row) => row.id),
        )
        .select('id')
    )?.length
  }
  expect(await indexed()).toBe(2)
  // Words that stand nowhere else, in places of every kind.
  const words = ['甲乙丙丁戊己', '庚辛壬癸子丑', '寅卯辰巳午未', `${name} material`]
  await cases?.knex('cases').where({ id: caseId }).update({ facts: words[0] })
  await cases?.knex('rectification_documents').where({ case_id: caseId }).update({ note: words[1] })
  await cases?.transaction(async (trx) => {
    const form = { form: `notice/${caseId}`, body: JSON.stringify({ text: words[2] }) }
    await keepForm(trx, { ...form, accountId: dangan.accountId, caseId, now: new Date().toISOString() })
  })
  for (const said of words)
    expect(
      (await allTexts(cases?.knex)).some((one) => one.includes(said)),
      said,
    ).toBe(true)
  const blobs = () => readdirSync(join(office.folder, 'blobs'))
  const own: { blob_id: string }[] =
    (await cases?.knex('rectification_documents').where({ case_id: caseId }).select('blob_id')) ?? []
  expect(own.length).toBeGreaterThan(0)
  const schema = () => cases?.knex('sqlite_master').orderBy(['type', 'name']).select('type', 'name', 'sql')
  const before = await schema()
  const lines = Number((await cases?.knex('log').count({ n: '*' }).first())?.n)
  const done = await dangan.call('disposals.destroy', destroy)
  expect(done).toMatchObject({ state: 'done', doneBy: '戚某某', witness: '监销人某' })

  // Guards of the tables stand as before, keys and files are gone, and nobody opens the case again.
  expect(await schema()).toEqual(before)
  const keys: { key: Buffer }[] =
    (await cases
      ?.knex('blobs')
      .whereIn(
        'id',
        own.map((row) => row.blob_id),
      )
      .select('key')) ?? []
  expect(keys.every((row) => row.key.length === 0)).toBe(true)
  for (const { blob_id } of own) expect(blobs()).not.toContain(blob_id)
  for (const login of ['dangan', 'chuzhang', 'chengban'] as const)
    await expect((await office.at(login)).call('cases.get', { caseId })).rejects.toThrow(code('door.scope'))
  expect((await (await office.at('chengban')).call('cases.get', { caseId: other.caseId })).id).toBe(other.caseId)
  expect((await dangan.call('search.query', { query: '关于有关问题的说明', caseId })).count).toBe(0)
  expect(await indexed()).toBe(2)
  // No table says what the case said; the log, the acts and the registers do say that there was one.
  const texts = await allTexts(cases?.knex)
  for (const said of words)
    expect(
      texts.some((text) => text.includes(said)),
      said,
    ).toBe(false)
  expect(Number((await cases?.knex('log').count({ n: '*' }).first())?.n)).toBeGreaterThan(lines)
  expect(await cases?.knex('acts').where({ object_id: volumeId, kind: 'archive.file' }).first('id')).toBeDefined()

  const shown = (await dangan.call('disposals.list', {})).find((row) => row.volumeId === volumeId)
  expect(shown).toMatchObject({ archivalCode: volume.archivalCode, title: volume.title, disposal: { state: 'done' } })
  await expect(dangan.call('disposals.destroy', destroy)).rejects.toThrow(code('door.scope'))
  const out = join(office.outside, 'certificates')
  mkdirSync(out)
  const { file } = await dangan.call('disposals.exportCertificate', { disposalId: asked.id, folder: out })
  expect(existsSync(file)).toBe(true)
  const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '')
  // What still holds the content is named: the backup made before.
  for (const part of ['档案销毁证明', volume.archivalCode, '监销人某', '同意销毁', '1份，见下表', backup.name])
    expect(text).toContain(part.replaceAll(/\s/g, ''))
  // Whoever never stood in its 知悉范围 learns nothing of it.
  const zhuize = await office.at('zhuize')
  expect((await zhuize.call('disposals.list', {})).map((row) => row.volumeId)).not.toContain(volumeId)

  // Signed in anew the archive opens, sweeps and lists as ever.
  const again = await office.again('dangan')
  expect((await again.call('archive.list', {})).map((row) => row.id)).toEqual([other.id])
  // A longer term moves the end.
  const longer = { caseId: other.caseId, volumeId: other.id, conclusion: 'Y' as const, reason: '有长期查考价值' }
  const review = await again.call('disposals.ask', longer)
  await (await office.at('chuzhang')).call('disposals.decide', {
    ...decide,
    caseId: other.caseId,
    disposalId: review.id,
  })
  expect((await again.call('disposals.list', {})).find((row) => row.volumeId === other.id)?.until).toBeNull()
}, 600_000)

/** Every text of every ordinary table of the database. */
async function allTexts(db: import('knex').Knex | undefined): Promise<string[]> {
  if (!db) return []
  const tables: { name: string }[] = await db('sqlite_master')
    .where({ type: 'table' })
    .whereNot('sql', 'like', 'CREATE VIRTUAL%')
    .where('name', 'not like', 'search_index%')
    .where('name', 'not like', 'sqlite_%')
    .select('name')
  const found: string[] = []
  for (const { name } of tables) {
    const rows: Record<string, unknown>[] = await db(name).select()
    for (const row of rows) for (const value of Object.values(row)) if (typeof value === 'string') found.push(value)
  }
  return found
}
