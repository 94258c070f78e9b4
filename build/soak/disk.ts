import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** The disk the archive stands on: a small file system of its own where one may be mounted (root on Linux). */
export interface Disk {
  readonly folder: string
  /** Null where the disk can be filled and made read-only; otherwise why not. */
  readonly limits: string | null
  /** Fills every free block; returns how to give them back. */
  fill(): () => void
  /** Only while no file is open for writing. */
  readOnly(on: boolean): void
  remove(): void
}

const megabytes = 96

export function openDisk(base: string): Disk {
  const folder = join(base, 'disk')
  mkdirSync(folder)
  const limits = mountSmall(folder)
  return {
    folder,
    limits,
    fill: () => {
      const filler = join(folder, 'filler')
      const handle = openSync(filler, 'w')
      try {
        for (const size of [1 << 20, 4096]) fillBy(handle, size)
      } finally {
        closeSync(handle)
      }
      return () => rmSync(filler, { force: true })
    },
    readOnly: (on) => void execFileSync('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, folder]),
    remove: () => {
      if (limits === null) execFileSync('umount', ['-l', folder])
    },
  }
}

function mountSmall(folder: string): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux can mount a small disk'
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' })
    return null
  } catch (error) {
    return `no small disk could be mounted: ${error instanceof Error ? (error.message.split('\n')[1] ?? '') : ''}`
  }
}

function fillBy(handle: number, size: number): void {
  const block = Buffer.alloc(size)
  try {
    for (;;) if (writeSync(handle, block) < size) return
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
