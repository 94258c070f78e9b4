import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Role } from '#shared/domain/accounts.ts'
import { navigate } from '../../app/navigation.ts'
import type { CaseDetail, RoomProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { ActionLine, EmptyState, Page } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CaseReferrals } from '../referrals/case-referrals.tsx'
import { LeadRegister } from '../referrals/register.tsx'
import './archive.css'
import { Borrowings } from './borrowings.tsx'
import { VolumeState } from './custody.tsx'
import { Disposals } from './disposals.tsx'
import { Fixity } from './fixity.tsx'
import { Pieces } from './pieces.tsx'
import { Receivings } from './receivings.tsx'
import { Sealing } from './sealing.tsx'
import { text } from './text.ts'
import { VerifyPanel } from './verify.tsx'
import { VolumeView } from './volume.tsx'

type Section = keyof typeof text.sections

/** Who finds a section here; the door decides what each may do in it. */
const readers: Readonly<Record<Section, readonly Role[] | null>> = {
  volumes: null,
  pieces: null,
  borrowings: null,
  disposals: null,
  fixity: ['archivist'],
  referrals: ['accountabilityOffice'],
  receivings: ['archivist', 'accountabilityOffice'],
  verify: ['archivist'],
}

/** 立卷归档: the volumes this account may open, what was received, and the verification of a bundle. */
export function ArchiveRoom({ route }: RoomProps) {
  const session = useSession()
  const mine = (Object.keys(readers) as Section[]).filter((one) => {
    const roles = readers[one]
    return roles === null || session.may(...roles)
  })
  const asked = mine.find((one) => route.caseId === undefined && one === route.objectId)
  const [section, setSection] = useState<Section>(
    asked ?? (session.may('accountabilityOffice') ? 'referrals' : 'volumes'),
  )
  if (route.caseId !== undefined && route.objectId !== undefined)
    return (
      <div className="archive-room">
        <OpenVolume caseId={route.caseId} volumeId={route.objectId} />
      </div>
    )
  const rail = mine.length > 1 && (
    <Tabs
      label={text.room}
      tabs={mine.map((one) => [one, text.sections[one]])}
      chosen={section}
      onChoose={setSection}
    />
  )
  switch (section) {
    case 'volumes':
      return <Volumes rail={rail} />
    case 'fixity':
      return <Fixity rail={rail} />
    case 'disposals':
      return <Disposals rail={rail} />
    case 'borrowings':
      return <Borrowings rail={rail} />
    case 'pieces':
      return <Pieces rail={rail} />
    case 'referrals':
      return <LeadRegister title={text.room} rail={rail} />
    case 'receivings':
      return <Receivings rail={rail} />
    case 'verify':
      return (
        <Page title={text.room} rail={rail}>
          <div className="archive-verify">
            <VerifyPanel />
          </div>
        </Page>
      )
  }
}

function Volumes({ rail }: { rail: ReactNode }) {
  const list = useCall('archive.list', {})
  const { code, title, matter, level, state, filed } = text.columns
  return (
    <Page title={text.room} meta={<ArticleChip article={20} />} rail={rail} note={<ErrorNote failure={list.failure} />}>
      {list.data?.length === 0 && <EmptyState title={text.empty}>{text.emptyHint}</EmptyState>}
      {list.data !== null && list.data.length > 0 && (
        <table className="y-table" aria-label={text.volumes}>
          <TableHead columns={[code, title, matter, level, state, filed]} />
          <tbody>
            {list.data.map((volume) => (
              <tr key={volume.id}>
                <td className="y-nowrap">
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
                <td className="y-nowrap">
                  <LevelMark level={volume.level} />
                </td>
                <td className="y-nowrap">
                  <VolumeState volume={volume} />
                </td>
                <td className="y-nowrap">{volume.filedAt === null ? '' : officialMoment(volume.filedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  )
}

/** Stages in which leads may leave before there is a volume. */
const refers: readonly string[] = ['notice', 'interview', 'minutes', 'rectification', 'filing']
const office = ['caseOfficer', 'officeHead'] as const

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
      <div className="volume-before">
        <CaseReferrals caseId={detail.id} maySend={refers.includes(detail.stage) && session.may(...office)} />
      </div>
      <ErrorNote failure={act.failure} />
      {filing && session.may(...office) && (
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
