import type { GroupVerdict } from './archive.ts'

/** Names of the checks of a verdict, in the window and on the page that travels in a bundle. */
export const checkNames = {
  archive: '封装文件可以读取',
  layout: '目录结构完整',
  manifests: '清单可以读取',
  unlisted: '没有清单以外的文件',
  missing: '清单所列文件齐全',
  digests: '文件内容与清单一致',
  counts: '文件数和字节数相符',
  titles: '题名对照表完整',
  signature: '签名有效，证书链完整',
  delivery: '交接信息与签名相符',
  group: '与同案各包的目录相符',
  recipient: '为本接收单位封装',
  origin: '与本档案库同为正式（或同为演练）',
  issuer: '签发者经纸面指纹确认',
  register: '与本档案库的移交登记一致',
} as const
export type CheckCode = keyof typeof checkNames

/** Names of what is judged over the bundles of one case together. */
export const groupCheckNames = {
  bundles: '各包均完整',
  foreign: '没有混入他案的包',
  twice: '没有重复的包',
  missing: '各包齐全',
} as const satisfies Record<GroupVerdict['checks'][number]['code'], string>

/** Name of a check by its code; the code itself when it is of a later program. */
export function checkName(code: string): string {
  return Object.hasOwn(checkNames, code) ? checkNames[code as CheckCode] : code
}
