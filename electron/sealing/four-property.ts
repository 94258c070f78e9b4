import type { CheckItem } from '#shared/domain/archive.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { isPayloadPath } from './bagit.ts'
import type { Part } from './bundle.ts'
import { type EepFile, type EepPackage, writeEep } from './eep.ts'
import { readEep } from './eep-read.ts'
import { hasEnding, hasFormat, isEncrypted, isWhole, type Measured, measurePart } from './part-formats.ts'
import { some } from './text.ts'

/** The inner package and what the archive's own registers say of it. */
export interface FourPropertyInput {
  readonly parts: readonly Part[]
  readonly eep: EepPackage
  /** 卷内文件目录 and 卷内备考表 as they were frozen. */
  readonly reports: readonly Part[]
  /** What the volume's register says the package must hold (GB/T 18894 表 A.1). */
  readonly register: { readonly files: number; readonly bytes: number }
  /** Pieces as the archive holds them, in order. */
  readonly pieces: readonly { readonly title: string; readonly author: string; readonly day: string }[]
  /** What the filing list asks for and the volume lacks, with the reason that was recorded. */
  readonly gaps: readonly { readonly name: string; readonly reason: string }[]
  /** Acts Art. 20 and the filing rules expect in the process record, by 业务行为. */
  readonly requiredActions: readonly string[]
  /** Archival codes already used by other volumes. */
  readonly takenCodes: readonly string[]
}

/** Everything the checks look at, read once. */
interface Facts extends FourPropertyInput {
  readonly measured: ReadonlyMap<string, Measured>
  readonly documents: EepFile['documents']
  readonly described: ReadonlyMap<string, EepFile['documents'][number]>
}

/** One check: what is wrong, named by title, and what is said when nothing is. `manual` ones only a person can make. */
interface Check {
  readonly code: string
  readonly property: CheckItem['property']
  readonly name: string
  readonly good: string | ((facts: Facts) => string)
  readonly faults: 'manual' | ((facts: Facts) => readonly string[])
}

const archivalCode = /^[A-Z0-9]{4}-[A-Z]{2}·\d{4}-(Y|D30|D10)(-[A-Z]{2,3})?-\d{4}$/
const retentions = ['Y', 'D30', 'D10', '永久', '定期30年', '定期10年', '30年', '10年']
const describing = ['reports/contents.pdf', 'reports/reference-sheet.pdf']

const parts = (facts: Facts, wrong: (part: Part, actual: Measured) => boolean): string[] =>
  facts.parts
    .filter((part) => {
      const actual = facts.measured.get(part.path)
      return !actual || wrong(part, actual)
    })
    .map(({ title }) => title)
const files = (facts: Facts, wrong: (file: EepFile) => boolean): string[] =>
  facts.eep.files.filter(wrong).map(({ title, id }) => title || id)
const bytesOf = ({ measured, parts: all }: Facts): number =>
  all.reduce((sum, { path }) => sum + (measured.get(path)?.size ?? 0), 0)
const repeatedIn = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at)
const describedBy = (facts: Facts, path: string) => facts.described.get(path)

/**
 * DA/T 70-2018, 归档环节, as DOMAIN §3.6 lists it. Implementations number sub-checks differently by one or two, so the name
 * always stands beside the code.
 */
