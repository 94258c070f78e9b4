import { type FaceChoice, type FontBook, fontBook } from './fonts.ts'
import { layOut } from './layout.ts'
import type { Paper } from './model.ts'
import { type ApprovalData, approval } from './papers/approval.ts'
import { type ClassificationData, classification } from './papers/classification.ts'
import { type ContentsData, contents } from './papers/contents.ts'
import { type FourPropertyData, fourProperty } from './papers/four-property.ts'
import { type HandoverData, handover } from './papers/handover.ts'
import { type MinutesData, minutes } from './papers/minutes.ts'
import { type NoticeData, notice } from './papers/notice.ts'
import { type RecordData, record } from './papers/record.ts'
import { type ReferenceSheetData, referenceSheet } from './papers/reference-sheet.ts'
import { type RegisterData, register } from './papers/register.ts'

/** What may be asked for: a kind of paper with its data. Plain data, so that it can be sent to a worker. */
export type PaperSource =
  | { readonly kind: 'notice'; readonly data: NoticeData }
  | { readonly kind: 'record'; readonly data: RecordData }
  | { readonly kind: 'minutes'; readonly data: MinutesData }
  | { readonly kind: 'approval'; readonly data: ApprovalData }
  | { readonly kind: 'classification'; readonly data: ClassificationData }
  | { readonly kind: 'contents'; readonly data: ContentsData }
  | { readonly kind: 'referenceSheet'; readonly data: ReferenceSheetData }
  | { readonly kind: 'handover'; readonly data: HandoverData }
  | { readonly kind: 'fourProperty'; readonly data: FourPropertyData }
  | { readonly kind: 'register'; readonly data: RegisterData }

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

/** The paper of a source as blocks. */
export function paperOf(source: PaperSource): Paper {
  switch (source.kind) {
    case 'notice':
      return notice(source.data)
    case 'record':
      return record(source.data)
    case 'minutes':
      return minutes(source.data)
    case 'approval':
      return approval(source.data)
    case 'classification':
      return classification(source.data)
    case 'contents':
      return contents(source.data)
    case 'referenceSheet':
      return referenceSheet(source.data)
    case 'handover':
      return handover(source.data)
    case 'fourProperty':
      return fourProperty(source.data)
    case 'register':
      return register(source.data)
  }
}

/** Makes a paper. The same request on the same machine gives the same bytes. Errors: `papers.noFont`, `papers.fontUnreadable`. */
export async function makePaper(request: PaperRequest): Promise<PaperFile> {
  const book = fontBook(request.fontFolders)
  book.missing.clear()
  const paper = paperOf(request.paper)
  const file = await write(paper, request.format, book)
  return { ...file, substitutions: book.choices().filter(substituted).map(named), missing: [...book.missing] }
}

/** The writers' libraries are large and every job starts afresh: only the one that is asked for is loaded. */
async function write(paper: Paper, format: PaperRequest['format'], book: FontBook) {
  if (format === 'pdf') return (await import('./pdf.ts')).writePdf(paper, book)
  const { writeDocx } = await import('./docx.ts')
  return { bytes: await writeDocx(paper, book), pages: layOut(paper, book).pages.length }
}

const substituted = (choice: FaceChoice): boolean => !choice.genuine
const named = ({ wanted, used }: FaceChoice): { wanted: string; used: string } => ({ wanted, used })
