import { randomBytes } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { insertInterview, updateInterview } from '#db/repositories/interviews.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import type { CheckItem, Volume } from '#shared/domain/archive.ts'
import type { Carrier } from '#shared/domain/bags.ts'
import type { Intake } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { ProposalInput } from '#shared/domain/secrecy.ts'
import type { Cast } from './bundles.ts'
import { temporaryFolder } from './folders.ts'
import {
  chain,
  classifyAll,
  holdInterview,
  intakeFor,
  issueNotices,
  openCase,
  ready,
  secret,
  type TestOffice,
} from './office.ts'

/**
 * Takes a secret case of one enterprise from intake to the door of the archive: everything Art. 20 asks for is there. The
 * notice may have a decision of its own.
 */
export async function caseAtFiling(office: TestOffice, notice: ProposalInput = secret): Promise<{ caseId: string }> {
  const chengban = await office.at('chengban')
  const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, notice)
  const interviewId = await holdInterview(office, caseId, enterprises, [
    { text: '该项目没有开展可行性论证。', kind: 'statement', key: 2 },
    { text: '请立即止损。', kind: 'opinion', key: 1 },
  ])
  const [minutes] = await (await office.at('jilu')).call('minutes.draft', { caseId, interviewId })
  const minutesId = minutes?.id ?? ''
  await (await office.at('jilu')).call('minutes.submit', { caseId, minutesId, proposal: secret })
  await classifyAll(office, caseId)
  await (await office.at('chuzhang')).call('minutes.finalise', { caseId, minutesId })
  const file = join(temporaryFolder(), '情况说明.txt')
  writeFileSync(file, '渝某实业集团有限公司关于有关问题的说明\n')
  const received = { caseId, enterpriseId: enterprises[0] ?? '', title: '情况说明', file }
  await chengban.call('rectification.receive', { ...received, kind: 'material' })
  await chengban.call('cases.beginFiling', { caseId, reason: '整改期限未到，先行立卷' })
  return { caseId }
}

/**
 * A case that stands at 立卷 with two papers of its enterprise and nothing else: for tests of the filing alone. What lies
 * between is not walked, so the volume has a gap for everything else Art. 20 asks for.
 */
export async function plainCaseAtFiling(
  office: TestOffice,
  name: string,
  {
    members = chain,
    level = 'secret',
    attachments = [],
  }: {
    members?: readonly string[]
    level?: Intake['proposedLevel']
    /** Files the enterprise sent beside the two. */
    attachments?: readonly string[]
  } = {},
) {
  const { chengban, scope, ids } = await ready(office, [name], members)
  const { caseId } = await chengban.call('cases.create', { ...intakeFor(ids, scope), proposedLevel: level })
  await chengban.call('cases.accept', { caseId })
  const enterpriseId = ids[0] ?? ''
  const now = new Date().toISOString()
  await chengban.session.archive.cases?.transaction(async (trx) => {
    const id = ulid()
    await insertInterview(trx, { id, caseId, place: '', hostName: '赵某某', hostTitle: '处长', now })
    await updateInterview(trx, id, { state: 'ended', started_at: now, ended_at: now, updated_at: now })
  })
  for (const kind of ['material', 'workPlan'] as const) {
    const file = join(office.outside, `${ulid()}-${kind}.txt`)
    writeFileSync(file, `${name} ${kind}\n`)
    await chengban.call('rectification.receive', { caseId, enterpriseId, title: '关于有关问题的说明', file, kind })
  }
  for (const [at, file] of attachments.entries()) {
    const title = `附件材料${at + 1}`
    await chengban.call('rectification.receive', { caseId, enterpriseId, title, file, kind: 'material' })
  }
  await chengban.session.archive.cases?.knex('cases').where({ id: caseId }).update({ state: 'filing' })
  return { caseId }
}

/** A reason for every gap of a volume. */
export function explained(volume: Pick<Volume, 'gaps'>): Volume['gaps'] {
  return volume.gaps.map((gap) => ({ ...gap, reason: '另行归档' }))
}

/** Items a person answers before a volume is filed (DA/T 70; DOMAIN §3.6): those of a carrier come with the carrier. */
const manualAtFiling = ['GD-3-5', 'GD-3-7', 'GD-4-1', 'GD-4-2', 'GD-4-7']

