import type { SignatureFault } from '../crypto/cms-verify.ts'
import type { TarFault } from './tar.ts'

export const colourNames = {
  green: '完整，签发者已确认',
  amber: '完整，签发者未确认',
  red: '不可信，请勿接收',
} as const

/** The same over all bundles of a case. */
export const groupColourNames = {
  green: '全案各包完整，签发者已确认',
  amber: '全案各包完整，签发者未确认',
  red: '全案不完整，或混入了其他包',
} as const

/** What to do now, under the verdict. */
export const advice = {
  green: '可以接收。',
  amber: '内容未被改动，但尚不能确认由谁签发：请将纸质《移交接收登记表》上的指纹填入上方。',
  red: '请保留原件，不要使用其中内容，并与移交单位联系重新移交。',
} as const

export const signatureFaults: Readonly<Record<SignatureFault, string>> = {
  unreadable: '签名文件无法读取',
  algorithm: '签名使用了不被接受的算法',
  attributes: '签名缺少必须的签名属性',
  digest: '签名与封装内容不符，封装后有改动',
  certificate: '签名中没有相符的签名人证书或签发机构证书',
  usage: '证书不可用于签名',
  weakKey: '证书密钥强度不足',
  issuer: '签名人证书不是该机构签发',
  notYetValid: '签名时证书尚未生效',
  expired: '签名时证书已过期',
  authorityExpired: '签名时签发机构证书已过期',
  notAuthority: '签发机构证书不是机构证书',
  notEndEntity: '签名人证书不是个人证书',
  keyId: '签名人证书与签发机构的密钥标识不符',
  signature: '签名验证不通过',
}

/** The same over all bundles of a case. */
export const groupAdvice = {
  green: advice.green,
  amber: advice.amber,
  red: '请按下列各项补齐缺包、取出他案的包后重新校验；补不齐的，请与移交单位联系。',
} as const

/** Why a file is not the tar of a bundle. */
export const tarFaults: Readonly<Record<TarFault, string>> = {
  truncated: '文件不完整',
  header: '不是 tar 文件，或文件头有误（加密的 .sealed 文件须先解密）',
  link: '含有链接',
  device: '含有设备或管道文件',
  type: '含有扩展头或稀疏文件等不接受的条目',
  outside: '文件名指向封装包以外',
  path: '含有不安全的文件名',
  roots: '不是单一文件夹',
  duplicate: '含有重名文件',
  twin: '含有仅大小写不同，或与文件夹同名的文件',
  tooMany: '文件数超过上限，不是案卷封装包',
  trailing: '文件末尾有多余内容',
}

/** The first names of a list and how many more there are; empty for an empty list. */
export function some(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join('、')
  return paths.length > 5 ? `${shown} 等 ${paths.length} 个` : shown
}
