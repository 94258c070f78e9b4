import { createHash } from 'node:crypto'
import type { CheckItem } from '#shared/domain/archive.ts'
import { isPayloadPath } from './bagit.ts'
import type { Part } from './bundle.ts'
import type { EepPackage } from './eep.ts'
import { some } from './text.ts'

/** What the volume's register says the package must hold (GB/T 18894 表 A.1). */
export interface FourPropertyInput {
  readonly parts: readonly Part[]
  readonly eep: EepPackage
  readonly register: { readonly files: number; readonly bytes: number }
  /** Acts Art. 20 and the filing rules expect in the process record, by 业务行为. */
  readonly requiredActions: readonly string[]
  /** Archival codes already used by other volumes. */
  readonly takenCodes: readonly string[]
}

/** First bytes of the formats that may be filed (GB/T 18894; DOCX is a ZIP). */
const signatures: Readonly<Record<string, readonly number[][]>> = {
  'application/pdf': [[0x25, 0x50, 0x44, 0x46]],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': [[0x50, 0x4b, 3, 4]],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': [[0x50, 0x4b, 3, 4]],
  'application/ofd': [[0x50, 0x4b, 3, 4]],
  'image/jpeg': [[0xff, 0xd8, 0xff]],
  'image/png': [[0x89, 0x50, 0x4e, 0x47]],
  'image/tiff': [
    [0x49, 0x49, 0x2a, 0],
    [0x4d, 0x4d, 0, 0x2a],
  ],
  'text/plain': [[]],
  'application/json': [[]],
}

interface Measured {
  readonly size: number
  readonly sha256: string
  readonly first: Uint8Array
}

/**
 * The checks of DA/T 70-2018 (归档环节) a program can make on the inner package before it is sealed; what needs a person
 * comes back as `manual`. Implementations number sub-checks differently by one or two, so the name always stands beside
 * the code. Reads every part once.
 */
