import { describe, expect, it } from 'vitest'
import { fontReport } from '#electron/documents/font-report.ts'
import { faces } from '#electron/documents/gbt9704.ts'

describe('the font report', () => {
  const lines = fontReport([])

  it('names for each of the five roles the face, its file, its licence and what it covers', () => {
    expect(lines.map((line) => line.wanted).sort()).toEqual(Object.values(faces).sort())
    for (const line of lines) {
      expect(line.used).not.toBe('')
      expect(line.file).toMatch(/\.(ttf|otf|ttc|otc)$/i)
      expect(line.hanziOf).toBe(6763)
      expect(line.hanzi).toBeGreaterThan(6700)
      expect(line.missing).toBe('')
    }
    expect(lines.some((line) => line.licence !== '')).toBe(true)
  })

  it('says which faces print what a face lacks, and only then', () => {
    for (const line of lines) expect(line.instead.length > 0).toBe(line.lacking !== '')
  })
})
