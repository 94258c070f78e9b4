import { mkdir, readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Listing } from './chooser.ts'

/** Lists a folder for the chooser, the home folder for an empty path; null when it cannot be read. Hidden names stay out. */
export async function listFolder(path: string): Promise<Listing | null> {
  const folder = path === '' ? homedir() : resolve(path)
  try {
    const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => !entry.name.startsWith('.'))
    const order = new Intl.Collator('zh-CN')
    const names = (kind: 'isDirectory' | 'isFile') =>
      entries
        .filter((entry) => entry[kind]())
        .map((entry) => entry.name)
        .sort(order.compare)
    const parent = dirname(folder)
    return {
      path: folder,
      parent: parent === folder ? null : parent,
      folders: names('isDirectory'),
      files: names('isFile'),
    }
  } catch {
    return null
  }
}

/** Makes one folder inside another; null when the name is none or something stands in the way. */
export async function makeFolder(parent: string, name: string): Promise<Listing | null> {
  if (name === '' || name === '.' || name === '..' || /[\\/\p{Cc}]/u.test(name)) return null
  const folder = join(resolve(parent), name)
  try {
    await mkdir(folder, { mode: 0o700 })
    return await listFolder(folder)
  } catch {
    return null
  }
}
