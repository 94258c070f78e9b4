import { expect, test } from 'vitest'
import { openCase, sharedOffice } from '../../support/office.ts'

const office = sharedOffice()

test('an unfinished form comes back to the account that typed it and to nobody else, until it is sent', async () => {
  const all = await office()
  const [jilu, chengban] = [await all.at('jilu'), await all.at('chengban')]
  await jilu.call('forms.keep', { caseId: null, form: 'intake/new', body: '{"matter":"担保"}' })
  await jilu.call('forms.keep', { caseId: null, form: 'intake/new', body: '{"matter":"担保超限"}' })
  expect(await jilu.call('forms.unfinished', {})).toEqual([{ form: 'intake/new', body: '{"matter":"担保超限"}' }])
  expect(await chengban.call('forms.unfinished', {})).toEqual([])
  // Another day: a new session of the same account.
  const again = await all.again('jilu')
  expect(await again.call('forms.unfinished', {})).toHaveLength(1)
  await again.call('forms.keep', { caseId: null, form: 'intake/new', body: null })
  expect(await again.call('forms.unfinished', {})).toEqual([])
})

test('a form of a case is kept and shown only inside its 知悉范围', async () => {
  const all = await office()
  const { caseId } = await openCase(all, ['渝某实业集团有限公司'], ['chuzhang', 'jilu', 'fenguan'])
  const [jilu, dangan, chuzhang] = [await all.at('jilu'), await all.at('dangan'), await all.at('chuzhang')]
  const form = { caseId, form: 'comment/01ARZ3NDEKTSV4RRFFQ69G5FAA/whole', body: '{"text":"时间不明"}' }
  await expect(dangan.call('forms.keep', form)).rejects.toThrow('door.scope')
  await jilu.call('forms.keep', form)
  expect(await jilu.call('forms.unfinished', {})).toEqual([{ form: form.form, body: form.body }])
  await chuzhang.call('secrecy.removeFromScope', { caseId, accountId: jilu.accountId, reason: '不再记录本案' })
  expect(await jilu.call('forms.unfinished', {})).toEqual([])
  await expect(jilu.call('forms.keep', form)).rejects.toThrow('door.scope')
})

test('what is no text of a form is refused: a name with a path in it, a body that is no JSON, one that is too long', async () => {
  const jilu = await (await office()).at('jilu')
  const keep = (form: string, body: string) => jilu.call('forms.keep', { caseId: null, form, body })
  await expect(keep('../etc/passwd', '{}')).rejects.toThrow('door.input')
  await expect(keep('intake/new', 'x'.repeat(200_001))).rejects.toThrow('door.input')
  await expect(keep('intake/new', '{')).rejects.toThrow('door.input')
  expect(await jilu.call('forms.unfinished', {})).toEqual([])
})
