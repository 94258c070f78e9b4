import { pinyin } from 'pinyin-pro'
import {
  enterpriseCodeTaken,
  enterpriseNameTaken,
  enterprisesById,
  insertEnterprise,
  insertPerson,
  peopleOf,
  searchEnterprises,
} from '#db/repositories/parties.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Handlers } from '../context.ts'

/** Pinyin initials in lower case, `ymsy` for 渝某实业; other signs stay as they are. */
function initials(text: string): string {
  return pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .replace(/\s/g, '')
    .toLowerCase()
}

export const partiesHandlers = {
  'parties.search': ({ trx }, { query }) => searchEnterprises(trx, query),
  'parties.createEnterprise': async (context, input) => {
    const { trx, now } = context
    if (await enterpriseNameTaken(trx, input.name)) fail('parties.nameTaken')
    if (input.code !== '' && (await enterpriseCodeTaken(trx, input.code))) fail('parties.codeTaken')
    if (input.parentId !== null && (await enterprisesById(trx, [input.parentId])).length === 0)
      fail('parties.unknownParent')
    const names = [...new Set([initials(input.name), initials(input.shortName)])].filter((name) => name !== '')
    const enterprise = { id: context.newId(), ...input, pinyin: names.join(' ') }
    await insertEnterprise(trx, enterprise, now)
    context.note({ objectKind: 'enterprise', objectId: enterprise.id })
    return enterprise
  },
  'parties.people': ({ trx }, { enterpriseId }) => peopleOf(trx, enterpriseId),
  'parties.createPerson': async (context, { enterpriseId, name, title }) => {
    const { trx, now } = context
    if ((await enterprisesById(trx, [enterpriseId])).length === 0) fail('parties.unknownEnterprise')
    const person = { id: context.newId(), name, title, enterpriseId, pinyin: initials(name) }
    await insertPerson(trx, person, { id: context.newId(), enterpriseId }, now)
    context.note({ objectKind: 'person', objectId: person.id })
    return person
  },
} satisfies Partial<Handlers>
