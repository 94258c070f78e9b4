import { walkXml } from './xml.ts'
import { openZip } from './zip.ts'

/** Elements that end a line of a document (ECMA-376 part 1, 17.3): a paragraph, a break, a row of a table. */
const lineEnds: ReadonlySet<string> = new Set(['p', 'br', 'cr', 'tr'])

/** True when the bytes are a word-processing document. Errors: those of the ZIP. */
export function isDocx(bytes: Buffer): boolean {
  return openZip(bytes).names.includes('word/document.xml')
}

/**
 * The words of a document: main text, foot- and endnotes. What was struck out (`w:delText`) and fields' instructions are
 * left out. Errors: those of the ZIP and the XML.
 */
export function readDocx(bytes: Buffer): string {
  const zip = openZip(bytes)
  const parts = ['word/document.xml', 'word/footnotes.xml', 'word/endnotes.xml'].filter((one) =>
    zip.names.includes(one),
  )
  return parts.map((part) => wordsOf(zip.read(part).toString('utf8'))).join('\n')
}

function wordsOf(source: string): string {
  const words: string[] = []
  let inText = false
  walkXml(source, {
    open: (name) => {
      if (name === 't') inText = true
      else if (name === 'tab') words.push('\t')
    },
    text: (text) => {
      if (inText) words.push(text)
    },
    close: (name) => {
      if (name === 't') inText = false
      else if (lineEnds.has(name)) words.push('\n')
    },
  })
  return words.join('')
}
