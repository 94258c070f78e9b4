// The door of every npm script. Runs on any Node >= 20 without a dependency: sets up what is missing, then hands over to
// build/<command>.ts on a Node that can load the database driver (Node-API 10; on older ones it dies without a word).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const commands = ['start', 'demo', 'test', 'bench', 'check']
const neededNapi = 10
const windows = process.platform === 'win32'

/** Ends with one readable line. */
function stop(line) {
  console.error(`yuetan: ${line}`)
  process.exit(1)
}

function run(program, args, options = {}) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', shell: windows, ...options })
}

/** Installs from the lock file when node_modules is missing or older than the lock. Install scripts stay off: the
 * driver ships its binaries, and Electron is fetched by its own installer when a window is wanted. Not `npm ci`: it
 * refuses a lock without the optional binaries of every other platform, which not every registry mirror holds; versions
 * and hashes are the lock's either way. */
function installDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.yuetan-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.log('yuetan: installing dependencies from package-lock.json')
  const done = run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  if (done.error) stop('npm was not found; install Node 20 or later together with npm')
  if (done.status !== 0) stop('npm install failed (its own words stand above); nothing else was started')
  writeFileSync(stamp, lock)
}

/** The Node that runs everything else: the pinned one, or this one when it is new enough. */
function findNode() {
  const pinned = join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node')
  if (existsSync(pinned)) {
    const probe = run(pinned, ['-p', 'process.versions.napi'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    })
    if (probe.status === 0 && Number(probe.stdout) >= neededNapi) return pinned
  }
  if (Number(process.versions.napi) >= neededNapi) return process.execPath
  return stop(
    `the database driver needs Node 22.14 or later; this is ${process.version} and no pinned Node fits this platform`,
  )
}

const [command, ...args] = process.argv.slice(2)
if (!commands.includes(command)) stop(`unknown command ${command ?? '(none)'}; known: ${commands.join(', ')}`)
if (Number(process.versions.node.split('.')[0]) < 20) stop(`Node 20 or later is needed; this is ${process.version}`)
installDependencies()
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` }
const child = run(findNode(), [join(root, 'build', `${command}.ts`), ...args], { env })
process.exit(child.status ?? 1)
