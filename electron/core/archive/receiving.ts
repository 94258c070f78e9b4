import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  findReceiving,
  insertReceiving,
  listReceivings,
  nextReceiving,
  receivedBefore,
  receivedOfGroup,
  type StoredReceiving,
} from '#db/repositories/receivings.ts'
import { certificateFingerprint, readPem } from '#electron/crypto/certificates.ts'
import { contentKey } from '#electron/crypto/cms-enveloped.ts'
import { sameGroup } from '#electron/sealing/group.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Verdict } from '#shared/domain/archive.ts'
import { missingBags } from '#shared/domain/bags.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { receivingNumber } from '#shared/domain/receivings.ts'
import { levelRank } from '#shared/domain/secrecy.ts'
import { encryptionKeyOf } from '../accounts/unlock.ts'
import { validActs } from '../audit/acts.ts'
import { objectHash } from '../audit/object-hash.ts'
import { findBlob, insertBlob, openBlob, readBlobBytes, writeBlob } from '../blobs.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers, Outside } from '../context.ts'
import type { OpenInput, OpenOutput } from '../jobs/open.ts'
import { assertFolder, exportFile } from '../papers/export.ts'
import { printPaper } from '../papers/freeze.ts'
import { archiveLayout } from '../session/folder.ts'
import type { OpenArchive } from '../session/types.ts'
import { receiptForm } from './forms.ts'
import { typedDigits } from './recipients.ts'

/** Largest file the window shows; a longer one is taken from the volume by the archivist. */
const largestShown = 64 * 1024 * 1024

/** An opened bundle somebody is looking at: its tar is an attachment no row knows, so a killed program sweeps it. */
interface Hold {
  readonly id: string
  readonly accountId: string
  readonly output: OpenOutput & { readonly opened: NonNullable<OpenOutput['opened']> }
}
const holds = new WeakMap<OpenArchive, Hold>()

/** Forgets what is held and removes its bytes. */
async function discard(context: Outside): Promise<void> {
  const { archive } = context.session
  const held = holds.get(archive)
  holds.delete(archive)
  if (held) await rm(join(archiveLayout(archive.folder).blobs, held.output.opened.blob.id), { force: true })
}

function heldOf(context: Outside, holdId: string): Hold {
  const held = holds.get(context.session.archive)
  return held?.id === holdId && held.accountId === context.account.id ? held : fail('receivings.notHeld')
}

/** What 接收 decides upon: this consignment, these bytes, under this number. */
function receivingHash(value: StoredReceiving): string {
  const { id, number, deliveryId, sender, signer, signedAt, authority, sequence, archivalCode, title } = value
  const { level, files, bytes, sha256, receivedAt, contents } = value
  const consignment = { deliveryId, sender, signer, signedAt, authority, sequence, archivalCode, title, level }
  return objectHash({ id, number, ...consignment, files, bytes, sha256, receivedAt, contents })
}

type Bag = NonNullable<Verdict['bag']>

/** What of a case in several bundles was received, this one apart, and what has not come. */
async function keptOfGroup(context: Context, bag: Bag | undefined) {
  if (bag === undefined) return { kept: [], missing: [] }
  const own = (await receivedOfGroup(context.trx, bag.group)).filter(({ bag: { number } }) => number !== bag.number)
  return {
    kept: own.map((one) => ({ bag: one.bag.number, as: one.number })),
    missing: missingBags(bag.count, [bag.number, ...own.map((one) => one.bag.number)]),
  }
}

/** Numbers of received bundles that name the same group and do not belong with this one: another index, or its very place. */
async function strangersOfGroup(context: Context, bag: Bag, deliveryId: string): Promise<string[]> {
  const others = (await receivedOfGroup(context.trx, bag.group)).filter((one) => one.deliveryId !== deliveryId)
  return others.flatMap(({ number, contents: { verdict } }) => {
    const theirs = verdict.bag
    return theirs && sameGroup(theirs, bag) && theirs.number !== bag.number ? [] : [number]
  })
}

function consignmentOf({ verdict, sha256, opened: { contents } }: Hold['output']) {
  const { delivery } = contents
  return {
    deliveryId: delivery.id,
    sender: delivery.sender.unit,
    signer: verdict.signer,
    signedAt: verdict.signedAt,
    authority: delivery.sender.authority,
    sequence: delivery.sequence,
    archivalCode: delivery.archivalCode,
    title: contents.title,
    level: delivery.level,
    bag: { number: delivery.bag.number, count: delivery.bag.count },
    files: delivery.files,
    bytes: delivery.bytes,
    sha256,
  }
}