const checks: readonly Check[] = [
  {
    code: 'GD-1-1',
    property: 'authenticity',
    name: '固化信息有效性',
    good: '摘要逐件重算一致',
    faults: (facts) => parts(facts, (part, { sha256 }) => part.sha256 !== sha256),
  },
  {
    code: 'GD-1-2',
    property: 'authenticity',
    name: '元数据项数据长度',
    good: '符合',
    faults: (facts) =>
      files(facts, ({ title, author, number }) => title.length > 500 || author.length > 200 || number.length > 100),
  },
  {
    code: 'GD-1-3',
    property: 'authenticity',
    name: '元数据项数据类型、格式',
    good: '符合',
    faults: (facts) =>
      files(facts, ({ day, year, item, pages }) =>
        [/^\d{4}-\d\d-\d\d$/.test(day), /^\d{4}$/.test(year), item, pages].some(
          (one) => one === false || (typeof one === 'number' && !Number.isInteger(one)),
        ),
      ),
  },
  {
    code: 'GD-1-4',
    property: 'authenticity',
    name: '元数据项值域',
    good: '符合',
    faults: (facts) => files(facts, ({ retention }) => !retentions.includes(retention)),
  },
  {
    code: 'GD-1-5',
    property: 'authenticity',
    name: '元数据项数据值合理性',
    good: '符合',
    faults: (facts) => files(facts, ({ pages, day }) => pages < 1 || day > dayInChina(facts.eep.createdAt)),
  },
  {
    code: 'GD-1-6',
    property: 'authenticity',
    name: '元数据项数据包含特殊字符情况',
    good: '无特殊字符',
    faults: (facts) => files(facts, ({ title, author }) => /[\p{Cc}\uFFFD]/u.test(title + author)),
  },
  {
    code: 'GD-1-7',
    property: 'authenticity',
    name: '档号规范性',
    good: '符合 DA/T 22',
    faults: (facts) => files(facts, (file) => !archivalCode.test(file.archivalCode)),
  },
  {
    code: 'GD-1-8',
    property: 'authenticity',
    name: '元数据项数据重复性',
    good: '档号、件号、文号和题名无重复',
    faults: ({ eep, takenCodes }) => {
      const codes = eep.files.map((file) => `${file.archivalCode}/${file.item}`)
      const numbered = eep.files.filter(({ number }) => number !== '').map(({ number, title }) => `${number} ${title}`)
      const known = new Set(takenCodes)
      const taken = eep.files.map((file) => file.archivalCode).filter((value) => known.has(value))
      return [...new Set([...repeatedIn(codes), ...repeatedIn(numbered), ...taken])]
    },
  },
  {
    code: 'GD-1-9',
    property: 'authenticity',
    name: '内容数据电子属性一致性（名称、大小）',
    good: '逐件一致',
    faults: (facts) =>
      parts(facts, (part, { size }) => size !== part.size || describedBy(facts, part.path)?.size !== size),
  },
  {
    code: 'GD-1-10',
    property: 'authenticity',
    name: '内容数据电子属性一致性（格式）',
    good: '扩展名与格式一致',
    faults: (facts) =>
      parts(
        facts,
        ({ mediaType, path }) => !hasEnding(mediaType, path) || describedBy(facts, path)?.mediaType !== mediaType,
      ),
  },
  {
    code: 'GD-1-11',
    property: 'authenticity',
    name: '元数据与内容数据关联',
    good: '逐件关联',
    faults: (facts) => [
      ...parts(facts, ({ path }) => !describedBy(facts, path)),
      ...facts.documents.filter(({ path }) => !facts.measured.has(path)).map(({ title }) => title),
    ],
  },
  {
    code: 'GD-1-12',
    property: 'authenticity',
    name: '说明文件和目录文件规范性',
    good: '卷内文件目录、卷内备考表齐全，可以打开',
    faults: ({ reports, measured }) => [
      ...describing.filter((path) => !reports.some((report) => report.path === path)),
      ...reports
        .filter(({ path, mediaType, sha256 }) => {
          const actual = measured.get(path)
          return !actual || actual.sha256 !== sha256 || !isWhole(mediaType, actual)
        })
        .map(({ title }) => title),
    ],
  },
  {
    code: 'GD-1-13',
    property: 'authenticity',
    name: '信息包目录结构规范性',
    good: '符合 BagIt 1.0',
    faults: (facts) => parts(facts, ({ path }) => !isPayloadPath(path)),
  },
  {
    code: 'GD-1-14',
    property: 'authenticity',
    name: '信息包一致性',
    good: '封装前后摘要一致',
    faults: (facts) => parts(facts, ({ path }, { sha256 }) => describedBy(facts, path)?.sha256 !== sha256),
  },

  {
    code: 'GD-2-1',
    property: 'integrity',
    name: '总件数相符性',
    good: (facts) => `${facts.parts.length} 件`,
    faults: ({ parts: all, register }) =>
      all.length === register.files ? [] : [`登记 ${register.files} 件，实有 ${all.length} 件`],
  },
  {
    code: 'GD-2-2',
    property: 'integrity',
    name: '总字节数相符性',
    good: (facts) => `${bytesOf(facts)} 字节`,
    faults: (facts) =>
      bytesOf(facts) === facts.register.bytes ? [] : [`登记 ${facts.register.bytes} 字节，实有 ${bytesOf(facts)} 字节`],
  },
  {
    code: 'GD-2-3',
    property: 'integrity',
    name: '元数据项完整性',
    good: '全宗号、年度、保管期限、件号、页数、格式信息齐全',
    faults: (facts) =>
      files(
        facts,
        ({ fonds, year, retention, item, documents }) =>
          [fonds, year, retention].includes('') || item < 1 || documents.some(({ mediaType }) => mediaType === ''),
      ),
  },
  {
    code: 'GD-2-4',
    property: 'integrity',
    name: '元数据必填著录项目完整性',
    good: '题名、责任者、日期、密级、档号齐全',
    faults: (facts) => files(facts, (file) => [file.title, file.author, file.day, file.archivalCode].includes('')),
  },
  {
    code: 'GD-2-5',
    property: 'integrity',
    name: '过程信息完整性',
    good: '审签、定密、编号等过程信息齐全',
    faults: ({ eep, requiredActions }) => {
      const done = new Set(eep.events.map(({ action }) => action))
      return requiredActions.filter((action) => !done.has(action))
    },
  },
  {
    code: 'GD-2-6',
    property: 'integrity',
    name: '连续性元数据项',
    good: '件号连续',
    faults: ({ eep }) => {
      const numbers = eep.files.map(({ item }) => item).sort((a, b) => a - b)
      return numbers.filter((value, at) => value !== at + 1).map((value) => `件号 ${value}`)
    },
  },
  {
    code: 'GD-2-7',
    property: 'integrity',
    name: '内容数据完整性',
    good: '无空文件',
    faults: (facts) => parts(facts, (_, { size }) => size === 0),
  },
  {
    code: 'GD-2-8',
    property: 'integrity',
    name: '附件数据完整性',
    good: '每件均有主文件，附属文件齐全',
    faults: (facts) => files(facts, ({ documents }) => documents.length === 0),
  },
  {
    code: 'GD-2-9',
    property: 'integrity',
    name: '归档范围检测',
    good: ({ gaps }) => (gaps.length === 0 ? '应归文件齐全' : `缺 ${gaps.length} 种，均已说明原因`),
    faults: ({ gaps }) => gaps.filter(({ reason }) => reason.trim() === '').map(({ name }) => name),
  },
  {
    code: 'GD-2-10',
    property: 'integrity',
    name: '信息包元数据完整性',
    good: (facts) => `${facts.pieces.length} 件逐件著录`,
    faults: ({ eep, pieces }) =>
      eep.files.length === pieces.length ? [] : [`案卷 ${pieces.length} 件，著录 ${eep.files.length} 件`],
  },
  {
    code: 'GD-2-11',
    property: 'integrity',
    name: '信息包内容数据完整性',
    good: '著录的文件均在包内',
    faults: (facts) => facts.documents.filter(({ path }) => !facts.measured.has(path)).map(({ title }) => title),
  },

  {
    code: 'GD-3-1',
    property: 'usability',
    name: '信息包中元数据可读性',
    good: 'XML 解析后与著录一致',
    faults: ({ eep }) => {
      const read = readEep(writeEep(eep))
      if (!read || read.length === 0) return ['无法解析']
      return eep.files.filter((file, at) => read[at]?.title !== file.title.normalize('NFC')).map(({ title }) => title)
    },
  },
  {
    code: 'GD-3-2',
    property: 'usability',
    name: '目标数据库中元数据可访问性',
    good: '与档案库登记一致',
    faults: ({ eep, pieces }) =>
      pieces
        .filter(({ title, author, day }, at) => {
          const file = eep.files[at]
          return file?.title !== title || file.author !== author || file.day !== day
        })
        .map(({ title }) => title),
  },
  {
    code: 'GD-3-3',
    property: 'usability',
    name: '内容数据格式符合性',
    good: '符合归档格式要求',
    faults: (facts) => parts(facts, ({ mediaType }, actual) => !hasFormat(mediaType, actual)),
  },
  {
    code: 'GD-3-4',
    property: 'usability',
    name: '内容数据可读性',
    good: '文件首尾完整',
    faults: (facts) => parts(facts, ({ mediaType }, actual) => !isWhole(mediaType, actual)),
  },
  {
    code: 'GD-3-5',
    property: 'usability',
    name: '内容数据可读性（人工抽查）',
    good: '由档案员打开抽查',
    faults: 'manual',
  },
  {
    code: 'GD-3-6',
    property: 'usability',
    name: '软硬件环境信息记录',
    good: ({ eep }) => eep.system,
    faults: ({ eep }) => (eep.system.trim() === '' ? ['未记录形成系统'] : []),
  },
  {
    code: 'GD-3-7',
    property: 'usability',
    name: '软硬件环境合规性',
    good: ({ eep }) => `形成环境：${eep.system}，由档案员确认`,
    faults: 'manual',
  },
  {
    code: 'GD-3-8',
    property: 'usability',
    name: '信息包无非公开压缩算法、未加密',
    good: 'POSIX tar，不压缩、不加密',
    faults: (facts) => parts(facts, (_, actual) => isEncrypted(actual)),
  },

  {
    code: 'GD-4-1',
    property: 'security',
    name: '系统环境中是否安装杀毒软件',
    good: '填写杀毒软件名称和版本',
    faults: 'manual',
  },
  { code: 'GD-4-2', property: 'security', name: '病毒感染检测', good: '查杀后填写结果', faults: 'manual' },
  {
    code: 'GD-4-3',
    property: 'security',
    name: '载体中多余文件',
    good: '无多余文件',
    faults: (facts) => parts(facts, ({ path }) => !describedBy(facts, path)),
  },
  {
    code: 'GD-4-4',
    property: 'security',
    name: '载体读取速度',
    good: '试读载体后填写，不用载体的填不适用',
    faults: 'manual',
  },
  { code: 'GD-4-5', property: 'security', name: '载体外观', good: '查看有无划痕、污渍、变形', faults: 'manual' },
  { code: 'GD-4-6', property: 'security', name: '光盘合格性', good: '填写光盘检测结果或合格证号', faults: 'manual' },
  { code: 'GD-4-7', property: 'security', name: '归档过程安全性', good: '由档案员和保密员确认', faults: 'manual' },
]

/**
 * Makes every check of the list a program can make on the inner package before it is sealed; what needs a person comes
 * back as `manual`. Reads every part once.
 */
export async function checkFourProperties(input: FourPropertyInput): Promise<CheckItem[]> {
  const measured = new Map<string, Measured>()
  for (const part of [...input.parts, ...input.reports]) measured.set(part.path, await measurePart(part))
  const documents = input.eep.files.flatMap((file) => file.documents)
  const described = new Map(documents.map((one) => [one.path, one]))
  const facts: Facts = { ...input, measured, documents, described }
  return checks.map(({ code, property, name, good, faults }) => {
    const said = typeof good === 'string' ? good : good(facts)
    const found = faults === 'manual' ? [] : faults(facts)
    const result = faults === 'manual' ? 'manual' : found.length === 0 ? 'passed' : 'failed'
    return { code, property, name, result, detail: some(found) || said, person: '', day: '' }
  })
}
