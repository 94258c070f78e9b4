import { Button } from 'antd'
import { useState } from 'react'
import { norming } from '#shared/contract/rules.ts'
import { officialDay } from '#shared/domain/common.ts'
import type { DeadlineAnchor } from '#shared/rules/profile.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { ImportNorm } from './import-norm.tsx'
import { type Norm, NormCard } from './norm-card.tsx'
import './rules.css'
import { text } from './text.ts'

const tones = { shipped: 'quiet', waiting: 'amber', adopted: 'green', declined: 'quiet' } as const satisfies Record<
  Norm['state'],
  Tone
>

/** 规则与节假日: every version with its signatures; a new one comes in by two accounts (DESIGN §4). */
export function RulesRoom() {
  const session = useSession()
  const found = useCall('rules.norms', {})
  const [chosen, setChosen] = useState<string | null>(null)
  const [bringing, setBringing] = useState(false)
  const norms = found.data?.norms ?? []
  const keyOf = (norm: Pick<Norm, 'seq' | 'hash'>): string => `${norm.seq} ${norm.hash}`
  const open = norms.find((norm) => keyOf(norm) === chosen) ?? norms.find((norm) => norm.inForce)
  const may = session.may(...norming)
  const group = (kind: Norm['kind']) => (
    <Panel title={groupNames[kind]}>
      {kind === 'retentionTable' && found.data?.retention === null && <p className="y-quiet">{text.noTable}</p>}
      <ul className="norm-list">
        {norms
          .filter((norm) => norm.kind === kind)
          .toReversed()
          .map((norm) => (
            <li key={keyOf(norm)}>
              <button
                type="button"
                className="y-row-link"
                aria-current={norm === open ? 'true' : undefined}
                onClick={() => {
                  setChosen(keyOf(norm))
                  setBringing(false)
                }}
              >
                <strong>
                  {norm.name}　{norm.version}
                </strong>
                <span className="y-quiet">{officialDay(norm.effective)}起</span>
                <Light tone={norm.inForce ? 'green' : tones[norm.state]}>
                  {norm.inForce ? text.inForce : text.states[norm.state]}
                </Light>
              </button>
            </li>
          ))}
      </ul>
    </Panel>
  )
  return (
    <Page
      title={text.title}
      meta={
        <>
          <ArticleChip article={23} />
          <ArticleChip article={11} />
        </>
      }
      note={<ErrorNote failure={found.failure} />}
      {...(may && !bringing && open?.state !== 'waiting'
        ? {
            primary: (
              <Button type="primary" onClick={() => setBringing(true)}>
                {text.bring}
              </Button>
            ),
          }
        : {})}
    >
      <p className="y-quiet">{text.hint}</p>
      <div className="norm-room">
        <div>
          {group('ruleProfile')}
          {group('holidayPack')}
          {group('retentionTable')}
          {found.data !== null && <PlanAnchor value={found.data.planAnchor} />}
        </div>
        <div>
          {bringing ? (
            <ImportNorm
              onDone={(made) => {
                setBringing(false)
                if (made !== null) setChosen(keyOf(made))
              }}
            />
          ) : (
            open !== undefined && (
              <NormCard
                key={keyOf(open)}
                norm={open}
                pack={found.data?.packs.find((pack) => open.kind === 'holidayPack' && String(pack.year) === open.name)}
                table={open.kind === 'retentionTable' ? (found.data?.retention ?? null) : null}
              />
            )
          )}
        </div>
      </div>
    </Page>
  )
}

const groupNames = { ruleProfile: text.profiles, holidayPack: text.packs, retentionTable: text.tables } as const

/** DOMAIN's open question 1 as a choice of the unit; the Rules' own words are the default. */
function PlanAnchor({ value }: { value: DeadlineAnchor }) {
  const session = useSession()
  const act = useAct()
  const [wanted, setWanted] = useState<DeadlineAnchor>(value)
  const may = session.may('securityOfficer')
  return (
    <Panel title={text.anchor} extra={<ArticleChip article={11} small />}>
      <OneOf<DeadlineAnchor>
        options={(['interviewDay', 'minutesDay'] as const).map((one) => ({ value: one, text: text.anchors[one] }))}
        value={may ? wanted : value}
        disabled={!may}
        onChange={setWanted}
      />
      <p className="y-quiet">{text.anchorHint}</p>
      {may && wanted !== value && (
        <Button disabled={act.busy} onClick={() => void act.run('rules.setPlanAnchor', { anchor: wanted })}>
          {text.setAnchor}
        </Button>
      )}
      <ErrorNote failure={act.failure} />
    </Panel>
  )
}