/** Every item of a four-property check answered as a person does: looked at today, or let go with a reason. */
export function filingAnswers(person = '戚某某'): CheckItem[] {
  const day = dayInChina(new Date().toISOString())
  const codes = [14, 11, 8, 7].flatMap((count, group) =>
    Array.from({ length: count }, (_, at) => `GD-${group + 1}-${at + 1}`),
  )
  return codes.map((code) => {
    const result = manualAtFiling.includes(code) ? 'manual' : 'waived'
    return { code, property: 'authenticity', name: '', result, detail: '符合', person, day }
  })
}

/** The volume changes hands: the organising office hands it over, the archivist signs for it (Art. 20). */
export async function handOver(office: TestOffice, volume: { readonly id: string; readonly caseId: string }) {
  const one = { caseId: volume.caseId, volumeId: volume.id, note: '' }
  await (await office.at('chengban')).call('archive.handOver', one)
  return (await office.at('dangan')).call('archive.receive', one)
}

/** A secret volume of such a case: assembled, handed over, receipted, filed with its gaps explained. */
export async function filedVolume(
  office: TestOffice,
  name: string,
  attachments: readonly string[] = [],
  members: readonly string[] = chain,
): Promise<Volume> {
  const { caseId } = await plainCaseAtFiling(office, name, { attachments, members })
  const chengban = await office.at('chengban')
  const volume = await chengban.call('archive.assemble', { caseId })
  // Its papers were not walked, so none of them brings the level along.
  await chengban.session.archive.cases
    ?.knex('volumes')
    .where({ id: volume.id })
    .update({ fields: chengban.session.archive.cases.knex.raw("json_set(fields, '$.level', 'secret')") })
  await handOver(office, volume)
  const filing = { caseId, volumeId: volume.id, gaps: explained(volume), note: '', checks: filingAnswers() }
  return (await office.at('dangan')).call('archive.file', filing)
}

/** The manual items of a four-property check, each looked at by a person today. */
export function lookedAt(checks: readonly CheckItem[], person = '戚某某'): CheckItem[] {
  const day = dayInChina(new Date().toISOString())
  return checks.map((check) => (check.result === 'manual' ? { ...check, detail: '符合', person, day } : check))
}

/** Bytes of random content made at a time. */
const piece = 1 << 20

/** So many PDF files of random content, of that size in bytes each. */
export function largeFiles(count: number, size: number, folder = temporaryFolder()): string[] {
  return Array.from({ length: count }, (_, at) => {
    const file = join(folder, `附件${at + 1}.pdf`)
    const [head, end] = ['%PDF-1.7\n', '\n%%EOF\n'] as const
    writeFileSync(file, head)
    for (let left = size - head.length - end.length; left > 0; left -= piece)
      appendFileSync(file, randomBytes(Math.min(piece, left)))
    appendFileSync(file, end)
    return file
  })
}

/** Leave to seal a volume for a recipient: asked for by the archivist, allowed by the head of the office where it has to be. */
export async function sealTicket(
  office: TestOffice,
  volume: { readonly id: string; readonly caseId: string },
  recipients: readonly ReturnType<typeof recipientFile>[],
): Promise<string> {
  const [id = ''] = await sealTickets(office, volume, recipients)
  return id
}

/** The same for a volume that makes several bundles: a ticket for each, in their order. */
export async function sealTickets(
  office: TestOffice,
  volume: { readonly id: string; readonly caseId: string },
  recipients: readonly ReturnType<typeof recipientFile>[],
  carrier: Carrier = 'cd',
): Promise<string[]> {
  const ask = {
    caseId: volume.caseId,
    volumeId: volume.id,
    recipients: [...recipients],
    purpose: '移交进馆',
    carrier,
    medium: '',
  }
  const tickets = await (await office.at('dangan')).call('archive.requestSeal', ask)
  const [first] = tickets
  if (first?.state === 'requested') {
    const approve = { caseId: volume.caseId, batchId: first.batchId, decision: 'approved' as const, opinion: '' }
    await (await office.at('chuzhang')).call('copies.decide', approve)
  }
  return tickets.map(({ id }) => id)
}

/** A recipient's certificate as a file, with the fingerprint its paper says. */
export function recipientFile(
  cast: Cast,
  folder = temporaryFolder(),
): { certificateFile: string; fingerprint: string } {
  const certificateFile = join(folder, 'recipient.crt.pem')
  writeFileSync(certificateFile, cast.recipient.certificate)
  return { certificateFile, fingerprint: certificateFingerprint(cast.recipient.certificate) }
}
