import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { LogRow } from '#electron/core/audit/log.ts'
import type { Context, LongContext } from '#electron/core/context.ts'
import { type CoreControl, createCore } from '#electron/core/core.ts'
import { fail } from '#shared/contract/errors.ts'
import { verb } from '#shared/contract/verb.ts'
import { makeTestArchive, testIds } from '../support/archive.ts'
import { TestWindow } from '../support/port.ts'

const none = { none: 'test' }
const base = { window: 'case', roles: none, scope: none, stepUp: none, database: 'cases', audit: 'probe.act' } as const
const caseInput = v.object({ caseId: v.string(), text: v.optional(v.pipe(v.string(), v.maxLength(10))) })
const anything = v.any()

const contract = {
  'probe.signIn': verb({
    ...base,
    input: v.object({ accountId: v.string() }),
    output: anything,
    window: 'signin',
    database: none,
    audit: none,
  }),
  'probe.act': verb({ ...base, input: caseInput, output: v.object({ done: v.boolean() }), scope: 'case' }),
  'probe.long': verb({
    ...base,
    input: caseInput,
    output: v.object({ done: v.boolean() }),
    scope: 'case',
    audit: 'probe.long',
  }),
  'probe.several': verb({ ...base, input: v.object({ commits: v.number() }), output: anything, commits: 'several' }),
  'probe.once': verb({ ...base, input: v.object({ commits: v.number() }), output: anything }),
  'probe.role': verb({ ...base, input: v.object({}), output: anything, roles: ['classifier'] }),
  'probe.step': verb({ ...base, input: v.object({}), output: anything, stepUp: 'password' }),
  'probe.office': verb({ ...base, input: v.object({}), output: anything, database: 'office' }),
  'probe.bare': verb({ ...base, input: v.object({}), output: anything, database: none, audit: none }),
  'probe.throw': verb({ ...base, input: v.object({ how: v.string() }), output: v.object({ n: v.number() }) }),
}

const secret = '决策程序倒置的具体情节'

function handlers(control: CoreControl, archive: Awaited<ReturnType<typeof makeTestArchive>>) {
  return {
    'probe.signIn': async (_context: Context, input: { accountId: string }) => {
      await control.opened(await archive.open(input.accountId))
      return {}
    },
    'probe.act': async (context: Context, input: { caseId: string }) => {
      await context.trx('meta').insert({ key: context.newId(), value: 'written' })
      await context.act({ kind: 'probe', objectKind: 'case', objectId: input.caseId, objectHash: 'ab'.repeat(32) })
      return { done: true }
    },
    'probe.long': {
      long: async (context: LongContext<{ done: boolean }>) => {
        const before = await context.read(async ({ trx }) => (await trx('meta').select()).length)
        await new Promise((resolve) => setTimeout(resolve, 20))
        return context.commit(async ({ trx }) => {
          await trx('meta').insert({ key: 'long', value: String(before) })
          return { done: true }
        })
      },
    },
    'probe.several': { long: severally },
    'probe.once': { long: severally },
    'probe.role': () => ({}),
    'probe.step': () => ({}),
    'probe.office': async (context: Context) => ({ lines: (await context.office('log').select('seq')).length }),
    'probe.bare': (context: Context) => ({ lines: context.trx === null }),
    'probe.throw': async (context: Context, { how }: { how: string }) => {
      await context.trx('meta').insert({ key: how, value: secret })
      if (how === 'code') fail('probe.refused', { count: 3 })
      if (how === 'output') return { n: secret }
      if (how === 'sql') await context.trx('meta').insert({ key: how, value: secret })
      throw new TypeError(`cannot read ${secret}`)
    },
  }
}

/** Commits so often, each with a note of its own, and fails at the third. */
async function severally(context: LongContext<unknown>, { commits }: { commits: number }): Promise<unknown> {
  for (let n = 1; n <= commits; n += 1) {
    if (n === 3) fail('probe.refused', { n })
    await context.commit(async ({ trx, note }) => {
      await trx('meta').insert({ key: `several-${n}`, value: '' })
      note({ detail: { n } })
      return {}
    })
  }
  return {}
}

