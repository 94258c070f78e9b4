import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces'
import { type Face, type FontBook, shaping } from './fonts.ts'
import { type LaidOut, layOut } from './layout.ts'
import type { Item, TextItem } from './layout-rows.ts'
import type { Paper } from './model.ts'

/** pdfmake's in-memory files, which its types leave out. Faces are handed over there, so it never opens a file itself. */
interface VirtualFiles {
  existsSync(name: string): boolean
  writeFileSync(name: string, content: Uint8Array): void
}

const virtualFiles = (pdfmake as unknown as { virtualfs: VirtualFiles }).virtualfs

pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(() => false)

export interface PdfFile {
  readonly bytes: Uint8Array
  readonly pages: number
}

/**
 * Writes a paper as PDF 1.7 in the PDF/A-2b subset of pdfmake (conformance is not proven by a validator). Every line
 * comes placed from the layout; pdfmake embeds faces and draws, and breaks nothing itself. Same paper, same bytes.
 */
export async function writePdf(paper: Paper, book: FontBook): Promise<PdfFile> {
  const laidOut = layOut(paper, book)
  const faces = new Map<string, Face>()
  const outline = outlineEntries()
  const content = laidOut.pages.map((page, index): Content => {
    for (const item of page.items) if (item.kind === 'text') faces.set(item.face.key, item.face)
    const stack = page.items.map((item) => draw(item, outline))
    return index === 0 ? { stack } : { stack, pageBreak: 'before' }
  })
  pdfmake.setFonts(dictionary(faces))
  const bytes = await pdfmake.createPdf(definition(paper, laidOut, content, faces)).getBuffer()
  return { bytes: new Uint8Array(bytes), pages: laidOut.pages.length }
}

function dictionary(faces: ReadonlyMap<string, Face>): TFontDictionary {
  const fonts: TFontDictionary = {}
  for (const [key, face] of faces) {
    if (!virtualFiles.existsSync(key)) virtualFiles.writeFileSync(key, face.bytes)
    // A collection is named with the face inside it; pdfmake's types know a plain name only.
    fonts[key] = { normal: (face.source.collection ? [key, face.source.postscriptName] : key) as string }
  }
  return fonts
}

function definition(
  paper: Paper,
  laidOut: LaidOut,
  content: Content[],
  faces: ReadonlyMap<string, Face>,
): TDocumentDefinitions {
  const made = new Date(paper.made)
  return {
    pageSize: { width: laidOut.width, height: laidOut.height },
    pageMargins: 0,
    version: '1.7',
    subset: 'PDF/A-2b',
    language: 'zh-CN',
    displayTitle: true,
    info: {
      title: paper.name,
      author: paper.author,
      creator: '约谈卷',
      producer: '约谈卷',
      creationDate: made,
      modDate: made,
    },
    defaultStyle: {
      font: faces.keys().next().value ?? '',
      noWrap: true,
      preserveLeadingSpaces: true,
      preserveTrailingSpaces: true,
    },
    content,
  }
}

/** Names each entry of the outline and the nearest one above it that is less deep. */
function outlineEntries(): (item: TextItem) => object {
  const open: { level: number; id: string }[] = []
  let count = 0
  return ({ outline }) => {
    if (!outline) return {}
    while ((open.at(-1)?.level ?? -1) >= outline.level) open.pop()
    const parent = open.at(-1)
    const id = `entry-${count}`
    count += 1
    open.push({ level: outline.level, id })
    return {
      outline: true,
      id,
      outlineText: outline.text,
      outlineExpanded: true,
      ...(parent ? { outlineParentId: parent.id } : {}),
    }
  }
}

function draw(item: Item, outline: (item: TextItem) => object): Content {
  if (item.kind === 'rule') {
    const { x1, y1, x2, y2, weight, color } = item
    return {
      canvas: [{ type: 'line', x1: 0, y1: 0, x2: x2 - x1, y2: y2 - y1, lineWidth: weight, lineColor: color }],
      absolutePosition: { x: x1, y: y1 },
    }
  }
  return {
    ...outline(item),
    text: item.text,
    font: item.face.key,
    fontSize: item.size,
    characterSpacing: item.spacing,
    // pdfmake's types know a list of features to switch on; PDFKit takes switches both ways.
    fontFeatures: shaping as unknown as [],
    color: item.color,
    // pdfmake puts a text by its upper edge: the face's own ascent above the baseline.
    absolutePosition: { x: item.x, y: item.y - (item.face.ascent / 1000) * item.size },
  }
}
