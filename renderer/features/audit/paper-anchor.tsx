import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { anchorDigits } from '#shared/domain/audit.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { auditText } from './text.ts'

const text = auditText.anchor
type Place = 'cases' | 'office'

/** 纸上锚: the one proof that outlives a rollback of folder and machine together. */
export function PaperAnchor() {
  const act = useAct()
  const [database, setDatabase] = useState<Place>('cases')
  const [seq, setSeq] = useState('')
  const [anchor, setAnchor] = useState('')
  const [verdict, setVerdict] = useState<VerbOutput<'audit.anchor'> | null>(null)
  const number = Number(seq)
  const ready = Number.isInteger(number) && number > 0 && anchor.trim() !== ''
  return (
    <Panel title={text.title}>
      <p className="y-quiet">{text.why}</p>
      <FieldGroup label="锚出自哪里">
        <OneOf
          options={[
            { value: 'cases', text: text.papers },
            { value: 'office', text: text.checkpoint },
          ]}
          value={database}
          onChange={setDatabase}
        />
      </FieldGroup>
      <div className="y-grid-2">
        <Field label="行号" required>
          {(control) => <TextLine {...control} onText={(value) => setSeq(value.trim())} />}
        </Field>
        <Field label="锚" required hint={`${anchorDigits} 位，空格不计`}>
          {(control) => <TextLine {...control} onText={setAnchor} />}
        </Field>
      </div>
      <ErrorNote failure={act.failure} />
      {verdict !== null && (
        <p className={verdict.verdict === 'fits' ? 'y-note y-green' : 'y-note y-red'} role="status">
          {text.verdicts[verdict.verdict]}
        </p>
      )}
      <Button
        disabled={act.busy || !ready}
        onClick={async () => setVerdict(await act.run('audit.anchor', { database, seq: number, anchor }))}
      >
        比对
      </Button>
    </Panel>
  )
}
