import { expect, test } from 'vitest'
import { triggerCodes } from '#shared/domain/cases.ts'
import { articleParagraphs, shippedProfile } from '#shared/rules/profile.ts'

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
