import type { Knex } from 'knex'
import type { Context } from '#electron/core/context.ts'
import { partiesHandlers } from '#electron/core/parties/handlers.ts'
import type { Random } from './random.ts'
import { groupNames, personName, posts } from './text.ts'

export interface SeededEnterprise {
  readonly id: string
  readonly name: string
  readonly people: readonly { readonly name: string; readonly title: string }[]
}

/** Groups with three subsidiaries and seven leaders each, by the use cases themselves. */
export async function seedParties(
  context: (trx: Knex.Transaction) => Context,
  trx: Knex.Transaction,
  random: Random,
  groups: number,
): Promise<SeededEnterprise[]> {
  const at = context(trx)
  const made: SeededEnterprise[] = []
  for (let index = 0; index < groups; index += 1) {
    const { children, ...group } = groupNames(index)
    const code = `YS${String(index + 1).padStart(4, '0')}`
    const { id, name } = await partiesHandlers['parties.createEnterprise'](at, { ...group, code, parentId: null })
    const people = posts.map((title) => ({ name: personName(random), title }))
    for (const person of people)
      await partiesHandlers['parties.createPerson'](at, {
        enterpriseId: id,
        ...person,
        since: '2021-06-01',
        until: null,
      })
    made.push({ id, name, people })
    for (const child of children)
      await partiesHandlers['parties.createEnterprise'](at, { name: child, shortName: '', code: '', parentId: id })
  }
  return made
}
