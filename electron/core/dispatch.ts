import type { Knex } from 'knex'
import { monotonicFactory } from 'ulid'
import * as v from 'valibot'
import type { Database, DatabaseName } from '#db/connection.ts'
import { databaseError, sqliteCode } from '#db/errors.ts'
import { borrows } from '#db/repositories/borrowings.ts'
import { compilationsInScope } from '#db/repositories/compilations.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { type Result, YuetanError } from '#shared/contract/errors.ts'
import type { EventName, EventPayload } from '#shared/contract/events.ts'
import type { VerbSpec, WindowName } from '#shared/contract/verb.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { recordAct } from './audit/acts.ts'
import type { Audit } from './audit/index.ts'
import type { LogLine } from './audit/log.ts'
import type { Context, LogNote, LongContext, Outside } from './context.ts'
import type { Jobs } from './jobs/runner.ts'
import { measure } from './measure.ts'
import type { Session } from './session/types.ts'

/** What the door knows about the signed-in session. */
export interface DoorSession {
  readonly session: Session
  readonly audit: Audit
  /** The screen is hidden: nothing is shown before the password was given again. */
  readonly hidden: boolean
  /** True when the password was given again just now for this verb with this input; used up by asking. */
  takeStepUp(verb: string, input: unknown): boolean
}

type AnyHandler =
  | ((context: Context, input: unknown) => unknown)
  | { readonly long: (context: LongContext<unknown>, input: unknown) => Promise<unknown> }

export interface DoorOptions {
  readonly contract: Readonly<Record<string, VerbSpec>>
  readonly handlers: object
  /** The session of this moment; null before sign-in and after the lock. */
  readonly session: () => DoorSession | null
  readonly now: () => string
  readonly jobs: Jobs
  push<N extends EventName>(event: N, payload: EventPayload<N>): void
  /** Keeps a refusal before sign-in in `door.log`: codes only. */
  refused(line: { readonly at: string; readonly code: string; readonly verb: string; readonly window: string }): void
}

export interface Door {
  /** Answers one call. Never throws: every failure is a code. */
  call(window: WindowName, verb: unknown, input: unknown): Promise<Result<unknown>>
  /** Calls that have begun and not yet been answered. */
  readonly pending: number
}

/** Ids of one act rise in the order they were made, so that rows sort as they were written. */
const nextId = monotonicFactory()

/** Longest verb name that is worth repeating in a log line. */
const verbPattern = /^[a-z][A-Za-z]{0,31}\.[a-z][A-Za-z]{0,47}$/

/**
 * THE door: the only place that validates, authorises, opens the transaction and writes the audit line.
 * Order: known verb → window → sign-in → size and schema → role → scope → step-up → use case in one short
 * transaction, its line in the same one → output schema.
 */
