import * as v from 'valibot'

/** What the core may push to a window without being asked. */
export const events = {
  /** A long job moved on: `done` of `total` units of work; `total` 0 while unknown. */
  'jobs.progress': v.object({ job: v.string(), step: v.string(), done: v.number(), total: v.number() }),
  /** The lock waits for a disk that refuses what is being typed: the screen hides, the core stays (DESIGN §3). */
  'session.hidden': v.object({ reason: v.picklist(['lock', 'idle']) }),
  /** The session is ending; the window flushes what it holds and answers `session.flushed`. */
  'session.closing': v.object({ reason: v.picklist(['lock', 'idle', 'quit']) }),
} as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = v.InferOutput<(typeof events)[N]>
