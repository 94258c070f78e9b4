import { boundOf, findCompilation, type StoredCompilation } from '#db/repositories/compilations.ts'
import { numberOfCompilation } from '#db/repositories/numbers.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import {
  type CompilationFigures,
  type CompilationSubject,
  type CompilationTexts,
  type FiguresOf,
  periodName,
  printedSum,
  type TextsOf,
} from '#shared/domain/compilations.ts'
import { numberText } from '#shared/domain/numbers.ts'
import type { PaperKind } from '#shared/domain/papers.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { frameOf, layoutOf, markFrom } from '../papers/frame.ts'
import { both, type Printing, type Wanted } from '../papers/wanted.ts'
import { profileNow, situationName } from './drawing.ts'

/** The paper of a compilation: the same words and figures give the same paper, whichever copy it is. */
export async function compilationRequest(context: Context, compilationId: string, printing: Printing): Promise<Wanted> {
  const row = (await findCompilation(context.trx, compilationId)) ?? fail('compilations.unknown')
  return compilationPaper(context, row, printing)
}

/** The same of a compilation that is not kept as it stands. */
export async function compilationPaper(
  context: Context,
  row: StoredCompilation,
  { copyNumber, made }: Printing,
): Promise<Wanted> {
  const source = await sourceOf(context, row, copyNumber, made)
  const { id: objectId, title } = row
  const { level } = boundOf(row)
  return { kind: source.kind, objectKind: 'compilation', objectId, title, level, source, formats: both }
}

type Parts<K extends CompilationSubject['kind']> = {
  readonly subject: Extract<CompilationSubject, { kind: K }>
  readonly figures: FiguresOf<K>
  readonly texts: TextsOf<K>
}

/** Subject, figures and words of one kind together. Errors: `compilations.otherKind`. */
function partsOf<K extends CompilationSubject['kind']>(row: StoredCompilation, kind: K): Parts<K> | null {
  const is = (part: CompilationSubject | CompilationFigures | CompilationTexts) => part.kind === kind
  if (!is(row.subject)) return null
  if (!is(row.figures) || !is(row.texts)) return fail('compilations.otherKind')
  return row as unknown as Parts<K>
}

async function sourceOf(
  context: Context,
  row: StoredCompilation,
  copyNumber: number,
  made: string,
): Promise<PaperSource & { readonly kind: PaperKind }> {
  const profile = await profileNow(context)
  const frame = frameOf(context, profile, markFrom(boundOf(row), copyNumber), made)
  const date = row.state === 'approved' && row.decidedAt !== null ? dayInChina(row.decidedAt) : null
  const sheet = partsOf(row, 'annualSheet')
  if (sheet !== null) {
    const { subject, figures, texts } = sheet
    const marks = (codes: readonly string[]) =>
      profile.triggers.filter((one) => codes.includes(one.code)).map((one) => `（${one.mark}）`)
    return {
      kind: 'annualSheet',
      data: {
        ...frame,
        // It leaves the office, and comes back as a receipt only.
        anchor: null,
        enterprise: figures.enterprise,
        leader: subject.leader,
        year: subject.year,
        interviews: figures.interviews.map((one) => ({
          number: one.number,
          date: one.day.replaceAll('-', ''),
          cause: one.cause,
          triggers: marks(one.triggers).join(''),
          planOnTime: one.plan,
          outcome: one.outcome,
        })),
        accountable: figures.accountable,
        treatment: texts.treatment === '' ? '无' : texts.treatment,
        recovered: printedSum(figures.recoveredFen),
        risks: texts.risks,
        results: texts.results,
        opinions: opinionsOf(context, row),
      },
    }
  }
  const report = partsOf(row, 'analysisReport')
  if (report !== null) {
    const { subject, figures, texts } = report
    const { recoveredFen, ...totals } = figures.totals
    return {
      kind: 'analysisReport',
      data: {
        ...frame,
        period: periodName(subject.since, subject.until),
        office: row.office,
        date,
        totals: { ...totals, recovered: recoveredFen === 0 ? '0元' : printedSum(recoveredFen) },
        triggers: figures.triggers.map((one) => ({ name: situationName(profile, one.value), count: one.count })),
        repeated: figures.repeated,
        overview: texts.overview,
        typical: texts.typical,
        common: texts.common,
        suggestions: texts.suggestions,
      },
    }
  }
  const notice = partsOf(row, 'inspectionNotice') ?? fail('compilations.otherKind')
  const { kind: _, ...words } = notice.texts
  const given = await numberOfCompilation(context.trx, row.id)
  return {
    kind: 'inspectionNotice',
    data: {
      ...frame,
      ...words,
      layout: layoutOf(context, made),
      letterhead: profile.authority,
      number: given === undefined ? null : numberText(profile.numbering.word, given.year, given.n),
      organ: profile.authorityShort,
      date,
      copies: [],
      problem: notice.subject.problem,
    },
  }
}

/** Who drew it and who signed it, as far as it has come. */
function opinionsOf(context: Context, row: StoredCompilation) {
  const signed = row.state === 'approved' && row.deciderId !== null && row.decidedAt !== null
  return [
    {
      label: '责任追究\n部门意见',
      text: '',
      name: row.submittedAt === null ? null : nameOf(context, row.drafterId),
      date: row.submittedAt === null ? null : dayInChina(row.submittedAt),
    },
    {
      label: '审签意见',
      text: signed ? row.opinion || '同意。' : '',
      name: signed ? nameOf(context, row.deciderId) : null,
      date: signed ? dayInChina(row.decidedAt) : null,
    },
  ]
}
