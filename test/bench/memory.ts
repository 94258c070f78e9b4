import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { openPreview } from '#build/preview/shell.ts'
import { findChromium } from '#build/runtime.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { seeded } from './cases.ts'
import { type Figure, figure, median } from './figure.ts'

/** Rooms a leader walks through before anything is measured; each holds its heaviest question over every case. */
const rooms = ['今日', '约谈事项', '分析', '企业与人员', '立卷归档']
const walks = 3
/** Readings after the last walk, and the time between two, in ms. */
const readings = 10
const between = 1_000
/** The longest a room may take over 20,000 cases on a busy machine, in ms. */
const patience = 60_000

/**
 * `memory.20k`: what the core and the renderer keep when a leader has walked through the rooms over 20,000 cases and the
 * window rests, as the share of memory that is theirs (PSS of Linux, each shared page divided by who shares it), in MB.
 * The peer is what the same two programs keep with nothing to do. Linux only.
 */
export async function benchMemory(): Promise<readonly Figure[]> {
  const executable = findChromium(false)
  if (executable === null) throw new Error('no Chromium is to be had; install chromium or set CHROME_PATH')
  const out = await seeded()
  const preview = await openPreview({
    chromium: executable,
    node: process.execPath,
    machineFolder: join(out, 'machine'),
    archiveFolder: join(out, 'archive'),
    headless: true,
  })
  try {
    await signIn(preview.page)
    for (let walk = 0; walk < walks; walk += 1) for (const room of rooms) await enter(preview.page, room)
    const core = await steady(isCore)
    const renderer = await steady(isRenderer)
    console.log(`memory.20k: core ${Math.round(core)} MB, renderer ${Math.round(renderer)} MB`)
    const peer = 'a Node process with nothing to do and an empty window of the same Chromium'
    return [figure('memory.20k', 'MB', core + renderer, peer, (await idleNode()) + (await emptyWindow(executable)))]
  } finally {
    await preview.close()
  }
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '账号', exact: true }).fill('fenguan')
  await page.getByLabel('密码', { exact: true }).fill(trialPassword)
  await page.getByLabel('密码', { exact: true }).press('Enter')
  await page.getByRole('navigation', { name: '房间' }).waitFor({ timeout: patience })
}

async function enter(page: Page, room: string): Promise<void> {
  await page.getByRole('navigation', { name: '房间' }).getByRole('button', { name: room, exact: true }).click()
  await page.getByRole('heading', { name: room, exact: true }).first().waitFor({ timeout: patience })
  await pause(between)
}

const isCore = (command: string): boolean => command.includes(join('electron', 'core.js'))
const isRenderer = (command: string): boolean => command.includes('--type=renderer')

/** A Node process that waits, in MB. */
async function idleNode(): Promise<number> {
  const node = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 60_000)'], { stdio: 'ignore' })
  try {
    return await steady((command) => command.includes('setInterval'))
  } finally {
    node.kill()
  }
}

/** The renderer of an empty window, in MB; it is looked for among processes that were not there before. */
async function emptyWindow(executablePath: string): Promise<number> {
  const before = new Set(below(isRenderer))
  const profile = mkdtempSync(join(tmpdir(), 'yuetan-bench-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND', '--disable-background-networking'],
  })
  try {
    return await steady(isRenderer, before)
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** The median of what the processes of a kind keep together while they rest, in MB. Errors: when there is none. */
async function steady(is: (command: string) => boolean, without: ReadonlySet<number> = new Set()): Promise<number> {
  const values: number[] = []
  for (let reading = 0; reading < readings; reading += 1) {
    await pause(between)
    const pids = below(is).filter((pid) => !without.has(pid))
    if (pids.length === 0) throw new Error('the process to be measured is not there')
    values.push(pids.reduce((sum, pid) => sum + pss(pid), 0))
  }
  return median(values)
}

/** Processes started below this one whose command line is of a kind (Linux, `/proc`). */
function below(is: (command: string) => boolean): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = /^PPid:\s+(\d+)$/m.exec(read(`/proc/${name}/status`))?.[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const ours = (pid: number): boolean => {
    for (let at = parents.get(pid); at !== undefined; at = parents.get(at)) if (at === process.pid) return true
    return false
  }
  return [...parents.keys()].filter((pid) => is(read(`/proc/${pid}/cmdline`)) && ours(pid))
}

/** Proportional share of a process in MB (`smaps_rollup`, in KiB); 0 when it is gone. */
function pss(pid: number): number {
  return (Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024) / 1e6
}

/** A file of `/proc`; empty when its process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
