import { Button } from 'antd'
import { useState } from 'react'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import {
  documentKind,
  documentKindNames,
  formalKinds,
  provenKinds,
  type ReceivedDocument,
} from '#shared/domain/rectification.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { IncomingLevel } from '../secrecy/incoming-level.tsx'
import { FormalFields, type FormalValue } from './formal.tsx'
import './rectification.css'
import { text } from './text.ts'

interface Receiving {
  readonly caseId: string
  readonly enterprises: readonly Enterprise[]
  /** What came in before: 佐证材料 belong to one of them. */
  readonly documents: readonly ReceivedDocument[]
  readonly first: ReceivedDocument['kind']
}

/** Registers a paper an enterprise sent in (Art. 10, 11, 15), with its file when there is one. */
export function ReceiveForm(of: Receiving) {
  // Each registration begins a new, empty form.
  const [round, setRound] = useState(0)
  return <Form key={round} {...of} onDone={() => setRound((n) => n + 1)} />
}

function Form({ caseId, enterprises, documents, first, onDone }: Receiving & { onDone: () => void }) {
  const act = useAct()
  const [kind, setKind] = useState(first)
  const [enterpriseId, setEnterprise] = useState(enterprises[0]?.id ?? '')
  const [chosen, setChosen] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [formal, setFormal] = useState<FormalValue>({ number: '', sealed: false })
  const [level, setLevel] = useState<Level>('none')
  const [file, setFile] = useState('')
  const proven = documents.filter((one) => one.enterpriseId === enterpriseId && provenKinds.includes(one.kind))
  const provesId = kind === 'evidence' ? (proven.find((one) => one.id === chosen)?.id ?? null) : null
  const receive = async () => {
    const value = await act.run('rectification.receive', {
      caseId,
      enterpriseId,
      kind,
      title,
      provesId,
      ...(formalKinds.includes(kind) ? { formal } : {}),
      level,
      file: file === '' ? null : file,
    })
    if (value !== null) onDone()
  }
  return (
    <Panel title={text.receiveTitle}>
      <FieldGroup label={text.kind}>
        <OneOf
          options={documentKind.options.map((one) => ({ value: one, text: documentKindNames[one] }))}
          value={kind}
          onChange={setKind}
        />
      </FieldGroup>
      {enterprises.length > 1 && (
        <FieldGroup label={text.enterprise}>
          <OneOf
            options={enterprises.map((one) => ({ value: one.id, text: one.shortName || one.name }))}
            value={enterpriseId}
            onChange={setEnterprise}
          />
        </FieldGroup>
      )}
      {kind === 'evidence' && (
        <FieldGroup label={text.proves} required>
          {proven.length === 0 ? (
            <p className="y-quiet">{text.provesNothing}</p>
          ) : (
            <OneOf
              column
              options={proven.map((one) => ({
                value: one.id,
                text: `${documentKindNames[one.kind]}：${one.title}（${officialDay(dayInChina(one.receivedAt))}）`,
              }))}
              value={provesId}
              onChange={setChosen}
            />
          )}
        </FieldGroup>
      )}
      <Field label={text.documentTitle} required>
        {(control) => <TextLine {...control} onText={setTitle} />}
      </Field>
      {formalKinds.includes(kind) && <FormalFields value={formal} onChange={setFormal} />}
      <IncomingLevel value={level} onChange={setLevel} />
      <PathField label={text.file} hint={text.fileHint} extensions={[]} onChange={setFile} />
      <ErrorNote failure={act.failure} />
      <Button
        disabled={act.busy || title.trim() === '' || enterpriseId === '' || (kind === 'evidence' && provesId === null)}
        onClick={() => void receive()}
      >
        {text.receive}
      </Button>
    </Panel>
  )
}
