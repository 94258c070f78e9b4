import { casesInScope } from '#db/repositories/cases.ts'
import {
  activeEnterprises,
  enterpriseCodeTaken,
  enterpriseNameTaken,
  enterprisesById,
  familyOf,
  findMerge,
  findPerson,
  insertEnterprises,
  insertMerge,
  insertPeople,
  insertPosts,
  listOffices,
  type MergeRow,
  mergesOf,
  parentsOf,
  peopleOf,
  postsWhere,
  rootOf,
  saveOffice,
  searchEnterprises,
  setMerged,
  undoMerge,
  updateEnterprise,
  updatePost,
  withSubsidiaries,
} from '#db/repositories/parties.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Stage } from '#shared/domain/cases.ts'
import { type EnterpriseInput, holdsOn, type Merge, makesCycle, type PostInput } from '#shared/domain/parties.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { assertFolder } from '../papers/export.ts'
import { parseTable } from '../parse.ts'
import { judgeImport, landImport, registerRows, writeRegister } from './exchange.ts'
import { searchKey } from './pinyin.ts'

async function assertEnterprise({ trx }: Context, value: EnterpriseInput, id = ''): Promise<void> {
  if (await enterpriseNameTaken(trx, value.name, id)) fail('parties.nameTaken', { field: 'name' })
  if (value.code !== '' && (await enterpriseCodeTaken(trx, value.code, id)))
    fail('parties.codeTaken', { field: 'code' })
  if (value.parentId === null) return
  if ((await enterprisesById(trx, [value.parentId])).length === 0) fail('parties.unknownParent', { field: 'parentId' })
  if (id !== '' && makesCycle(await parentsOf(trx), id, value.parentId))
    fail('parties.ownParent', { field: 'parentId' })
}

function assertPost({ since, until }: Pick<PostInput, 'since' | 'until'>): void {
  if (since !== null && until !== null && until < since) fail('parties.endBeforeStart', { field: 'until' })
}

async function shownMerge(context: Context, row: MergeRow): Promise<Merge> {
  const { trx } = context
  const named = async (id: string): Promise<string> =>
    row.kind === 'enterprise'
      ? ((await enterprisesById(trx, [id]))[0]?.name ?? '')
      : ((await findPerson(trx, id))?.name ?? '')
  const { undone_at: at, undone_by: by, undone_reason: reason } = row
  return {
    id: row.id,
    kind: row.kind,
    fromId: row.from_id,
    fromName: await named(row.from_id),
    intoId: row.into_id,
    intoName: await named(row.into_id),
    reason: row.reason,
    at: row.at,
    by: nameOf(context, row.account_id),
    undone: at === null ? null : { at, by: nameOf(context, by ?? ''), reason: reason ?? '' },
  }
}

async function shownMerges(context: Context, ids: readonly string[]): Promise<Merge[]> {
  const shown: Merge[] = []
  for (const row of await mergesOf(context.trx, ids)) shown.push(await shownMerge(context, row))
  return shown
}

/** Cases inside the account's scope that name any of the enterprises, the latest first. */
async function casesNaming({ trx, account }: Context, ids: readonly string[]) {
  const rows: { id: string; matter: string; state: Stage; created_at: string; name: string }[] = await trx('cases')
    .join('case_enterprises as c', 'c.case_id', 'cases.id')
    .join('enterprises as e', 'e.id', 'c.enterprise_id')
    .whereIn('c.enterprise_id', ids)
    .whereIn('cases.id', casesInScope(trx, account.id))
    .orderBy('cases.created_at', 'desc')
    .limit(200)
    .select('cases.id', 'cases.matter', 'cases.state', 'cases.created_at', 'e.name')
  return rows.map((row) => ({
    id: row.id,
    matter: row.matter,
    stage: row.state,
    at: row.created_at,
    namedAs: row.name,
  }))
}

const tableOf = { enterprise: 'enterprises', person: 'people' } as const

