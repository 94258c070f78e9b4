import { readdirSync } from 'node:fs'
import { type Failure, YuetanError } from '#shared/contract/errors.ts'
import { type EventPayload, events, sideEvents } from '#shared/contract/events.ts'
import { contract } from '#shared/contract/index.ts'
import type { VerbSpec, WindowName } from '#shared/contract/verb.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { noteArchive, noteHead, seenOnMachine } from './accounts/device.ts'
import { closeArchive } from './accounts/unlock.ts'
import { doorLine, mergeDoorLog, noteRefusal } from './audit/door.ts'
import type { LogHead } from './audit/heads.ts'
import { type Audit, openAudit } from './audit/index.ts'
import { findRollback } from './audit/rollback.ts'
import { sweepBlobs } from './blobs.ts'
import { createDoor, type Door, type DoorOptions, type DoorSession } from './dispatch.ts'
import { createJobs, type Jobs } from './jobs/runner.ts'
import { journalKey, openJournal } from './journal.ts'
import type { WindowPort } from './ports.ts'
import { noPrinting, type Printing } from './printing.ts'
import { archiveLayout, assertFolder, type FolderLock, lockFolder } from './session/folder.ts'
import { createStepUp } from './session/step-up.ts'
import type { OpenArchive, Session } from './session/types.ts'

export type LockReason = EventPayload<'session.closing'>['reason']

/** What use cases that change the session itself may do: sign-in, first run, lock. */
export interface CoreControl {
  readonly machineFolder: string
  readonly resources: string
  readonly jobs: Jobs
  /** The folder this process holds, or null; `refusal` says why the last one asked for could not be taken. */
  readonly folder: string | null
  readonly refusal: Failure | null
  /** Takes another folder and gives the former one back. Errors: `folder.…` as `lockFolder`. */
  useFolder(folder: string): void
  /** Gives the folder back without taking another one. */
  leaveFolder(): void
  /** Starts the session of an unlocked archive: log, journal, sweep. The archive is closed again when that fails. */
  opened(archive: OpenArchive): Promise<Session>
  /** Ends the session after the answer of the current call has left. */
  lock(reason: LockReason): void
  /** The verb that waits for the password to be typed again; null when none does. */
  stepUpAsked(): string | null
  /** The password was typed again: the call that waits for it may be made once. Errors: `session.nothingAsked`. */
  grantStepUp(): void
  /** Takes back a lock that waits for the disk. Errors: `session.notHidden`. */
  reveal(): void
  now(): string
}

export interface CoreOptions {
  readonly machineFolder: string
  readonly archiveFolder: string | null
  readonly resources: string
  readonly now?: () => string
  /** The use cases; a function, because those of the session need the control. */
  readonly handlers: (control: CoreControl) => object
  /** Other verbs than the program's, for tests of the door. */
  readonly contract?: Readonly<Record<string, VerbSpec>>
  /** The session's state changed; after `locked` and `closed` this core is used up and has given `folder` back. */
  readonly session: (state: 'open' | 'locked' | 'closed', trial: boolean, folder: string | null) => void
  readonly jobs?: Jobs
  /** How paper comes out; left out where nothing prints. `abandon` ends what waits for a printer. */
  readonly printing?: Printing & { abandon(): void }
}

export interface Core {
  readonly door: Door
  /** Serves a window's port; returns how to forget it. */
  connect(window: WindowName, port: WindowPort): () => void
  /** Keeps what the shell refused: in `door.log`, or in the log while a session is open. */
  shellRefused(code: string): Promise<void>
  /** Ends an open session (the journal stays as it is on the disk) and gives the folder back. */
  stop(): Promise<void>
}

/** Longest time the window gets for flushing what it holds when the core itself decides to lock. */
const flushTime = 2_000
/**
 * The window sees the keys and the pointer and locks by the policy's time; a reader calls nothing for a while. The core
 * only sees calls: it locks a window that has stopped doing so itself, after this many times the policy's time.
 */
