import { join, sep } from 'node:path'
import { fail } from '#shared/contract/errors.ts'
import { pdfLibrary } from './pdf-library.ts'
import { textLimit } from './text-limits.ts'

/**
 * The words of a PDF, page by page; a scan without a text layer has none. Nothing of it is run or drawn. Errors:
 * `parsing.encrypted`, `parsing.pdfBroken`.
 */
export async function readPdf(bytes: Uint8Array): Promise<string> {
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
    const document = await task.promise
    const pages: string[] = []
    let length = 0
    for (let number = 1; number <= document.numPages && length < textLimit; number += 1) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      const text = items.map((one) => ('str' in one ? `${one.str}${one.hasEOL ? '\n' : ''}` : '')).join('')
      pages.push(text)
      length += text.length
      page.cleanup()
    }
    return pages.join('\n')
  } catch (error) {
    return fail(
      error instanceof Error && error.name === 'PasswordException' ? 'parsing.encrypted' : 'parsing.pdfBroken',
    )
  } finally {
    await task.destroy()
  }
}