export function createDoor(options: DoorOptions): Door {
  const { contract, now, jobs, push } = options
  const handlers = new Map<string, AnyHandler>(Object.entries(options.handlers))
  let pending = 0

  async function call(window: WindowName, name: unknown, input: unknown): Promise<Result<unknown>> {
    pending += 1
    const at = now()
    const verb = typeof name === 'string' && verbPattern.test(name) ? name : 'malformed'
    const signedIn = options.session()
    const pass: Pass = { verb, window, at, signedIn, note: {}, named: [] }
    try {
      return { ok: true, value: await enter(pass, input) }
    } catch (error) {
      const failure = toFailure(error)
      await writeRefusal(pass, failure.code, error).catch(() => undefined)
      return { ok: false, error: failure }
    } finally {
      pending -= 1
    }
  }

  async function enter(pass: Pass, raw: unknown): Promise<unknown> {
    const { verb, window, at, signedIn } = pass
    const spec = Object.hasOwn(contract, verb) ? contract[verb] : undefined
    const handler = handlers.get(verb)
    if (!spec || !handler) throw new YuetanError('door.unknownVerb')
    pass.spec = spec
    if (spec.window !== window) throw new YuetanError('door.wrongWindow')
    if (spec.window !== 'signin' && !signedIn) throw new YuetanError('session.none')
    if (signedIn?.hidden && !spec.whenHidden) throw new YuetanError('session.hidden')
    // A second sign-in on top of an open session would leave the first one's keys in memory.
    if (spec.window === 'signin' && signedIn) throw new YuetanError('door.wrongWindow')

    const excess = measure(raw)
    if (excess) throw new YuetanError('door.tooLarge', { limit: excess })
    const parsed = v.safeParse(spec.input, raw)
    if (!parsed.success) throw new YuetanError('door.input', { field: v.getDotPath(parsed.issues[0]) ?? '' })
    const input = parsed.output
    pass.note = objectNote(input)
    pass.named = idsIn(input).filter((id) => id !== idIn(input, 'caseId'))

    if (signedIn) {
      const { archive, findings } = signedIn.session
      if (findings.length > 0 && spec.whenStopped !== true) throw new YuetanError('halt.stopped')
      const { identity } = archive
      if (!('none' in spec.roles) && !spec.roles.some((role) => identity.roles.includes(role))) {
        throw new YuetanError('door.role')
      }
      if (spec.scope === 'case') await assertScope(signedIn.session, input)
      if (spec.scope === 'borrowed') await assertBorrowed(signedIn.session, input, at)
      if (spec.stepUp === 'password' && !signedIn.takeStepUp(verb, input))
        throw new YuetanError('door.stepUp', { verb })
    }
    return run(pass, spec, handler, input)
  }

  async function run(pass: Pass, spec: VerbSpec, handler: AnyHandler, input: unknown): Promise<unknown> {
    const database = typeof spec.database === 'string' ? databaseOf(pass, spec.database) : null
    const outside = outsideOf(pass)
    const inside = async (target: Database, logged: boolean, work: (context: Context) => unknown): Promise<unknown> =>
      target.transaction(async (trx) => {
        const output = await work(contextOf(pass, outside, trx, target))
        if (!logged) return output
        const checked = checkOutput(spec, output)
        await appendOk(pass, spec, trx, target.name)
        return checked
      })

    if ('long' in handler) {
      let committed = false
      const short = async (logged: boolean, work: (context: Context) => Promise<unknown>): Promise<unknown> => {
        if (!database) throw new YuetanError('door.noDatabase')
        if (logged && committed && spec.commits !== 'several') throw new YuetanError('door.committedTwice')
        committed ||= logged
        const output = await inside(database, logged, work)
        // What one act noted of itself belongs to its line and to no other.
        if (logged) pass.note = objectNote(input)
        return output
      }
      const long: LongContext<unknown> = Object.create(outside, {
        read: { value: async (work: (context: Context) => Promise<unknown>) => short(false, work) },
        commit: { value: async (work: (context: Context) => Promise<unknown>) => short(true, work) },
      })
      const output = await handler.long(long, input)
      if (committed) return output
      return database ? inside(database, true, () => output) : recorded(pass, spec, output)
    }
    if (database) return inside(database, true, (context) => handler(context, input))
    return recorded(pass, spec, await handler(contextOf(pass, outside, null, null), input))
  }

  /** Checks an answer that came without a transaction, and writes its line into `office.db` where one is asked for. */
  async function recorded(pass: Pass, spec: VerbSpec, output: unknown): Promise<unknown> {
    const checked = checkOutput(spec, output)
    if (pass.signedIn && typeof spec.audit === 'string') {
      await pass.signedIn.audit.record('office', lineOf(pass, spec.audit, 'ok'))
    }
    return checked
  }

  function outsideOf(pass: Pass): Outside {
    return {
      get session() {
        return signedInOf(pass).session
      },
      get account() {
        return signedInOf(pass).session.archive.identity
      },
      now: pass.at,
      named: pass.named,
      newId: () => nextId(),
      jobs,
      push,
      note: (note) => {
        pass.note = { ...pass.note, ...note }
      },
    }
  }

  async function appendOk(pass: Pass, spec: VerbSpec, trx: Knex.Transaction, database: DatabaseName): Promise<void> {
    if (typeof spec.audit !== 'string') return
    await signedInOf(pass).audit.append(trx, database, lineOf(pass, spec.audit, 'ok'))
  }

  async function writeRefusal(pass: Pass, code: string, error: unknown): Promise<void> {
    const { signedIn, verb, window, at, spec } = pass
    if (!signedIn) {
      options.refused({ at, code, verb, window })
      return
    }
    // Where the disk or the database fails, the line cannot be written either.
    if (code.startsWith('db.')) return
    const action = spec && typeof spec.audit === 'string' ? spec.audit : 'door.refused'
    const database = spec?.database === 'cases' && signedIn.session.archive.cases ? 'cases' : 'office'
    const line = lineOf(pass, action, code)
    const kind = code === 'internal.unexpected' ? { error: describe(error) } : {}
    await signedIn.audit.record(database, { ...line, detail: { ...line.detail, ...kind, verb, window } })
  }

  return {
    call,
    get pending() {
      return pending
    },
  }
}

/** One call on its way through the door. */
interface Pass {
  readonly verb: string
  readonly window: WindowName
  readonly at: string
  readonly signedIn: DoorSession | null
  spec?: VerbSpec
  note: LogNote
  named: readonly string[]
}

function signedInOf(pass: Pass): DoorSession {
  if (!pass.signedIn) throw new YuetanError('session.none')
  return pass.signedIn
}

