import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Database, openDatabase } from '#db/connection.ts'
import { indexTerms, matchExpression } from '#shared/domain/search.ts'
import { temporaryFolder } from '../support/folders.ts'

/** Texts over few characters, so that most pairs meet by chance; rare, doubled and full-width ones among them. */
const letters = [...'的一国企堃𬭎责任约谈09aBＣ']
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
  const make = (length: number) =>
    Array.from({ length }, () => (below(5) === 0 ? signs[below(signs.length)] : letters[below(letters.length)])).join(
      '',
    )
  const texts = Array.from({ length: 300 }, () => make(1 + below(60)))
  const database = await indexed(texts)
  let met = 0
  for (let round = 0; round < 400; round += 1) {
    const query = make(1 + below(5))
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
