import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { readDoorLog } from '#electron/core/accounts/door-log.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { openOffice, proveAccount, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout, lockFolder } from '#electron/core/session/folder.ts'
import { casesKeyForTest } from '#test/support/cases-key.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { foundTrial } from '#test/support/office.ts'
import { runOutside } from '#test/support/sqlcipher.ts'
import { openTestWindow, type TestWindow } from '#test/support/window.ts'

// What a person reads when something is wrong with the archive: in the real window, in three parts, in Chinese.
const { folder: base, remove } = suiteFolder()
const original = join(base, 'original')
const machineFolder = join(base, 'machine')
let officeKey: Buffer
let casesKey: Buffer
let window: TestWindow
let page: Page

beforeAll(async () => {
  await bundle()
  await foundTrial({ folder: original, machineFolder })
  const now = new Date().toISOString()
  const { file, keys } = await proveAccount({
    folder: original,
    machineFolder,
    login: 'shenji',
    password: trialPassword,
    now,
  })
  const { office, key } = await openOffice(archiveLayout(original).officeDatabase, file, keys)
  officeKey = Buffer.from(key)
  await office.close()
  const request = { folder: original, machineFolder, login: 'jilu', password: trialPassword, now }
  const { archive } = await unlockArchive(request)
  casesKey = Buffer.from(casesKeyForTest(archive))
  await Promise.all([archive.office.close(), archive.cases?.close()])
  rmSync(archiveLayout(original).doorLog, { force: true })
  window = await openTestWindow({ shell: 'preview', base, archive: null })
  page = await window.page('signin')
})
afterAll(async () => {
  await window?.close()
  remove()
})

let copies = 0
function copyOf(): string {
  copies += 1
  const folder = join(base, `copy-${copies}`)
  cpSync(original, folder, { recursive: true })
  return folder
}

/** Points the window at another archive folder, as a person does by typing its place. */
async function choose(folder: string): Promise<void> {
  const elsewhere = page.getByRole('button', { name: '更换档案文件夹' })
  const field = page.getByRole('textbox', { name: '档案文件夹位置' })
  const button = page.getByRole('button', { name: '选择档案文件夹' })
  await elsewhere.or(button).first().waitFor()
  if (await elsewhere.isVisible()) await elsewhere.click()
  await button.click()
  const cancel = page.getByRole('button', { name: '改为输入路径' })
  await cancel.or(field).first().waitFor()
  if (await cancel.isVisible()) await cancel.click()
  await field.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(folder)
  await page.getByRole('button', { name: '打开', exact: true }).click()
}

async function signIn(login: string, password: string): Promise<void> {
  const account = page.getByRole('textbox', { name: '账号' })
  await account.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(login)
  await page.getByLabel('密码').click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(password)
  await page.keyboard.press('Enter')
}

/** The lines of the message that stands on the screen once it speaks of `code`. */
async function told(code: string): Promise<string[]> {
  const note = page.getByRole('alert').filter({ hasText: `代码 ${code}` })
  await note.waitFor({ timeout: 60_000 })
  return note.locator('p').allInnerTexts()
}

/** A message says what happened, what was kept, and what can be done, each in Chinese. */
function threeParts(lines: readonly string[], happened: RegExp): void {
  expect(lines).toHaveLength(3)
  for (const line of lines) expect(line).toMatch(/[\u4e00-\u9fff]{4}/)
  expect(lines[0]).toMatch(happened)
  expect(lines[0]).not.toContain('未能识别')
}