function databaseOf(pass: Pass, name: DatabaseName): Database {
  const { archive } = signedInOf(pass).session
  const database = name === 'cases' ? archive.cases : archive.office
  // The three officers hold no key to cases.db, whatever a role list says.
  if (!database) throw new YuetanError('door.role')
  return database
}

function contextOf(pass: Pass, outside: Outside, trx: Knex.Transaction | null, database: Database | null): Context {
  return Object.create(outside, {
    trx: {
      get: () => {
        if (!trx) throw new YuetanError('door.noDatabase')
        return trx
      },
    },
    office: { get: () => (database?.name === 'office' ? trx : signedInOf(pass).session.archive.office.knex) },
    act: {
      value: async (act: Parameters<Context['act']>[0]) => {
        if (!trx) throw new YuetanError('door.noDatabase')
        return recordAct(trx, signedInOf(pass).session.archive.identity, act, pass.at)
      },
    },
  })
}

function lineOf(pass: Pass, action: string, result: string): LogLine {
  const { identity } = signedInOf(pass).session.archive
  return {
    at: pass.at,
    account: identity.id,
    roles: identity.roles,
    action,
    objectKind: pass.note.objectKind ?? null,
    objectId: pass.note.objectId ?? null,
    level: pass.note.level ?? null,
    result,
    detail: pass.note.detail ?? {},
  }
}

function idIn(input: unknown, name: 'caseId' | 'compilationId'): string | undefined {
  const value = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined
  return typeof value === 'string' ? value : undefined
}

function objectNote(input: unknown): LogNote {
  const [caseId, compilationId] = [idIn(input, 'caseId'), idIn(input, 'compilationId')]
  if (caseId) return { objectKind: 'case', objectId: caseId }
  return compilationId ? { objectKind: 'compilation', objectId: compilationId } : {}
}

/**
 * 知悉范围: the account stands in the scope of the case now, or of every case a compilation is drawn from. What does not
 * exist is answered the same way.
 */
async function assertScope(session: Session, input: unknown): Promise<void> {
  const { cases, identity } = session.archive
  const [caseId, compilationId] = [idIn(input, 'caseId'), idIn(input, 'compilationId')]
  if (!cases || (caseId !== undefined && compilationId !== undefined)) throw new YuetanError('door.scope')
  if (caseId === undefined) {
    if (compilationId === undefined) throw new YuetanError('door.scope')
    const known = await compilationsInScope(cases.knex, identity)
    const found = await known().where('compilations.id', compilationId).first()
    if (!found) throw new YuetanError('door.scope')
    return
  }
  const row = await cases
    .knex('case_scope')
    .where({ case_id: caseId, account_id: identity.id })
    .whereNull('removed_at')
    .first('id')
  if (!row) throw new YuetanError('door.scope')
  // 知悉范围 of a single paper: narrower than that of its case, and no verb of the case reaches past it.
  const closed = await closedIds(cases.knex, identity, caseId)
  if (closed.size > 0 && idsIn(input).some((id) => closed.has(id))) throw new YuetanError('door.scope')
}

/** 借阅: a loan of the case runs today. What is not lent is answered like what does not exist. */
async function assertBorrowed(session: Session, input: unknown, at: string): Promise<void> {
  const { cases, identity } = session.archive
  const caseId = idIn(input, 'caseId')
  if (!cases || !caseId || !(await borrows(cases.knex, identity.id, caseId, dayInChina(at))))
    throw new YuetanError('door.scope')
}

/** Ids of our own making (ULID) anywhere in an input. */
const idPattern = /^[0-9A-HJKMNP-TV-Z]{26}$/

/** Every id a call names, itself or in a list. */
function idsIn(input: unknown): string[] {
  if (typeof input === 'string') return idPattern.test(input) ? [input] : []
  if (typeof input !== 'object' || input === null || ArrayBuffer.isView(input)) return []
  return Object.values(input).flatMap(idsIn)
}

function checkOutput(spec: VerbSpec, output: unknown): unknown {
  const parsed = v.safeParse(spec.output, output)
  if (!parsed.success) throw new YuetanError('internal.output', { field: v.getDotPath(parsed.issues[0]) ?? '' })
  return parsed.output
}

function toFailure(error: unknown): { code: string; params: YuetanError['params'] } {
  const known = databaseError(error, 'archive')
  if (known instanceof YuetanError) return { code: known.code, params: known.params }
  return { code: 'internal.unexpected', params: {} }
}

/** The kind of an unexpected error and the place in our own code, without its message: that may quote case text. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const place = /at (?:async )?([\w.<>]+) /.exec(
    error.stack?.split('\n').find((row) => row.startsWith('    at ')) ?? '',
  )
  return [error.name, sqliteCode(error), place?.[1]].filter(Boolean).join(' ')
}
