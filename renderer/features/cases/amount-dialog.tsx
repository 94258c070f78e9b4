import { useState } from 'react'
import { faultAt } from '../../app/errors.ts'
import { useAct } from '../../app/use-call.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { SumField } from '../../ui/sum-field.tsx'
import { caseText as text } from './text.ts'

/** 更正涉及金额: the sum the case is about as it was found since, and why (Art. 12). */
export function AmountDialog({
  caseId,
  amountFen,
  onDone,
}: {
  caseId: string
  /** The sum as it stands, in fen; null when none is named. */
  amountFen: number | null
  onDone: () => void
}) {
  const act = useAct()
  const [sum, setSum] = useState(amountFen)
  return (
    <ReasonDialog
      title={text.correctAmount}
      label={text.amountReason}
      confirm={text.correct}
      failure={act.failure?.params.field === 'amountFen' ? null : act.failure}
      held={Number.isNaN(sum) || sum === amountFen}
      onCancel={onDone}
      onConfirm={async (reason) => {
        if ((await act.run('cases.correctAmount', { caseId, amountFen: sum, reason })) !== null) onDone()
      }}
    >
      <SumField
        label={text.amount}
        value={amountFen}
        hint={text.amountHint}
        fault={faultAt(act.failure, 'amountFen')}
        onChange={setSum}
      />
    </ReasonDialog>
  )
}
