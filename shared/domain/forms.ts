import * as v from 'valibot'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A form that was left unfinished: which one (`room/object`), and what stands in it, as JSON of its screen. */
export const unfinishedForm = v.object({
  form: v.pipe(v.string(), v.regex(/^[a-z]+(\/[A-Za-z0-9-]{1,40}){1,3}$/)),
  body: v.pipe(v.string(), v.maxLength(200_000), v.check(isJson)),
})
export type UnfinishedForm = v.InferOutput<typeof unfinishedForm>
