import { bagName } from '#shared/domain/bags.ts'
import type { Receiving } from '#shared/domain/receivings.ts'

/** 案卷题名 with the place of the bundle where the case came in several. */
export function titleOf({ title, bag }: Pick<Receiving, 'title' | 'bag'>): string {
  const name = bagName(bag)
  return name === '' ? title : `${title}（${name}）`
}
