import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Database, openDatabase } from '#db/connection.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { compilationsInScope } from '#db/repositories/compilations.ts'
import { findTexts } from '#db/repositories/search.ts'
import { indexTerms, matchExpression } from '#shared/domain/search.ts'
import { temporaryFolder } from '../support/folders.ts'

/** Texts over few characters, so that most pairs meet by chance; rare, doubled and full-width ones among them. */
const letters = [...'的一国企堃𬭎责任约谈09aBＣ']
/** Digits and Latin letters are indexed by three: long numbers with a character between them now and then. */
const numbers = [...'0012９9aB万']
const signs = [...'，。 ；…"*（']

function randomly(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

async function indexed(texts: readonly string[]): Promise<Database> {
  const file = join(temporaryFolder(), 'cases.db')
  const database = await openDatabase({ file, key: () => Buffer.alloc(32, 5), schema: 'cases', create: true })
  await database.transaction(async (trx) => {
    for (const [at, text] of texts.entries())
      await trx('search_index').insert({ rowid: at + 1, ...indexTerms(text), kind: 'case' })
  })
  return database
}

/** What a plain reader would say: every stretch of the query stands somewhere inside one stretch of the text. */
function holds(text: string, query: string): boolean {
  const stretches = (value: string) =>
    value
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
  return stretches(query).every((part) => stretches(text).some((one) => one.includes(part)))
}

test('the index finds exactly what a plain loop over the texts finds, for 400 random queries over 300 random texts', async () => {
  const below = randomly(11)
  const make = (length: number) => {
    const [from, parting] = below(2) === 0 ? [letters, 5] : [numbers, 12]
    return Array.from({ length }, () =>
      below(parting) === 0 ? signs[below(signs.length)] : from[below(from.length)],
    ).join('')
  }
  const texts = Array.from({ length: 300 }, () => make(1 + below(60)))
  const database = await indexed(texts)
  let met = 0
  for (let round = 0; round < 400; round += 1) {
    const query = make(1 + below(6))
    const match = matchExpression(query, null)
    const expected = texts.flatMap((text, at) => (holds(text, query) ? [at + 1] : []))
    if (match === null) {
      expect(query).not.toMatch(/[\p{L}\p{N}]/u)
      continue
    }
    const rows: { rowid: number }[] = await database
      .knex('search_index')
      .whereRaw('search_index MATCH ?', [match])
      .orderBy('rowid')
      .select('rowid')
    expect({ query, found: rows.map((row) => row.rowid) }).toEqual({ query, found: expected })
    met += expected.length
  }
  expect(met).toBeGreaterThan(1000)
  await database.close()
})

test('few holders and many: both ways find the newest of what an account may see, and nothing else', async () => {
  const below = randomly(12)
  const file = join(temporaryFolder(), 'cases.db')
  const database = await openDatabase({ file, key: () => Buffer.alloc(32, 5), schema: 'cases', create: true })
  const at = '2026-03-02T01:00:00.000Z'
  const accounts = ['all', 'some', 'none']
  const holders: string[] = []
  const sees = (account: string) => account === 'all' || (account === 'some' && below(3) > 0)
  const open = new Map(accounts.map((account) => [account, new Set<string>()]))
  const texts = new Map<number, { readonly holder: string; readonly text: string }>()
  await database.knex.raw('PRAGMA foreign_keys = OFF')
  await database.transaction(async (trx) => {
    for (let no = 1; no <= 60; no += 1) {
      const holder = `${no < 50 ? 'case' : 'compilation'}-${no}`
      holders.push(holder)
      await trx('search_holders').insert({ no, holder_id: holder, next: 4 })
      for (let inside = 0; inside < 4; inside += 1) {
        const text = Array.from({ length: 30 }, () => letters[below(letters.length)]).join('')
        texts.set(no * 2 ** 24 + inside, { holder, text })
        await trx('search_index').insert({ rowid: no * 2 ** 24 + inside, ...indexTerms(text), kind: 'case' })
      }
      if (no < 50) {
        for (const account of accounts.filter(sees)) {
          open.get(account)?.add(holder)
          await trx('case_scope').insert({
            id: `${holder}/${account}`,
            case_id: holder,
            account_id: account,
            added_at: at,
            added_by: account,
          })
        }
        // Whoever was taken out sees it no more.
        await trx('case_scope').insert({
          id: `${holder}/was`,
          case_id: holder,
          account_id: 'none',
          added_at: at,
          added_by: 'none',
          removed_at: at,
          removed_by: 'none',
        })
        continue
      }
      await trx('compilations').insert({
        id: holder,
        kind: 'analysisReport',
        subject: '{}',
        texts: '{}',
        figures: '{}',
        title: '',
        office: '',
        level: 'none',
        state: 'draft',
        version: 1,
        drafter_id: 'all',
        created_at: at,
        updated_at: at,
        opinion: '',
      })
      const sources = [`case-${1 + below(49)}`, `case-${1 + below(49)}`]
      for (const source of new Set(sources))
        await trx('compilation_sources').insert({ compilation_id: holder, case_id: source })
      for (const account of accounts)
        if (sources.every((source) => open.get(account)?.has(source))) open.get(account)?.add(holder)
    }
  })
  expect([...(open.get('some') ?? [])].filter((holder) => holder.startsWith('compilation')).length).toBeGreaterThan(0)
  expect(open.get('some')?.size).toBeLessThan(50)
  for (const account of accounts)
    for (const query of ['的', '一国', '约谈', '09', 'a', '国企堃'])
      for (const limit of [7, 1000]) {
        const expected = [...texts]
          .filter(([, { holder, text }]) => open.get(account)?.has(holder) && holds(text, query))
          .map(([id]) => id)
          .sort((a, b) => b - a)
          .slice(0, limit)
        for (const few of [0, 1000]) {
          const found = await database.transaction(async (trx) => {
            const compilations = await compilationsInScope(trx, { id: account, roles: [] })
            const cases = casesInScope(trx, account)
            const search = { query, kind: null, cases, compilations: compilations(), closed: new Set<string>(), limit }
            return findTexts(trx, search, few)
          })
          expect({ account, query, few, found }).toEqual({ account, query, few, found: expected })
        }
      }
  await database.close()
})