async function opened(accountId: string | null = testIds.officer) {
  const archive = await makeTestArchive()
  const states: string[] = []
  const core = createCore({
    machineFolder: archive.machineFolder,
    archiveFolder: archive.folder,
    resources: '',
    contract,
    handlers: (control) => handlers(control, archive),
    session: (state) => states.push(state),
  })
  const signin = new TestWindow()
  const window = new TestWindow()
  core.connect('signin', signin)
  core.connect('case', window)
  if (accountId) expect(await signin.call('probe.signIn', { accountId })).toEqual({ ok: true, value: {} })
  const read = await archive.open(testIds.officer)
  const log = async (database: 'cases' | 'office' = 'cases'): Promise<LogRow[]> => {
    const db = database === 'cases' ? read.cases : read.office
    return db ? db.knex<LogRow>('log').whereNot({ action: 'session.signIn' }).orderBy('seq') : []
  }
  return { core, signin, window, states, log, read, archive }
}

const refused = (code: string) => expect.objectContaining({ ok: false, error: expect.objectContaining({ code }) })

describe('the door', () => {
  test('an act, its signature and its line enter in one transaction', async () => {
    const { window, log, read } = await opened()
    expect(await window.call('probe.act', { caseId: testIds.case })).toEqual({ ok: true, value: { done: true } })
    expect(await log()).toMatchObject([
      { action: 'probe.act', account: testIds.officer, object_id: testIds.case, result: 'ok', source: 'cases' },
    ])
    const acts = await read.cases?.knex('acts').select('log_seq')
    const seqs = await read.cases?.knex('log').where({ action: 'probe.act' }).select('seq')
    expect(acts?.[0].log_seq).toBe(seqs?.[0].seq)
  })

  test('before sign-in nothing but the sign-in window answers, and refusals stand in door.log by code', async () => {
    const { window, signin, archive } = await opened(null)
    expect(await window.call('probe.act', { caseId: testIds.case })).toEqual(refused('session.none'))
    expect(await signin.call('probe.act', { caseId: testIds.case })).toEqual(refused('door.wrongWindow'))
    expect(await window.call('probe.signIn', { accountId: testIds.officer })).toEqual(refused('door.wrongWindow'))
    expect(await signin.call(`probe.${secret}`)).toEqual(refused('door.unknownVerb'))
    const text = readFileSync(join(archive.folder, 'door.log'), 'utf8')
    expect(
      text
        .trim()
        .split('\n')
        .map((row) => JSON.parse(row).code),
    ).toEqual(['session.none', 'door.wrongWindow', 'door.wrongWindow', 'door.unknownVerb'])
    expect(text).not.toContain(secret)
  })

  test('what stood in door.log enters the log at the sign-in', async () => {
    const { signin, window, log } = await opened(null)
    await window.call('probe.act', { caseId: testIds.case })
    await signin.call('probe.signIn', { accountId: testIds.officer })
    expect(await log('office')).toMatchObject([{ action: 'door.refused', account: null, result: 'session.none' }])
  })

  test.each<[string, unknown, unknown, string]>([
    ['unknown verb', 'probe.nothing', {}, 'door.unknownVerb'],
    ['a name of the prototype', '__proto__', {}, 'door.unknownVerb'],
    ['a method of every object', 'constructor', {}, 'door.unknownVerb'],
    ['a verb that is no text', { verb: 'probe.act' }, {}, 'door.unknownVerb'],
    ['no input', 'probe.act', undefined, 'door.input'],
    ['a missing field', 'probe.act', {}, 'door.input'],
    ['a field of the wrong kind', 'probe.act', { caseId: 7 }, 'door.input'],
    ['a text too long', 'probe.act', { caseId: testIds.case, text: 'x'.repeat(11) }, 'door.input'],
    ['an oversize text', 'probe.act', { caseId: 'x'.repeat(5_000_000) }, 'door.tooLarge'],
    ['too many values', 'probe.act', { caseId: Array.from({ length: 300_000 }, () => 1) }, 'door.tooLarge'],
    ['too deep', 'probe.act', JSON.parse('['.repeat(60) + ']'.repeat(60)), 'door.tooLarge'],
    ['a case outside the scope', 'probe.act', { caseId: testIds.otherCase }, 'door.scope'],
    ['a case that does not exist', 'probe.act', { caseId: '01KB00000000000000000000ZZ' }, 'door.scope'],
    ['a role not held', 'probe.role', {}, 'door.role'],
    ['no fresh password', 'probe.step', {}, 'door.stepUp'],
    ['the sign-in window after the sign-in', 'probe.signIn', { accountId: testIds.officer }, 'door.wrongWindow'],
  ])('%s is refused with a code, logged, and changes nothing', async (_name, name, input, code) => {
    const { window, log, read } = await opened()
    expect(await window.call(name, input)).toEqual(refused(code))
    const lines = [...(await log('cases')), ...(await log('office')).filter((row) => row.source === 'office')]
    expect(lines).toMatchObject([{ account: testIds.officer, result: code }])
    expect(await read.cases?.knex('meta').select()).toEqual([])
  })

  test('an officer reaches no verb of cases.db, whatever its role list says', async () => {
    const { window, log } = await opened(testIds.systemAdmin)
    expect(await window.call('probe.act', { caseId: testIds.case })).toEqual(refused('door.scope'))
    expect(await window.call('probe.throw', { how: 'code' })).toEqual(refused('door.role'))
    expect(await window.call('probe.office', {})).toMatchObject({ ok: true })
    expect((await log('office')).map((row) => row.result)).toEqual(['door.scope', 'door.role', 'ok'])
  })

  test('a scope that was taken away is closed at the next call', async () => {
    const { window, read } = await opened()
    expect(await window.call('probe.act', { caseId: testIds.case })).toMatchObject({ ok: true })
    await read.cases?.knex('case_scope').update({ removed_at: '2026-03-02T00:00:00.000Z', removed_by: 'x' })
    expect(await window.call('probe.act', { caseId: testIds.case })).toEqual(refused('door.scope'))
  })

  test.each([
    ['code', 'probe.refused'],
    ['output', 'internal.output'],
    ['sql', 'internal.unexpected'],
    ['bug', 'internal.unexpected'],
  ])('a use case that fails (%s) rolls back, leaves a line, and says nothing of the text', async (how, code) => {
    const { window, log, read } = await opened()
    const answer = await window.call('probe.throw', { how })
    expect(answer).toEqual(refused(code))
    expect(JSON.stringify(answer)).not.toContain(secret)
    const lines = await log()
    expect(lines).toMatchObject([{ action: 'probe.act', result: code }])
    expect(JSON.stringify(lines)).not.toContain(secret)
    expect(await read.cases?.knex('meta').select()).toEqual([])
  })

  test('a verb without a database has no transaction to take', async () => {
    const { window } = await opened()
    expect(await window.call('probe.bare', {})).toEqual(refused('door.noDatabase'))
  })

  test('typing does not wait for long work, whose commit has its own line', async () => {
    const { window, log } = await opened()
    const order: string[] = []
    const long = window.call('probe.long', { caseId: testIds.case }).then(() => order.push('long'))
    const short = window.call('probe.act', { caseId: testIds.case }).then(() => order.push('short'))
    await Promise.all([long, short])
    expect(order).toEqual(['short', 'long'])
    expect((await log()).map((row) => row.action)).toEqual(['probe.act', 'probe.long'])
  })

  test('a verb that commits several times has a line for each, also when it stops half-way; every other one only once', async () => {
    const { window, log, read } = await opened()
    expect(await window.call('probe.once', { commits: 2 })).toEqual(refused('door.committedTwice'))
    await read.cases?.knex('meta').where('key', 'like', 'several-%').delete()
    const before = (await log()).length
    expect(await window.call('probe.several', { commits: 3 })).toEqual(refused('probe.refused'))
    const lines = (await log()).slice(before)
    expect(lines.map((row) => [row.result, JSON.parse(row.detail ?? '{}').n])).toEqual([
      ['ok', 1],
      ['ok', 2],
      ['probe.refused', undefined],
    ])
    expect(await read.cases?.knex('meta').where('key', 'like', 'several-%').select('key')).toHaveLength(2)
  })

  test('messages that are no requests are dropped without an answer', async () => {
    const { window } = await opened()
    for (const message of [null, 1, 'x', [], {}, { id: 'x' }, { id: 1.5 }, { result: {} }]) window.raw(message)
    expect(await window.call('probe.act', { caseId: testIds.case })).toMatchObject({ ok: true })
  })

  test('what the shell refuses is written down: before and after the sign-in', async () => {
    const { core, signin, log } = await opened(null)
    await core.shellRefused('shell.navigation')
    await signin.call('probe.signIn', { accountId: testIds.officer })
    await core.shellRefused('shell.permission')
    expect((await log('office')).map((row) => row.result)).toEqual(['shell.navigation', 'shell.permission'])
  })
})

test('closing ends the session: databases closed, folder free, later calls refused', async () => {
  const { core, window, states, archive } = await opened()
  await core.stop()
  expect(states).toEqual(['open', 'closed'])
  expect(await window.call('probe.act', { caseId: testIds.case })).toEqual(refused('session.none'))
  const { lockFolder } = await import('#electron/core/session/folder.ts')
  expect(() => lockFolder(archive.folder).release()).not.toThrow()
})
