import * as v from 'valibot'

/** What the core may push to a window without being asked. */
export const events = {
  /** A long job moved on: `done` of `total` units of work; `total` 0 while unknown. */
  'jobs.progress': v.object({ job: v.string(), step: v.string(), done: v.number(), total: v.number() }),
  /** State of what is being typed: `durable` after fdatasync, `memory` while the disk refuses it. */
  'journal.state': v.object({ state: v.picklist(['durable', 'pending', 'memory']), at: v.string() }),
  /** The session is ending; the window flushes what it holds and answers `session.flushed`. */
  'session.closing': v.object({ reason: v.picklist(['lock', 'idle', 'quit']) }),
} as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = v.InferOutput<(typeof events)[N]>
