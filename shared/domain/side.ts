import * as v from 'valibot'
import { type Attendee, delegation, mayShowInRoom, type Utterance, utteranceKind } from './interviews.ts'

/** `follow`: the newest lines; `hold`: the screen stays where it is while the record goes on; `off`: blank. */
export const sideShow = v.picklist(['off', 'follow', 'hold'])
export type SideShow = v.InferOutput<typeof sideShow>

/** One line of the room's screen: what was said and by whom, nothing of what the desk notes beside it. */
export const sideLine = v.object({
  key: v.string(),
  at: v.string(),
  delegation: v.nullable(delegation),
  speaker: v.string(),
  kind: utteranceKind,
  text: v.string(),
})
export type SideLine = v.InferOutput<typeof sideLine>

export const sideScreen = v.object({
  matter: v.string(),
  place: v.string(),
  state: v.string(),
  held: v.boolean(),
  lines: v.array(sideLine),
})
export type SideScreen = v.InferOutput<typeof sideScreen>

/** Lines the screen has room for, and some more for a tall one. */
export const sideLength = 60

/**
 * The lines the room may see now (Art. 6): what is for one enterprise only stays away while people of another are
 * there. 待核, 承诺's particulars, 对象 and earlier wordings never leave the desk. Pure.
 */
export function sideLines(utterances: readonly Utterance[], attendees: readonly Attendee[]): readonly SideLine[] {
  const people = new Map(attendees.map((person) => [person.id, person]))
  return utterances
    .filter((one) => mayShowInRoom(one, attendees))
    .slice(-sideLength)
    .map((one) => {
      const speaker = one.speakerId === null ? undefined : people.get(one.speakerId)
      return {
        key: one.id,
        at: one.startedAt,
        delegation: speaker?.delegation ?? null,
        speaker: speaker?.name ?? '',
        kind: one.kind,
        text: one.text,
      }
    })
}
