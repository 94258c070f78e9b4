import {
  boundOf,
  changeCompilation,
  compilationsInScope,
  findCompilation,
  insertCompilation,
  inspectionEntries,
  listCompilations,
  type StoredCompilation,
  setSources,
  sourcesOf,
} from '#db/repositories/compilations.ts'
import { numberOfCompilation } from '#db/repositories/numbers.ts'
import { papersOf } from '#db/repositories/papers.ts'
import { pieceOfCompilation } from '#db/repositories/pieces.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { compilationArticles, inspectionState, outgrows, textsFault } from '#shared/domain/compilations.ts'
import { numberText } from '#shared/domain/numbers.ts'
import { markText } from '#shared/domain/secrecy.ts'
import { fileCompilation, filesByPiece } from '../archive/pieces.ts'
import { assertCaseActs } from '../cases/acts.ts'
import { caseOf, nameOf, noteEvent } from '../cases/case-file.ts'
import type { Context, HandlerOutput, Handlers } from '../context.ts'
import { freezeHeld, makePapers, printPaper } from '../papers/freeze.ts'
import { assertCompilationActs, compilationHash, issueHash } from './acts.ts'
import { draw, inherited, leadersFor, profileNow } from './drawing.ts'
import { inspectionHandlers } from './inspections.ts'
import { assertBound, bindAnew, outgrown, reclassified } from './levels.ts'
import { compilationPaper } from './request.ts'

type Shown = HandlerOutput<'compilations.get'>

/** Whether papers of a compilation are frozen: of a notice they are when it is issued, of others when they are signed. */
async function wentOut(context: Context, compilationId: string): Promise<boolean> {
  return (await papersOf(context.trx, { caseId: null, compilationId })).length > 0
}

/** The number a notice of 专项核查 bears; empty while it has none. */
async function numberOf(context: Context, compilationId: string): Promise<string> {
  const given = await numberOfCompilation(context.trx, compilationId)
  return given === undefined ? '' : numberText((await profileNow(context)).numbering.word, given.year, given.n)
}

/** How far a 专项核查 has come; null for other papers, and before its notice went out. */
async function progressOf(context: Context, { id, subject }: StoredCompilation): Promise<Shown['inspection']> {
  if (subject.kind !== 'inspectionNotice' || !(await wentOut(context, id))) return null
  const entries = await inspectionEntries(context.trx, id)
  const states = subject.enterpriseIds.map((one) =>
    inspectionState(entries.filter((each) => each.enterpriseId === one)),
  )
  return {
    done: states.filter((one) => one === '已办结').length,
    of: states.length,
    closed: entries.some((one) => one.kind === 'closure'),
  }
}

async function rowOf(context: Context, value: StoredCompilation): Promise<HandlerOutput<'compilations.list'>[number]> {
  const { id, subject, title, state, updatedAt, drafterId } = value
  return {
    ...{ id, subject, title, state, updatedAt, level: boundOf(value).level },
    drafter: nameOf(context, drafterId),
    mine: drafterId === context.account.id,
    inspection: await progressOf(context, value),
  }
}

async function shown(context: Context, value: StoredCompilation): Promise<Shown> {
  const { trx } = context
  const { texts, figures, version, deciderId, decidedAt, opinion, reclassified: line } = value
  const bound = boundOf(value)
  const grown = await outgrown(context, value)
  const sources = []
  for (const caseId of await sourcesOf(trx, value.id))
    sources.push({ caseId, matter: (await caseOf(context, caseId)).matter })
  context.note({ level: bound.level })
  return {
    ...(await rowOf(context, value)),
    ...{ texts, figures, version, sources, decidedAt, opinion },
    mark: markText(bound),
    number: await numberOf(context, value.id),
    outgrown: grown && { mark: grown.undecided ? null : markText(grown), undecided: grown.undecided },
    reclassified: line && { by: nameOf(context, line.by), at: line.at, reason: line.reason },
    archivalCode: (await filesByPiece(context)) ? ((await pieceOfCompilation(trx, value.id))?.code ?? '') : null,
    papers: await papersOf(trx, { caseId: null, compilationId: value.id }),
    decider: deciderId === null ? '' : nameOf(context, deciderId),
  }
}

/** A draft of this account. Errors: `compilations.notYours`, `compilations.notDraft`. */
async function ownDraft(context: Context, compilationId: string): Promise<StoredCompilation> {
  const row = (await findCompilation(context.trx, compilationId)) ?? fail('compilations.unknown')
  if (row.drafterId !== context.account.id) fail('compilations.notYours')
  return row.state === 'draft' ? row : fail('compilations.notDraft', { state: row.state })
}

