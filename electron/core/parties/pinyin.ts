import { pinyin } from 'pinyin-pro'

/** Readings kept beside the likeliest one; names with more open characters than this are found by their main reading. */
const variantLimit = 8

/**
 * Pinyin initials in lower case, the likeliest reading first: `cqcakj` for 重庆长安科技. Words decide first (重庆, 长安);
 * where a character can be read in another way too, those readings follow, so that either spelling finds the name.
 */
export function initials(text: string): readonly string[] {
  if (text === '') return []
  const main = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .replace(/\s/g, '')
    .toLowerCase()
  const each = [...text].map((sign) => {
    const readings = pinyin(sign, {
      pattern: 'first',
      toneType: 'none',
      type: 'array',
      multiple: true,
      nonZh: 'consecutive',
    })
    return [...new Set(readings.map((reading) => reading.trim().toLowerCase()))].filter((reading) => reading !== '')
  })
  let variants = ['']
  for (const readings of each) {
    if (readings.length * variants.length > variantLimit) variants = variants.map((one) => `${one}${readings[0] ?? ''}`)
    else variants = variants.flatMap((one) => readings.map((reading) => `${one}${reading}`))
  }
  return [...new Set([main, ...variants])]
}

/** What a name is searched by: all initials of the full and the short name. */
export function searchKey(...names: readonly string[]): string {
  return [...new Set(names.flatMap((name) => initials(name)))].join(' ')
}