const silentTimes = 3

export function createCore(options: CoreOptions): Core {
  const now = options.now ?? (() => new Date().toISOString())
  const jobs = options.jobs ?? createJobs()
  const ports = new Map<WindowPort, WindowName>()
  let folder: { readonly path: string; readonly lock: FolderLock | null } | null = null
  let refusal: Failure | null = null
  let signedIn: (DoorSession & { readonly audit: Audit }) | null = null
  let ending: Promise<void> | null = null
  let idleTimer: NodeJS.Timeout | undefined
  let announce: (() => void) | null = null
  const stepUp = createStepUp(now)
  /** Set while a lock waits for a disk that refuses the journal. */
  let hidden: NodeJS.Timeout | null = null

  const push: DoorOptions['push'] = (event, payload) => {
    // A push that breaks its own declaration is a bug of ours; it must not reach the window.
    if (!(event in events)) return
    const to: WindowName = sideEvents.has(event) ? 'side' : 'case'
    // Before sign-in only the progress of a renewal is told: nothing else has happened yet.
    const all = event === 'jobs.progress'
    for (const [port, window] of ports) if (window === to || (all && window === 'signin')) port.post({ event, payload })
  }

  const control: CoreControl = {
    machineFolder: options.machineFolder,
    resources: options.resources,
    jobs,
    now,
    get folder() {
      return folder?.path ?? null
    },
    get refusal() {
      return refusal
    },
    useFolder: (path) => {
      if (folder?.path === path && folder.lock) return
      try {
        assertFolder(path)
        // An empty folder holds nothing to take, and an archive can only be founded where nothing stands.
        const lock = readdirSync(path).length === 0 ? null : lockFolder(path)
        folder?.lock?.release()
        folder = { path, lock }
        refusal = null
      } catch (error) {
        refusal = error instanceof YuetanError ? { code: error.code, params: error.params } : refusal
        throw error
      }
    },
    leaveFolder: () => {
      folder?.lock?.release()
      folder = null
    },
    opened: openSession,
    lock: (reason) => {
      // The answer of the verb that asked leaves first.
      setImmediate(() => (reason === 'quit' ? end('closed') : end('locked', reason)))
    },
    stepUpAsked: stepUp.asked,
    grantStepUp: stepUp.grant,
    reveal: () => {
      if (hidden === null) throw new YuetanError('session.notHidden')
      clearTimeout(hidden)
      hidden = null
    },
  }

  const door = createDoor({
    contract: options.contract ?? contract,
    handlers: options.handlers(control),
    session: () => signedIn,
    now,
    jobs,
    push,
    refused: (line) => {
      if (folder) noteRefusal(folder.path, line.code, line.at)
    },
  })

  async function openSession(archive: OpenArchive): Promise<Session> {
    try {
      const layout = archiveLayout(archive.folder)
      const at = now()
      const journal = archive.cases
        ? await openJournal({ file: layout.journal, key: await journalKey(archive.cases, at) })
        : null
      if (archive.cases) await sweepBlobs(layout.blobs, archive.cases.knex)
      const { genesis } = archive.ledger
      const findings = await findRollback(archive, seenOnMachine(options.machineFolder, genesis), at)
      // What does not fit is not learnt: the witness keeps what it saw until the officers have compared.
      if (findings.length === 0) noteArchive(options.machineFolder, genesis, at)
      const witness = (head: LogHead): void => {
        if (findings.length === 0) noteHead(options.machineFolder, genesis, head)
      }
      const audit = await openAudit({ archive, now, witness, findings })
      if ((await mergeDoorLog(archive.folder, archive.office)) > 0) await audit.settle()
      const session: Session = {
        archive,
        openedAt: at,
        journal,
        findings,
        resources: options.resources,
        printing: options.printing ?? noPrinting,
      }
      signedIn = {
        session,
        audit,
        takeStepUp: (verb, input) => policyValue(archive.ledger, 'exportStepUp') === 0 || stepUp.take(verb, input),
        get hidden() {
          return hidden !== null
        },
      }
      keepAwake()
      // The window that signed in gets its answer before it is closed.
      announce = () => options.session('open', archive.ledger.kind === 'trial', archive.folder)
      return session
    } catch (error) {
      await closeArchive(archive)
      throw error
    }
  }

  /** Starts the silent time again: every call is a sign of life. */
  function keepAwake(): void {
    clearTimeout(idleTimer)
    if (!signedIn) return
    const seconds = policyValue(signedIn.session.archive.ledger, 'idleSeconds')
    idleTimer = setTimeout(() => lockIdle(), seconds * silentTimes * 1000)
    idleTimer.unref()
  }

  function lockIdle(): void {
    push('session.closing', { reason: 'idle' })
    // The window flushes and calls `session.lock`; one that does not answer is locked all the same.
    setTimeout(() => end('locked', 'idle'), flushTime).unref()
  }

  function end(state: 'locked' | 'closed', reason: 'lock' | 'idle' = 'lock'): Promise<void> {
    ending ??= endNow(state, reason)
    return ending
  }

  async function endNow(state: 'locked' | 'closed', reason: 'lock' | 'idle'): Promise<void> {
    clearTimeout(idleTimer)
    const current = signedIn
    const trial = current?.session.archive.ledger.kind === 'trial'
    const journal = current?.session.journal
    if (journal?.pending && state === 'locked') {
      const safe = await journal.flush().then(
        () => true,
        () => false,
      )
      if (!safe) {
        // What memory alone holds would be lost: the screen hides, the core stays, the disk is tried again.
        ending = null
        if (hidden === null) push('session.hidden', { reason })
        hidden = setTimeout(() => end(state, reason), flushTime).unref()
        return
      }
    }
    signedIn = null
    await jobs.close()
    options.printing?.abandon()
    while (door.pending > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    if (current) {
      // The lines are in the databases already; an unsigned tail is marked at the next sign-in.
      await current.audit.close().catch(() => undefined)
      await journal?.close().catch(() => undefined)
      await closeArchive(current.session.archive)
    }
    const last = folder?.path ?? null
    control.leaveFolder()
    options.session(state, trial, last)
  }

  if (options.archiveFolder) {
    try {
      control.useFolder(options.archiveFolder)
    } catch {
      // Kept in `refusal`: the sign-in window tells, and offers another folder.
    }
  }

  return {
    door,
    connect: (window, port) => {
      ports.set(port, window)
      const forget = (): void => {
        ports.delete(port)
        port.close()
        // A reload connects anew before its old port is forgotten.
        if (window === 'side' && ![...ports.values()].includes('side')) push('side.closed', {})
      }
      port.listen(async (message) => {
        const request = readRequest(message)
        if (!request) return
        // The room's screen reads by itself; nobody need be there for that.
        if (window !== 'side') keepAwake()
        const result = await door.call(window, request.verb, request.input)
        if (ports.has(port)) port.post({ id: request.id, result })
        announce?.()
        announce = null
      })
      return forget
    },
    shellRefused: async (code) => {
      const at = now()
      if (signedIn) {
        const { id } = signedIn.session.archive.identity
        await signedIn.audit.record('office', doorLine(code, id, at, 'shell'))
      } else if (folder) noteRefusal(folder.path, code, at)
    },
    stop: () => end('closed'),
  }
}

/** A request of the wire; what has not even an id cannot be answered and is dropped. */
function readRequest(message: unknown): { id: number; verb: unknown; input: unknown } | null {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null
  if (typeof message.id !== 'number' || !Number.isSafeInteger(message.id)) return null
  return {
    id: message.id,
    verb: 'verb' in message ? message.verb : undefined,
    input: 'input' in message ? message.input : undefined,
  }
}
