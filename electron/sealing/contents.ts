import type { ReceivedFile, ReceivedItem } from '#shared/domain/receivings.ts'
import { readBagInfo } from './bagit.ts'
import { type Delivery, readDelivery, readTitles } from './delivery.ts'
import { readEep } from './eep-read.ts'
import { type TarSource, tarFiles } from './verify.ts'

/** What an opened bundle says of itself. Read only after it was judged: until then nothing in it is believed. */
export interface BundleContents {
  readonly delivery: Delivery
  /** 案卷题名. */
  readonly title: string
  /** Pieces in their order, as the package description lists them. */
  readonly items: readonly ReceivedItem[]
  /** Papers, record, materials and reports with their place in the tar. */
  readonly files: readonly ReceivedFile[]
}

/** Null when one of the descriptions is not of our form; a judged bundle has all of them. */
export async function readContents(source: TarSource): Promise<BundleContents | null> {
  const files = await tarFiles(source)
  const text = async (path: string): Promise<string> => {
    const file = files.find((one) => one.path === path)
    return file ? new TextDecoder().decode(await file.bytes()) : ''
  }
  const delivery = readDelivery(await text('delivery.json'))
  const titles = readTitles(await text('titles.json'))
  const items = readEep(await text('eep.xml'))
  if (!delivery || !titles || !items) return null
  return {
    delivery,
    title: readBagInfo(await text('bag-info.txt')).get('External-Description') ?? '',
    items,
    files: files.flatMap(({ path, offset, size }) => {
      const known = titles[path]
      return known ? [{ path, title: known.title, role: known.role, mediaType: known.mediaType, offset, size }] : []
    }),
  }
}
