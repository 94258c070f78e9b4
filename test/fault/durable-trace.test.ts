import { join } from 'node:path'
import { expect, test } from 'vitest'
import { descendants } from '#build/soak/processes.ts'
import { stageInterview } from '#build/stage.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import type { LiveLine } from '#shared/domain/interviews.ts'
import { startCore } from '../support/core-process.ts'
import { temporaryFolder } from '../support/folders.ts'
import { foundTrial, said } from '../support/office.ts'
import { type Call, traceCalls } from '../support/trace.ts'

const rounds = 8
const writes = ['write', 'writev', 'pwrite64', 'pwritev', 'sendmsg', 'sendto']
const syncs = ['fdatasync', 'fsync']

/**
 * What the kernel saw while the core answered: every answer that left must stand behind a completed fdatasync of the
 * file, with nothing written to that file in between.
 */
function answersBehindSync(calls: readonly Call[], file: string): { answers: number; early: number } {
  let synced = false
  const seen = { answers: 0, early: 0 }
  for (const { name, target, result } of calls) {
    if (target === file && writes.includes(name)) synced = false
    else if (target === file && syncs.includes(name)) synced = result === 0
    else if (/^(?:socket|UNIX)/.test(target) && writes.includes(name)) {
      seen.answers += 1
      if (!synced) seen.early += 1
      synced = false
    }
  }
  return seen
}

test('fdatasync has completed before the answer leaves that turns the light to 已落盘: kept line and Enter', async () => {
  const base = temporaryFolder()
  const stage = await stageInterview({ base, found: foundTrial })
  const { caseId, interviewId } = stage
  const core = await startCore(stage.machine, stage.archive)
  expect(await core.call('signin', 'session.signIn', { login: 'jilu', password: trialPassword })).toMatchObject({
    ok: true,
  })
  await core.state()
  const entry = descendants().find(({ command }) => command.includes(join('electron', 'core', 'entry.ts')))
  const pid = entry?.pid ?? 0
  expect(pid).toBeGreaterThan(0)

  const kept = await traceCalls(pid, [...writes, ...syncs], join(base, 'kept.trace'))
  const { speakerId, kind, section, part, audience, commitment, marked, startedAt } = said({ text: '逐字落盘' })
  for (let revision = 1; revision <= rounds; revision += 1) {
    const text = '逐字落盘的一句话'.slice(0, revision)
    const settings = { speakerId, kind, section, part, audience, commitment, marked, startedAt }
    const live: LiveLine = { ...settings, text, caret: revision, revision }
    expect(await core.call('case', 'interviews.keep', { caseId, interviewId, live })).toMatchObject({ ok: true })
  }
  expect(answersBehindSync(await kept.stop(), join(stage.archive, 'journal'))).toEqual({ answers: rounds, early: 0 })

  const entered = await traceCalls(pid, [...writes, ...syncs], join(base, 'entered.trace'))
  for (let n = 1; n <= rounds; n += 1) {
    const utterance = said({ text: `第${n}句` })
    expect(await core.call('case', 'interviews.append', { caseId, interviewId, utterance })).toMatchObject({ ok: true })
  }
  const seen = answersBehindSync(await entered.stop(), join(stage.archive, 'cases.db-wal'))
  expect(seen).toEqual({ answers: rounds, early: 0 })
})
