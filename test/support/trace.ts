import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** Longest time between a call's return and its line in the listing, in ms. */
const settling = 1_000

/** One system call that has returned: its name, the file or socket of its first argument, its result. */
export interface Call {
  readonly name: string
  readonly target: string
  readonly result: number
}

/**
 * Follows a running process with strace; `stop` lets go and answers the calls in the order in which they returned.
 * Throws where the system refuses tracing: then nothing has been proven.
 */
export async function traceCalls(pid: number, calls: readonly string[], file: string) {
  const names = calls.join(',')
  const tracer = spawn('strace', ['-f', '-y', '-s', '0', '-e', `trace=${names}`, '-o', file, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  tracer.stderr.on('data', (data: Buffer) => {
    said += data.toString()
  })
  const gone = new Promise<string>((resolve) => {
    tracer.once('error', (error) => resolve(error.message))
    tracer.once('exit', () => resolve(said))
  })
  const attached = (async () => {
    while (!/attached/.test(said)) await once(tracer.stderr, 'data')
    return null
  })()
  const refused = await Promise.race([attached, gone])
  if (refused !== null) throw new Error(`the core's system calls cannot be traced here: ${refused.trim()}`)
  return {
    stop: async (): Promise<Call[]> => {
      // What a call wrote is read by others before the tracer has written down that it returned.
      await setTimeout(settling)
      tracer.kill('SIGINT')
      await gone
      return parse(readFileSync(file, 'utf8'))
    },
  }
}

/** A call another thread interrupts in the listing stands in two lines; it counts where it returns. */
function parse(text: string): Call[] {
  const open = new Map<string, string>()
  const calls: Call[] = []
  for (const line of text.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    if (rest.endsWith('<unfinished ...>')) {
      open.set(thread, rest.slice(0, -'<unfinished ...>'.length))
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)
    const whole = resumed ? `${open.get(thread) ?? ''}${resumed[1]}` : rest
    const found = /^(\w+)\(\d+<([^>]*)>.*\)\s+= (-?\d+)/.exec(whole)
    if (found) calls.push({ name: found[1] ?? '', target: found[2] ?? '', result: Number(found[3]) })
  }
  return calls
}
