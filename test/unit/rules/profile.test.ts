import { expect, test } from 'vitest'
import { triggerCodes } from '#shared/domain/cases.ts'
import { articleParagraphs, bandOf, referenceOf, shippedProfile } from '#shared/rules/profile.ts'

test('the profile carries the ten triggers of Art. 3, each as it stands in the article', () => {
  expect(shippedProfile.triggers.map((trigger) => trigger.code)).toEqual([...triggerCodes])
  const article = articleParagraphs(shippedProfile, 3)
  shippedProfile.triggers.forEach((trigger, index) => {
    expect(article[index + 1]).toBe(`（${trigger.mark}）${trigger.text}`)
  })
})

test('trigger (四) offers exactly the areas its text lists, in order', () => {
  const four = shippedProfile.triggers.find((trigger) => trigger.code === 'four')
  expect(four?.areas.length).toBe(21)
  let from = 0
  for (const area of four?.areas ?? []) {
    const at = four?.text.indexOf(area, from) ?? -1
    expect(at).toBeGreaterThanOrEqual(from)
    from = at + area.length
  }
})

test('all 23 articles are there and none is empty', () => {
  expect(shippedProfile.articles.map((article) => article.number)).toEqual(Array.from({ length: 23 }, (_, i) => i + 1))
  for (const article of shippedProfile.articles) expect(article.paragraphs.join('').length).toBeGreaterThan(10)
  expect(articleParagraphs(shippedProfile, 24)).toEqual([])
})

test('loss bands: below 500万 一般, from 500万 较大, from 5000万 重大 (46号令, DOMAIN §6); the situations wait for the unit', () => {
  const list = referenceOf(shippedProfile, 'lossBands')
  const band = (wan: number) => (list === undefined ? '' : bandOf(list, wan * 1_000_000)?.name)
  expect([0, 499.9999, 500, 4999.9999, 5000, 900_000].map(band)).toEqual([
    '一般资产损失',
    '一般资产损失',
    '较大资产损失',
    '较大资产损失',
    '重大资产损失',
    '重大资产损失',
  ])
  expect(list?.mark).toBe('参考')
  expect(referenceOf(shippedProfile, 'situations')).toMatchObject({ mark: '参考', entries: [] })
})