function row(context: Outside, { blobId, receiptBlobId, contents, ...value }: StoredReceiving) {
  return { ...value, by: nameOf(context, value.receivedBy) }
}

/**
 * A line the account may read, as it was signed. Errors: `receivings.unknown`, `acts.invalid` when somebody wrote into
 * the register without the right to.
 */
async function receivingOf(context: Context, receivingId: string): Promise<StoredReceiving> {
  const { trx, account, session } = context
  const { ledger } = session.archive
  const found = await findReceiving(trx, receivingId)
  if (!found || (found.receivedBy !== account.id && !account.roles.includes('archivist')))
    return fail('receivings.unknown')
  const acts = await validActs(trx, ledger, 'receiving', found.id)
  const hash = receivingHash(found)
  const signed = acts.some(
    (act) => act.kind === 'receivings.receive' && act.objectHash === hash && act.accountId === found.receivedBy,
  )
  if (!signed) fail('acts.invalid', { object: 'receiving', id: found.id, act: 'receivings.receive' })
  context.note({ objectKind: 'receiving', objectId: found.id, level: found.level })
  return found
}

export const receivingHandlers = {
  'receivings.certificate': {
    long: async (context, { folder }) => {
      await assertFolder(folder)
      const { encryptionCertificate, login } = context.session.archive.identity
      const file = await exportFile(folder, `接收证书-${login}.crt.pem`, Buffer.from(encryptionCertificate, 'utf8'))
      const { notAfter } = readPem(encryptionCertificate)
      return { file, fingerprint: certificateFingerprint(encryptionCertificate), notAfter }
    },
  },

  'receivings.open': {
    long: async (context, { file, caFingerprint, job }) => {
      const { archive } = context.session
      const { identity, ledger } = archive
      if (caFingerprint.replaceAll(/[^0-9A-Fa-f]/g, '').length < typedDigits)
        fail('archive.fingerprintShort', { digits: typedDigits })
      await discard(context)
      const recipient = { certificate: identity.encryptionCertificate, key: encryptionKeyOf(archive) }
      const key = await contentKey(file, recipient).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'EACCES'].includes(String(error.code)))
          fail('receivings.noFile')
        throw error
      })
      const output = await context.jobs
        .run<OpenInput, OpenOutput>(
          'open',
          {
            file,
            contentKey: key,
            blobs: archiveLayout(archive.folder).blobs,
            judge: {
              caFingerprint,
              recipient: certificateFingerprint(identity.encryptionCertificate),
              trial: ledger.kind === 'trial',
            },
          },
          { progress: (progress) => context.push('jobs.progress', { job, ...progress }) },
        )
        .finally(() => key.fill(0))
      const { verdict, opened } = output
      const nothing = {
        holdId: null,
        consignment: null,
        items: [],
        alreadyAs: null,
        earlier: [],
        kept: [],
        missing: [],
      }
      if (!opened) return { ...nothing, verdict }
      const held: Hold = { id: context.newId(), accountId: context.account.id, output: { ...output, opened } }
      holds.set(archive, held)
      const { delivery } = opened.contents
      if (levelRank(delivery.level) > levelRank(ledger.machineLevel)) {
        await discard(context)
        fail('secrecy.aboveMachine', { level: ledger.machineLevel })
      }
      const consignment = consignmentOf(held.output)
      const { bag } = verdict
      const strangers = await context.read((inside) =>
        bag ? strangersOfGroup(inside, bag, consignment.deliveryId) : Promise.resolve([]),
      )
      if (strangers.length > 0) {
        await discard(context)
        const foreign = { code: 'group', passed: false, detail: `与已接收的${strangers.join('、')}不是同一案的分包` }
        const checks = [...verdict.checks.filter(({ code }) => code !== 'group'), foreign]
        return { ...nothing, verdict: { ...verdict, colour: 'red', checks } }
      }
      const before = await context.read(async (inside) => ({
        ...(await receivedBefore(inside.trx, consignment, bag?.group ?? null)),
        ...(await keptOfGroup(inside, bag)),
      }))
      if (before.alreadyAs !== null) await discard(context)
      return {
        holdId: before.alreadyAs === null ? held.id : null,
        verdict,
        consignment,
        items: [...opened.contents.items],
        ...before,
      }
    },
  },

  'receivings.discard': async (context, { holdId }) => {
    heldOf(context, holdId)
    await discard(context)
    return {}
  },

  'receivings.receive': {
    long: async (context, { holdId, note }) => {
      const { id: receivingId, output } = heldOf(context, holdId)
      const { blob, contents } = output.opened
      const year = Number(dayInChina(context.now).slice(0, 4))
      const consignment = consignmentOf(output)
      const n = await context.read(({ trx }) => nextReceiving(trx, year))
      const number = receivingNumber(year, n)
      const form = await context.read((inside) =>
        receiptForm(inside, { number, consignment, delivery: contents.delivery, pieces: contents.items.length }),
      )
      const { bytes } = await printPaper(context, form, 'pdf')
      const receipt = await writeBlob(archiveLayout(context.session.archive.folder).blobs, bytes)
      return context.commit(async (inside) => {
        const { trx, now, account } = inside
        heldOf(inside, holdId)
        if ((await receivedBefore(trx, consignment, null)).alreadyAs !== null) fail('receivings.already')
        if ((await nextReceiving(trx, year)) !== n) fail('receivings.numberTaken')
        await insertBlob(trx, blob, { name: `${consignment.deliveryId}.tar`, mediaType: 'application/x-tar', now })
        await insertBlob(trx, receipt, { name: `${form.title}.pdf`, mediaType: 'application/pdf', now })
        const value: StoredReceiving = {
          id: receivingId,
          number,
          ...consignment,
          receivedAt: now,
          receivedBy: account.id,
          note,
          blobId: blob.id,
          receiptBlobId: receipt.id,
          contents: { items: contents.items, files: contents.files, verdict: output.verdict },
        }
        await insertReceiving(trx, value, { year, n })
        await inside.act({
          kind: 'receivings.receive',
          objectKind: 'receiving',
          objectId: value.id,
          objectHash: receivingHash(value),
        })
        inside.note({ objectKind: 'receiving', objectId: value.id, level: value.level })
        holds.delete(inside.session.archive)
        return row(inside, value)
      })
    },
  },

  'receivings.list': async (context) => {
    const { trx, account } = context
    const mine = account.roles.includes('archivist') ? null : account.id
    return (await listReceivings(trx, mine)).map((one) => row(context, one))
  },

  'receivings.get': async (context, { receivingId }) => {
    const found = await receivingOf(context, receivingId)
    const { items, files, verdict } = found.contents
    const group = await keptOfGroup(context, verdict.bag)
    return { ...row(context, found), ...group, items: [...items], parts: [...files], verdict }
  },

  'receivings.file': {
    long: async (context, { receivingId, path }) => {
      const { blobs } = archiveLayout(context.session.archive.folder)
      const { file, blob } = await context.read(async (inside) => {
        const found = await receivingOf(inside, receivingId)
        const known = found.contents.files.find((one) => one.path === path)
        if (path !== 'receipt' && !known) fail('receivings.unknownFile')
        const blobId = known ? found.blobId : found.receiptBlobId
        return { file: known, blob: await findBlob(inside.trx, blobId) }
      })
      if (!file) return { bytes: new Uint8Array(await readBlobBytes(blobs, blob)), mediaType: 'application/pdf' }
      if (file.size > largestShown) fail('receivings.fileTooLarge', { limit: largestShown / 1024 / 1024 })
      const tar = await openBlob(blobs, blob)
      try {
        return { bytes: new Uint8Array(await tar.read(file.offset, file.size)), mediaType: file.mediaType }
      } finally {
        await tar.close()
      }
    },
  },

  'receivings.receipt': {
    long: async (context, { receivingId, folder }) => {
      await assertFolder(folder)
      const { number, blob } = await context.read(async (inside) => {
        const found = await receivingOf(inside, receivingId)
        return { number: found.number, blob: await findBlob(inside.trx, found.receiptBlobId) }
      })
      const bytes = await readBlobBytes(archiveLayout(context.session.archive.folder).blobs, blob)
      return { file: await exportFile(folder, `移交接收登记表（${number}）.pdf`, bytes) }
    },
  },
} satisfies Partial<Handlers>
