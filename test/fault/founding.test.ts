import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { temporaryFolder } from '#test/support/folders.ts'

const now = '2026-11-24T01:00:00.000Z'
const founder = fileURLToPath(new URL('../support/found-trial.ts', import.meta.url))

test('kill -9 at any moment of a founding leaves nothing that looks like an archive, and the next founding succeeds', async () => {
  const root = temporaryFolder()
  const folder = join(root, 'archive')
  const machineFolder = join(root, 'machine')
  const staging = `${folder}.part`
  const has = (name: string) => () => existsSync(join(staging, name))
  const firstKeyFile = () => existsSync(join(staging, 'accounts')) && readdirSync(join(staging, 'accounts')).length > 0
  for (const moment of [has('founding'), has('cases.db'), firstKeyFile]) {
    const child = spawn(process.execPath, [founder, folder, machineFolder], { stdio: 'ignore' })
    const ended = once(child, 'exit')
    while (!moment() && child.exitCode === null) await wait(1)
    child.kill('SIGKILL')
    const [, signal] = await ended
    expect(signal).toBe('SIGKILL')
    expect(existsSync(folder)).toBe(false)
    await expect(
      unlockArchive({ folder, machineFolder, login: 'xitong', password: trialPassword, now }),
    ).rejects.toThrow()
  }
  await createTrial({ folder, machineFolder, unit: '某市国资委', now })
  expect(readdirSync(root).sort()).toEqual(['archive', 'machine'])
  const { archive } = await unlockArchive({ folder, machineFolder, login: 'chengban', password: trialPassword, now })
  await Promise.all([archive.office.close(), archive.cases?.close()])
})

test('a file in the way is refused by name', async () => {
  const machineFolder = join(temporaryFolder(), 'machine')
  const request = { machineFolder, unit: '某市国资委', now }
  const file = fileURLToPath(import.meta.url)
  await expect(createTrial({ ...request, folder: file })).rejects.toMatchObject({ code: 'folder.isFile' })
  await expect(createTrial({ ...request, folder: join(file, 'archive') })).rejects.toMatchObject({
    code: 'folder.disk',
    params: { code: 'ENOTDIR' },
  })
})

test('a folder that only bears the name of a staging folder is never cleared', async () => {
  const root = temporaryFolder()
  const folder = join(root, 'archive')
  mkdirSync(`${folder}.part`)
  writeFileSync(join(`${folder}.part`, 'somebody.txt'), 'mine')
  await expect(
    createTrial({ folder, machineFolder: join(root, 'machine'), unit: '某市国资委', now }),
  ).rejects.toMatchObject({ code: 'archive.folderTaken' })
  expect(readFileSync(join(`${folder}.part`, 'somebody.txt'), 'utf8')).toBe('mine')
  expect(existsSync(folder)).toBe(false)
})
