import type { Paper } from './model.ts'
import { analysisReport } from './papers/analysis-report.ts'
import { annualSheet } from './papers/annual-sheet.ts'
import { approval } from './papers/approval.ts'
import { archivedList } from './papers/archived-list.ts'
import { cancellation, postponement } from './papers/change-notice.ts'
import { classification, classificationChange, declassification } from './papers/classification.ts'
import { classificationNotice } from './papers/classification-notice.ts'
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
import { pieceStamps } from './papers/piece-stamps.ts'
import { receipt } from './papers/receipt.ts'
import { record } from './papers/record.ts'
import { recoverySheet } from './papers/recovery-sheet.ts'
import { rectificationLedger } from './papers/rectification-ledger.ts'
import { redaction } from './papers/redaction.ts'
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
  classificationNotice,
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
  pieceStamps,
  fourProperty,
  handover,
  // A paper without what was struck from it (保密法 35).
  redaction,
  // The secrecy office, and the archive itself (the Rules 21).
  registers,
  register,
  recoverySheet,
} as const

/** What may be asked for: a kind of paper with its data. Plain data, so that it can be sent to a worker. */
export type PaperSource = {
  [Kind in keyof typeof papers]: { readonly kind: Kind; readonly data: Parameters<(typeof papers)[Kind]>[0] }
}[keyof typeof papers]

/** The paper of a source as blocks. */
export function paperOf(source: PaperSource): Paper {
  // A kind and its data belong together by the type above; TypeScript cannot follow that through the table.
  const make = papers[source.kind] as (data: PaperSource['data']) => Paper
  return make(source.data)
}
