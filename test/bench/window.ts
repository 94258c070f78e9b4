import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { openPreview } from '#build/preview/shell.ts'
import { findChromium } from '#build/runtime.ts'
import { type Figure, figure, median } from './figure.ts'

const rounds = 5

/** `window.ready`: from the start of the shell to a window a person can use, beside an empty window of the same browser. */
export async function benchWindow(): Promise<Figure[]> {
  const executablePath = findChromium(false)
  if (executablePath === null) throw new Error('no Chromium is to be had; install chromium or set CHROME_PATH')
  const folder = mkdtempSync(join(tmpdir(), 'yuetan-bench-'))
  const own: number[] = []
  const empty: number[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      own.push(await timed(() => openOurs(executablePath, join(folder, `machine-${round}`))))
      empty.push(await timed(() => openEmpty(executablePath, join(folder, `profile-${round}`))))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return [figure('window.ready', 'ms', median(own), 'an empty window of the same Chromium', median(empty))]
}

/** Runs until the returned closer is there; closing is not counted. */
async function timed(open: () => Promise<() => Promise<void>>): Promise<number> {
  const began = performance.now()
  const close = await open()
  const ms = performance.now() - began
  await close()
  return ms
}

async function openOurs(executable: string, machineFolder: string): Promise<() => Promise<void>> {
  const preview = await openPreview({
    chromium: executable,
    node: process.execPath,
    machineFolder,
    archiveFolder: null,
    headless: true,
  })
  await preview.page.getByRole('button', { name: '新建演练档案' }).waitFor()
  return () => preview.close()
}

async function openEmpty(executablePath: string, profile: string): Promise<() => Promise<void>> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND', '--disable-background-networking'],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.setContent('<button>x</button>')
  await page.getByRole('button').waitFor()
  return () => context.close()
}
