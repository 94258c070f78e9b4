import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { officialDay } from '#shared/domain/common.ts'
import { attendanceNames } from '#shared/domain/notices.ts'
import type { PaperKind } from '#shared/domain/papers.ts'
import {
  type MaterialState,
  mannerNames,
  materialKindNames,
  materialStateNames,
  serviceNames,
} from '#shared/domain/preparation.ts'
import type { CaseTabProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Panel, TabPage } from '../../ui/page.tsx'
import { ConsultDialog } from './consult-dialog.tsx'
import { RemindDialog, ServeDialog } from './dialogs.tsx'
import { preparationText as text } from './text.ts'

type Prepared = VerbOutput<'preparation.get'>
type Opened = { readonly kind: PaperKind; readonly objectId: string; readonly title: string }

const tones: Readonly<Record<MaterialState['state'], Tone>> = {
  received: 'green',
  late: 'amber',
  missing: 'red',
  awaited: 'quiet',
}
const attendanceTones = { promised: 'green', replacement: 'amber', refused: 'red' } as const

/** 会前: consultation, confirmations, materials, service; what Art. 5, 7 and 10 ask for before the interview. */
export function PreparationTab({ detail }: CaseTabProps) {
  const session = useSession()
  const found = useCall('preparation.get', { caseId: detail.id })
  const [dialog, setDialog] = useState<'consult' | 'serve' | null>(null)
  const [reminding, setReminding] = useState<MaterialState | null>(null)
  const [paper, setPaper] = useState<Opened | null>(null)
  const writer = session.may('caseOfficer', 'officeHead')
  const data = found.data
  const open = (kind: PaperKind, objectId: string, title: string) => setPaper({ kind, objectId, title })
  const begun = ['notice', 'interview'].includes(detail.stage)
  return (
    <TabPage
      note={<ErrorNote failure={found.failure} />}
      {...(writer && begun
        ? {
            primary: (
              <Button type="primary" onClick={() => setDialog('consult')}>
                {text.consult}
              </Button>
            ),
          }
        : {})}
    >
      {data !== null && (
        <>
          <Consultations data={data} open={open} />
          <Confirmations data={data} open={open} />
          <Materials data={data} writer={writer} onRemind={setReminding} />
          <Services
            data={data}
            writer={writer}
            onServe={() => setDialog('serve')}
            onPaper={(noticeId) => open('receipt', noticeId, '送达回执')}
          />
        </>
      )}
      {dialog === 'consult' && <ConsultDialog detail={detail} onDone={() => setDialog(null)} />}
      {dialog === 'serve' && data !== null && <ServeDialog detail={detail} onDone={() => setDialog(null)} />}
      {reminding !== null && <RemindDialog caseId={detail.id} material={reminding} onDone={() => setReminding(null)} />}
      {paper !== null && (
        <Dialog
          wide
          title={paper.title}
          onCancel={() => setPaper(null)}
          footer={<Button onClick={() => setPaper(null)}>返回</Button>}
        >
          <LivePaper
            label={paper.title}
            input={{ caseId: detail.id, kind: paper.kind, objectId: paper.objectId, fields: null }}
          />
        </Dialog>
      )}
    </TabPage>
  )
}

type OpenPaper = (kind: PaperKind, objectId: string, title: string) => void

