import * as v from 'valibot'
import { day } from '../domain/common.ts'
import { type FileFault, faultOf } from '../domain/file-faults.ts'

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

/** 永久 or a fixed term, with the code the 档号 carries (DA/T 22-2015; 国家档案局令第8号). */
export const retentionTerms = { Y: '永久', D30: '30年', D10: '10年' } as const
export type RetentionTerm = keyof typeof retentionTerms

/**
 * The unit's own 归档范围和保管期限表, approved by the archives authority of its level (档案法实施条例 19): data the unit
 * supplies. Exactly one row is that of the 责任约谈 volumes (Art. 20).
 */
export const retentionTable = v.strictObject({
  /** Title of the table as it was approved. */
  name: text,
  /** Number of the approval. */
  document: text,
  /** The archives authority that approved it. */
  approvedBy: text,
  effective: day,
  /** 归档方式: volumes (GB/T 9705), or pieces with a 档号 each (DA/T 22), which need what follows. Left out: volumes. */
  form: v.optional(v.picklist(['volume', 'piece'])),
  /** 全宗号 and 全宗名称. */
  fonds: v.optional(v.strictObject({ code: v.pipe(v.string(), v.regex(/^[A-Z0-9]{4}$/)), name: text })),
  /** 档案门类代码; `WS` (文书) where it is left out. */
  category: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
  /** 机构（问题）代码 of every office that organises interviews. */
  organs: v.optional(v.array(v.strictObject({ office: text, code: v.pipe(v.string(), v.regex(/^[A-Z]{2,3}$/)) }))),
  rows: v.pipe(
    v.array(
      v.strictObject({
        code: v.pipe(v.string(), v.regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,15}$/)),
        category: text,
        term: v.picklist(['Y', 'D30', 'D10']),
        /** The row under which 责任约谈案卷 are kept. */
        interview: v.boolean(),
        /** Kinds of papers kept under this row when they are filed by piece: codes of the filing list. */
        papers: v.optional(v.array(text)),
      }),
    ),
    v.minLength(1),
    v.maxLength(500),
  ),
})
export type RetentionTable = v.InferOutput<typeof retentionTable>

/** Reads a table from parsed JSON: the table, or every fault with its place. Pure. */
export function readRetentionTable(value: unknown): { table: RetentionTable } | { faults: readonly FileFault[] } {
  const parsed = v.safeParse(retentionTable, value)
  if (!parsed.success) return { faults: parsed.issues.map(faultOf) }
  const { rows } = parsed.output
  const faults: FileFault[] = []
  const seen = new Set<string>()
  rows.forEach((one, index) => {
    if (seen.has(one.code)) faults.push({ place: `rows[${index}].code`, code: 'twice' })
    seen.add(one.code)
  })
  const marked = rows.flatMap((one, index) => (one.interview ? [index] : []))
  if (marked.length === 0) faults.push({ place: 'rows', code: 'missing' })
  for (const index of marked.slice(1)) faults.push({ place: `rows[${index}].interview`, code: 'twice' })
  const { form, fonds, organs } = parsed.output
  if (form === 'piece' && fonds === undefined) faults.push({ place: 'fonds', code: 'missing' })
  if (form === 'piece' && (organs === undefined || organs.length === 0))
    faults.push({ place: 'organs', code: 'missing' })
  organs?.forEach((one, index) => {
    if (organs.findIndex((other) => other.office === one.office || other.code === one.code) !== index)
      faults.push({ place: `organs[${index}]`, code: 'twice' })
  })
  const kinds = new Set<string>()
  rows.forEach((row, index) => {
    for (const kind of row.papers ?? []) {
      if (kinds.has(kind)) faults.push({ place: `rows[${index}].papers`, code: 'twice' })
      kinds.add(kind)
    }
  })
  return faults.length > 0 ? { faults } : { table: parsed.output }
}

/** Code and name of the term of 责任约谈 volumes. */
export function retentionOf(table: RetentionTable): { readonly code: RetentionTerm; readonly name: string } {
  const code = table.rows.find((one) => one.interview)?.term ?? 'D30'
  return { code, name: retentionTerms[code] }
}