/** Names and contents of a folder's databases: nothing may appear in place of a broken one. */
function databases(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.db'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]))
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

/** Adds what only a holder of the key can add, with another SQLCipher. */
async function outside(folder: string, database: 'office' | 'cases', sql: string): Promise<void> {
  const layout = archiveLayout(folder)
  const [file, key] = database === 'office' ? [layout.officeDatabase, officeKey] : [layout.casesDatabase, casesKey]
  expect(await runOutside(file, key, [{ sql }])).not.toHaveProperty('error')
}

test('a wrong password is counted aloud, and after five the account rests, also for the right one', async () => {
  const folder = copyOf()
  await choose(folder)
  for (let left = 4; left >= 0; left -= 1) {
    await signIn('chengban', `wrong-${left}`)
    await page.getByText(`还可连续输错 ${left} 次`).waitFor()
    threeParts(await told('signin.wrong'), /密码不对/)
  }
  await signIn('chengban', trialPassword)
  const lines = await told('signin.locked')
  threeParts(lines, /暂时锁定/)
  expect(lines[2]).toMatch(/1[45] 分钟/)
  // The account's own count; the door notes each refusal besides.
  const counted = readDoorLog(archiveLayout(folder).doorLog).filter((entry) => entry.account !== null)
  expect(counted.map((entry) => entry.code)).toEqual(Array(5).fill('signin.wrong'))
})

const attempts: readonly {
  readonly name: string
  readonly code: string
  readonly happened: RegExp
  readonly harm: (folder: string) => void | Promise<void>
}[] = [
  {
    name: 'a flipped byte in the first page',
    code: 'db.wrongKey',
    happened: /密钥与数据库不符/,
    harm: (folder) => flip(archiveLayout(folder).casesDatabase, 100),
  },
  {
    name: 'a flipped byte further on',
    code: 'db.corrupt',
    happened: /损坏/,
    harm: (folder) => {
      const file = archiveLayout(folder).officeDatabase
      for (let at = 4096 + 100; at < statSync(file).size; at += 4096) flip(file, at)
    },
  },
  {
    name: 'a truncated file',
    code: 'db.corrupt',
    happened: /损坏/,
    harm: (folder) => {
      const file = archiveLayout(folder).casesDatabase
      truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096)
    },
  },
  {
    name: 'a file from a newer version',
    code: 'db.newer',
    happened: /更新版本/,
    harm: (folder) => outside(folder, 'cases', 'PRAGMA user_version = 9000'),
  },
  {
    name: 'a planted table',
    code: 'db.schemaDiffers',
    happened: /数据库结构/,
    harm: (folder) => outside(folder, 'cases', 'CREATE TABLE planted (x)'),
  },
  {
    name: 'a planted trigger',
    code: 'db.schemaDiffers',
    happened: /数据库结构/,
    harm: (folder) => outside(folder, 'office', "CREATE TRIGGER planted AFTER INSERT ON ledger BEGIN SELECT 'x'; END"),
  },
  {
    name: "a role written with an officer's key",
    code: 'ledger.invalid',
    happened: /账本第\d+条记录核对不通过/,
    harm: (folder) =>
      outside(
        folder,
        'office',
        "INSERT INTO ledger (seq, prev, kind, body, signer, signature) SELECT max(seq) + 1, prev, 'role', body, signer, signature FROM ledger",
      ),
  },
  {
    name: "another account's key in place of one's own",
    code: 'keyring.wrapBroken',
    happened: /数据库密钥打不开/,
    harm: (folder) => {
      const { accounts } = archiveLayout(folder)
      const files = readdirSync(accounts).map((name) => ({
        name,
        value: JSON.parse(readFileSync(join(accounts, name), 'utf8')),
      }))
      const own = files.find((one) => one.value.login === 'chengban')
      const other = files.find((one) => one.value.login === 'jilu')
      writeFileSync(join(accounts, own?.name ?? ''), JSON.stringify({ ...own?.value, wraps: other?.value.wraps }))
    },
  },
]

test.each(attempts)('$name is named at sign-in, and no database changes', async ({ code, happened, harm }) => {
  const folder = copyOf()
  await harm(folder)
  const before = databases(folder)
  await choose(folder)
  await signIn('chengban', trialPassword)
  threeParts(await told(code), happened)
  expect(databases(folder)).toEqual(before)
})

test('a machine without the device secret is named', async () => {
  const folder = copyOf()
  const secret = readdirSync(machineFolder).find((name) => /device/.test(name)) ?? ''
  expect(secret).not.toBe('')
  renameSync(join(machineFolder, secret), join(machineFolder, 'aside'))
  try {
    await choose(folder)
    await signIn('chengban', trialPassword)
    threeParts(await told('device.missing'), /本机密钥/)
    expect(existsSync(join(machineFolder, secret))).toBe(false)
  } finally {
    renameSync(join(machineFolder, 'aside'), join(machineFolder, secret))
  }
})

test.each([
  ['a missing database', 'archive.incompleteFolder', (folder: string) => rmSync(archiveLayout(folder).casesDatabase)],
  [
    'an archive without a single account',
    'archive.incompleteFolder',
    (folder: string) => rmSync(archiveLayout(folder).accounts, { recursive: true }),
  ],
] as const)('%s is named before anybody signs in, and nothing is made in its place', async (_name, code, harm) => {
  const folder = copyOf()
  harm(folder)
  const before = readdirSync(folder).sort()
  await choose(folder)
  threeParts(await told(code), /不完整|缺少/)
  // The message of the folder before says the same: what tells that this one was looked at is its lock.
  await expect.poll(() => readdirSync(folder).sort()).toEqual([...before, 'lock'].sort())
})

test('a folder that is a file, one that is not there, and one another process holds', async () => {
  const file = join(base, 'file')
  writeFileSync(file, '')
  await choose(file)
  threeParts(await told('folder.isFile'), /是一个文件/)
  await choose(join(base, 'nowhere'))
  threeParts(await told('folder.missing'), /找不到/)
  const taken = copyOf()
  const lock = lockFolder(taken)
  try {
    await choose(taken)
    threeParts(await told('folder.inUse'), /另一个程序窗口/)
  } finally {
    lock.release()
  }
})

test.runIf(process.getuid?.() === 0)('a read-only disk', async () => {
  const mount = join(base, 'disk')
  mkdirSync(mount)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', mount])
  try {
    cpSync(original, join(mount, 'archive'), { recursive: true })
    execFileSync('mount', ['-o', 'remount,ro', mount])
    await choose(join(mount, 'archive'))
    threeParts(await told('folder.readOnly'), /不可写/)
  } finally {
    execFileSync('umount', ['-l', mount])
  }
})