function Consultations({ data, open }: { data: Prepared; open: OpenPaper }) {
  return (
    <Panel title={text.consultTitle} extra={<ArticleChip article={5} />}>
      {data.consultations.length === 0 ? (
        <p className="y-quiet">{text.consultEmpty}</p>
      ) : (
        <ul className="y-list" aria-label={text.consultTitle}>
          {data.consultations.map((one) => (
            <li key={one.id}>
              <div className="y-line">
                <strong>
                  {officialDay(one.day)} {one.clock}　{mannerNames[one.manner]}　召集人 {one.chair}
                </strong>
                <button
                  type="button"
                  className="y-quiet-button"
                  onClick={() => open('consultation', one.id, '会前沟通记录')}
                >
                  {text.print}
                </button>
              </div>
              <p className="y-quiet">
                参加：{one.participants.map((person) => `${person.unit}${person.name}`).join('、')}
              </p>
              <p className="y-prose">商定意见：{one.agreed}</p>
              {one.differences !== '' && <p className="y-prose">不同意见及处理：{one.differences}</p>}
              <p className="y-quiet">
                登记 {one.by} {officialMoment(one.at)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Confirmations({ data, open }: { data: Prepared; open: OpenPaper }) {
  return (
    <Panel title={text.confirmTitle} extra={<ArticleChip article={10} />}>
      {data.confirmations.length === 0 ? (
        <p className="y-quiet">{text.confirmEmpty}</p>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>企业</th>
              <th>方式</th>
              <th>确认时间</th>
              <th>确认人</th>
              <th>参加</th>
              <th>登记</th>
              <th>文书</th>
            </tr>
          </thead>
          <tbody>
            {data.confirmations.map((one) => (
              <tr key={one.id}>
                <td>{one.enterpriseName}</td>
                <td>{one.channel === 'telephone' ? '电话' : '书面'}</td>
                <td>{officialMoment(one.at)}</td>
                <td>{[one.by, one.post, one.telephone].filter(Boolean).join(' ')}</td>
                <td>
                  <Light tone={attendanceTones[one.attendance]}>{attendanceNames[one.attendance]}</Light>
                  <div className="y-quiet">{[one.persons, one.reason].filter(Boolean).join('；')}</div>
                </td>
                <td>{one.takenBy}</td>
                <td>
                  <button
                    type="button"
                    className="y-quiet-button"
                    onClick={() =>
                      open('confirmation', one.noticeId, one.channel === 'telephone' ? '电话确认单' : '确认单')
                    }
                  >
                    {text.print}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function Materials({
  data,
  writer,
  onRemind,
}: {
  data: Prepared
  writer: boolean
  onRemind: (material: MaterialState) => void
}) {
  return (
    <Panel title={text.materialTitle} extra={<ArticleChip article={10} />}>
      {data.materials.length === 0 ? (
        <p className="y-quiet">{text.materialEmpty}</p>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>企业</th>
              <th>材料</th>
              <th>期限</th>
              <th>收到</th>
              <th>状态</th>
              <th>催报</th>
            </tr>
          </thead>
          <tbody>
            {data.materials.map((one) => {
              const reminded = data.reminders.filter((other) => other.noticeId === one.noticeId)
              const owed = one.state === 'missing' || one.state === 'awaited'
              return (
                <tr key={`${one.noticeId}/${one.kind}`}>
                  <td>{one.enterpriseName}</td>
                  <td>{materialKindNames[one.kind]}</td>
                  <td>{one.due === '' ? '—' : officialDay(one.due)}</td>
                  <td>{one.receivedAt === null ? '—' : officialDay(one.receivedAt)}</td>
                  <td>
                    <Light tone={tones[one.state]}>{materialStateNames[one.state]}</Light>
                  </td>
                  <td>
                    {reminded.map((other) => (
                      <div key={other.id} className="y-quiet">
                        {officialMoment(other.at)} {other.by} 告{other.to}
                      </div>
                    ))}
                    {writer && owed && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={`催报 ${one.enterpriseName} ${materialKindNames[one.kind]}`}
                        onClick={() => onRemind(one)}
                      >
                        {text.remind}
                      </button>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function Services({
  data,
  writer,
  onServe,
  onPaper,
}: {
  data: Prepared
  writer: boolean
  onServe: () => void
  onPaper: (noticeId: string) => void
}) {
  const noticeId = data.materials[0]?.noticeId
  return (
    <Panel
      title={text.serveTitle}
      extra={
        <>
          <ArticleChip article={4} />
          {noticeId !== undefined && (
            <button type="button" className="y-quiet-button" onClick={() => onPaper(noticeId)}>
              空白回执
            </button>
          )}
          {writer && noticeId !== undefined && <Button onClick={onServe}>{text.serve}</Button>}
        </>
      }
    >
      {data.services.length === 0 ? (
        <p className="y-quiet">{text.serveEmpty}</p>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>受送达单位</th>
              <th>方式</th>
              <th>份号</th>
              <th>送出</th>
              <th>签收</th>
              <th>备注</th>
            </tr>
          </thead>
          <tbody>
            {data.services.map((one) => (
              <tr key={one.id}>
                <td>{one.recipient}</td>
                <td>{serviceNames[one.manner]}</td>
                <td>{one.copyNumber || '—'}</td>
                <td>
                  {officialDay(one.sentOn)} {one.sentBy}
                </td>
                <td>
                  {officialDay(one.receivedOn)} {one.receivedBy}
                </td>
                <td>{one.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