export const partiesHandlers = {
  'parties.search': ({ trx }, { query }) => searchEnterprises(trx, query),

  'parties.tree': ({ trx }) => activeEnterprises(trx),

  'parties.enterprise': async (context, { enterpriseId }) => {
    const { trx } = context
    const root = await rootOf(trx, 'enterprises', enterpriseId)
    const [enterprise] = await enterprisesById(trx, [root])
    if (!enterprise) fail('parties.unknownEnterprise')
    const family = await familyOf(trx, 'enterprises', [root])
    context.note({ objectKind: 'enterprise', objectId: root })
    return {
      enterprise,
      posts: await postsWhere(trx, { enterpriseIds: family }),
      merges: await shownMerges(context, family),
      cases: await casesNaming(context, family),
    }
  },

  'parties.person': async (context, { personId }) => {
    const { trx } = context
    const root = await rootOf(trx, 'people', personId)
    const person = (await findPerson(trx, root)) ?? fail('parties.unknownPerson')
    const family = await familyOf(trx, 'people', [root])
    return {
      id: person.id,
      name: person.name,
      posts: await postsWhere(trx, { personIds: family }),
      merges: await shownMerges(context, family),
    }
  },

  'parties.holders': async ({ trx }, { enterpriseIds, on, below }) => {
    const wanted = below ? await withSubsidiaries(trx, enterpriseIds) : enterpriseIds
    const family = await familyOf(trx, 'enterprises', wanted)
    return (await postsWhere(trx, { enterpriseIds: family })).filter((one) => holdsOn(one, on))
  },

  'parties.createEnterprise': async (context, input) => {
    const { trx, now } = context
    await assertEnterprise(context, input)
    const enterprise = { id: context.newId(), ...input, pinyin: searchKey(input.name, input.shortName) }
    await insertEnterprises(trx, [enterprise], now)
    context.note({ objectKind: 'enterprise', objectId: enterprise.id })
    return enterprise
  },

  'parties.updateEnterprise': async (context, { enterpriseId, enterprise }) => {
    const { trx } = context
    if ((await enterprisesById(trx, [enterpriseId])).length === 0) fail('parties.unknownEnterprise')
    if ((await rootOf(trx, 'enterprises', enterpriseId)) !== enterpriseId) fail('parties.isMerged')
    await assertEnterprise(context, enterprise, enterpriseId)
    const value = { ...enterprise, pinyin: searchKey(enterprise.name, enterprise.shortName) }
    await updateEnterprise(trx, enterpriseId, value)
    context.note({ objectKind: 'enterprise', objectId: enterpriseId })
    return { id: enterpriseId, ...value }
  },

  'parties.people': ({ trx }, { enterpriseId }) => peopleOf(trx, enterpriseId),

  'parties.createPerson': async (context, { enterpriseId, name, title, since, until }) => {
    const { trx, now } = context
    if ((await enterprisesById(trx, [enterpriseId])).length === 0) fail('parties.unknownEnterprise')
    assertPost({ since, until })
    const person = { id: context.newId(), name, title, enterpriseId, pinyin: searchKey(name) }
    await insertPeople(trx, [person], now)
    await insertPosts(trx, [{ id: context.newId(), personId: person.id, enterpriseId, title, since, until }])
    context.note({ objectKind: 'person', objectId: person.id })
    return person
  },

  'parties.savePost': async (context, { postId, personId, enterpriseId, post }) => {
    const { trx } = context
    assertPost(post)
    if (!(await findPerson(trx, personId))) fail('parties.unknownPerson')
    if ((await enterprisesById(trx, [enterpriseId])).length === 0) fail('parties.unknownEnterprise')
    if (postId === null) await insertPosts(trx, [{ id: context.newId(), personId, enterpriseId, ...post }])
    else if (!(await updatePost(trx, postId, post))) fail('parties.unknownPost')
    context.note({ objectKind: 'person', objectId: personId })
    return {}
  },

  'parties.merge': async (context, { kind, fromId, intoId, reason }) => {
    const { trx, now, account } = context
    const table = tableOf[kind]
    const unknown = kind === 'enterprise' ? 'parties.unknownEnterprise' : 'parties.unknownPerson'
    for (const id of [fromId, intoId]) {
      if (!(await trx(table).where({ id }).first('id'))) fail(unknown)
      if ((await rootOf(trx, table, id)) !== id) fail('parties.isMerged')
    }
    if (fromId === intoId) fail('parties.mergeSame')
    if (kind === 'enterprise') {
      // A parent and its own subsidiary are two enterprises, whatever they are called.
      const parents = await parentsOf(trx)
      if (makesCycle(parents, fromId, intoId) || makesCycle(parents, intoId, fromId)) fail('parties.mergeRelated')
    }
    await setMerged(trx, table, fromId, intoId)
    const row = { id: context.newId(), kind, from_id: fromId, into_id: intoId, reason, at: now, account_id: account.id }
    await insertMerge(trx, row)
    context.note({ objectKind: kind, objectId: fromId, detail: { into: intoId } })
    return {}
  },

  'parties.unmerge': async (context, { mergeId, reason }) => {
    const { trx, now, account } = context
    const row = await findMerge(trx, mergeId)
    if (!row) fail('parties.unknownMerge')
    if (row.undone_at !== null) fail('parties.alreadyUndone')
    if (row.kind === 'enterprise') {
      const [own] = await enterprisesById(trx, [row.from_id])
      if (own && (await enterpriseNameTaken(trx, own.name, own.id))) fail('parties.nameTaken', { field: 'name' })
    }
    await setMerged(trx, tableOf[row.kind], row.from_id, null)
    await undoMerge(trx, mergeId, { at: now, by: account.id, reason })
    context.note({ objectKind: row.kind, objectId: row.from_id })
    return {}
  },

  'parties.readImport': {
    long: async (context, { file }) => {
      const { table, hash } = await parseTable(file, context.jobs)
      return context.commit(async (inside) => (await judgeImport(inside, table, hash)).report)
    },
  },

  'parties.import': {
    long: async (context, { file, hash }) => {
      const read = await parseTable(file, context.jobs)
      if (read.hash !== hash) fail('parties.importChanged')
      return context.commit(async (inside) => {
        const { report, work } = await judgeImport(inside, read.table, hash)
        await landImport(inside, work)
        inside.note({
          detail: { enterprises: work.created.length, people: work.people.length, refused: report.badRows },
        })
        return report
      })
    },
  },

  'parties.export': {
    long: async (context, { folder, format }) => {
      await assertFolder(folder)
      const rows = await context.read(registerRows)
      const file = await writeRegister(folder, format, rows, context.now)
      return context.commit(async (inside) => {
        inside.note({ detail: { rows: rows.length - 1 } })
        return { file, rows: rows.length - 1 }
      })
    },
  },

  'parties.offices': ({ trx }) => listOffices(trx),

  'parties.saveOffice': async (context, office) => {
    await saveOffice(context.trx, office, { at: context.now, accountId: context.account.id })
    return {}
  },
} satisfies Partial<Handlers>
