import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import type { Drill } from '#shared/domain/backups.ts'
import { plainCaseAtFiling } from '../../support/filing.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { openOffice } from '../../support/office.ts'
import { openSeat, sitting } from '../../support/seat.ts'

const longPath = 600_000
const code = (value: string, params = {}) =>
  expect.objectContaining({ code: value, params: expect.objectContaining(params) })
const results = (drill: Drill | undefined) =>
  Object.fromEntries((drill?.checks ?? []).map((one) => [one.code, one.result]))
const officerSees = {
  manifest: 'passed',
  files: 'passed',
  office: 'passed',
  ledger: 'passed',
  officeLog: 'passed',
  cases: 'notHeld',
  casesLog: 'notHeld',
  contents: 'notHeld',
  blobs: 'passed',
}
const all = Object.fromEntries(Object.keys(officerSees).map((name) => [name, 'passed']))

/** An archive with one case and two attachments, everybody signed out; and an empty place for backups. */
async function archiveWithCase() {
  const office = await openOffice()
  const { caseId } = await plainCaseAtFiling(office, '渝某实业集团有限公司')
  for (const login of ['chengban', 'chuzhang', 'dangan', 'jilu', 'fenguan', 'zhuize', 'dingmi'])
    await office.leave(login)
  const place = temporaryFolder()
  const here = { folder: office.folder, machineFolder: office.machineFolder }
  const make = () => sitting(here, 'xitong', (seat) => seat.call('backups.make', { folder: place, job: 'backup' }))
  return { here, caseId, place, make, root: join(place, 'yuetan-backups') }
}

