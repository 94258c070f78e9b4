import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { CaseTabProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { PrintedMark } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { firstProposal, ProposalForm, useProposalFaults } from './proposal-form.tsx'
import { secrecyText } from './text.ts'

type Inheriting = VerbOutput<'secrecy.inheriting'>[number]
type Case = Pick<CaseTabProps, 'detail'>
const text = secrecyText.inheriting

/** Papers under the mark of what they are drawn from; for each a decision of its own may be proposed (保密法 18; Art. 21). */
export function InheritingPapers({ detail }: Case) {
  const found = useCall('secrecy.inheriting', { caseId: detail.id })
  const session = useSession()
  const [proposing, setProposing] = useState<Inheriting | null>(null)
  const mayPropose = session.may('caseOfficer', 'officeHead', 'minuteTaker')
  const papers = found.data ?? []
  if (found.failure === null && papers.length === 0) return null
  return (
    <Panel title={text.title} extra={<ArticleChip article={21} />}>
      <ErrorNote failure={found.failure} />
      <p className="y-quiet">{text.hint}</p>
      <table className="y-table" aria-label={text.title}>
        <TableHead columns={Object.values(text.columns)} />
        <tbody>
          {papers.map((one) => (
            <tr key={one.objectId}>
              <td>{one.title}</td>
              <td className="y-nowrap">
                <PrintedMark mark={one.mark} />
              </td>
              <td className="y-nowrap">
                {mayPropose && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={text.proposeOf(one.title)}
                    onClick={() => setProposing(one)}
                  >
                    {text.propose}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {proposing !== null && <Propose one={proposing} detail={detail} onDone={() => setProposing(null)} />}
    </Panel>
  )
}

/** Proposes the three elements for one paper; the inherited mark stands until another person has decided. */
function Propose({ one, detail, onDone }: Case & { one: Inheriting; onDone: () => void }) {
  const act = useAct()
  const [proposal, setProposal] = useState(() =>
    firstProposal(
      one.level,
      detail.scope.map((person) => person.accountId),
    ),
  )
  const faults = useProposalFaults(proposal)
  const send = async () => {
    const { objectKind, objectId } = one
    if ((await act.run('secrecy.propose', { caseId: detail.id, objectKind, objectId, proposal })) !== null) onDone()
  }
  return (
    <Dialog
      wide
      title={text.dialog(one.title)}
      onCancel={onDone}
      confirm={{ text: text.send, disabled: act.busy || faults.length > 0, onClick: () => void send() }}
    >
      <ProposalForm value={proposal} onChange={setProposal} />
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
