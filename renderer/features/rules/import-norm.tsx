import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FieldGroup } from '../../ui/field.tsx'
import { ActionLine, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { Differences } from './differences.tsx'
import { placeWords, text } from './text.ts'

type Kind = keyof typeof text.kinds

/** Read, compare, sign: the first of the two accounts. Nothing is kept before the signature. */
export function ImportNorm({ onDone }: { onDone: (made: VerbOutput<'rules.proposeNorm'> | null) => void }) {
  const act = useAct()
  const [kind, setKind] = useState<Kind>('holidayPack')
  const [file, setFile] = useState('')
  const [read, setRead] = useState<VerbOutput<'rules.readNorm'> | null>(null)
  const look = async () => setRead(await act.run('rules.readNorm', { kind, file }))
  const sign = async () => {
    if (read?.hash == null) return
    const made = await act.run('rules.proposeNorm', { kind, file, hash: read.hash })
    if (made !== null) onDone(made)
  }
  const good = read !== null && read.faults.length === 0
  return (
    <>
      <Panel title={text.bring}>
        <FieldGroup label={text.kind}>
          <OneOf<Kind>
            options={(Object.keys(text.kinds) as Kind[]).map((value) => ({ value, text: text.kinds[value] }))}
            value={kind}
            onChange={(next) => {
              setKind(next)
              setRead(null)
            }}
          />
        </FieldGroup>
        <PathField
          label={text.file}
          hint={text.fileHint}
          extensions={['json']}
          required
          onChange={(path) => {
            setFile(path)
            setRead(null)
          }}
        />
      </Panel>
      {read !== null && read.faults.length > 0 && (
        <Panel title={text.faults(read.faults.length)}>
          <ul className="norm-faults">
            {read.faults.slice(0, 200).map((one) => (
              <li key={`${one.place} ${one.code}`}>
                <strong>{placeWords(one.place)}</strong>　{text.faultWords[one.code]}
                {one.place !== '' && <code>{one.place}</code>}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {good && <Differences list={read.differences} />}
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={<Button onClick={() => onDone(null)}>返回</Button>}
        primary={
          good ? (
            <Button type="primary" disabled={act.busy} onClick={() => void sign()}>
              {text.sign}
            </Button>
          ) : (
            <Button type="primary" disabled={act.busy || file === ''} onClick={() => void look()}>
              {text.read}
            </Button>
          )
        }
      />
    </>
  )
}
