import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { napiOf } from '#build/runtime.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { neededNapi } from '#electron/shell/core-host.ts'
import { contract } from '#shared/contract/index.ts'
import type { VerbSpec } from '#shared/contract/verb.ts'
import { openDisplay } from '#test/support/display.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { foundTrial } from '#test/support/office.ts'
import { electronLaunch, openTestWindow, shells, type TestWindow, testElectron } from '#test/support/window.ts'

beforeAll(() => bundle())

describe.each(shells)('$name: what a hostile page tries', ({ shell, skipped }) => {
  const { folder, remove } = suiteFolder()
  const archive = join(folder, 'archive')
  let window: TestWindow
  let page: Page

  beforeAll(async () => {
    if (skipped) return
    await foundTrial({ folder: archive, machineFolder: join(folder, 'machine') })
    window = await openTestWindow({ shell, base: folder, archive })
    page = await window.page('signin')
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  /** Runs an attempt and waits until its code stands in `door.log` once more than before. */
  async function refusedWith(code: string, attempt: () => Promise<unknown>): Promise<void> {
    const count = (): number => window.refused().filter((one) => one === code).length
    const before = count()
    await attempt()
    await expect.poll(count, { timeout: 15_000, message: `${code} in door.log` }).toBeGreaterThan(before)
    expect(page.url()).toBe(window.address('signin'))
  }

  const call = (verb: string, input: unknown) =>
    page.evaluate(
      ([name, value]) => {
        const bridge = (globalThis as unknown as { yuetan: { call(verb: unknown, input: unknown): unknown } }).yuetan
        return bridge.call(name, value)
      },
      [verb, input] as const,
    )

  test.skipIf(skipped).each([
    ['file:', 'file:///etc/passwd'],
    ['http:', 'http://198.51.100.7/'],
    ['the other window', 'case'],
    ['an address that hides our own in its query', 'https://evil.invalid/?app://signin/'],
  ])('is not led to %s', async (_name, target) => {
    const address = target === 'case' ? window.address('case') : target
    await refusedWith('shell.navigation', () =>
      page.evaluate((to) => {
        setTimeout(() => location.assign(to))
      }, address),
    )
  })

  test.skipIf(skipped)('reads no file outside the window folder', async () => {
    await refusedWith('shell.path', async () => {
      const answers = await page.evaluate(async () => {
        const paths = [
          '/..%2f..%2fpackage.json',
          '/%2e%2e%2f%2e%2e%2fpackage.json',
          '/assets/..%2f..%2f..%2fpackage.json',
        ]
        const all = await Promise.all(paths.map((path) => fetch(path)))
        return Promise.all(all.map(async (answer) => ({ status: answer.status, text: await answer.text() })))
      })
      for (const answer of answers) expect(answer).toEqual({ status: 404, text: '' })
    })
  })

  test.skipIf(skipped)('writes nothing to the window host', async () => {
    const status = await page.evaluate(async () => (await fetch('/', { method: 'POST', body: 'x' })).status)
    expect(status).toBe(405)
  })

  test.skipIf(skipped)('reaches no other host', async () => {
    await refusedWith('shell.policy', async () => {
      const reached = await page.evaluate(() =>
        fetch('https://198.51.100.7/').then(
          () => true,
          () => false,
        ),
      )
      expect(reached).toBe(false)
    })
  })

  test.skipIf(skipped)('opens no foreign frame', async () => {
    await refusedWith('shell.policy', () =>
      page.evaluate(() => {
        const frame = document.createElement('iframe')
        frame.src = 'http://198.51.100.7/'
        document.body.append(frame)
      }),
    )
  })

  test.skipIf(skipped)('hands no bridge to a frame inside the page', async () => {
    const found = await page.evaluate(async () => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 200))
      const inner = frame.contentWindow
      return inner !== null && 'yuetan' in inner
    })
    expect(found).toBe(false)
  })

  test.skipIf(skipped)('opens no second window', async () => {
    await refusedWith('shell.window', () =>
      page.evaluate(() => {
        open('https://evil.invalid/')
      }),
    )
  })

  test.skipIf(skipped)('prints nothing, not even through a frame [attack 11]', async () => {
    await refusedWith('shell.print', () =>
      page.evaluate(() => {
        print()
      }),
    )
  })

  test.skipIf(skipped)('gets no permission', async () => {
    await refusedWith('shell.permission', async () => {
      const granted = await page.evaluate(
        () =>
          new Promise<boolean>((resolve) => {
            navigator.geolocation.getCurrentPosition(
              () => resolve(true),
              () => resolve(false),
              { timeout: 5_000 },
            )
          }),
      )
      expect(granted).toBe(false)
    })
  })

  test.skipIf(skipped)('downloads nothing', async () => {
    await refusedWith('shell.download', () =>
      page.evaluate(() => {
        const link = document.createElement('a')
        link.href = URL.createObjectURL(new Blob(['x'], { type: 'application/octet-stream' }))
        link.download = 'x.bin'
        document.body.append(link)
        link.click()
        link.remove()
      }),
    )
  })

  test.skipIf(skipped)('runs no script that came in as text [attack 11]', async () => {
    await refusedWith('shell.policy', () =>
      page.evaluate(() => {
        const box = document.createElement('div')
        box.innerHTML = '<img src="data:," onerror="document.title=\'taken\'">'
        document.body.append(box)
        const script = document.createElement('script')
        script.setAttribute('nonce', 'guessed')
        script.textContent = "document.title='taken'"
        document.body.append(script)
      }),
    )
    expect(await page.title()).not.toBe('taken')
  })

  test.skipIf(skipped)('calls no verb of the other window and none that is not there [attack 11]', async () => {
    for (const [verb, input] of [
      ['cases.list', {}],
      ['no.such', {}],
      ['__proto__', {}],
      ['session.signIn', { login: ['forged'] }],
    ] as const) {
      const lines = window.refused().length
      const answer = await call(verb, input)
      expect(answer).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^door\./) } })
      await expect.poll(() => window.refused().length, { timeout: 5_000, message: verb }).toBeGreaterThan(lines)
    }
  })

  test.skipIf(skipped)('changes windows with the session and gives the old one up', async () => {
    // The answer may be lost with the window that asked: the session is open all the same.
    await call('session.signIn', { login: 'chengban', password: trialPassword }).catch(() => undefined)
    const opened = await window.page('case')
    expect(new URL(opened.url()).host).toBe(new URL(window.address('case')).host)
    const forged = await opened.evaluate(() => {
      const bridge = (globalThis as unknown as { yuetan: { call(verb: unknown, input: unknown): unknown } }).yuetan
      return bridge.call('session.signIn', { login: 'chengban', password: 'x' })
    })
    expect(forged).toMatchObject({ ok: false })
    await opened
      .evaluate(() => {
        const bridge = (globalThis as unknown as { yuetan: { call(verb: unknown, input: unknown): unknown } }).yuetan
        return bridge.call('session.lock', { reason: 'lock' })
      })
      .catch(() => undefined)
    page = await window.page('signin')
    if (shell === 'electron') expect(opened.isClosed()).toBe(true)
    expect(await call('session.status', {})).toMatchObject({ ok: true, value: { state: 'ready' } })
  })

  test.skipIf(skipped)(
    'opens the room its screen, which writes nothing, asks for nothing and goes with the session',
    async () => {
      await call('session.signIn', { login: 'jilu', password: trialPassword }).catch(() => undefined)
      const working = await window.page('case')
      await working.evaluate(() => {
        ;(globalThis as unknown as { yuetan: { shell: { showSide(open: boolean): void } } }).yuetan.shell.showSide(true)
      })
      const side = await window.page('side')
      expect(side.url()).toBe(window.address('side'))
      const sideCall = (verb: string, input: unknown) =>
        side.evaluate(
          ([name, value]) => {
            const bridge = (globalThis as unknown as { yuetan: { call(verb: unknown, input: unknown): unknown } })
              .yuetan
            return bridge.call(name, value)
          },
          [verb, input] as const,
        )
      expect(await sideCall('side.get', {})).toEqual({ ok: true, value: null })
      for (const [verb, spec] of Object.entries<VerbSpec>(contract)) {
        if (spec.window === 'side') continue
        expect([verb, await sideCall(verb, {})]).toMatchObject([
          verb,
          { ok: false, error: { code: 'door.wrongWindow' } },
        ])
      }
      const asked = await side.evaluate(() => {
        const { shell } = (globalThis as unknown as { yuetan: { shell: Record<string, (title: string) => unknown> } })
          .yuetan
        return Promise.all([shell.chooseFolder?.('x') ?? null, shell.showSide?.('x') ?? null])
      })
      expect(asked.every((one) => one === null || one === undefined)).toBe(true)
      await side.evaluate((to) => {
        open('https://evil.invalid/')
        setTimeout(() => location.assign(to))
      }, window.address('case'))
      await side.waitForTimeout(500)
      expect(side.url()).toBe(window.address('side'))
      expect(await side.getByRole('button').count()).toBe(0)
      expect(await side.getByRole('textbox').count()).toBe(0)
      // The one who works does not lose the window to it, and the lock takes both.
      expect(working.isClosed()).toBe(false)
      await working
        .evaluate(() => {
          const bridge = (globalThis as unknown as { yuetan: { call(verb: unknown, input: unknown): unknown } }).yuetan
          return bridge.call('session.lock', { reason: 'lock' })
        })
        .catch(() => undefined)
      page = await window.page('signin')
      await expect.poll(() => side.isClosed(), { timeout: 15_000 }).toBe(true)
    },
  )

  test.skipIf(skipped)(
    'asks for the password again in a window of its own, which no script of the case window reaches',
    async () => {
      const into = async (login: string) => {
        await call('session.signIn', { login, password: trialPassword }).catch(() => undefined)
        return window.page('case')
      }
      type Bridge = { call(verb: unknown, input: unknown): unknown; shell: { stepUp(): Promise<void> } }
      const say = (from: Page, verb: string, input: unknown) =>
        from.evaluate(([name, value]) => (globalThis as unknown as { yuetan: Bridge }).yuetan.call(name, value), [
          verb,
          input,
        ] as const)
      const officer = await into('anquan')
      expect(await say(officer, 'settings.setPolicy', { name: 'exportStepUp', value: 1 })).toMatchObject({ ok: true })
      await say(officer, 'session.lock', { reason: 'lock' }).catch(() => undefined)
      page = await window.page('signin')

      const working = await into('chengban')
      const list = { columns: ['matter'], format: 'csv', folder }
      expect(await say(working, 'cases.export', list)).toMatchObject({ ok: false, error: { code: 'door.stepUp' } })
      const answered = working.evaluate(() => (globalThis as unknown as { yuetan: Bridge }).yuetan.shell.stepUp())
      const asking = await window.page('stepup')
      expect(asking.url()).toBe(window.address('stepup'))
      // Another origin: the case window has no name, no frame and no opener of it.
      expect(await working.evaluate(() => [globalThis.length, String(Reflect.get(globalThis, 'opener'))])).toEqual([
        0,
        'null',
      ])
      expect(await say(asking, 'cases.list', {})).toMatchObject({ ok: false, error: { code: 'door.wrongWindow' } })
      await asking.getByLabel('孙某某 的密码', { exact: true }).fill('falsch')
      await asking.getByRole('button', { name: '确认办理' }).click()
      await asking.getByRole('alert').first().waitFor()
      await mkdir(join('out', 'shots'), { recursive: true })
      await asking.screenshot({ path: join('out', 'shots', `step-up-${shell}.png`) })
      await asking.getByLabel('孙某某 的密码', { exact: true }).fill(trialPassword)
      await asking.getByRole('button', { name: '确认办理' }).click()
      await answered
      expect(await say(working, 'cases.export', list)).toMatchObject({ ok: true })
      expect(await say(working, 'cases.export', list)).toMatchObject({ ok: false, error: { code: 'door.stepUp' } })
    },
  )

  test.skipIf(skipped)(
    'keeps copied text and dragged selections inside, and says how it stands with screenshots',
    async () => {
      const working = await window.page('case')
      await working.getByText('截屏防护：本系统不支持').waitFor()
      await working.keyboard.press('Control+k')
      const field = working
        .getByRole('combobox')
        .or(working.getByRole('searchbox'))
        .or(working.getByRole('textbox'))
        .first()
      await field.fill('甲乙丙')
      await field.press('Control+a')
      await field.press('Control+c')
      await working.getByText('复制的文字只能粘贴在本窗口内').waitFor()
      await field.press('End')
      await field.press('Control+v')
      expect(await field.inputValue()).toBe('甲乙丙甲乙丙')
      await field.press('Control+a')
      await field.press('Control+x')
      expect(await field.inputValue()).toBe('')
      await field.press('Control+v')
      expect(await field.inputValue()).toBe('甲乙丙甲乙丙')
      // Once another program had the focus, a paste is what that one left: nothing of ours ever reached the system.
      await working.evaluate(() => dispatchEvent(new Event('blur')))
      await field.press('Control+v')
      expect(await field.inputValue()).toBe('甲乙丙甲乙丙')
      const dragged = await working.evaluate(() =>
        ['text/plain', 'application/x-yuetan-line'].map((type) => {
          const dataTransfer = new DataTransfer()
          dataTransfer.setData(type, 'x')
          const drag = new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer })
          document.body.dispatchEvent(drag)
          return drag.defaultPrevented
        }),
      )
      expect(dragged).toEqual([true, false])
    },
  )

  test.skipIf(skipped)('leaves no browser profile behind', async () => {
    await window.close()
    const left = readdirSync(folder).filter((name) => name.startsWith('yuetan-preview-'))
    expect(left).toEqual([])
    expect(existsSync(join(archive, 'office.db'))).toBe(true)
  })
})

describe('[electron] the host of the core', () => {
  const old = testElectron !== null && napiOf(testElectron, { ...process.env, ELECTRON_RUN_AS_NODE: '1' }) < neededNapi

  test.skipIf(!old)('is refused in words on a runtime the driver cannot live in', async () => {
    const { folder, remove } = suiteFolder()
    const display = await openDisplay()
    try {
      const { executablePath, args, env } = electronLaunch(folder, null, display)
      const child = spawn(executablePath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
      let said = ''
      child.stderr.on('data', (data: Buffer) => {
        said += data.toString()
      })
      const [code] = await once(child, 'exit')
      expect(code).toBe(3)
      expect(said).toContain('Node-API')
      expect(said).toContain('请换用随本程序发布的运行时')
    } finally {
      display.stop()
      remove()
    }
  })
})
