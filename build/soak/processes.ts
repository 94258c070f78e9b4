import { readdirSync, readFileSync } from 'node:fs'

/** A process that this one started, directly or through others (Linux: read from /proc). */
export interface Descendant {
  readonly pid: number
  readonly command: string
}

export function descendants(root = process.pid): readonly Descendant[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const parent = parentOf(name)
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found: Descendant[] = []
  const open = [root]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const pid of children.get(next) ?? []) {
      open.push(pid)
      found.push({ pid, command: commandOf(pid) })
    }
  }
  return found
}

/** kill -9, stop or continue; a process that is gone already is no failure. */
export function signal(pid: number, name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function parentOf(name: string): number | null {
  if (!/^\d+$/.test(name)) return null
  try {
    // "pid (name) state parent …"; the name may hold blanks and brackets.
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