/** Counts a draft anew with the given words, and keeps what it is drawn from now. */
async function redrawn(
  context: Context,
  row: StoredCompilation,
  texts: StoredCompilation['texts'],
): Promise<StoredCompilation> {
  if (texts.kind !== row.subject.kind) fail('compilations.otherKind')
  const { title, figures, sources, level, term } = await draw(context, row.subject)
  await setSources(context.trx, row.id, sources)
  return { ...row, texts, title, figures, level, term, version: row.version + 1, updatedAt: context.now }
}

/** One that waits for this leader. Errors: `compilations.notSubmitted`, `compilations.samePerson`, `compilations.levelRose`. */
async function awaited(context: Context, compilationId: string): Promise<StoredCompilation> {
  const { trx, account, now } = context
  const row = (await findCompilation(trx, compilationId)) ?? fail('compilations.unknown')
  if (row.state !== 'submitted') fail('compilations.notSubmitted', { state: row.state })
  if (row.drafterId === account.id) fail('compilations.samePerson')
  return { ...row, deciderId: account.id, decidedAt: now, updatedAt: now }
}

/** What it was drawn from is signed, and binds no more than it did. */
async function assertSources(context: Context, row: StoredCompilation): Promise<void> {
  const sources = await sourcesOf(context.trx, row.id)
  for (const caseId of sources) await assertCaseActs(context, caseId)
  const bound = await inherited(context, sources)
  if (outgrows(bound, row, dayInChina(context.now))) fail('compilations.levelRose')
}

