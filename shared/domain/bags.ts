import * as v from 'valibot'

// Groups (BagIt `Bag-Count`; DESIGN §8): a case too large for one bundle leaves as several, each whole on its own.

/** Largest bundle: openssl needs about 2.7 × the size in memory to decrypt and fails above 2 GiB. Bytes. */
export const largestBundle = 1024 ** 3

/** What the bundles of a case are written on. */
export const carrier = v.picklist(['cd', 'dvd', 'disk'])
export type Carrier = v.InferOutput<typeof carrier>

/** Largest bundle on a carrier in bytes, and how many of them one disc takes; null where no disc is counted. */
export const carriers: Readonly<Record<Carrier, { readonly bundle: number; readonly perDisc: number | null }>> = {
  /** A CD-R of 700 MB takes 737 280 000 bytes, its file system included. */
  cd: { bundle: 700_000_000, perDisc: 1 },
  /** A DVD-R takes 4 707 319 808 bytes: four of the largest bundles. */
  dvd: { bundle: largestBundle, perDisc: 4 },
  disk: { bundle: largestBundle, perDisc: null },
}

/** Which of how many bundles; 1 of 1 is a case that fits into one. */
export const bagPlace = v.object({ number: v.number(), count: v.number() })
export type BagPlace = v.InferOutput<typeof bagPlace>

/** Numbers of the bundles of a case that are not among these. Pure. */
export function missingBags(count: number, here: readonly number[]): number[] {
  return Array.from({ length: count }, (_, at) => at + 1).filter((number) => !here.includes(number))
}

/** A bundle as it was asked for: its place, what it goes on, and the size it may have there in bytes. */
export const bag = v.object({ ...bagPlace.entries, carrier, limit: v.number() })
export type Bag = v.InferOutput<typeof bag>

/** What is kept free in a bundle for its reports, its verify page and the signature, and beside each file. Bytes. */
const reserved = 8 * 1024 ** 2
const besideFile = 8 * 1024

/** One piece of a volume and the sizes of its files in bytes. */
export interface SizedPiece {
  readonly files: readonly { readonly path: string; readonly title: string; readonly size: number }[]
}

/** A file that fits into no bundle of the carrier. */
export class OversizeFile extends Error {
  readonly title: string
  readonly size: number
  constructor({ title, size }: SizedPiece['files'][number]) {
    super('oversize')
    this.title = title
    this.size = size
  }
}

/**
 * Paths of the files of each bundle, in the order of the volume: a piece stays whole while it fits into one bundle, and
 * only the files of a larger one part. `limit` in bytes. Throws `OversizeFile`. Pure.
 */
export function planBags(pieces: readonly SizedPiece[], limit: number): string[][] {
  const room = limit - reserved
  const bags: string[][] = [[]]
  let used = 0
  const put = (files: SizedPiece['files']): void => {
    const size = files.reduce((sum, file) => sum + file.size + besideFile, 0)
    if (used > 0 && used + size > room) {
      bags.push([])
      used = 0
    }
    bags.at(-1)?.push(...files.map(({ path }) => path))
    used += size
  }
  for (const { files } of pieces) {
    const whole = files.reduce((sum, file) => sum + file.size + besideFile, 0)
    if (whole <= room) put(files)
    else
      for (const file of files) {
        if (file.size + besideFile > room) throw new OversizeFile(file)
        put([file])
      }
  }
  return bags
}

/** `第2包，共3包`, and the disc where several bundles lie on one; empty for a case that fits into one bundle. Pure. */
export function bagName({ number, count }: BagPlace, on: Carrier = 'disk'): string {
  if (count === 1) return ''
  const { perDisc } = carriers[on]
  const disc = perDisc === null || perDisc === 1 ? '' : `，第${Math.ceil(number / perDisc)}张光盘`
  return `第${number}包，共${count}包${disc}`
}
