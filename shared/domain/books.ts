import * as v from 'valibot'

// Registers of the secrecy office as papers (DOMAIN §2.4): 公文条例 25, 32, 34, 35; 实施条例 20, 27, 28, 61; 保密法 24.

export const bookKeys = ['copies', 'output', 'return', 'destruction', 'carrier', 'classification', 'incident'] as const
export const bookKey = v.picklist(bookKeys)
export type BookKey = (typeof bookKeys)[number]
export const bookNames: Readonly<Record<BookKey, string>> = {
  copies: '份号登记簿',
  output: '打印刻录导出登记簿',
  return: '涉密文件清退登记簿',
  destruction: '涉密载体销毁登记簿',
  carrier: '涉密载体登记台账',
  classification: '定密变更解密台账',
  incident: '泄密事件登记簿',
}
