import * as v from 'valibot'

/** What the core may push to a window without being asked. */
export const events = {
  /** A long job moved on: `done` of `total` units of work; `total` 0 while unknown. */
  'jobs.progress': v.object({ job: v.string(), step: v.string(), done: v.number(), total: v.number() }),
  /** The lock waits for a disk that refuses what is being typed: the screen hides, the core stays (DESIGN §3). */
  'session.hidden': v.object({ reason: v.picklist(['lock', 'idle']) }),
  /** The session is ending; the window flushes what it holds and answers `session.flushed`. */
  'session.closing': v.object({ reason: v.picklist(['lock', 'idle', 'quit']) }),
  /** What the 旁屏 shows may have changed: it reads its screen again. Goes to that window alone, and carries nothing. */
  'side.changed': v.object({}),
  /** The 旁屏 has gone, by whatever hand: the desk says so. */
  'side.closed': v.object({}),
} as const

/** Events for the window of the room; every other event is for the window of the one who works. */
export const sideEvents: ReadonlySet<string> = new Set<EventName>(['side.changed'])

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = v.InferOutput<(typeof events)[N]>
