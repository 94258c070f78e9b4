import type { CheckInput, ReceivedDocument } from '#shared/domain/rectification.ts'
import { holdInterview, issueNotices, openCase, type TestOffice, unclassified } from './office.ts'

/** A case whose interview is over, and what its officer does most: papers come in, and are checked. */
export async function interviewed(office: TestOffice, names: readonly string[]) {
  const { caseId, enterprises } = await openCase(office, names)
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

/** A check in which every part is there. */
export function accepting(...parts: readonly CheckInput['parts'][number]['part'][]): CheckInput {
  return { decision: 'accepted', reason: '', parts: parts.map((part) => ({ part, present: true, note: '' })) }
}
export const planAccepted = accepting('measures', 'responsible', 'schedule')