export async function checkFourProperties(input: FourPropertyInput): Promise<CheckItem[]> {
  const measured = new Map<string, Measured>()
  for (const part of input.parts) measured.set(part.path, await measure(part))
  const documents = input.eep.files.flatMap((file) => file.documents)
  const described = new Map(documents.map((one) => [one.path, one]))
  const items: CheckItem[] = []
  const check = (
    property: CheckItem['property'],
    code: string,
    name: string,
    faults: readonly string[],
    good: string,
  ) =>
    items.push({
      code,
      property,
      name,
      result: faults.length === 0 ? 'passed' : 'failed',
      detail: some(faults) || good,
    })
  const manual = (property: CheckItem['property'], code: string, name: string, detail: string) =>
    items.push({ code, property, name, result: 'manual', detail })
  const partFaults = (test: (part: Part, actual: Measured) => boolean): string[] =>
    input.parts
      .filter((part) => {
        const actual = measured.get(part.path)
        return !actual || test(part, actual)
      })
      .map(({ title }) => title)
  const fileFaults = (test: (file: EepPackage['files'][number]) => boolean): string[] =>
    input.eep.files.filter(test).map(({ title, id }) => title || id)

  const code = /^[A-Z0-9]{4}-[A-Z]{2}·\d{4}-(Y|D30|D10)(-[A-Z]{2,3})?-\d{4}$/
  check(
    'authenticity',
    'GD-1-1',
    '固化信息有效性',
    partFaults((part, { sha256 }) => part.sha256 !== sha256),
    '摘要逐件重算一致',
  )
  check(
    'authenticity',
    'GD-1-2',
    '元数据项数据长度、类型和格式',
    fileFaults((file) => file.title.length > 500 || !/^\d{4}-\d\d-\d\d$/.test(file.day) || !/^\d{4}$/.test(file.year)),
    '符合',
  )
  check(
    'authenticity',
    'GD-1-4',
    '元数据项值域',
    fileFaults(
      ({ retention }) => !['Y', 'D30', 'D10', '永久', '定期30年', '定期10年', '30年', '10年'].includes(retention),
    ),
    '符合',
  )
  check(
    'authenticity',
    'GD-1-5',
    '元数据项数据值合理性',
    fileFaults(({ pages, day }) => pages < 0 || day > input.eep.createdAt.slice(0, 10)),
    '符合',
  )
  check(
    'authenticity',
    'GD-1-6',
    '元数据项数据包含特殊字符情况',
    fileFaults(({ title, author }) => /[\p{Cc}\uFFFD]/u.test(title + author)),
    '无特殊字符',
  )
  check(
    'authenticity',
    'GD-1-7',
    '档号规范性',
    fileFaults(({ archivalCode }) => !code.test(archivalCode)),
    '符合 DA/T 22',
  )
  const codes = input.eep.files.map(({ archivalCode, item }) => `${archivalCode}/${item}`)
  const repeated = codes.filter((value, at) => codes.indexOf(value) !== at)
  const taken = input.eep.files
    .map(({ archivalCode }) => archivalCode)
    .filter((value) => input.takenCodes.includes(value))
  check('authenticity', 'GD-1-8', '元数据项数据重复性', [...new Set([...repeated, ...taken])], '无重复')
  check(
    'authenticity',
    'GD-1-9',
    '内容数据电子属性一致性',
    partFaults((part, { size }) => size !== part.size || described.get(part.path)?.size !== size),
    '名称、大小、格式一致',
  )
  check(
    'authenticity',
    'GD-1-11',
    '元数据与内容数据关联',
    partFaults(({ path }) => !described.has(path)).concat(
      documents.filter(({ path }) => !measured.has(path)).map(({ title }) => title),
    ),
    '逐件关联',
  )
  check(
    'authenticity',
    'GD-1-13',
    '信息包目录结构规范性',
    partFaults(({ path }) => !isPayloadPath(path)),
    '符合 BagIt 1.0',
  )

  const bytes = [...measured.values()].reduce((sum, { size }) => sum + size, 0)
  const count = input.parts.length
  check(
    'integrity',
    'GD-2-1',
    '总件数相符性',
    count === input.register.files ? [] : [`登记 ${input.register.files} 件，实有 ${count} 件`],
    `${count} 件`,
  )
  check(
    'integrity',
    'GD-2-2',
    '总字节数相符性',
    bytes === input.register.bytes ? [] : [`登记 ${input.register.bytes} 字节，实有 ${bytes} 字节`],
    `${bytes} 字节`,
  )
  check(
    'integrity',
    'GD-2-4',
    '元数据必填著录项目完整性',
    fileFaults(({ title, author, day, archivalCode }) => [title, author, day, archivalCode].includes('')),
    '题名、责任者、日期、密级、档号齐全',
  )
  const actions = new Set(input.eep.events.map(({ action }) => action))
  check(
    'integrity',
    'GD-2-5',
    '过程信息完整性',
    input.requiredActions.filter((action) => !actions.has(action)),
    '审签、定密、编号等过程信息齐全',
  )
  const numbers = input.eep.files.map(({ item }) => item).sort((a, b) => a - b)
  check(
    'integrity',
    'GD-2-6',
    '连续性元数据项',
    numbers.filter((value, at) => value !== at + 1).map((value) => `件号 ${value}`),
    '件号连续',
  )
  check(
    'integrity',
    'GD-2-7',
    '内容数据完整性',
    partFaults((_, { size }) => size === 0),
    '均可打开，无空文件',
  )

  check('usability', 'GD-3-1', '信息包中元数据可读性', input.eep.files.length > 0 ? [] : ['无文件实体'], 'XML 可解析')
  check(
    'usability',
    'GD-3-3',
    '内容数据格式符合性',
    partFaults((part, { first }) => !hasFormat(part.mediaType, first)),
    '符合归档格式要求',
  )
  check(
    'usability',
    'GD-3-8',
    '信息包无非公开压缩算法、未加密',
    partFaults((_, { first }) => isEncrypted(first)),
    'POSIX tar，不压缩、不加密',
  )
  manual('usability', 'GD-3-7', '软硬件环境合规性', `形成环境：${input.eep.system}，由档案员确认`)

  manual('security', 'GD-4-1', '系统环境中是否安装杀毒软件', '由档案员填写杀毒软件名称和版本')
  manual('security', 'GD-4-2', '病毒感染检测', '由档案员查杀后填写结果')
  check('security', 'GD-4-3', '载体中多余文件', documents.length === count ? [] : ['元数据与文件数不符'], '无多余文件')
  manual('security', 'GD-4-7', '归档过程安全性', '由档案员和保密员确认')
  return items
}

async function measure(part: Part): Promise<Measured> {
  const hash = createHash('sha256')
  let size = 0
  let first: Uint8Array = new Uint8Array()
  for await (const chunk of part.open()) {
    if (first.length < 16) first = Buffer.concat([first, chunk.subarray(0, 16 - first.length)])
    hash.update(chunk)
    size += chunk.length
  }
  return { size, sha256: hash.digest('hex'), first }
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, at) => bytes[at] === byte)
}

function hasFormat(mediaType: string, first: Uint8Array): boolean {
  return (signatures[mediaType] ?? []).some((prefix) => startsWith(first, prefix))
}

/** OLE compound files (also those an office suite encrypts), RAR, 7z, gzip; a ZIP entry with the encryption bit. */
function isEncrypted(first: Uint8Array): boolean {
  const zip = startsWith(first, [0x50, 0x4b, 3, 4]) && ((first[6] ?? 0) & 1) === 1
  return (
    zip ||
    [
      [0xd0, 0xcf, 0x11, 0xe0],
      [0x52, 0x61, 0x72, 0x21],
      [0x37, 0x7a, 0xbc, 0xaf],
      [0x1f, 0x8b],
    ].some((magic) => startsWith(first, magic))
  )
}
