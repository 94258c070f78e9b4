import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Context } from '#electron/core/context.ts'
import { createCore } from '#electron/core/core.ts'
import { sessionHandlers } from '#electron/core/session/handlers.ts'
import { contract } from '#shared/contract/index.ts'
import { verb } from '#shared/contract/verb.ts'
import { makeTestArchive, testIds } from '../support/archive.ts'
import { TestWindow } from '../support/port.ts'

const none = { none: 'test' }
const open = verb({
  input: v.object({ accountId: v.string() }),
  output: v.any(),
  window: 'signin',
  roles: none,
  scope: none,
  stepUp: none,
  audit: none,
  database: none,
})
const keep = verb({ ...open, input: v.object({ text: v.string() }), window: 'case' })

async function opened(accountId: string = testIds.officer) {
  const archive = await makeTestArchive()
  const states: string[] = []
  const core = createCore({
    machineFolder: archive.machineFolder,
    archiveFolder: archive.folder,
    resources: '',
    contract: { ...contract, 'probe.open': open, 'probe.keep': keep },
    handlers: (control) => ({
      ...sessionHandlers(control),
      'probe.open': async (_context: Context, input: { accountId: string }) => {
        await control.opened(await archive.open(input.accountId))
        return {}
      },
      'probe.keep': async (context: Context, { text }: { text: string }) => {
        await context.session.journal?.put('live', Buffer.from(text))
        return { seen: context.session.journal?.entries().map(({ bytes }) => bytes.toString()) }
      },
    }),
    session: (state) => states.push(state),
  })
  const signin = new TestWindow()
  const window = new TestWindow()
  core.connect('signin', signin)
  const forget = core.connect('case', window)
  await signin.call('probe.open', { accountId })
  return { archive, core, window, states, forget }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('an open session', () => {
  test('tells who it is, from the ledger', async () => {
    const { window, core } = await opened()
    expect(await window.call('session.current')).toMatchObject({
      ok: true,
      value: { account: { id: testIds.officer }, kind: 'trial', idleSeconds: 600 },
    })
    const colleagues = await window.call('session.colleagues')
    expect(JSON.stringify(colleagues)).not.toContain('BEGIN')
    await core.stop()
  })

  test('locks when asked, after the answer has left, and gives everything back', async () => {
    const { window, states, archive } = await opened()
    expect(await window.call('session.lock', { reason: 'lock' })).toEqual({ ok: true, value: {} })
    await vi.waitFor(() => expect(states).toEqual(['open', 'locked']))
    expect(await window.call('session.current')).toMatchObject({ ok: false, error: { code: 'session.none' } })
    const again = await archive.open()
    const lines = await again.office.knex('log').where({ action: 'session.lock' }).select('detail')
    expect(lines).toEqual([{ detail: '{"reason":"lock"}' }])
    const signed = await again.office.knex('log_heads').where({ database: 'office' }).max({ seq: 'seq' }).first()
    const last = await again.office.knex('log').max({ seq: 'seq' }).first()
    expect(signed).toEqual(last)
  })

  test('locks a window that has gone silent, having told it to flush', async () => {
    const { window, states } = await opened()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await window.call('session.current')
    vi.advanceTimersByTime(1_799_000)
    await window.call('session.current')
    vi.advanceTimersByTime(1_799_000)
    expect(window.pushed).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(window.pushed).toEqual([{ event: 'session.closing', payload: { reason: 'idle' } }])
    // The window still flushes: its call is answered, and it does not put the lock off.
    expect(await window.call('probe.keep', { text: '正在输入的话' })).toMatchObject({ ok: true })
    vi.advanceTimersByTime(2_000)
    vi.useRealTimers()
    await vi.waitFor(() => expect(states).toEqual(['open', 'locked']))
  })

  test('what was being typed is there for the next session', async () => {
    const { window, core, archive } = await opened()
    await window.call('probe.keep', { text: '尚未成句' })
    await core.stop()
    const { openJournal, journalKey } = await import('#electron/core/journal.ts')
    const again = await archive.open()
    if (!again.cases) throw new Error('business account')
    const key = await journalKey(again.cases, '2026-03-01T00:00:00.000Z')
    const journal = await openJournal({ file: join(archive.folder, 'journal'), key })
    expect(journal.entries().map(({ bytes }) => bytes.toString())).toEqual(['尚未成句'])
    await journal.close()
  })

  test('an officer gets no journal, and none is made', async () => {
    const { window, core, archive } = await opened(testIds.systemAdmin)
    expect(await window.call('probe.keep', { text: 'x' })).toMatchObject({ ok: true, value: {} })
    expect(readdirSync(archive.folder)).not.toContain('journal')
    await core.stop()
  })

  test('a window that is gone gets no answer and no push', async () => {
    const { window, core, forget } = await opened()
    forget()
    expect(window.closed).toBe(true)
    const late = await Promise.race([
      window.call('session.current'),
      new Promise((resolve) => setTimeout(() => resolve('silence'), 200)),
    ])
    expect(late).toBe('silence')
    await core.stop()
  })
})
