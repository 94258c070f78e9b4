import { findMinutes } from '#db/repositories/minutes.ts'
import { findRedaction } from '#db/repositories/redactions.ts'
import { approvedClassification, findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import type { NoticeFields } from '#shared/domain/notices.ts'
import { type PaperKind, workingKinds } from '#shared/domain/papers.ts'
import type { Context } from '../context.ts'
import { noticeOf } from '../notices/shown.ts'
import { transferRequest } from '../referrals/papers.ts'
import { minutesRequest, recordRequest } from './minutes-requests.ts'
import { changeRequest } from './preparation-requests.ts'
import { redactionRequest } from './redaction-request.ts'
import { reminderRequest } from './reminder-request.ts'
import { approvalRequest, classificationRequest, noticeRequest } from './requests.ts'
import type { Printing, Wanted } from './wanted.ts'
import { workingRequest } from './working.ts'

/** Any paper of a case, by kind and object. Errors: `papers.notByHand` for those only a step of the archive makes. */
export async function requestFor(
  context: Context,
  caseId: string,
  kind: PaperKind,
  objectId: string,
  printing: Printing,
  unsaved: NoticeFields | null = null,
): Promise<Wanted> {
  switch (kind) {
    case 'notice':
      return noticeRequest(context, caseId, objectId, printing, unsaved)
    case 'approval':
      return approvalRequest(context, caseId, objectId, printing)
    case 'classification':
      return classificationRequest(context, caseId, objectId, printing)
    case 'record':
      return recordRequest(context, caseId, objectId, printing)
    case 'minutes':
      return minutesRequest(context, caseId, objectId, printing)
    case 'postponement':
    case 'cancellation':
      return changeRequest(context, caseId, objectId, printing)
    case 'reminder':
      return reminderRequest(context, caseId, objectId, printing)
    case 'redaction':
      return redactionRequest(context, caseId, objectId, printing, requestFor)
    case 'transferLetter':
    case 'transferList':
    case 'transferReceipt':
      return transferRequest(context, caseId, kind, objectId, printing)
    case 'consultation':
    case 'receipt':
    case 'confirmation':
    case 'outline':
    case 'rectificationLedger':
    case 'evaluation':
    case 'weighing':
    case 'classificationNotice':
    case 'volumeReceipt':
    case 'volumeCover':
      return workingRequest(context, caseId, kind, objectId, printing)
    default:
      return fail('papers.notByHand', { kind })
  }
}

/** Refuses to freeze what is not settled. Errors: `papers.notSettled`. */
export async function assertSettled(
  context: Context,
  caseId: string,
  kind: PaperKind,
  objectId: string,
): Promise<void> {
  const { trx } = context
  const settled = async (): Promise<boolean> => {
    switch (kind) {
      case 'notice':
      case 'approval':
        return (await noticeOf(context, caseId, objectId)).state === 'issued'
      case 'classification':
        return (await findClassification(trx, objectId))?.state === 'approved'
      case 'minutes':
        return (await findMinutes(trx, caseId, objectId))?.state === 'final'
      case 'redaction':
        return (
          (await findRedaction(trx, caseId, objectId))?.state === 'reviewed' &&
          (await approvedClassification(trx, 'redaction', objectId)) !== undefined
        )
      default:
        // A working paper shows what holds at the moment it is made; making it checks that its object is there.
        return workingKinds.some((one) => one === kind)
    }
  }
  if (!(await settled())) fail('papers.notSettled', { kind })
}
