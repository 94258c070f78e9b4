import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './paths.ts'

/** The Electron binary that can be started here, or null: an override folder first, then the installed runtime. */
export function findElectron(): string | null {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as Record<string, string>
  const binary = join(folder, names[process.platform] ?? 'electron')
  return existsSync(binary) ? binary : null
}

/**
 * Lets Electron's own installer fetch the official runtime; null when its host cannot be reached, which is found out
 * within seconds, or the download does not end within ten minutes.
 */
export async function installElectron(): Promise<string | null> {
  const installer = join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(installer)) return null
  const detour = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY', 'https_proxy']
  if (!detour.some((name) => process.env[name]) && !(await reachable('https://github.com/'))) return null
  console.log('yuetan: fetching the Electron runtime (about 110 MB)')
  spawnSync(process.execPath, [installer], { cwd: root, stdio: 'ignore', timeout: 600_000 })
  return findElectron()
}

async function reachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(6_000) })
    return true
  } catch {
    return false
  }
}

/**
 * Arguments that open this repository in an unpackaged Electron. `-r` loads the main process before the runtime is
 * ready; a default app that imports it later would be too late for schemes and sandbox. As root Chromium refuses its
 * own sandbox, so there, and only unpackaged, it is off.
 */
export function electronArguments(): string[] {
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return ['-r', join(root, 'dist', 'electron', 'main.cjs'), ...flags, root]
}

/** An installed Chromium: CHROME_PATH, the usual names on PATH, or on Debian as root the `chromium` package itself. */
export function findChromium(install: boolean): string | null {
  const found = installedChromium()
  if (found !== null || !install) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  console.log("yuetan: installing Debian's chromium")
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], {
    stdio: 'ignore',
    env,
  })
  return installedChromium()
}

function installedChromium(): string | null {
  if (process.env.CHROME_PATH && existsSync(process.env.CHROME_PATH)) return process.env.CHROME_PATH
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe', 'msedge.exe']
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) if (folder !== '' && existsSync(join(folder, name))) return join(folder, name)
  }
  return null
}

/** True when a window can be shown. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Node-API of a runtime, 0 when it cannot be asked. */
export function napiOf(program: string, env: NodeJS.ProcessEnv = process.env): number {
  try {
    return Number(execFileSync(program, ['-p', 'process.versions.napi'], { encoding: 'utf8', env }))
  } catch {
    return 0
  }
}
