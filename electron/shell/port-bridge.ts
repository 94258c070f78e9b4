import type { Answer, Bridge, Push, ShellBridge } from '#shared/contract/bridge.ts'
import type { Result } from '#shared/contract/errors.ts'

/** What a shell gives the bridge to work with. */
export interface ShellDoor extends Omit<ShellBridge, 'kind'> {
  readonly kind: ShellBridge['kind']
  /** Asks the shell for a port to the core. */
  connect(): void
}

/** One line to the core. */
export interface Link {
  send(message: unknown): void
  listen(on: (message: unknown) => void): void
}

type Listener = (payload: unknown) => void

/**
 * The surface a window sees: verbs and events, never channels. Calls made before the line stands wait for it; each
 * call gets exactly one answer. `attach` joins the line, `closing` tells the window that it is about to be closed.
 */
export function portBridge(door: ShellDoor): { bridge: Bridge; attach(link: Link): void; closing(): void } {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const listeners = new Map<string, Set<Listener>>()
  const early: unknown[] = []
  let link: Link | null = null
  let calls = 0

  function emit(event: string, payload: unknown): void {
    for (const listener of listeners.get(event) ?? []) listener(payload)
  }

  function receive(message: unknown): void {
    const incoming = message as Partial<Answer & Push>
    if (typeof incoming.id === 'number' && incoming.result !== undefined) {
      waiting.get(incoming.id)?.(incoming.result)
      waiting.delete(incoming.id)
    } else if (typeof incoming.event === 'string') emit(incoming.event, incoming.payload)
  }

  const bridge = {
    call(verb: string, input: unknown) {
      if (calls === 0) door.connect()
      calls += 1
      const request = { id: calls, verb, input }
      return new Promise<Result<unknown>>((resolve) => {
        waiting.set(request.id, resolve)
        if (link === null) early.push(request)
        else link.send(request)
      })
    },
    on(event: string, listener: Listener) {
      const known = listeners.get(event) ?? new Set()
      listeners.set(event, known.add(listener))
      return () => void known.delete(listener)
    },
    shell: {
      kind: door.kind,
      protection: door.protection,
      chooseFolder: (title: string) => door.chooseFolder(title),
      chooseFile: (title: string, extensions: readonly string[]) => door.chooseFile(title, extensions),
      showSide: (open: boolean) => door.showSide(open),
      stepUp: () => door.stepUp(),
      stayOpen: () => door.stayOpen(),
      readyToClose: () => door.readyToClose(),
    },
  }
  return {
    // The typed surface is the contract's; the wire carries any verb and the core's door judges it.
    bridge: bridge as unknown as Bridge,
    attach(to) {
      link = to
      to.listen(receive)
      for (const request of early.splice(0)) to.send(request)
    },
    closing: () => emit('session.closing', { reason: 'quit' }),
  }
}