test(
  'a backup is opened and checked as far as the keys reach, attachments stand once, the oldest goes when its turn comes',
  async () => {
    const { here, place, make, root } = await archiveWithCase()
    await sitting(here, 'anquan', (seat) => seat.call('settings.setPolicy', { name: 'backupsKept', value: 2 }))
    const first = await make()
    expect(first).toMatchObject({ place, blobs: 2, state: 'kept' })
    expect(results(first.drills[0])).toEqual(officerSees)
    const blobs = readdirSync(join(root, 'blobs')).sort()
    expect(blobs).toEqual(readdirSync(join(here.folder, 'blobs')).sort())
    const times = blobs.map((name) => readFileSync(join(root, 'blobs', name)).length)

    // A key holder opens what no officer can; the drill leaves nothing behind.
    const drill = await sitting(here, 'dangan', (seat) =>
      seat.call('backups.drill', { backupId: first.id, job: 'drill' }),
    )
    expect(drill).toMatchObject({ depth: 'whole', passed: true, by: '戚某某' })
    expect(results(drill)).toEqual(all)
    expect(drill.ms).toBeGreaterThan(0)
    expect(existsSync(join(here.folder, 'backups', 'drill.part'))).toBe(false)
    // The cases are copied as they lie: not while somebody has them open.
    await sitting(here, 'dangan', async (seat) => {
      await expect(seat.call('backups.make', { folder: place, job: 'backup' })).rejects.toThrow(code('door.role'))
    })

    // What a killed backup leaves is taken away by the next one, which copies no attachment twice.
    cpSync(join(root, first.name), join(root, '2026-01-01-KILLED.part'), { recursive: true })
    writeFileSync(join(root, 'blobs', 'KILLED.part'), 'x')
    const second = await make()
    expect(readdirSync(root).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(readdirSync(join(root, 'blobs')).sort()).toEqual(blobs)
    expect(blobs.map((name) => readFileSync(join(root, 'blobs', name)).length)).toEqual(times)

    const third = await make()
    expect(readdirSync(root).sort()).toEqual(['blobs', second.name, third.name].sort())
    await sitting(here, 'shenji', async (seat) => {
      const { backups, days } = await seat.call('backups.list', {})
      expect(days).toBe(0)
      expect(backups.map((one) => [one.id, one.state])).toEqual([
        [third.id, 'kept'],
        [second.id, 'kept'],
        [first.id, 'removed'],
      ])
      const lines = await seat.call('audit.list', { action: 'backups', before: null })
      expect(lines.lines.filter((line) => line.action === 'backups.drill')).toHaveLength(1)
    })

    // Spoiled on the medium, file by file: every drill names what, and nothing is called sound.
    const folder = join(root, third.name)
    const spoil = async (file: string, failing: readonly string[]) => {
      const before = readFileSync(file)
      const changed = Buffer.from(before)
      const at = changed.length >> 1
      changed[at] = (changed[at] ?? 0) ^ 1
      writeFileSync(file, changed)
      const found = await sitting(here, 'dangan', (seat) =>
        seat.call('backups.drill', { backupId: third.id, job: 'drill' }),
      )
      writeFileSync(file, before)
      expect(found.passed, file).toBe(false)
      const failed = found.checks.filter((one) => one.result === 'failed').map((one) => one.code)
      for (const one of failing) expect(failed, file).toContain(one)
    }
    await spoil(join(folder, 'cases.db'), ['files'])
    await spoil(join(folder, 'office.db'), ['files'])
    await spoil(join(root, 'blobs', blobs[0] ?? ''), ['blobs', 'contents'])
    appendFileSync(join(folder, 'manifest.json'), ' ')
    const text = readFileSync(join(folder, 'manifest.json'), 'utf8')
    writeFileSync(join(folder, 'manifest.json'), text.replace(/"size":\d+/, '"size":1'))
    const foreign = await sitting(here, 'dangan', (seat) =>
      seat.call('backups.drill', { backupId: third.id, job: 'drill' }),
    )
    expect(results(foreign)).toMatchObject({ manifest: 'failed' })
  },
  longPath,
)

test(
  'a restore needs 系统管理员 and 安全审计员, goes into a new folder, and stands in the ledger under both',
  async () => {
    const { here, caseId, make, root } = await archiveWithCase()
    const made = await make()
    const backup = join(root, made.name)
    const target = join(temporaryFolder(), 'restored')
    const officer = (login: string, password = trialPassword) => ({ login, password })
    const ask = {
      backup,
      folder: target,
      reason: '演练恢复',
      systemAdmin: officer('xitong'),
      auditor: officer('shenji'),
      device: '',
      job: 'restore',
    }
    const seat = openSeat(here)
    for (const [change, refusal] of [
      [{ auditor: officer('anquan') }, 'accounts.notOfficer'],
      [{ systemAdmin: officer('dangan') }, 'accounts.notOfficer'],
      [{ auditor: officer('shenji', 'wrong') }, 'signin.wrong'],
      [{ folder: here.folder }, 'backups.targetExists'],
      [{ backup: root }, 'backups.none'],
    ] as const)
      await expect(seat.door('backups.restore', { ...ask, ...change }), refusal).rejects.toThrow(code(refusal))
    expect(existsSync(target)).toBe(false)
    expect(existsSync(`${target}.part`)).toBe(false)

    // Whatever was changed on the medium is found before anything takes a name.
    const blob = join(root, 'blobs', readdirSync(join(root, 'blobs'))[0] ?? '')
    const bytes = readFileSync(blob)
    writeFileSync(blob, Buffer.concat([bytes, Buffer.from('x')]))
    await expect(seat.door('backups.restore', ask)).rejects.toThrow(code('backups.differs'))
    writeFileSync(blob, bytes)
    expect(existsSync(target)).toBe(false)

    expect(await seat.door('backups.restore', ask)).toMatchObject({ folder: target, blobs: 2 })
    await expect(seat.door('backups.restore', ask)).rejects.toThrow(code('backups.targetExists'))
    await seat.leave()

    // What was done after the backup is missing, and both say so before business goes on.
    const there = { ...here, folder: target }
    const findings = await sitting(there, 'xitong', async (desk) => {
      const { findings: found } = await desk.call('session.current', {})
      await desk.call('settings.proposeRestore', { reason: '备份之后的内容已丢失' })
      return found
    })
    expect(findings.map((one) => one.database)).toContain('office')
    await sitting(there, 'shenji', async (desk) => {
      const [act] = await desk.call('accounts.waiting', {})
      await desk.call('accounts.confirm', { seq: act?.seq ?? 0, hash: act?.hash ?? '' })
      const lines = await desk.call('audit.list', { action: 'backups.restore', before: null })
      expect(lines.lines).toHaveLength(1)
    })
    await sitting(there, 'dangan', async (desk) => {
      expect((await desk.call('cases.get', { caseId })).stage).toBe('filing')
    })
  },
  longPath,
)
