import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Preview } from '#build/preview/shell.ts'

/** Kills core and browser with signal 9, as a power cut would. `temp` is the folder only this browser works in. */
export async function cutPower(preview: Preview, temp: string): Promise<void> {
  preview.kill()
  for (const pid of processesOf(temp)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Ended by itself in the meantime.
    }
  }
  const until = Date.now() + 10_000
  while (processesOf(temp).length > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Processes whose command line names the folder: a browser and its children carry their profile there. */
function processesOf(temp: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && commandOf(pid).includes(`${temp}/`))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(join('/proc', String(pid), 'cmdline'), 'utf8')
  } catch {
    return ''
  }
}
