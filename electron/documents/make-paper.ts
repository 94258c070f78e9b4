import { type FaceChoice, type FontBook, fontBook } from './fonts.ts'
import { layOut } from './layout.ts'
import type { Paper } from './model.ts'
import { analysisReport } from './papers/analysis-report.ts'
import { annualSheet } from './papers/annual-sheet.ts'
import { approval } from './papers/approval.ts'
import { archivedList } from './papers/archived-list.ts'
import { cancellation, postponement } from './papers/change-notice.ts'
import { classification, classificationChange, declassification } from './papers/classification.ts'
import { confirmation } from './papers/confirmation.ts'
import { consultation } from './papers/consultation.ts'
import { contents } from './papers/contents.ts'
import { evaluation } from './papers/evaluation.ts'
import { fourProperty } from './papers/four-property.ts'
import { handover } from './papers/handover.ts'
import { inspectionNotice } from './papers/inspection-notice.ts'
import { minutes } from './papers/minutes.ts'
import { notice } from './papers/notice.ts'
import { outline } from './papers/outline.ts'
import { receipt } from './papers/receipt.ts'
import { record } from './papers/record.ts'
import { recoverySheet } from './papers/recovery-sheet.ts'
import { rectificationLedger } from './papers/rectification-ledger.ts'
import { referenceSheet } from './papers/reference-sheet.ts'
import { register } from './papers/register.ts'
import { registers } from './papers/registers.ts'
import { reminder } from './papers/reminder.ts'
import { transferLetter, transferList } from './papers/transfer.ts'
import { transferReceipt } from './papers/transfer-receipt.ts'
import { volumeCover } from './papers/volume-cover.ts'
import { volumeReceipt } from './papers/volume-receipt.ts'
import { weighing } from './papers/weighing.ts'

/** Every paper this program prints. A kind is a name here and a function in `papers/`; nothing else knows the list. */
const papers = {
  // Before the interview (the Rules 3–7, 10).
  notice,
  postponement,
  cancellation,
  approval,
  classification,
  classificationChange,
  declassification,
  consultation,
  outline,
  confirmation,
  receipt,
  // The interview and its minutes (the Rules 8, 9).
  record,
  minutes,
  // After it (the Rules 11–19).
  reminder,
  rectificationLedger,
  evaluation,
  weighing,
  annualSheet,
  transferList,
  transferReceipt,
  transferLetter,
  analysisReport,
  inspectionNotice,
  // The volume (the Rules 20).
  volumeReceipt,
  volumeCover,
  contents,
  referenceSheet,
  archivedList,
  fourProperty,
  handover,
  // The secrecy office, and the archive itself (the Rules 21).
  registers,
  register,
  recoverySheet,
} as const

/** What may be asked for: a kind of paper with its data. Plain data, so that it can be sent to a worker. */
export type PaperSource = {
  [Kind in keyof typeof papers]: { readonly kind: Kind; readonly data: Parameters<(typeof papers)[Kind]>[0] }
}[keyof typeof papers]

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
  // A kind and its data belong together by the type above; TypeScript cannot follow that through the table.
  const make = papers[source.kind] as (data: PaperSource['data']) => Paper
  return make(source.data)
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
