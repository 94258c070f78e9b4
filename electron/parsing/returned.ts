import { fail } from '#shared/contract/errors.ts'
import { walkXml } from './xml.ts'
import { openZip, type ZipFile } from './zip.ts'

/** A document that was edited elsewhere and came back. */
export interface Returned {
  /** Its paragraphs, one a line: heads and feet of the pages, the text, then what stands in frames. */
  readonly text: string
  /** Changes somebody marked and nobody has accepted, remarks beside the text: such a document is not a 定稿 yet. */
  readonly revisions: number
  readonly comments: number
}

/** The compound file of the old formats; a DOCX with a password is wrapped in one too. */
const compoundFile = 0xe011cfd0

/** Longest name of a foreign part or target that a message repeats. */
const nameLimit = 80

const macro = /(^|\/)(vbaProject[^/]*\.bin|vbaData\.xml)$/i
const embedded = /^word\/(embeddings|activeX|afchunk)|\.(ocx|exe|dll|js|vbs|html?|mht|rtf)$/i
/** Relations that bring foreign content in, wherever they point (ECMA-376 part 1, 15.2). */
const bringing = /\/(oleObject|package|aFChunk|subDocument|control|frame|vbaProject|attachedTemplate|mailMerge\w*)$/
/** Fields that fetch or run something when the document is opened or printed (ECMA-376 part 1, 17.16). */
const fetching = /^\s*(DDE|DDEAUTO|LINK|IMPORT|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|DATABASE|MACROBUTTON|RD)\b/i

/**
 * Reads a DOCX that came back, and refuses by name what no official paper carries and what would harm whoever opens it
 * later. Errors: those of the ZIP and the XML, `parsing.docxMissing`, `parsing.docxLocked`, `parsing.docxMacro`,
 * `parsing.docxEmbedded`, `parsing.docxExternal`, `parsing.docxField`.
 */
export function readReturned(bytes: Buffer): Returned {
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === compoundFile) return fail('parsing.docxLocked')
  const zip = openZip(bytes)
  const { names } = zip
  const named = (pattern: RegExp): string | undefined => names.find((name) => pattern.test(name))?.slice(0, nameLimit)
  const program = named(macro)
  if (program !== undefined) fail('parsing.docxMacro', { name: program })
  if (!names.includes('word/document.xml') || !names.includes('[Content_Types].xml')) fail('parsing.docxMissing')
  const object = named(embedded)
  if (object !== undefined) fail('parsing.docxEmbedded', { name: object })
  for (const name of names) {
    // Every part is walked, read or not: the file is kept as it came, and other programs open all of it.
    if (name.endsWith('.rels')) assertRelations(partOf(zip, name))
    else if (name === '[Content_Types].xml') assertTypes(partOf(zip, name))
    else if (name.endsWith('.xml') && !name.startsWith('word/')) walkXml(partOf(zip, name), silent)
  }
  let revisions = 0
  let comments = 0
  const read = (name: string, edge: boolean): string[] => {
    const part = paragraphsOf(partOf(zip, name), edge)
    revisions += part.revisions
    comments += part.comments
    return part.lines
  }
  const parts = names.filter((name) => /^word\/[^/]*\.xml$/.test(name))
  const edges = parts.filter((name) => /\/(header|footer)\d*\.xml$/.test(name)).flatMap((name) => read(name, true))
  const notes = parts.filter((name) => /\/(footnotes|endnotes)\.xml$/.test(name)).flatMap((name) => read(name, false))
  const body = read('word/document.xml', false)
  for (const name of names.filter((one) => one.startsWith('word/') && one.endsWith('.xml')))
    if (!/\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/.test(name)) walkXml(partOf(zip, name), silent)
  return { text: [...new Set(edges.sort()), ...body, ...notes].join('\n'), revisions, comments }
}

const silent = { open: () => undefined, text: () => undefined, close: () => undefined }

/** A part as text; OOXML may be UTF-16, but no word processor of an office writes it, and it would hide from the walk. */
function partOf(zip: ZipFile, name: string): string {
  const bytes = zip.read(name)
  return bytes.includes(0) ? fail('parsing.xmlBroken') : bytes.toString('utf8').replace(/^\uFEFF/, '')
}

