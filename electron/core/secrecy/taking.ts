import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fail } from '#shared/contract/errors.ts'
import { csvOf } from '#shared/domain/case-columns.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { discLabel, discRegister, watermarkText } from '#shared/domain/copies.ts'
import type { Holder } from '#shared/domain/papers.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { findBlob, readBlobBytes } from '../blobs.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Handlers, LongContext } from '../context.ts'
import { assertFolder, exportFile, safeName } from '../papers/export.ts'
import { archiveLayout } from '../session/folder.ts'
import { type PaperTicket, spendTicket, unwritten, usablePaperTicket } from './using.ts'

/** A ticket with the bytes it lets out and the copy that comes of it. */
interface Leaving {
  readonly ticket: PaperTicket
  readonly bytes: Buffer
  readonly copyId: string
}

function copiesOf(leaving: readonly Leaving[]): readonly string[] {
  return leaving.map((one) => one.copyId)
}

interface Taken {
  readonly file: string
  readonly sha256: string
  readonly label: string
}

export const takingHandlers = {
  'copies.take': {
    long: async (context, { ticketId, folder, ...holder }) => {
      await assertFolder(folder)
      const leaving = await ready(context, holder, [ticketId])
      const [one] = leaving
      if (one === undefined) return fail('copies.unknownTicket')
      const { sha256, label } = one.ticket
      const done = await useUp(context, holder, leaving, folder, () => ({ file: '', sha256, label }))
      const [taken] = await writeOut(context, leaving, folder)
      return { ...done, file: taken?.file ?? '' }
    },
  },

  'copies.takeAll': {
    long: async (context, { ticketIds, folder, ...holder }) => {
      await assertFolder(folder)
      const leaving = await ready(context, holder, [...new Set(ticketIds)])
      const burning = leaving.filter(({ ticket }) => ticket.act === 'burn')
      // One disc is one request: one recipient, one number, one register.
      if (burning.length > 0 && new Set(leaving.map(({ ticket }) => ticket.batchId)).size > 1) fail('copies.mixedDisc')
      const done = await useUp(context, holder, leaving, folder, () => ({ folder, files: [] as Taken[] }))
      const disc = burning.length > 0 ? await discFolder(context, folder, leaving) : folder
      const files = await writeOut(context, leaving, disc)
      if (burning.length > 0) await writeDisc(context, leaving, files, disc)
      return { ...done, folder: disc, files }
    },
  },

  'copies.printers': {
    long: async (context) => [...(await context.session.printing.names())],
  },

  'copies.print': {
    long: async (context, { ticketId, printer, ...holder }) => {
      const { printing, archive } = context.session
      // Nothing is spent on a printer that is not there.
      if (!(await printing.names()).includes(printer)) fail('copies.noPrinter')
      const leaving = await ready(context, holder, [ticketId])
      const [one] = leaving
      if (one === undefined) return fail('copies.unknownTicket')
      const { act, format, sha256, label, recipient, level } = one.ticket
      if (act !== 'print' || format !== 'pdf') fail('copies.notForPrinting')
      const done = await useUp(context, holder, leaving, printer, () => ({ sha256, label }))
      const at = `${officialDay(dayInChina(context.now))} ${clockInChina(context.now).slice(0, 5)}`
      const copy = { label, recipient, by: context.account.name, at }
      const watermark = watermarkText(copy, level, policyValue(archive.ledger, 'printWatermark'))
      const outcome = await printing.print({ printer, pdf: new Uint8Array(one.bytes), watermark })
      if (outcome === 'printed') return done
      // Nothing heard is not nothing printed: such a copy stays out until somebody has looked.
      if (outcome === 'unsure') return fail('copies.printUnsure', { label })
      await unwritten(context, copiesOf(leaving))
      return fail('copies.notPrinted', { label })
    },
  },
} satisfies Partial<Handlers>

