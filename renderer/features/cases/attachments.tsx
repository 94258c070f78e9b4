import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { asFailure, call } from '../../app/client.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { keepUnfinished, unfinished } from '../../app/unfinished.ts'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { AskTickets } from '../papers/tickets.tsx'
import { IncomingLevel } from '../secrecy/incoming-level.tsx'
import { caseText as text } from './text.ts'

/** A file that was chosen and is not in the archive yet. */
export interface ChosenFile {
  readonly title: string
  readonly level: Level
  readonly file: string
}

/** Where the files wait that were chosen at 立项 and could not be read then. */
const waitingForm = (caseId: string): string => `attachments/${caseId}`
const waitingFiles = (caseId: string): readonly ChosenFile[] =>
  unfinished<{ files: readonly ChosenFile[] }>(waitingForm(caseId))?.files ?? []
function keepWaiting(caseId: string, files: readonly ChosenFile[]): void {
  keepUnfinished(waitingForm(caseId), caseId, files.length === 0 ? null : { files })
}

/** Takes the files of a new case in, one after the other; what cannot be read waits on its page. */
export async function attachChosen(caseId: string, files: readonly ChosenFile[]): Promise<void> {
  keepWaiting(caseId, files)
  const left: ChosenFile[] = []
  for (const one of files) if ((await attach(caseId, one)) !== null) left.push(one)
  keepWaiting(caseId, left)
}

const attach = (caseId: string, file: ChosenFile): Promise<Failure | null> =>
  call('cases.attach', { caseId, ...file }).then(() => null, asFailure)

/** 附件 of a case that is not opened yet: chosen here, taken in with 立项. */
export function ChosenFiles({
  values,
  onChange,
}: {
  values: readonly ChosenFile[]
  onChange: (values: readonly ChosenFile[]) => void
}) {
  const [adding, setAdding] = useState(false)
  return (
    <Panel
      title="附件"
      extra={
        <>
          <ArticleChip article={3} />
          <Button onClick={() => setAdding(true)}>{text.attach}</Button>
        </>
      }
    >
      <p className="y-quiet">{text.chosenFiles}</p>
      <Waiting
        files={values}
        acts={(one) => (
          <button
            type="button"
            className="y-quiet-button"
            aria-label={`移去 ${one.title}`}
            onClick={() => onChange(values.filter((other) => other !== one))}
          >
            移去
          </button>
        )}
      />
      {adding && (
        <ChooseFile
          failure={null}
          busy={false}
          onCancel={() => setAdding(false)}
          onChoose={(one) => {
            onChange([...values, one])
            setAdding(false)
          }}
        />
      )}
    </Panel>
  )
}

function Waiting({ files, acts }: { files: readonly ChosenFile[]; acts: (file: ChosenFile) => ReactNode }) {
  if (files.length === 0) return null
  return (
    <ul>
      {files.map((one) => (
        <li key={`${one.title}/${one.file}`}>
          {one.title} <LevelMark level={one.level} /> <span className="y-quiet">{one.file}</span> {acts(one)}
        </li>
      ))}
    </ul>
  )
}

function ChooseFile({
  failure,
  busy,
  onCancel,
  onChoose,
}: {
  failure: Failure | null
  busy: boolean
  onCancel: () => void
  onChoose: (file: ChosenFile) => void
}) {
  const [title, setTitle] = useState('')
  const [level, setLevel] = useState<Level>('none')
  const [file, setFile] = useState('')
  return (
    <Dialog
      title={text.attach}
      onCancel={onCancel}
      confirm={{
        text: '存入',
        disabled: busy || title.trim() === '' || file === '',
        onClick: () => onChoose({ title: title.trim(), level, file }),
      }}
    >
      <Field label="附件名称" required>
        {(control) => <TextLine {...control} autoFocus onText={setTitle} />}
      </Field>
      <IncomingLevel value={level} onChange={setLevel} />
      <PathField label="附件文件" required extensions={[]} onChange={setFile} />
      <ErrorNote failure={failure} />
    </Dialog>
  )
}

/** Files that belong to the facts of a case; kept encrypted in the archive, and taken out by ticket like every paper. */
export function Attachments({ detail, mayAdd }: { detail: CaseDetail; mayAdd: boolean }) {
  const act = useAct()
  const [adding, setAdding] = useState(false)
  const [asking, setAsking] = useState<string | null>(null)
  const [asked, setAsked] = useState(false)
  const [waiting, setWaiting] = useState(() => waitingFiles(detail.id))
  const add = async (one: ChosenFile) => {
    if ((await act.run('cases.attach', { caseId: detail.id, ...one })) !== null) setAdding(false)
  }
  const leave = (one: ChosenFile) => {
    const rest = waiting.filter((other) => other !== one)
    setWaiting(rest)
    keepWaiting(detail.id, rest)
  }
  const again = async (one: ChosenFile) => {
    if ((await act.run('cases.attach', { caseId: detail.id, ...one })) !== null) leave(one)
  }
  return (
    <Panel
      title="附件"
      extra={
        <>
          <ArticleChip article={3} />
          {mayAdd && <Button onClick={() => setAdding(true)}>{text.attach}</Button>}
        </>
      }
    >
      {detail.attachments.length === 0 ? (
        <p className="y-quiet">没有附件。检查报告、审计报告、批示件等可存入档案，加密保存。</p>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>名称</th>
              <th>来文密级</th>
              <th>文件</th>
              <th>大小</th>
              <th>登记</th>
              <th>出件</th>
            </tr>
          </thead>
          <tbody>
            {detail.attachments.map((one) => (
              <tr key={one.id}>
                <td>{one.title}</td>
                <td>
                  <LevelMark level={one.level} />
                </td>
                <td>{one.fileName}</td>
                <td className="y-number">{Math.ceil(one.size / 1024)} KB</td>
                <td>
                  {officialMoment(one.at)} {one.by}
                </td>
                <td>
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`申请出件 ${one.title}`}
                    onClick={() => setAsking(one.id)}
                  >
                    {text.askFile}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {waiting.length > 0 && (
        <>
          <p className="y-owed" role="status">
            {text.waitingFiles(waiting.length)}
          </p>
          <Waiting
            files={waiting}
            acts={(one) => (
              <>
                {mayAdd && (
                  <button
                    type="button"
                    className="y-quiet-button"
                    disabled={act.busy}
                    aria-label={`再存 ${one.title}`}
                    onClick={() => void again(one)}
                  >
                    再存
                  </button>
                )}
                <button
                  type="button"
                  className="y-quiet-button"
                  aria-label={`移去 ${one.title}`}
                  onClick={() => leave(one)}
                >
                  移去
                </button>
              </>
            )}
          />
          {!adding && <ErrorNote failure={act.failure} />}
        </>
      )}
      {asked && (
        <p className="y-green" role="status">
          {text.askedFile}
        </p>
      )}
      {asking !== null && (
        <AskTickets
          held={{ caseId: detail.id }}
          paperIds={[asking]}
          onDone={() => {
            setAsking(null)
            setAsked(true)
          }}
          onCancel={() => setAsking(null)}
        />
      )}
      {adding && <ChooseFile failure={act.failure} busy={act.busy} onCancel={() => setAdding(false)} onChoose={add} />}
    </Panel>
  )
}
