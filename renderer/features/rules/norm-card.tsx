import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { HolidayPack } from '#shared/calendar/packs.ts'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { norming } from '#shared/contract/rules.ts'
import { officialDay } from '#shared/domain/common.ts'
import type { RuleProfile } from '#shared/rules/profile.ts'
import { type RetentionTable, retentionTerms } from '#shared/rules/retention.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine, Facts, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { Differences } from './differences.tsx'
import { text } from './text.ts'

export type Norm = VerbOutput<'rules.norms'>['norms'][number]

/** One version: what it says, who signed it; while it waits, what it would change and the second signature. */
export function NormCard({
  norm,
  pack,
  table,
}: {
  norm: Norm
  pack: HolidayPack | undefined
  table: RetentionTable | null
}) {
  const waiting = norm.state === 'waiting'
  const profile = useCall('rules.profile', norm.kind === 'ruleProfile' && !isOpen(norm) ? { hash: norm.hash } : null)
  const compared = useCall('rules.compareNorm', waiting ? { hash: norm.hash } : null)
  const signers = norm.signers.map((one) => `${one.office}${one.name}，${officialMoment(one.at)}`)
  return (
    <div className="norm-card">
      <Panel title={`${norm.name}　${norm.version}`}>
        <Facts
          items={[
            [text.effective, officialDay(norm.effective)],
            [text.signers, signers.length === 0 ? text.nobody : signers.join('；')],
            ...(norm.reason === '' ? [] : [[text.reason, norm.reason] as const]),
          ]}
        />
      </Panel>
      <ErrorNote failure={compared.failure ?? profile.failure} />
      {waiting && compared.data !== null && <Differences list={compared.data} />}
      {profile.data !== null && <ProfileFacts profile={profile.data.profile} />}
      {norm.inForce && pack !== undefined && <PackFacts pack={pack} />}
      {norm.inForce && table !== null && <TableFacts table={table} />}
      {waiting && <Decision key={norm.seq} norm={norm} />}
    </div>
  )
}

/** A version without effect is shown by its differences; the profile itself is not one of the archive's rules. */
function isOpen(norm: Norm): boolean {
  return norm.state === 'waiting' || norm.state === 'declined'
}

function Decision({ norm }: { norm: Norm }) {
  const session = useSession()
  const act = useAct()
  const [declining, setDeclining] = useState(false)
  const one = { seq: norm.seq, record: norm.record }
  const may = session.may(...norming)
  if (!may) return null
  return (
    <>
      {norm.mine && <p className="y-quiet">{text.mine}</p>}
      {!declining && <ErrorNote failure={act.failure} />}
      <ActionLine
        actions={<Button onClick={() => setDeclining(true)}>{text.decline}</Button>}
        primary={
          !norm.mine && (
            <Button type="primary" disabled={act.busy} onClick={() => void act.run('rules.approveNorm', one)}>
              {text.approve}
            </Button>
          )
        }
      />
      {declining && (
        <ReasonDialog
          title={text.declineTitle}
          label={text.reason}
          confirm={text.decline}
          failure={act.failure}
          onCancel={() => setDeclining(false)}
          onConfirm={async (reason) => {
            if ((await act.run('rules.declineNorm', { ...one, reason })) !== null) setDeclining(false)
          }}
        />
      )}
    </>
  )
}

function ProfileFacts({ profile }: { profile: RuleProfile }) {
  const lines = (list: readonly ReactNode[]): ReactNode => (
    <ul className="norm-lines">
      {list.map((one, index) => (
        <li key={index}>{one}</li>
      ))}
    </ul>
  )
  return (
    <>
      <Panel title={profile.name}>
        <Facts
          items={[
            [text.document, profile.document],
            [text.dates, `${officialDay(profile.adopted)}成文，${officialDay(profile.printed)}印发`],
            [text.bases, lines(profile.bases.map((one) => `${one.relation}${one.name}`))],
            [text.triggers, lines(profile.triggers.map((one) => `（${one.mark}）${one.text}`))],
            [
              text.deadlines,
              lines(
                profile.deadlines.map(
                  (one) =>
                    `${one.name}：${text.anchors[one.anchor]}起 ${text.days(one.length, one.unit)}（第${one.article}条）`,
                ),
              ),
            ],
            [text.hosts, profile.hostRanks.map((one) => one.name).join('、')],
            [text.papers, profile.papers.map((one) => `${one.name}（第${one.article}条）`).join('、')],
            [
              text.filing,
              profile.filing.map((one) => (one.required ? `${one.name}（${text.required}）` : one.name)).join('、'),
            ],
            [text.retention, profile.retention.name],
          ]}
        />
      </Panel>
      {profile.references.map((list) => (
        <Panel
          key={list.code}
          title={`${text.references}：${list.name}`}
          extra={<span className="y-tag">{list.mark}</span>}
        >
          <p className="y-quiet">
            {list.source}，{officialDay(list.date)}。{list.note}
          </p>
          {list.entries.length === 0 ? (
            <p>{text.notEntered}</p>
          ) : (
            lines(list.entries.map((one) => `${one.name}${bandWords(one)}`))
          )}
        </Panel>
      ))}
    </>
  )
}

function bandWords({ fromFen, belowFen }: RuleProfile['references'][number]['entries'][number]): string {
  const wan = (fen: number): string => `${(fen / 1_000_000).toLocaleString('zh-CN')}万元`
  if (fromFen === null && belowFen === null) return ''
  if (belowFen === null) return `：${wan(fromFen ?? 0)}以上`
  return fromFen ? `：${wan(fromFen)}以上、不足${wan(belowFen)}` : `：不足${wan(belowFen)}`
}

function PackFacts({ pack }: { pack: HolidayPack }) {
  const short = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`
  const byName = Map.groupBy(pack.off, (one) => one.name)
  return (
    <Panel title={`${pack.year}年`} extra={<span className="y-quiet">{pack.notice}</span>}>
      <Facts
        items={[
          ...[...byName].map(([name, days]) => [name, days.map((one) => short(one.day)).join('、')] as const),
          [text.worked, pack.worked.map(short).join('、') || text.none],
        ]}
      />
      <p className="y-quiet">{text.weekends}</p>
    </Panel>
  )
}

function TableFacts({ table }: { table: RetentionTable }) {
  return (
    <Panel title={table.name}>
      <Facts
        items={[
          [text.approval, table.document],
          [text.approvedBy, table.approvedBy],
        ]}
      />
      <table className="y-table">
        <thead>
          <tr>
            <th>代码</th>
            <th>类目</th>
            <th>{text.retention}</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((one) => (
            <tr key={one.code}>
              <td>{one.code}</td>
              <td>
                {one.category}
                {one.interview && <span className="y-tag">{text.interviewRow}</span>}
              </td>
              <td>{retentionTerms[one.term]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
