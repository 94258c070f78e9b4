import { basename } from 'node:path'
import {
  bundleByDigest,
  editionsOfVolume,
  findVolume,
  listVolumes,
  matterOf,
  replaceItems,
  type StoredVolume,
} from '#db/repositories/archive.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { referralsOfCase } from '#db/repositories/referrals.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { judgeGroup, type NamedVerdict } from '#electron/sealing/group.ts'
import { confirmsIssuer } from '#electron/sealing/judge.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Verdict } from '#shared/domain/archive.ts'
import { assertStage, caseOf, nameOf, recordEvent, take } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import type { VerifyInput, VerifyOutput } from '../jobs/verify.ts'
import { checkableOf, checkPackage } from './checks.ts'
import { assertAnswers, moveVolume, shownCustody } from './custody.ts'
import { checkBeforeFiling, file } from './filing.ts'
import { pieceHandlers } from './pieces.ts'
import { readRecipient } from './recipients.ts'
import { sealingHandlers } from './sealing.ts'
import { assertKnowsAll, shownItems, shownVolume, shownVolumes } from './shown.ts'
import { assemble, assertWhole, openAgain, paged } from './volume.ts'

async function volumeOf(context: Context, caseId: string, volumeId: string): Promise<StoredVolume> {
  return (await findVolume(context.trx, caseId, volumeId)) ?? fail('archive.unknownVolume')
}

/**
 * The verdict on a sealed file by the register: it vouches for the bytes; the issuer is confirmed only by a fingerprint
 * from paper (DESIGN §8).
 */
async function registered(context: Context, sha256: string, caFingerprint: string): Promise<Verdict> {
  const known = await bundleByDigest(context.trx, sha256)
  const own = context.session.archive.ledger.authorities().map(certificateFingerprint)
  const confirmed = own.some((one) => confirmsIssuer(caFingerprint, one))
  const detail = known
    ? `与移交登记第${known.sequence}号的摘要一致`
    : '不是本档案库封出的包，或封出后有改动；请接收单位用接收密钥打开后验证'
  const verdict: Verdict = {
    colour: known ? (confirmed ? 'green' : 'amber') : 'red',
    checks: [{ code: 'register', passed: known !== undefined, detail }],
    signer: known ? nameOf(context, known.account_id) : '',
    signedAt: known?.sealed_at ?? '',
  }
  if (known === undefined || known.bag.count === 1) return verdict
  const { number, count } = known.bag
  // Bundles of one request belong together; the register stands for index and sender.
  return { ...verdict, bag: { number, count, group: known.batchId, index: known.batchId, authority: '' } }
}

