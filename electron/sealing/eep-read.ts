import { YuetanError } from '#shared/contract/errors.ts'
import type { ReceivedItem } from '#shared/domain/receivings.ts'
import { walkXml } from '../parsing/xml.ts'

/** What is kept of each 文件实体, by the name of its element (DA/T 48-2009). */
const fields = {
  题名: 'title',
  文件编号: 'number',
  责任者: 'author',
  日期: 'day',
  密级: 'level',
  保密期限: 'term',
  页数: 'pages',
} as const
/** A 文档 has a 题名 of its own; that of the piece stands in one of these. */
const ofThePiece = ['内容描述', '形式特征']

/** The pieces an `eep.xml` describes, in their order; null when it is not one. */
export function readEep(text: string): ReceivedItem[] | null {
  const items: ReceivedItem[] = []
  const path: string[] = []
  let values: Partial<Record<(typeof fields)[keyof typeof fields], string>> = {}
  let documents: string[] = []
  let content = ''
  try {
    walkXml(text, {
      open: (name) => {
        path.push(name)
        content = ''
        if (name === '文件实体') {
          values = {}
          documents = []
        }
      },
      text: (piece) => {
        content += piece
      },
      close: (name) => {
        path.pop()
        if (ofThePiece.includes(path.at(-1) ?? '') && name in fields)
          values[fields[name as keyof typeof fields]] = content
        if (name === '计算机文件名') documents.push(content)
        if (name === '文件实体') items.push(itemOf(values, documents))
        content = ''
      },
    })
  } catch (error) {
    if (error instanceof YuetanError) return null
    throw error
  }
  return items
}

function itemOf(
  { title = '', number = '', author = '', day = '', level = '', term = '', pages = '' }: Record<string, string>,
  documents: readonly string[],
): ReceivedItem {
  return { title, number, author, day, level, term, pages: Number(pages) || 0, documents: [...documents] }
}
