import { describe, expect, it } from 'vitest'
import { bagName, carriers, largestBundle, OversizeFile, planBags } from '#shared/domain/bags.ts'

const mebibyte = 1024 ** 2
/** Pieces by the sizes of their files in MiB; paths `piece.file`. */
const pieces = (...sizes: number[][]) =>
  sizes.map((files, piece) => ({
    files: files.map((size, file) => ({ path: `${piece}.${file}`, title: `第${piece}件`, size: size * mebibyte })),
  }))

describe('a case in bundles', () => {
  it('is one bundle while it fits, with room for what describes it', () => {
    expect(planBags(pieces([3, 1], [3]), 16 * mebibyte)).toEqual([['0.0', '0.1', '1.0']])
    // 8 of 16 MiB are kept free for reports, page and signature.
    expect(planBags(pieces([4], [4]), 16 * mebibyte)).toEqual([['0.0'], ['1.0']])
  })

  it('keeps the order of the volume and a piece whole while one bundle takes it', () => {
    const shared = planBags(pieces([5], [2, 2], [1], [6]), 16 * mebibyte)
    expect(shared).toEqual([['0.0'], ['1.0', '1.1', '2.0'], ['3.0']])
    expect(planBags(pieces([1], [5, 5, 1]), 16 * mebibyte)).toEqual([
      ['0.0', '1.0'],
      ['1.1', '1.2'],
    ])
  })

  it('names a file no bundle takes', () => {
    expect(() => planBags(pieces([1], [9]), 16 * mebibyte)).toThrow(OversizeFile)
    expect(() => planBags(pieces([1], [9]), 16 * mebibyte)).toThrow(expect.objectContaining({ title: '第1件' }))
  })

  it('loses and doubles nothing, and no bundle is above the limit, for many small files too', () => {
    const many = pieces(...Array.from({ length: 3_000 }, (_, at) => [(at % 7) / 100]))
    const paths = planBags(many, 16 * mebibyte)
    expect(paths.flat()).toEqual(many.flatMap(({ files }) => files.map(({ path }) => path)))
    const size = new Map(many.flatMap(({ files }) => files.map((file) => [file.path, file.size])))
    for (const bag of paths)
      expect(bag.reduce((sum, path) => sum + (size.get(path) ?? 0), 0)).toBeLessThanOrEqual(8 * mebibyte)
  })

  it('fits its carriers, and says on which disc a bundle lies', () => {
    expect(carriers.cd.bundle).toBeLessThan(737_280_000)
    expect((carriers.dvd.perDisc ?? 0) * carriers.dvd.bundle).toBeLessThan(4_707_319_808)
    expect(Math.max(...Object.values(carriers).map(({ bundle }) => bundle))).toBe(largestBundle)
    expect(bagName({ number: 1, count: 1 }, 'cd')).toBe('')
    expect(bagName({ number: 2, count: 3 }, 'cd')).toBe('第2包，共3包')
    expect(bagName({ number: 5, count: 6 }, 'dvd')).toBe('第5包，共6包，第2张光盘')
  })
})
