import type { Knex } from 'knex'
import type * as v from 'valibot'
import type { Contract, VerbName } from '#shared/contract/bridge.ts'
import type { EventName, EventPayload } from '#shared/contract/events.ts'
import type { BindingAct } from './audit/acts.ts'
import type { Jobs } from './jobs/runner.ts'
import type { Account, Session } from './session/types.ts'

/** What the log says about the object of an act beyond who and when: codes and ids, never case text. */
export interface LogNote {
  readonly objectKind?: string
  readonly objectId?: string
  readonly level?: string
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** What every use case is given, whether it holds a transaction or not. */
export interface Outside {
  /** The signed-in session; asking for it before sign-in fails with `session.none`. */
  readonly session: Session
  readonly account: Account
  /** One moment for the whole act, ISO UTC. */
  readonly now: string
  newId(): string
  /** Ids the call named, its case apart: what it was about. */
  readonly named: readonly string[]
  readonly jobs: Jobs
  push<N extends EventName>(event: N, payload: EventPayload<N>): void
  /** Adds to the log line of this act; later notes win. The case of `input.caseId` is noted by the door itself. */
  note(note: LogNote): void
}

/** What a use case is given inside its one short transaction. */
export interface Context extends Outside {
  /** The verb's own transaction; a verb that declares no database fails with `door.noDatabase` when it asks. */
  readonly trx: Knex.Transaction
  /** `office.db` for reading: the transaction itself when the verb's database is `office`. */
  readonly office: Knex
  /** Signs a binding act over the object's hash and the position this act takes in the log (DESIGN §4). */
  act(act: BindingAct): Promise<string>
}

/** What long work is given: short transactions around it, none during it. */
export interface LongContext<Output> extends Outside {
  /** A short transaction before or between the work. */
  read<T>(work: (context: Context) => Promise<T>): Promise<T>
  /** The one transaction that ends the work, with its log line; what it returns is the verb's answer. */
  commit(work: (context: Context) => Promise<Output>): Promise<Output>
}

export type HandlerInput<N extends VerbName> = v.InferOutput<Contract[N]['input']>
export type HandlerOutput<N extends VerbName> = v.InferInput<Contract[N]['output']>

/** A use case that fits into one short transaction. */
export type ShortHandler<N extends VerbName> = (
  context: Context,
  input: HandlerInput<N>,
) => HandlerOutput<N> | Promise<HandlerOutput<N>>

/** A use case with long work outside any transaction, so that typing never waits for it. */
export interface LongHandler<N extends VerbName> {
  readonly long: (context: LongContext<HandlerOutput<N>>, input: HandlerInput<N>) => Promise<HandlerOutput<N>>
}

/** Every verb's use case; a room exports its part `satisfies Partial<Handlers>`. */
export type Handlers = { readonly [N in VerbName]: ShortHandler<N> | LongHandler<N> }