export const archiveHandlers = {
  ...sealingHandlers,
  ...pieceHandlers,

  'archive.list': async ({ trx, account }) => {
    const volumes = await listVolumes(trx, casesInScope(trx, account.id))
    const list = []
    for (const volume of await shownVolumes({ trx, account }, volumes))
      list.push({ ...volume, matter: await matterOf(trx, volume.caseId) })
    return list
  },

  'archive.assemble': async (context, { caseId }) => {
    const row = await assertStage(context, caseId, ['filing'])
    const volume = await assemble(context, row)
    await recordEvent(context, caseId, 'archive.assemble', 20, { text: volume.archivalCode })
    return shownVolume(context, volume)
  },

  'archive.get': async (context, { caseId, volumeId }) =>
    shownVolume(context, await volumeOf(context, caseId, volumeId)),

  'archive.arrange': async (context, { caseId, volumeId, order }) => {
    const volume = await volumeOf(context, caseId, volumeId)
    if (volume.state !== 'open') fail('archive.volumeFiled')
    assertAnswers(context, await caseOf(context, caseId), volume)
    const byId = new Map(volume.items.map((item) => [item.id, item]))
    const moved = order.flatMap((id) => byId.get(id) ?? [])
    if (moved.length !== volume.items.length || new Set(order).size !== order.length) fail('archive.orderIncomplete')
    await replaceItems(context.trx, volumeId, paged(moved))
    await recordEvent(context, caseId, 'archive.arrange', 20)
    return shownVolume(context, await volumeOf(context, caseId, volumeId))
  },

  'archive.handOver': async (context, { caseId, volumeId, note }) => {
    const row = await assertStage(context, caseId, ['filing'])
    await assertWhole(context, caseId)
    await assertKnowsAll(context, caseId)
    // The volume has to say where everything is: what is on its way is signed for first (Art. 20).
    const underway = (await referralsOfCase(context.trx, caseId)).find((one) => one.state === 'sent')
    if (underway) fail('referrals.unanswered', { number: underway.number })
    return moveVolume(context, row, await volumeOf(context, caseId, volumeId), 'handed', note)
  },

  'archive.receive': async (context, { caseId, volumeId, note }) => {
    const row = await assertStage(context, caseId, ['filing'])
    await assertKnowsAll(context, caseId)
    return moveVolume(context, row, await volumeOf(context, caseId, volumeId), 'received', note)
  },

  'archive.return': async (context, { caseId, volumeId, reason }) => {
    const row = await assertStage(context, caseId, ['filing'])
    const returned = await moveVolume(context, row, await volumeOf(context, caseId, volumeId), 'returned', reason)
    return shownVolume(context, returned)
  },

  'archive.custody': async (context, { caseId, volumeId }) => {
    await volumeOf(context, caseId, volumeId)
    return shownCustody(context, volumeId)
  },

  'archive.check': {
    long: async (context, input) => {
      const { caseId, volumeId } = input
      const find = (inside: Context) => volumeOf(inside, caseId, volumeId)
      const volume = await context.read(find)
      if (volume.state === 'open') return checkBeforeFiling(context, find, input)
      return checkPackage(
        context,
        await context.read(async (inside) => {
          await assertKnowsAll(inside, caseId)
          return checkableOf(inside, volume)
        }),
      )
    },
  },

  'archive.file': {
    long: (context, input) => file(context, (inside) => volumeOf(inside, input.caseId, input.volumeId), input),
  },

  'archive.reopen': async (context, { caseId, volumeId, reason }) => {
    const volume = await volumeOf(context, caseId, volumeId)
    await take(context, caseId, 'reopenVolume')
    const opened = await openAgain(context, volume, reason)
    await recordEvent(context, caseId, 'archive.reopen', 20, { text: reason })
    return shownVolume(context, opened)
  },

  'archive.editions': async (context, { caseId, volumeId }) => {
    await volumeOf(context, caseId, volumeId)
    const editions = await editionsOfVolume(context.trx, volumeId)
    const closed = await closedIds(context.trx, context.account, caseId)
    return editions.map((one) => ({ ...one, items: shownItems(one.items, closed), by: nameOf(context, one.by) }))
  },

  'archive.recipient': async (_context, { certificateFile }) => {
    const { name, fingerprint, notAfter } = await readRecipient(certificateFile)
    return { subject: name, fingerprint, notAfter }
  },

  'archive.verify': {
    long: async (context, { files, caFingerprint, job }) => {
      const bundles: NamedVerdict[] = []
      const kinds = new Set<VerifyOutput['kind']>()
      for (const file of files) {
        const output = await context.jobs.run<VerifyInput, VerifyOutput>(
          'verify',
          { file, caFingerprint },
          { progress: (progress) => context.push('jobs.progress', { job, ...progress }) },
        )
        kinds.add(output.kind)
        const verdict =
          output.kind === 'opened'
            ? output.verdict
            : await context.read((inside) => registered(inside, output.sha256, caFingerprint))
        bundles.push({ name: basename(file), verdict })
      }
      // A sealed bundle is known by its line, an opened one by its own index: the two are not held against each other.
      return { bundles, group: files.length > 1 && kinds.size === 1 ? judgeGroup(bundles) : null }
    },
  },
} satisfies Partial<Handlers>
