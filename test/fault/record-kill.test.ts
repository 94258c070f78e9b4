import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { checksBeforeStart } from '#shared/domain/interviews.ts'
import { filesBelow } from '../support/canary.ts'
import { startCore } from '../support/core-process.ts'
import { attendeesFor, chain, issueNotices, openCase, openOffice, said, secret } from '../support/office.ts'

const typed = '正在输入尚未成句的陈述内容'
const committed = '已经成句的答复内容'

test('kill -9 in mid-record: the line being typed and every committed one are there at the relaunch', async () => {
  const office = await openOffice()
  const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, secret)
  const jilu = await office.at('jilu')
  const { interviewId } = await jilu.call('cases.get', { caseId })
  if (interviewId === null) throw new Error('no interview')
  const one = { caseId, interviewId }
  await jilu.call('interviews.prepare', { ...one, attendees: attendeesFor(enterprises), outline: [] })
  for (const item of checksBeforeStart) await jilu.call('interviews.check', { ...one, item, done: true })
  await jilu.call('interviews.start', one)
  for (const login of [...chain, 'zhuize']) await (await office.at(login)).close()

  const signIn = { login: 'jilu', password: trialPassword }
  const core = await startCore(office.machineFolder, office.folder)
  expect(await core.call('signin', 'session.signIn', signIn)).toMatchObject({ ok: true })
  await core.state()
  const lines = [1, 2, 3].map((n) => said({ text: `${committed}${n}` }))
  for (const utterance of lines) {
    expect(await core.call('case', 'interviews.append', { ...one, utterance })).toMatchObject({ ok: true })
  }
  const { speakerId, kind, section, part, audience, marked, commitment, startedAt } = said({ text: typed })
  const live = { speakerId, kind, section, part, audience, marked, commitment, startedAt, caret: 3 }
  for (let revision = 1; revision <= typed.length; revision += 1) {
    const text = typed.slice(0, revision)
    const kept = await core.call('case', 'interviews.keep', { ...one, live: { ...live, text, revision } })
    expect(kept).toMatchObject({ ok: true })
  }
  await core.kill()

  for (const file of [...filesBelow(office.folder), ...filesBelow(office.machineFolder)]) {
    const bytes = readFileSync(file)
    for (const text of [typed, committed]) expect([file, bytes.includes(text)]).toEqual([file, false])
  }
  const again = await startCore(office.machineFolder, office.folder)
  expect(await again.call('signin', 'session.signIn', signIn)).toMatchObject({ ok: true })
  await again.state()
  expect(await again.call('case', 'interviews.get', one)).toMatchObject({
    ok: true,
    value: {
      interview: { state: 'running' },
      utterances: lines.map(({ text }) => ({ text })),
      live: { text: typed, revision: typed.length },
    },
  })
  expect(await again.stop()).toBe(0)
})
