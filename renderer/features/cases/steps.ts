import { navigate } from '../../app/navigation.ts'
import { stepWords } from './text.ts'

/** Goes to where a step of a case is taken: numbering and classification have rooms of their own for those they belong to. */
export function openStep(caseId: string, code: string, may: { number: boolean; classify: boolean }): void {
  if (code === 'numbers.allocate' && may.number) navigate({ room: 'numbers' })
  else if (code === 'referrals.receive') navigate({ room: 'archive' })
  else if (code === 'secrecy.decide' && may.classify) navigate({ room: 'secrecy', caseId })
  else navigate({ room: 'case', caseId, tab: stepWords(code).tab })
}