/** The tickets, each usable now, with bytes that are what was approved. Errors: those of `usable`, `copies.bytesDiffer`. */
async function ready<O>(context: LongContext<O>, holder: Holder, ticketIds: readonly string[]): Promise<Leaving[]> {
  const blobs = archiveLayout(context.session.archive.folder).blobs
  const leaving: Leaving[] = []
  for (const ticketId of ticketIds) {
    const { ticket, bytes } = await context.read(async (inside) => {
      const one = await usablePaperTicket(inside, holder, ticketId)
      return { ticket: one, bytes: await readBlobBytes(blobs, await findBlob(inside.trx, one.blobId)) }
    })
    if (createHash('sha256').update(bytes).digest('hex') !== ticket.sha256) fail('copies.bytesDiffer')
    leaving.push({ ticket, bytes, copyId: context.newId() })
  }
  return leaving
}

/** Uses the tickets up and enters their copies, before anything is written: a copy nobody knows of must not exist (实施条例 27). */
async function useUp<O>(
  context: LongContext<O>,
  holder: Holder,
  leaving: readonly Leaving[],
  place: string,
  answer: () => O,
): Promise<O> {
  return context.commit(async (inside) => {
    for (const { ticket, copyId } of leaving) {
      const one = await usablePaperTicket(inside, holder, ticket.id)
      const { paperId, label, sha256, act } = one
      const printer = act === 'print' ? place : ''
      await spendTicket(inside, one, { copyId, sha256, medium: one.medium === '' ? printer : one.medium, place })
      const detail =
        leaving.length === 1
          ? { paperId, ticketId: one.id, label, sha256, printer }
          : { tickets: leaving.map((each) => each.ticket.id).join(' '), count: leaving.length }
      inside.note({ level: one.level, detail })
    }
    return answer()
  })
}

/** Writes the copies; a number that came to nothing is spent, and the register says that no copy came of it. */
async function writeOut<O>(context: LongContext<O>, leaving: readonly Leaving[], folder: string): Promise<Taken[]> {
  const taken: Taken[] = []
  try {
    for (const { ticket, bytes } of leaving) {
      const { title, copyNumber, parentId, label, format, sha256 } = ticket
      const name = `${title}${copyNumber > 1 || parentId !== null ? `-${label}` : ''}.${format}`
      taken.push({ file: await exportFile(folder, name, bytes), sha256, label })
    }
    return taken
  } catch (error) {
    await unwritten(context, copiesOf(leaving.slice(taken.length)))
    throw error
  }
}

/** A folder nobody has yet, named after the disc. */
async function discFolder<O>(context: LongContext<O>, folder: string, leaving: readonly Leaving[]): Promise<string> {
  const [first] = leaving
  const number = first?.ticket.medium || first?.ticket.label || ''
  try {
    for (let attempt = 1; ; attempt += 1) {
      const name = `刻录-${number}-${dayInChina(context.now)}${attempt === 1 ? '' : `（${attempt}）`}`
      const disc = join(folder, safeName(name))
      const made = await mkdir(disc, { mode: 0o700 }).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error
          return false
        },
      )
      if (made) return disc
    }
  } catch (error) {
    await unwritten(context, copiesOf(leaving))
    return fail('papers.disk', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' })
  }
}

/** What goes on the disc beside the papers: the text of its label, its register, and the digests a stranger can check. */
async function writeDisc<O>(
  context: LongContext<O>,
  leaving: readonly Leaving[],
  files: readonly Taken[],
  disc: string,
): Promise<void> {
  const { ledger } = context.session.archive
  const copies = leaving.map(({ ticket, bytes }, index) => ({
    ...ticket,
    file: basename(files[index]?.file ?? ''),
    size: bytes.length,
    decider: ticket.deciderId === null ? '' : nameOf(context, ticket.deciderId),
  }))
  const made = { unit: ledger.unit, trial: ledger.kind === 'trial', by: context.account.name }
  const day = officialDay(dayInChina(context.now))
  const digests = copies.map((one) => `${one.sha256}  ${one.file}\n`).join('')
  await exportFile(disc, '盘面标签.txt', Buffer.from(discLabel(copies, { ...made, day }), 'utf8'))
  await exportFile(disc, '刻录登记.csv', Buffer.from(csvOf(discRegister(copies, { ...made, day })), 'utf8'))
  await exportFile(disc, 'SHA256SUMS', Buffer.from(digests, 'utf8'))
}
