import * as v from 'valibot'
import { day, id, line, optionalLine } from './common.ts'

/** An enterprise as a person enters it: 市属国有重点企业 or one of their subsidiaries (Art. 7). */
export const enterpriseInput = v.object({
  name: line,
  shortName: optionalLine,
  code: optionalLine,
  parentId: v.nullable(id),
})
export type EnterpriseInput = v.InferOutput<typeof enterpriseInput>
export const enterprise = v.object({ id, ...enterpriseInput.entries, pinyin: v.string() })
export type Enterprise = v.InferOutput<typeof enterprise>

/** A person with the post held now. */
export const person = v.object({
  id,
  name: v.string(),
  title: v.string(),
  enterpriseId: v.nullable(id),
  pinyin: v.string(),
})
export type Person = v.InferOutput<typeof person>

/** A post from a day to a day, both included; null where it is not known or not over. */
export const postInput = v.object({ title: line, since: v.nullable(day), until: v.nullable(day) })
export type PostInput = v.InferOutput<typeof postInput>
export const post = v.object({
  id,
  personId: id,
  personName: v.string(),
  enterpriseId: id,
  enterpriseName: v.string(),
  ...postInput.entries,
})
export type Post = v.InferOutput<typeof post>

export function holdsOn(one: Pick<Post, 'since' | 'until'>, on: string): boolean {
  return (one.since === null || one.since <= on) && (one.until === null || on <= one.until)
}

/** True when `parentId` stands below `id` already, or is it: an enterprise cannot be its own parent. Pure. */
export function makesCycle(
  parentOf: ReadonlyMap<string, string | null>,
  own: string,
  parentId: string | null,
): boolean {
  const seen = new Set<string>()
  for (let at: string | null = parentId; at !== null; at = parentOf.get(at) ?? null) {
    if (at === own || seen.has(at)) return true
    seen.add(at)
  }
  return false
}

export const partyKind = v.picklist(['enterprise', 'person'])

/** Two entries of one and the same enterprise or person, brought together: nothing is lost, and it can be undone. */
export const merge = v.object({
  id,
  kind: partyKind,
  fromId: id,
  fromName: v.string(),
  intoId: id,
  intoName: v.string(),
  reason: v.string(),
  at: v.string(),
  by: v.string(),
  undone: v.nullable(v.object({ at: v.string(), by: v.string(), reason: v.string() })),
})
export type Merge = v.InferOutput<typeof merge>

/** A 处室 and the aspects it is responsible for (Art. 4: 相关处室根据职责启动); names of aspects are the profile's. */
export const office = v.object({ name: line, duties: v.array(line) })
export type Office = v.InferOutput<typeof office>
