import { Button } from 'antd'
import { useState } from 'react'
import { navigate } from '../../app/navigation.ts'
import type { CaseDetail, RoomProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark, Light } from '../../ui/lights.tsx'
import { ActionLine, EmptyState, Page } from '../../ui/page.tsx'
import './archive.css'
import { Sealing } from './sealing.tsx'
import { text } from './text.ts'
import { VerifyPanel } from './verify.tsx'
import { VolumeView } from './volume.tsx'

/** 立卷归档: the volumes this account may open, and the verification of a bundle. */
export function ArchiveRoom({ route }: RoomProps) {
  const session = useSession()
  const opened = route.caseId !== undefined && route.objectId !== undefined
  const list = useCall('archive.list', opened ? null : {})
  if (route.caseId !== undefined && route.objectId !== undefined)
    return (
      <div className="archive-room">
        <OpenVolume caseId={route.caseId} volumeId={route.objectId} />
      </div>
    )
  const { code, title, matter, level, state, filed } = text.columns
  return (
    <Page title={text.room} meta={<ArticleChip article={20} />} note={<ErrorNote failure={list.failure} />}>
      {list.data?.length === 0 && <EmptyState title={text.empty}>{text.emptyHint}</EmptyState>}
      {list.data !== null && list.data.length > 0 && (
        <table className="y-table" aria-label={text.volumes}>
          <thead>
            <tr>
              {[code, title, matter, level, state, filed].map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.data.map((volume) => (
              <tr key={volume.id}>
                <td>
                  <button
                    type="button"
                    className="y-row-link"
                    aria-label={`${text.open} ${volume.archivalCode}`}
                    onClick={() => navigate({ room: 'archive', caseId: volume.caseId, objectId: volume.id })}
                  >
                    {volume.archivalCode}
                  </button>
                </td>
                <td>{volume.title}</td>
                <td>{volume.matter}</td>
                <td>
                  <LevelMark level={volume.level} />
                </td>
                <td>
                  <Light tone={volume.state === 'open' ? 'action' : 'green'}>{text.states[volume.state]}</Light>
                </td>
                <td>{volume.filedAt === null ? '' : officialMoment(volume.filedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {session.may('archivist') && (
        <div className="archive-verify">
          <VerifyPanel />
        </div>
      )}
    </Page>
  )
}

/** 归档 of one case: the volume is put together, filed, sealed. */
export function ArchivePanel({ detail }: { detail: CaseDetail }) {
  const session = useSession()
  const act = useAct()
  if (detail.volumeId !== null) return <OpenVolume caseId={detail.id} volumeId={detail.volumeId} />
  const filing = detail.stage === 'filing'
  return (
    <div className="volume">
      <EmptyState title={text.empty}>
        {filing ? text.assembleHint : text.notYet} <ArticleChip article={20} />
      </EmptyState>
      <ErrorNote failure={act.failure} />
      {filing && session.may('caseOfficer', 'officeHead', 'archivist') && (
        <ActionLine
          primary={
            <Button
              type="primary"
              disabled={act.busy}
              onClick={() => void act.run('archive.assemble', { caseId: detail.id })}
            >
              {text.assemble}
            </Button>
          }
        />
      )}
    </div>
  )
}

function OpenVolume({ caseId, volumeId }: { caseId: string; volumeId: string }) {
  const volume = useCall('archive.get', { caseId, volumeId })
  const [sealing, setSealing] = useState(false)
  if (volume.data === null) return <ErrorNote failure={volume.failure} />
  if (sealing) return <Sealing volume={volume.data} onBack={() => setSealing(false)} />
  return <VolumeView volume={volume.data} onSeal={() => setSealing(true)} />
}
