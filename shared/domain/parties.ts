import * as v from 'valibot'
import { id, line, optionalLine } from './common.ts'

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