export const compilationHandlers = {
  ...inspectionHandlers,

  'compilations.list': async (context) => {
    const known = await compilationsInScope(context.trx, context.account)
    const rows = []
    for (const one of await listCompilations(context.trx, known())) rows.push(await rowOf(context, one))
    return rows
  },

  'compilations.leaders': async (context, about) => leadersFor(context, about),

  'compilations.draft': async (context, { subject }) => {
    const { trx, now, account } = context
    const { title, figures, texts, sources, level, term } = await draw(context, subject)
    const value: StoredCompilation = {
      id: context.newId(),
      ...{ subject, texts, figures, title, level, term, reclassified: null },
      office: account.office,
      state: 'draft',
      version: 1,
      drafterId: account.id,
      createdAt: now,
      updatedAt: now,
      submittedAt: null,
      deciderId: null,
      decidedAt: null,
      opinion: '',
    }
    await insertCompilation(trx, value)
    await setSources(trx, value.id, sources)
    context.note({ objectKind: 'compilation', objectId: value.id })
    return shown(context, value)
  },

  'compilations.get': async (context, { compilationId }) => {
    const row = (await findCompilation(context.trx, compilationId)) ?? fail('compilations.unknown')
    if (row.state === 'approved') await assertCompilationActs(context, compilationId)
    return shown(context, row)
  },

  'compilations.save': async (context, { compilationId, version, texts }) => {
    const row = await ownDraft(context, compilationId)
    if (row.version !== version) fail('compilations.stale')
    const value = await redrawn(context, row, texts)
    await changeCompilation(context.trx, value)
    return shown(context, value)
  },

  'compilations.preview': {
    long: async (context, { compilationId, texts }) => {
      const wanted = await context.read(async (inside) => {
        const row = (await findCompilation(inside.trx, compilationId)) ?? fail('compilations.unknown')
        const made = row.state === 'approved' ? (row.decidedAt ?? inside.now) : inside.now
        inside.note({ level: row.level })
        return compilationPaper(inside, row.state === 'draft' && texts !== null ? { ...row, texts } : row, {
          copyNumber: 1,
          made,
        })
      })
      const file = await printPaper(context, wanted, 'pdf')
      context.note({ detail: { substituted: file.substitutions.map((one) => one.wanted).join('、') } })
      return {
        pdf: new Uint8Array(file.bytes),
        substitutions: [...file.substitutions],
        missing: [...file.missing],
      }
    },
  },

  'compilations.submit': async (context, { compilationId }) => {
    const row = await ownDraft(context, compilationId)
    const field = textsFault(row.texts)
    if (field !== null) fail('compilations.incomplete', { field })
    const value = { ...(await redrawn(context, row, row.texts)), state: 'submitted' as const, submittedAt: context.now }
    await changeCompilation(context.trx, value)
    return shown(context, value)
  },

  'compilations.decide': {
    long: async (context, { compilationId, decision, opinion }) => {
      if (decision === 'returned') {
        if (opinion === '') fail('compilations.reasonMissing')
        return context.commit(async (inside) => {
          const row = await awaited(inside, compilationId)
          const value = { ...row, state: 'draft' as const, submittedAt: null, opinion }
          await changeCompilation(inside.trx, value)
          return shown(inside, value)
        })
      }
      const approved = (row: StoredCompilation) => ({ ...row, state: 'approved' as const, opinion })
      const wanted = await context.read(async (inside) => {
        const row = await awaited(inside, compilationId)
        await assertSources(inside, row)
        return compilationPaper(inside, approved(row), { copyNumber: 1, made: inside.now })
      })
      // A notice is frozen when it goes out, under its number (Art. 4, 19).
      const made = wanted.kind === 'inspectionNotice' ? [] : await makePapers(context, [wanted])
      return context.commit(async (inside) => {
        const value = approved(await awaited(inside, compilationId))
        await assertSources(inside, value)
        await changeCompilation(inside.trx, value)
        const { kind } = value.subject
        const sources = await sourcesOf(inside.trx, compilationId)
        const object = {
          objectKind: 'compilation',
          objectId: compilationId,
          objectHash: compilationHash(value, sources),
        }
        await inside.act({ kind: 'compilations.decide', ...object })
        await freezeHeld(inside, { caseId: null, compilationId }, made)
        for (const caseId of sources)
          await noteEvent(inside, caseId, `compilations.${kind}`, compilationArticles[kind], { text: value.title })
        return shown(inside, value)
      })
    },
  },

  'compilations.issue': {
    long: async (context, { compilationId }) => {
      const ready = async (inside: Context) => {
        await assertBound(inside, compilationId)
        const row = (await findCompilation(inside.trx, compilationId)) ?? fail('compilations.unknown')
        if (row.subject.kind !== 'inspectionNotice') fail('compilations.otherKind')
        if (await wentOut(inside, compilationId)) fail('compilations.issued')
        const number = (await numberOfCompilation(inside.trx, compilationId)) ?? fail('compilations.notNumbered')
        return { row, numberId: number.id }
      }
      const wanted = await context.read(async (inside) => {
        const { row } = await ready(inside)
        return compilationPaper(inside, row, { copyNumber: 1, made: inside.now })
      })
      const made = await makePapers(context, [wanted])
      return context.commit(async (inside) => {
        const { row, numberId } = await ready(inside)
        const objectHash = issueHash({ id: row.id, numberId })
        await inside.act({ kind: 'compilations.issue', objectKind: 'compilation', objectId: row.id, objectHash })
        await freezeHeld(inside, { caseId: null, compilationId }, made)
        return shown(inside, row)
      })
    },
  },

  'compilations.reclassify': {
    long: async (context, { compilationId, reason }) => {
      const id = context.newId()
      const wanted = await context.read(async (inside) => {
        const { value } = await reclassified(inside, compilationId, { id, reason })
        const papers = await papersOf(inside.trx, { caseId: null, compilationId })
        const edition = Math.max(0, ...papers.map((one) => one.edition)) + 1
        const paper = { ...(await compilationPaper(inside, value, { copyNumber: 1, made: inside.now })), edition }
        return { ...paper, formats: papers.length === 0 ? [] : paper.formats }
      })
      const made = await makePapers(context, [wanted])
      return context.commit(async (inside) => {
        const { value, line } = await reclassified(inside, compilationId, { id, reason })
        await bindAnew(inside, compilationId, line)
        if (line.level !== wanted.level) fail('compilations.levelRose')
        await freezeHeld(inside, { caseId: null, compilationId }, made)
        return shown(inside, value)
      })
    },
  },

  'compilations.file': async (context, { compilationId }) => {
    await assertBound(context, compilationId)
    const value = (await findCompilation(context.trx, compilationId)) ?? fail('compilations.unknown')
    if (!(await wentOut(context, compilationId))) fail('inspections.notIssued')
    await fileCompilation(context, value, await numberOf(context, compilationId))
    return shown(context, value)
  },

  'compilations.withdraw': async (context, { compilationId, reason }) => {
    const value = { ...(await ownDraft(context, compilationId)), state: 'withdrawn' as const, opinion: reason }
    await changeCompilation(context.trx, value)
    return shown(context, value)
  },
} satisfies Partial<Handlers>
