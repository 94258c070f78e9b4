import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readCaseScript } from '#build/demo/script.ts'
import { root } from '#build/paths.ts'
import { pdfText, runDemo } from '#test/support/demo.ts'
import { suiteFolder } from '#test/support/folders.ts'

const { folder: base, remove } = suiteFolder()
afterAll(remove)
const plain = (text: string) => text.replace(/\s/g, '')

test("three enterprises: a notice, a number and minutes of its own for each, and no word of one in another's", async () => {
  const script = await readCaseScript(join(root, 'test', 'fixtures', 'cases', 'collective.json'))
  const demo = await runDemo('collective', base, '--no-pictures')
  const notices = demo.paths('notice.pdf').map(pdfText)
  const numbers = notices.map((text) => /监管约谈函〔2026〕\d+号/.exec(text)?.[0])
  expect(new Set(numbers).size).toBe(script.enterprises.length)
  const minutes = demo.paths('minutes.pdf')
  expect(minutes).toHaveLength(script.enterprises.length)
  for (const { name, shortName } of script.enterprises) {
    const own = pdfText(minutes.find((file) => file.includes(name)) ?? '')
    for (const said of script.interview.utterances) {
      if (said.kind !== 'statement' && said.kind !== 'answer' && said.kind !== 'opinion') continue
      const concerns = said.audience === 'all' || said.audience.includes(shortName)
      expect({ shortName, text: said.text, stands: own.includes(plain(said.text)) }).toEqual({
        shortName,
        text: said.text,
        stands: concerns,
      })
    }
  }
})