function assertRelations(source: string): void {
  walkXml(source, {
    ...silent,
    open: (name, attributes) => {
      if (name !== 'Relationship') return
      const target = (attributes.get('Target') ?? '').slice(0, nameLimit)
      if (attributes.get('TargetMode')?.toLowerCase() === 'external') fail('parsing.docxExternal', { target })
      if (bringing.test(attributes.get('Type') ?? '')) fail('parsing.docxEmbedded', { name: target })
    },
  })
}

function assertTypes(source: string): void {
  walkXml(source, {
    ...silent,
    open: (_name, attributes) => {
      const type = attributes.get('ContentType') ?? ''
      if (/macroEnabled|vbaProject/i.test(type)) fail('parsing.docxMacro', { name: type.slice(0, nameLimit) })
    },
  })
}

const marks: ReadonlySet<string> = new Set([
  'ins',
  'del',
  'moveFrom',
  'moveTo',
  'rPrChange',
  'pPrChange',
  'cellIns',
  'cellDel',
])

/**
 * Paragraphs of one part, those in frames and text boxes behind the others: a word processor may hang a frame on another
 * paragraph than it found it. A line broken inside a paragraph is layout, not text. At the edge of the page (`edge`) the
 * results of fields are left out: they are page numbers.
 */
function paragraphsOf(source: string, edge: boolean): { lines: string[]; revisions: number; comments: number } {
  const lines: string[] = []
  const framed: string[] = []
  const stack: { words: string[]; frame: boolean }[] = []
  let [revisions, comments, boxes, skipped] = [0, 0, 0, 0]
  let inText = false
  let instruction: string | null = null
  /** Depth of fields, and how many of them show their result at this moment. */
  const fields: { result: boolean }[] = []
  const put = (text: string): void => {
    if (skipped === 0) stack.at(-1)?.words.push(text)
  }
  const settle = (): void => {
    if (instruction !== null && fetching.test(instruction))
      fail('parsing.docxField', { field: instruction.trim().split(/\s/)[0]?.toUpperCase() ?? '' })
    instruction = null
  }
  walkXml(source, {
    open: (name, attributes) => {
      // The same box again, for programs that do not know the newer way to draw it; the place a text was moved from.
      if (name === 'Fallback' || name === 'moveFrom') skipped += 1
      if (marks.has(name)) revisions += 1
      else if (name === 'commentReference') comments += 1
      else if (name === 'txbxContent') boxes += 1
      else if (name === 'p') stack.push({ words: [], frame: boxes > 0 })
      else if (name === 'framePr' && stack.length > 0) (stack.at(-1) as { frame: boolean }).frame = true
      else if (name === 't') inText = true
      else if (name === 'tab') put('\t')
      else if (name === 'instrText') instruction ??= ''
      else if (name === 'fldSimple') {
        instruction = attributes.get('instr') ?? ''
        settle()
        fields.push({ result: true })
      } else if (name === 'fldChar') {
        const kind = attributes.get('fldCharType')
        settle()
        if (kind === 'begin') fields.push({ result: false })
        else if (kind === 'separate' && fields.length > 0) (fields.at(-1) as { result: boolean }).result = true
        else if (kind === 'end') fields.pop()
      }
    },
    text: (text) => {
      if (instruction !== null) instruction += text
      else if (inText && !(edge && fields.length > 0)) put(text)
    },
    close: (name) => {
      if (name === 'Fallback' || name === 'moveFrom') skipped -= 1
      else if (name === 'txbxContent') boxes -= 1
      else if (name === 't') inText = false
      else if (name === 'fldSimple') fields.pop()
      else if (name === 'p') {
        const one = stack.pop()
        const line = plainLine(one?.words.join('') ?? '')
        // — 1 — without its number says nothing.
        if (line !== '' && !(edge && !/[\p{L}\p{N}]/u.test(line))) (one?.frame ? framed : lines).push(line)
      }
    },
  })
  settle()
  return { lines: [...lines, ...framed], revisions, comments }
}

/** What a word processor changes without anybody asking is no difference: kinds of blanks, marks without width. */
function plainLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
}
