import { join, sep } from 'node:path'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { fail } from '#shared/contract/errors.ts'
import { pdfLibrary } from './pdf-library.ts'
import { textLimit } from './text-limits.ts'

/**
 * The words of a PDF, page by page; a scan without a text layer has none. Nothing of it is run or drawn. Errors:
 * `parsing.encrypted`, `parsing.pdfBroken`.
 */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  return withPdf(bytes, (document) => wordsOfPages(document, textLimit))
}

/** What a PDF carries beside and on its pages. */
export interface PdfParts {
  readonly text: string
  /** Information dictionary and XMP packet. */
  readonly metadata: readonly string[]
  readonly outline: readonly string[]
  /** Names and contents of attached files, and what annotations say. */
  readonly attachments: readonly string[]
}

/** Everything of a PDF that words may stand in. Errors: `parsing.encrypted`, `parsing.pdfBroken`. */
export async function readPdfParts(bytes: Uint8Array): Promise<PdfParts> {
  return withPdf(bytes, async (document) => {
    const { info, metadata } = await document.getMetadata()
    const strings = Object.values(info).filter((one) => typeof one === 'string')
    const attached: unknown[] = [await document.getAttachments()]
    for (let number = 1; number <= document.numPages; number += 1)
      attached.push(await (await document.getPage(number)).getAnnotations())
    return {
      text: await wordsOfPages(document, Number.POSITIVE_INFINITY),
      metadata: [...strings, ...(metadata ? [metadata.getRaw()] : [])],
      outline: titlesOf((await document.getOutline()) ?? []),
      attachments: attached.filter((one) => one !== null).map((one) => JSON.stringify(one)),
    }
  })
}

interface Entry {
  readonly title: string
  readonly items: readonly Entry[]
}

function titlesOf(entries: readonly Entry[]): string[] {
  return entries.flatMap((one) => [one.title, ...titlesOf(one.items)])
}

async function withPdf<T>(bytes: Uint8Array, read: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  // Its own tables of Chinese character codes (predefined CMaps, ISO 32000-1 9.7.5.2) lie beside its code.
  const library = pdfLibrary()
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(library, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(library, 'standard_fonts') + sep,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  try {
    return await read(await task.promise)
  } catch (error) {
    return fail(
      error instanceof Error && error.name === 'PasswordException' ? 'parsing.encrypted' : 'parsing.pdfBroken',
    )
  } finally {
    await task.destroy()
  }
}

async function wordsOfPages(document: PDFDocumentProxy, limit: number): Promise<string> {
  const pages: string[] = []
  let length = 0
  for (let number = 1; number <= document.numPages && length < limit; number += 1) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    const text = items.map((one) => ('str' in one ? `${one.str}${one.hasEOL ? '\n' : ''}` : '')).join('')
    pages.push(text)
    length += text.length
    page.cleanup()
  }
  return pages.join('\n')
}
