// The door of every npm script. Runs on any Node >= 20 without a dependency: sets up what is missing, then hands over to
// build/<command>.ts on a Node that can load the database driver (Node-API 10; on older ones it dies without a word).
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const commands = ['start', 'demo', 'test', 'bench', 'seed', 'check', 'soak', 'attack', 'group']
const neededNapi = 10
const windows = process.platform === 'win32'

/** Ends with one readable line. */
function stop(line) {
  console.error(`yuetan: ${line}`)
  process.exit(1)
}

function run(program, args, options = {}) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options })
}

/** npm's own record of what it installed, compared with the lock file: a difference in words, or '' when they agree. */
function differenceFromLock() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return 'node_modules is absent'
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const there = installed[path]
    if (there ? there.version !== entry.version : !entry.optional && !entry.peer) return `${path} differs`
  }
  return ''
}

/** Installs from the lock file unless exactly that is there. Install scripts stay off: the driver ships its binaries,
 * and Electron is fetched by its own installer when a window is wanted. Not `npm ci`: it refuses a lock without the
 * optional binaries of every other platform, which not every registry mirror holds; versions and hashes are the lock's
 * either way. */
function installDependencies() {
  const difference = differenceFromLock()
  if (difference === '') return
  const folder = join(root, 'node_modules')
  if (existsSync(folder) && lstatSync(folder).isSymbolicLink()) {
    stop(`node_modules is a link and does not fit the lock file (${difference}); install where it points to`)
  }
  console.error(`yuetan: installing dependencies from package-lock.json (${difference})`)
  const done = run(
    windows ? 'npm.cmd' : 'npm',
    ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      // npm.cmd is a batch file; since Node 20.12 those start through a shell only.
      shell: windows,
    },
  )
  if (done.error) stop('npm was not found; install Node 20 or later together with npm')
  if (done.status !== 0) stop('npm install failed (its own words stand above); nothing else was started')
}

/** Node-API of a Node executable; 0 when it does not run here. */
function napiOf(program) {
  const probe = run(program, ['-p', 'process.versions.napi'], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' })
  return probe.status === 0 ? Number(probe.stdout) : 0
}

/** The Node that runs everything else: the pinned one, or this one when it is new enough. */
function findNode() {
  const platform = `node-${windows ? 'win' : process.platform}-${process.arch}`
  const pinned = join(root, 'node_modules', platform, 'bin', windows ? 'node.exe' : 'node')
  if (existsSync(pinned) && napiOf(pinned) >= neededNapi) return pinned
  if (Number(process.versions.napi) >= neededNapi) return process.execPath
  return stop(
    `the database driver needs Node 22.14 or later; this is ${process.version} and no pinned Node fits this platform`,
  )
}

const [command, ...args] = process.argv.slice(2)
if (!commands.includes(command)) stop(`unknown command ${command ?? '(none)'}; known: ${commands.join(', ')}`)
if (Number(process.versions.node.split('.')[0]) < 20) stop(`Node 20 or later is needed; this is ${process.version}`)
installDependencies()
const node = findNode()
const env = {
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
}
const child = run(node, [join(root, 'build', `${command}.ts`), ...args], { env })
process.exit(child.status ?? 1)
