import { type Level, levelNames } from '#shared/domain/secrecy.ts'

/**
 * The package description of DA/T 48-2009 with the metadata of DA/T 46-2009. Contents stay outside (as files of `data/`)
 * and are bound by digest: 编码描述 says so. Element names are the standard's own; `eep.xsd` is our profile of them.
 */
export interface EepDocument {
  readonly id: string
  readonly title: string
  /** Path inside the bag. */
  readonly path: string
  readonly mediaType: string
  readonly size: number
  readonly sha256: string
}

/** One 件: 正本 first, then what belongs to it. */
export interface EepFile {
  readonly id: string
  readonly fonds: string
  readonly archivalCode: string
  readonly year: string
  readonly retention: string
  /** 室编件号, from 1. */
  readonly item: number
  readonly title: string
  readonly author: string
  readonly day: string
  readonly level: Level
  /** 保密期限 as it stands on the paper; null without one. */
  readonly term: string | null
  readonly number: string
  readonly pages: number
  readonly documents: readonly EepDocument[]
}

/** One act on a file: the audit trail as 业务实体. */
export interface EepEvent {
  readonly id: string
  readonly actorId: string
  readonly fileId: string
  readonly state: '历史行为' | '计划任务'
  readonly action: string
  readonly at: string
  readonly basis: string
}

export interface EepActor {
  readonly id: string
  readonly kind: '单位' | '内设机构' | '个人'
  readonly name: string
  readonly post: string
}

export interface EepPackage {
  readonly unit: string
  readonly createdAt: string
  /** Name and version of the program that made the package (DA/T 46 M51). */
  readonly system: string
  /** 脱机载体编号; `无` when the package never left by medium. */
  readonly carrier: string
  readonly files: readonly EepFile[]
  readonly events: readonly EepEvent[]
  readonly actors: readonly EepActor[]
}

type Node = readonly [name: string, content: string | number | readonly Node[]] | null

const eepNamespace = 'http://www.saac.gov.cn/standards/ERM/encapsulation'

/** Writes `eep.xml` (UTF-8 text). */
export function writeEep(input: EepPackage): string {
  const signedObject: Node[] = [
    ['封装包类型', '原始型'],
    ['封装包类型描述', '本封装包包含电子文件数据及其元数据，原始封装，未经修改'],
    ['封装包创建时间', moment(input.createdAt)],
    ['封装包创建单位', input.unit],
    [
      '封装内容',
      [
        ['文件实体块', input.files.map((file) => fileEntity(file, input))],
        ['业务实体块', input.events.map(eventEntity)],
        ['机构人员实体块', input.actors.map(actorEntity)],
      ],
    ],
  ]
  const statement = '本EEP根据中华人民共和国档案行业标准DA/T 48-2009《基于XML的电子文件封装规范》生成'
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<电子文件封装包 xmlns="${eepNamespace}">`,
    render(['封装包格式描述', statement], 1),
    render(['版本', '2009'], 1),
    '  <被签名对象 eep版本="2009">',
    ...signedObject.map((node) => render(node, 2)),
    '  </被签名对象>',
    '</电子文件封装包>',
    '',
  ].join('\n')
}

function fileEntity(file: EepFile, input: EepPackage): Node {
  return [
    '文件实体',
    [
      ['聚合层次', '文件'],
      [
        '来源',
        [
          ['全宗名称', input.unit],
          ['立档单位名称', input.unit],
        ],
      ],
      ['电子文件号', file.id],
      [
        '档号',
        [
          ['全宗号', file.fonds],
          ['年度', file.year],
          ['保管期限', file.retention],
          ['室编案卷号', file.archivalCode],
          ['室编件号', String(file.item).padStart(4, '0')],
        ],
      ],
      [
        '内容描述',
        [
          ['题名', file.title],
          file.number === '' ? null : ['文件编号', file.number],
          ['责任者', file.author],
          ['日期', file.day],
          ['密级', levelNames[file.level]],
          file.term === null ? null : ['保密期限', file.term],
        ],
      ],
      [
        '形式特征',
        [
          ['文件组合类型', file.documents.length > 1 ? '组合文件' : '单件'],
          ['件数', file.documents.length],
          ['页数', file.pages],
          ['语种', '汉语'],
        ],
      ],
      ['存储位置', [['脱机载体编号', input.carrier]]],
      ['权限管理', [['控制标识', levelNames[file.level]]]],
      ['信息系统描述', input.system],
      ['文件数据', file.documents.map((one, at) => documentNode(one, at))],
    ],
  ]
}

function documentNode(document: EepDocument, at: number): Node {
  return [
    '文档',
    [
      ['文档标识符', document.id],
      ['文档序号', at + 1],
      ['文档主从声明', at === 0 ? '主文档' : '附属文档'],
      ['题名', document.title],
      [
        '文档数据',
        [
          [
            '编码',
            [
              [
                '电子属性',
                [
                  ['格式信息', document.mediaType],
                  ['计算机文件名', document.path],
                  ['计算机文件大小', document.size],
                ],
              ],
              ['编码描述', '仅提供SHA-256摘要信息，文档数据在外部保存'],
              ['反编码关键字', 'hex'],
              ['编码数据', document.sha256],
            ],
          ],
        ],
      ],
    ],
  ]
}

function eventEntity(event: EepEvent): Node {
  return [
    '业务实体',
    [
      ['业务标识符', event.id],
      ['机构人员标识符', event.actorId],
      ['文件标识符', event.fileId],
      ['业务状态', event.state],
      ['业务行为', event.action],
      ['行为时间', moment(event.at)],
      event.basis === '' ? null : ['行为依据', event.basis],
    ],
  ]
}

function actorEntity(actor: EepActor): Node {
  return [
    '机构人员实体',
    [
      ['机构人员标识符', actor.id],
      ['机构人员类型', actor.kind],
      ['机构人员名称', actor.name],
      actor.post === '' ? null : ['个人职位', actor.post],
    ],
  ]
}

/** xs:dateTime in the time of China: what the standard's example shows, with the offset written out. */
function moment(iso: string): string {
  return `${new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}

function render(node: Node, depth: number): string {
  if (node === null) return ''
  const [name, content] = node
  const indent = '  '.repeat(depth)
  if (!Array.isArray(content)) return `${indent}<${name}>${escapeXml(String(content))}</${name}>`
  const children = content.filter((child) => child !== null).map((child: Node) => render(child, depth + 1))
  return [`${indent}<${name}>`, ...children, `${indent}</${name}>`].join('\n')
}

/** Escapes markup and drops the control characters XML 1.0 cannot hold. */
function escapeXml(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char)
}
