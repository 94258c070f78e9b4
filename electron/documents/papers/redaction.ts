import type { Gone } from '#shared/domain/redactions.ts'
import type { Paper } from '../model.ts'

/** A paper without what was struck from it, and what its file is searched for before anybody gets it. */
export interface RedactionData {
  readonly paper: Paper
  readonly gone: readonly Gone[]
}

/** 遮盖版: the paper as it was rebuilt; nothing of the struck passages is in it. */
export const redaction = ({ paper }: RedactionData): Paper => paper
