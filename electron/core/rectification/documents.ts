import {
  checksOfCase,
  documentsOfCase,
  insertCheck,
  insertDocument,
  setDocumentState,
  setFormal,
} from '#db/repositories/rectification.ts'
import { fail } from '#shared/contract/errors.ts'
import {
  type CheckedKind,
  type CheckInput,
  checkFaults,
  documentKindNames,
  formalKinds,
  isChecked,
  partNames,
  provenKinds,
  type ReceivedDocument,
  type ShownDocument,
} from '#shared/domain/rectification.ts'
import { levelNames, levelRank } from '#shared/domain/secrecy.ts'
import { insertBlob } from '../blobs.ts'
import { assertStage, nameOf, openStages, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { storeFile } from '../incoming.ts'
import { assertEnterprise, assertInterviewed, assertOpen } from './guards.ts'

/** Papers of a case as the window shows them, each with its checks. */
export async function shownDocuments(context: Context, caseId: string): Promise<ShownDocument[]> {
  const checks = await checksOfCase(context.trx, caseId)
  return (await documentsOfCase(context.trx, caseId)).map((row) => ({
    ...row,
    checks: checks
      .filter((one) => one.document_id === row.id)
      .map(({ id, parts, decision, reason, at, account_id }) => ({
        id,
        parts: JSON.parse(parts),
        decision,
        reason,
        by: nameOf(context, account_id),
        at,
      })),
  }))
}

/** One paper of a case. Errors: `rectification.unknownDocument`. */
async function documentOf(context: Context, caseId: string, documentId: string): Promise<ShownDocument> {
  const found = (await shownDocuments(context, caseId)).find((one) => one.id === documentId)
  return found ?? fail('rectification.unknownDocument')
}

/** How the history names a check, and under which article. */
const checked = {
  workPlan: { act: 'Plan', article: 11 },
  specialReport: { act: 'Report', article: 15 },
} as const satisfies Record<CheckedKind, object>

/** What the history says of a check: the parts that are missing, then the reason. */
function checkText(document: ReceivedDocument, { parts, reason }: CheckInput): string {
  const missing = parts.filter((one) => !one.present).map((one) => `缺${partNames[one.part]}（${one.note}）`)
  return [`《${document.title}》`, ...missing, reason].filter(Boolean).join('；')
}

/** Papers that follow from the interview come after it, and before 销账 (Art. 11, 15, 16). */
async function assertDue(
  context: Context,
  caseId: string,
  enterpriseId: string,
  kind: ReceivedDocument['kind'],
): Promise<void> {
  if (kind === 'material' || kind === 'statement') return
  await assertInterviewed(context, caseId, enterpriseId, kind)
  await assertOpen(context, caseId, enterpriseId)
}

/** 佐证材料 belong to one paper of the same enterprise, nothing else does. Errors: `rectification.provesNothing`. */
async function assertProves(
  context: Context,
  caseId: string,
  value: Pick<ReceivedDocument, 'kind' | 'enterpriseId' | 'provesId'>,
): Promise<void> {
  const { kind, enterpriseId, provesId } = value
  if (kind !== 'evidence' && provesId === null) return
  const proven = (await documentsOfCase(context.trx, caseId)).find((one) => one.id === provesId)
  if (kind !== 'evidence' || proven?.enterpriseId !== enterpriseId || !provenKinds.includes(proven.kind))
    fail('rectification.provesNothing')
}

function formalText({ number, sealed }: { readonly number: string; readonly sealed: boolean }): string {
  return [number, sealed ? '已盖章' : ''].filter(Boolean).join('，')
}

export const documentHandlers = {
  'rectification.receive': {
    long: async (context, { caseId, enterpriseId, kind, title, provesId, formal, level, file }) => {
      const { machineLevel } = context.session.archive.ledger
      if (levelRank(level) > levelRank(machineLevel)) fail('secrecy.aboveMachine', { level: machineLevel })
      await context.read(async (inside) => {
        await assertStage(inside, caseId, openStages)
        await assertEnterprise(inside, caseId, enterpriseId)
        if (kind !== 'material' && kind !== 'statement') await assertInterviewed(inside, caseId, enterpriseId, kind)
        await assertProves(inside, caseId, { kind, enterpriseId, provesId })
      })
      const stored = file === null ? null : await storeFile(context, file)
      return context.commit(async (inside) => {
        const { trx, now } = inside
        await assertStage(inside, caseId, openStages)
        await assertDue(inside, caseId, enterpriseId, kind)
        await assertProves(inside, caseId, { kind, enterpriseId, provesId })
        if (stored) await insertBlob(trx, stored.blob, { ...stored, now })
        const value = {
          id: inside.newId(),
          caseId,
          enterpriseId,
          kind,
          title,
          provesId,
          receivedAt: now,
          ...formal,
          level,
          blobId: stored?.blob.id ?? null,
        }
        await insertDocument(trx, value)
        const article = kind === 'material' || kind === 'statement' ? 10 : kind === 'workPlan' ? 11 : 15
        await recordEvent(inside, caseId, 'rectification.receive', article, {
          text: [documentKindNames[kind], level === 'none' ? '' : levelNames[level], formalText(formal)]
            .filter(Boolean)
            .join('；'),
        })
        inside.note({ level })
        return { ...value, state: 'received', fileName: stored?.name ?? null, size: stored?.blob.size ?? 0 }
      })
    },
  },

  'rectification.formal': async (context, { caseId, documentId, formal }) => {
    await assertStage(context, caseId, openStages)
    const document = await documentOf(context, caseId, documentId)
    await assertOpen(context, caseId, document.enterpriseId)
    if (!formalKinds.includes(document.kind)) fail('rectification.notReport', { kind: document.kind })
    if (document.state === 'accepted') fail('rectification.alreadyAccepted')
    if (document.state === 'returned') fail('rectification.alreadyReturned')
    await setFormal(context.trx, documentId, formal)
    const text = `《${document.title}》${formalText(formal)}`
    await recordEvent(context, caseId, 'rectification.formal', 15, { text })
    return documentOf(context, caseId, documentId)
  },

  'rectification.check': async (context, { caseId, documentId, check }) => {
    const { trx, now, account } = context
    await assertStage(context, caseId, openStages)
    const document = await documentOf(context, caseId, documentId)
    await assertOpen(context, caseId, document.enterpriseId)
    const { kind, number, sealed } = document
    if (!isChecked(kind)) fail('rectification.notChecked', { kind })
    if (document.state === 'returned') fail('rectification.alreadyReturned')
    if (document.state === 'accepted' && check.decision === 'accepted') fail('rectification.alreadyAccepted')
    const [fault] = checkFaults({ kind, number, sealed }, check)
    if (fault) fail(fault.code, { field: fault.field })
    await insertCheck(trx, {
      id: context.newId(),
      case_id: caseId,
      document_id: documentId,
      parts: JSON.stringify(check.parts),
      decision: check.decision,
      reason: check.reason,
      at: now,
      account_id: account.id,
    })
    await setDocumentState(trx, documentId, check.decision)
    const { act, article } = checked[kind]
    const event = `rectification.${check.decision === 'accepted' ? 'accept' : 'return'}${act}`
    await recordEvent(context, caseId, event, article, { text: checkText(document, check) })
    return documentOf(context, caseId, documentId)
  },
} satisfies Partial<Handlers>
