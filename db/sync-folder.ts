import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes new and renamed names in a folder durable; Windows has no handle on a folder and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
