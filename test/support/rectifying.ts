import {
  type CheckInput,
  type EntryInput,
  type EvaluationResult,
  isAnswerable,
  type ReceivedDocument,
} from '#shared/domain/rectification.ts'
import { chain, classifyAll, holdInterview, issueNotices, openCase, type TestOffice, unclassified } from './office.ts'

/** A case whose interview is over, and what its officer does most: papers come in, and are checked. */
export async function interviewed(office: TestOffice, names: readonly string[], members: readonly string[] = chain) {
  const { caseId, enterprises } = await openCase(office, names, members)
  await issueNotices(office, caseId, unclassified)
  await holdInterview(office, caseId, enterprises, [{ text: '情况属实。', key: 2 }])
  const chengban = await office.at('chengban')
  const [enterpriseId = ''] = enterprises
  const get = () => chengban.call('rectification.get', { caseId })
  const article = async (n: number) => (await chengban.call('cases.get', { caseId })).articles[n - 1]
  const receive = (kind: ReceivedDocument['kind'], title = '报送文件') =>
    chengban.call('rectification.receive', { caseId, enterpriseId, kind, title, file: null })
  const check = (documentId: string, value: CheckInput) =>
    chengban.call('rectification.check', { caseId, documentId, check: value })
  return { caseId, enterprises, enterpriseId, chengban, get, article, receive, check }
}

/** An interviewed case whose minutes are final: it is in its rectification. */
export async function rectified(here: TestOffice, names: readonly string[], members: readonly string[] = chain) {
  const known = await interviewed(here, names, members)
  const { caseId, chengban } = known
  const interviewId = (await chengban.call('cases.get', { caseId })).interviewId ?? ''
  await finaliseMinutes(here, caseId, interviewId)
  const enter = (enterpriseId: string, entry: EntryInput) =>
    chengban.call('rectification.enter', { caseId, enterpriseId, entry, replaces: null })
  const close = (enterpriseId: string) =>
    chengban.call('rectification.close', { caseId, enterpriseId, opinion: '同意销账' })
  const evaluate = (enterpriseId: string, result: EvaluationResult) =>
    enter(enterpriseId, {
      ...{ kind: 'evaluation', result, opinion: '整改要求均已落实' },
      basis: isAnswerable(result) ? '经催办仍未报送' : '',
    })
  return { ...known, enter, close, evaluate }
}

/** Minutes of an interview that is over, drafted, classified and final for every enterprise. */
export async function finaliseMinutes(here: TestOffice, caseId: string, interviewId: string): Promise<void> {
  const jilu = await here.at('jilu')
  for (const { id: minutesId, state } of await jilu.call('minutes.draft', { caseId, interviewId })) {
    if (state === 'final') continue
    await jilu.call('minutes.submit', { caseId, minutesId, proposal: unclassified })
    await classifyAll(here, caseId)
    await (await here.at('chuzhang')).call('minutes.finalise', { caseId, minutesId })
  }
}

/** A check in which every part is there. */
export function accepting(...parts: readonly CheckInput['parts'][number]['part'][]): CheckInput {
  return { decision: 'accepted', reason: '', parts: parts.map((part) => ({ part, present: true, note: '' })) }
}
export const planAccepted = accepting('measures', 'responsible', 'schedule')
