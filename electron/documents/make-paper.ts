import { type FaceChoice, type FontBook, fontBook } from './fonts.ts'
import { layOut } from './layout.ts'
import type { Paper } from './model.ts'
import { type PaperSource, paperOf } from './paper-of.ts'

export interface PaperRequest {
  readonly paper: PaperSource
  readonly format: 'pdf' | 'docx'
  /** Folders the office configured, and the program's own font folder; searched before the system's. */
  readonly fontFolders: readonly string[]
}

export interface PaperFile {
  readonly bytes: Uint8Array
  /** Pages of the layout, the same for both formats of a paper. */
  readonly pages: number
  /** Roles not printed with the face the standard names: to be shown as 替代字体. */
  readonly substitutions: readonly { readonly wanted: string; readonly used: string }[]
  /** Characters no face at hand can print; never silent. */
  readonly missing: readonly string[]
}

/** Makes a paper. The same request on the same machine gives the same bytes. Errors: `papers.noFont`, `papers.fontUnreadable`. */
export async function makePaper(request: PaperRequest): Promise<PaperFile> {
  const book = fontBook(request.fontFolders)
  book.missing.clear()
  const paper = paperOf(request.paper)
  const file = await write(paper, request.format, book)
  return { ...file, substitutions: book.choices().filter(substituted).map(named), missing: [...book.missing] }
}

/** The writers' libraries are large: only the one that is asked for is loaded, once for a worker's life. */
async function write(paper: Paper, format: PaperRequest['format'], book: FontBook) {
  if (format === 'pdf') return (await import('./pdf.ts')).writePdf(paper, book)
  const { writeDocx } = await import('./docx.ts')
  return { bytes: await writeDocx(paper, book), pages: layOut(paper, book).pages.length }
}

const substituted = (choice: FaceChoice): boolean => !choice.genuine
const named = ({ wanted, used }: FaceChoice): { wanted: string; used: string } => ({ wanted, used })
