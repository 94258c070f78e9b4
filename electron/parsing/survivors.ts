import { inflateSync } from 'node:zlib'
import { fail } from '#shared/contract/errors.ts'
import { bare, type Gone } from '#shared/domain/redactions.ts'
import { walkXml } from './xml.ts'
import { openZip } from './zip.ts'

/** One place of a file and its words as they are compared; `allowed` tells how often struck words may stand there. */
interface Place {
  /** Code of the place, for the message. */
  readonly place: 'page' | 'outline' | 'metadata' | 'attachment' | 'edge'
  readonly words: string
  readonly allowed: (gone: Gone) => number
}

const none = (): number => 0

/**
 * Searches a made file for struck words: the text of its pages, its metadata, its outline, what is attached to it, the
 * characters its faces are able to name (ToUnicode), and every decoded stream or part in each way a writer may code
 * words. Errors: `redactions.survives` names the place and how often, never the words.
 */
export async function assertGone(
  bytes: Uint8Array,
  format: 'pdf' | 'docx',
  gone: readonly Gone[],
  pages: number,
): Promise<void> {
  const file = Buffer.from(bytes)
  const places = format === 'pdf' ? await placesOfPdf(file, pages) : placesOfDocx(file)
  for (const { place, words, allowed } of places)
    for (const one of gone) {
      const count = countOf(words, one.text)
      if (count > allowed(one)) fail('redactions.survives', { place, count })
    }
  const streams = format === 'pdf' ? pdfStreams(file) : docxParts(file)
  assertNoBytes([file, ...streams], gone)
  if (format === 'pdf') assertNoGlyphs(streams, places.find((one) => one.place === 'page')?.words ?? '', gone)
}

function countOf(words: string, text: string): number {
  let count = 0
  for (let at = words.indexOf(text); at !== -1; at = words.indexOf(text, at + 1)) count += 1
  return count
}

async function placesOfPdf(file: Buffer, pages: number): Promise<Place[]> {
  const { readPdfParts } = await import('./pdf.ts')
  const parts = await readPdfParts(file)
  return [
    {
      place: 'page',
      words: bare(parts.text),
      allowed: ({ kept }) => kept.text + kept.heading + kept.edge * pages,
    },
    { place: 'outline', words: bare(parts.outline.join('')), allowed: ({ kept }) => kept.heading },
    // The same datum stands in the information dictionary and in the XMP packet.
    { place: 'metadata', words: bare(parts.metadata.join(' ')), allowed: ({ kept }) => kept.data * 2 },
    { place: 'attachment', words: bare(parts.attachments.join('')), allowed: none },
  ]
}

function placesOfDocx(file: Buffer): Place[] {
  const zip = openZip(file)
  const words = (test: (name: string) => boolean): string =>
    bare(
      zip.names
        .filter((name) => name.endsWith('.xml') && test(name))
        .map((name) => wordsOf(zip.read(name).toString('utf8')))
        .join(''),
    )
  const edge = /^word\/(header|footer)\d*\.xml$/
  const edges = zip.names.filter((name) => edge.test(name)).length
  return [
    {
      place: 'page',
      words: words((name) => name === 'word/document.xml'),
      allowed: ({ kept }) => kept.text + kept.heading + kept.edge,
    },
    { place: 'edge', words: words((name) => edge.test(name)), allowed: ({ kept }) => kept.edge * edges },
    {
      place: 'metadata',
      words: words((name) => name !== 'word/document.xml' && !edge.test(name)),
      allowed: ({ kept }) => kept.data,
    },
    {
      place: 'attachment',
      words: bare(zip.names.filter((name) => !/\.(xml|rels)$/.test(name)).join('')),
      allowed: none,
    },
  ]
}

/** Words between the tags and in their attributes. */
function wordsOf(source: string): string {
  const words: string[] = []
  walkXml(source, {
    open: (_name, attributes) => {
      for (const value of attributes.values()) if (/\P{ASCII}/u.test(value)) words.push(value)
    },
    text: (text) => words.push(text),
    close: () => undefined,
  })
  return words.join('')
}

function docxParts(file: Buffer): Buffer[] {
  const zip = openZip(file)
  return zip.names.map((name) => zip.read(name))
}

/** Every stream of a PDF, inflated where it is deflated (ISO 32000-1 7.3.8, 7.4.4). */
function pdfStreams(file: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = file.indexOf('stream'); at !== -1; at = file.indexOf('stream', at + 6)) {
    if (file.subarray(at - 3, at).toString('latin1') === 'end') continue
    const begin = file[at + 6] === 0x0d ? at + 8 : at + 7
    const end = file.indexOf('endstream', begin)
    if (end === -1) break
    const raw = file.subarray(begin, end)
    try {
      found.push(inflateSync(raw))
    } catch {
      found.push(raw)
    }
    at = end
  }
  return found
}

/**
 * Words nobody let stand are in no stream at all, in whatever way they are coded. Plain figures and Latin letters are
 * left to the other searches: tables of positions and glyphs are full of them.
 */
function assertNoBytes(streams: readonly Buffer[], gone: readonly Gone[]): void {
  for (const { written, kept } of gone) {
    if (kept.data + kept.heading + kept.text + kept.edge > 0) continue
    for (const form of written.filter((text) => /\P{ASCII}/u.test(text)).flatMap(codedForms))
      if (streams.some((stream) => stream.includes(form))) fail('redactions.survives', { place: 'stream', count: 1 })
  }
}

function codedForms(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()
  const hex = big.toString('hex')
  return [Buffer.from(text, 'utf8'), little, big, Buffer.from(hex), Buffer.from(hex.toUpperCase())]
}

/** A face that is able to name a character no page shows was cut from the paper before it was struck. */
function assertNoGlyphs(streams: readonly Buffer[], shown: string, gone: readonly Gone[]): void {
  const onPages = new Set(shown)
  const struck = new Set(gone.flatMap(({ text }) => [...text]).filter((character) => !onPages.has(character)))
  for (const stream of streams) {
    const source = stream.toString('latin1')
    if (!source.includes('begincmap')) continue
    const count = [...namedBy(source)].filter((character) => struck.has(character)).length
    if (count > 0) fail('redactions.survives', { place: 'font', count })
  }
}

/** Characters a ToUnicode CMap maps to (ISO 32000-1 9.10.3), compared as texts are. */
function namedBy(cmap: string): Set<string> {
  const named = new Set<string>()
  const add = (hex: string): void => {
    for (const character of bare(Buffer.from(hex, 'hex').swap16().toString('utf16le'))) named.add(character)
  }
  for (const [, body = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, to = ''] of body.matchAll(/<[0-9a-f]+>\s*<([0-9a-f]+)>/gi)) add(to)
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, list = ''] of body.matchAll(/\[([^\]]*)\]/g))
      for (const [, words = ''] of list.matchAll(/<([0-9a-f ]+)>/gi)) add(words.replaceAll(' ', ''))
    const plain = body.replaceAll(/\[[^\]]*\]/g, '')
    for (const [, from = '', to = '', first = ''] of plain.matchAll(
      /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]{4})>/gi,
    ))
      for (let index = 0; index <= Number.parseInt(to, 16) - Number.parseInt(from, 16); index += 1)
        add((Number.parseInt(first, 16) + index).toString(16).padStart(4, '0'))
  }
  return named
}
