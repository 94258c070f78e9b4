import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  activeEnterprises,
  insertEnterprises,
  insertPeople,
  insertPosts,
  type PostRow,
  postsWhere,
  updateEnterprise,
  updatePost,
} from '#db/repositories/parties.ts'
import { writeXlsx } from '#electron/documents/xlsx.ts'
import type { Table } from '#electron/parsing/table.ts'
import { fail } from '#shared/contract/errors.ts'
import { csvOf } from '#shared/domain/case-columns.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { Enterprise, Post } from '#shared/domain/parties.ts'
import { type ImportPlan, partyColumns, planImport, readHeadings } from '#shared/domain/party-import.ts'
import type { Context, HandlerOutput } from '../context.ts'
import { searchKey } from './pinyin.ts'

type Report = HandlerOutput<'parties.readImport'>

/** Faults shown at once; the count is the whole one. */
const faultLimit = 500
const sampleSize = 20

/** Everything the register holds, by name. */
interface Register {
  readonly enterprises: ReadonlyMap<string, Enterprise>
  readonly nameOf: ReadonlyMap<string, string>
  readonly posts: ReadonlyMap<string, readonly Post[]>
}

async function readRegister(context: Context): Promise<Register> {
  const list = await activeEnterprises(context.trx)
  const posts = await postsWhere(context.trx, 'all')
  return {
    enterprises: new Map(list.map((one) => [one.name, one])),
    nameOf: new Map(list.map((one) => [one.id, one.name])),
    posts: Map.groupBy(posts, (one) => one.enterpriseId),
  }
}

/** Judges a table against the register as it stands. Errors: `parties.importHeadings`, `parties.importEmpty`. */
export async function judgeImport(
  context: Context,
  table: Table,
  hash: string,
): Promise<{ report: Report; work: Work }> {
  const register = await readRegister(context)
  const [head, ...rows] = table.rows
  const headings = head ? readHeadings(head.cells) : fail('parties.importEmpty')
  if (headings === null) fail('parties.importHeadings', { first: partyColumns[0] })
  const known = new Map(
    [...register.enterprises.values()].map((one) => [
      one.name,
      { code: one.code, parent: one.parentId === null ? '' : (register.nameOf.get(one.parentId) ?? '') },
    ]),
  )
  const plan = planImport(rows, headings, known)
  const work = workOf(context, plan, register)
  const changed = new Map(work.updated.map((one) => [one.id, one]))
  const sample = plan.enterprises
    .filter(
      (one) =>
        work.created.some((made) => made.name === one.name) ||
        changed.has(register.enterprises.get(one.name)?.id ?? ''),
    )
    .slice(0, sampleSize)
    .map((one) => ({
      name: one.name,
      parent: one.parent,
      people: one.posts.length,
      isNew: !register.enterprises.has(one.name),
    }))
  const report: Report = {
    hash,
    total: plan.total,
    badRows: new Set(plan.faults.map((one) => one.line)).size,
    faults: plan.faults.slice(0, faultLimit).map((one) => ({ ...one })),
    newEnterprises: work.created.length,
    changedEnterprises: work.updated.length,
    newPeople: work.people.length,
    newPosts: work.posts.length,
    changedPosts: work.ended.length,
    sample,
  }
  return { report, work }
}

/** What an import has to write; empty when everything is there already. */
interface Work {
  readonly created: readonly Enterprise[]
  readonly updated: readonly Enterprise[]
  readonly people: readonly { readonly id: string; readonly name: string; readonly pinyin: string }[]
  readonly posts: readonly PostRow[]
  readonly ended: readonly Post[]
}

function workOf(context: Context, plan: ImportPlan, register: Register): Work {
  const ids = new Map<string, string>([...register.enterprises].map(([name, one]) => [name, one.id]))
  const created: Enterprise[] = []
  const updated: Enterprise[] = []
  const people: Work['people'][number][] = []
  const posts: PostRow[] = []
  const ended: Post[] = []
  for (const planned of plan.enterprises) {
    const own = register.enterprises.get(planned.name)
    const parentId = planned.parent === '' ? (own?.parentId ?? null) : (ids.get(planned.parent) ?? null)
    const shortName = planned.shortName || (own?.shortName ?? '')
    const code = planned.code || (own?.code ?? '')
    const pinyin = searchKey(planned.name, shortName)
    const id = own?.id ?? context.newId()
    ids.set(planned.name, id)
    const value: Enterprise = { id, name: planned.name, shortName, code, parentId, pinyin }
    if (own === undefined) created.push(value)
    else if (own.shortName !== shortName || own.code !== code || own.parentId !== parentId) updated.push(value)
    const there = register.posts.get(id) ?? []
    const persons = new Map(there.map((one) => [one.personName, one.personId]))
    const planneds = new Map<string, PostRow>()
    for (const one of planned.posts) {
      const same = there.find(
        (post) => post.personName === one.person && post.title === one.title && post.since === one.since,
      )
      if (same) {
        if (same.until !== one.until) ended.push({ ...same, until: one.until })
        continue
      }
      const key = JSON.stringify([one.person, one.title, one.since])
      if (planneds.has(key)) continue
      const personId = persons.get(one.person) ?? context.newId()
      if (!persons.has(one.person)) people.push({ id: personId, name: one.person, pinyin: searchKey(one.person) })
      persons.set(one.person, personId)
      const post = {
        id: context.newId(),
        personId,
        enterpriseId: id,
        title: one.title,
        since: one.since,
        until: one.until,
      }
      planneds.set(key, post)
      posts.push(post)
    }
  }
  return { created, updated, people, posts, ended }
}

/** Writes everything in the caller's transaction: all of it, or nothing. */
export async function landImport({ trx, now }: Context, work: Work): Promise<void> {
  await insertEnterprises(trx, work.created, now)
  for (const one of work.updated) await updateEnterprise(trx, one.id, one)
  await insertPeople(trx, work.people, now)
  await insertPosts(trx, work.posts)
  for (const { id, title, since, until } of work.ended) await updatePost(trx, id, { title, since, until })
}

/** The register as rows under the columns of the import: what is written is read back without a change. */
export async function registerRows(context: Context): Promise<string[][]> {
  const { enterprises, nameOf, posts } = await readRegister(context)
  const rows: string[][] = [[...partyColumns]]
  for (const one of enterprises.values()) {
    const parent = one.parentId === null ? '' : (nameOf.get(one.parentId) ?? '')
    const head = [one.name, one.shortName, one.code, parent]
    const own = posts.get(one.id) ?? []
    if (own.length === 0) rows.push([...head, '', '', '', ''])
    for (const post of own) rows.push([...head, post.personName, post.title, post.since ?? '', post.until ?? ''])
  }
  return rows
}

const widths = [36, 14, 22, 36, 12, 18, 12, 12]

/** Writes the rows into a folder under a name of the day. Errors: `parties.exportTaken`. */
export async function writeRegister(
  folder: string,
  format: 'csv' | 'xlsx',
  rows: readonly (readonly string[])[],
  now: string,
): Promise<string> {
  const file = join(folder, `企业与人员-${dayInChina(now).replaceAll('-', '')}.${format}`)
  const bytes = format === 'xlsx' ? writeXlsx([{ name: '企业与人员', rows, widths }]) : csvOf(rows)
  try {
    await writeFile(file, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST') fail('parties.exportTaken')
    if (code === 'ENOSPC') fail('folder.full')
    fail('folder.disk')
  }
  return file
}
