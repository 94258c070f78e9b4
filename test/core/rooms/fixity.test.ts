import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filedVolume } from '../../support/filing.ts'
import { openOffice } from '../../support/office.ts'

test('everything that is kept is read to its end again; what was changed, lost or swapped is named', async () => {
  const office = await openOffice()
  await filedVolume(office, '渝某实业集团有限公司')
  const dangan = await office.at('dangan')
  expect(await dangan.call('fixity.list', {})).toEqual({ runs: [], days: null, every: 30, due: true })
  const folder = join(office.folder, 'blobs')
  const blobs = readdirSync(folder).sort()
  const sound = await dangan.call('fixity.run', { job: 'fixity' })
  expect(sound).toMatchObject({ by: '戚某某', attachments: blobs.length, faults: [] })
  expect(sound.papers).toBeGreaterThan(0)
  expect(await dangan.call('fixity.list', {})).toMatchObject({ days: 0, due: false })

  const cases = dangan.session.archive.cases
  const documents: { blob_id: string }[] =
    (await cases?.knex('rectification_documents').orderBy('id').select('blob_id')) ?? []
  const [changed = '', lost = ''] = documents.map((one) => one.blob_id)
  const bytes = readFileSync(join(folder, changed))
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  writeFileSync(join(folder, changed), bytes)
  rmSync(join(folder, lost))
  const paper = await cases?.knex('papers').first('id')
  await cases
    ?.knex('papers')
    .where({ id: paper.id })
    .update({ sha256: '0'.repeat(64) })

  const { faults } = await dangan.call('fixity.run', { job: 'fixity' })
  expect(faults.map((one) => [one.kind, one.id, one.code]).sort()).toEqual(
    [
      ['attachment', changed, 'blobs.damaged'],
      ['attachment', lost, 'blobs.missing'],
      ['paper', paper.id, 'papers.altered'],
    ].sort(),
  )
  // Named for whoever stands in the 知悉范围.
  expect(faults.every((one) => one.title !== '')).toBe(true)
  const { runs } = await dangan.call('fixity.list', {})
  expect(runs.map((run) => run.faults.length)).toEqual([3, 0])
}, 600_000)
