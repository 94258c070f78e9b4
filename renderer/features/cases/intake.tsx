import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { businessRoles, roleNames } from '#shared/domain/accounts.ts'
import {
  dutyCovered,
  formNames,
  type Intake as IntakeInput,
  intakeFaults,
  stageNames,
  type TriggerCode,
} from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { noticeUp } from '#shared/domain/notices.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import { levelNames, levelRank, levels } from '#shared/domain/secrecy.ts'
import { referenceOf } from '#shared/rules/profile.ts'
import { call } from '../../app/client.ts'
import { wordsFor } from '../../app/errors.ts'
import { goBack, navigate } from '../../app/navigation.ts'
import type { CaseDetail, RoomProps } from '../../app/rooms.tsx'
import { RulesProvider, useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { keepUnfinished, unfinished } from '../../app/unfinished.ts'
import { type Loaded, useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { AnyOf, OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup, showFirstFault } from '../../ui/field.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { StaleForm } from '../../ui/stale-form.tsx'
import { SumField } from '../../ui/sum-field.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { EnterprisePicker } from '../parties/enterprise-picker.tsx'
import { attachChosen, type ChosenFile, ChosenFiles } from './attachments.tsx'
import { Demands, Instructions, Persons, Recusals } from './intake-lists.tsx'
import { LossBand, Situations, Sources } from './intake-references.tsx'
import { intakeFieldText, intakeNames, caseText as text } from './text.ts'

type Draft = Omit<IntakeInput, 'enterpriseIds' | 'excluded'> & { readonly excluded: IntakeInput['excluded'] | null }

const blank: Draft = {
  form: 'individual',
  matter: '',
  triggers: [],
  areas: [],
  facts: '',
  sources: '',
  situations: [],
  amountFen: null,
  instructions: [],
  excluded: null,
  accountabilityStarted: null,
  demands: [],
  persons: [],
  recusalAsked: false,
  recusals: [],
  dutyReason: '',
  proposedLevel: 'none',
  scope: [],
  scopeUnits: ['市纪委监委驻市国资委纪检监察组'],
}

/** What was left in the form, and what it was typed over. */
interface Left {
  readonly draft: Draft
  readonly enterprises: readonly Enterprise[]
  readonly stored: { readonly version: number; readonly intake: IntakeInput | null }
  readonly files: readonly ChosenFile[]
}

/** 立项, or the change of an intake whose notices are not up yet. */
export function Intake({ route }: RoomProps) {
  const caseId = route.caseId ?? null
  const found = useCall('cases.get', caseId === null ? null : { caseId })
  const notices = useCall('notices.list', caseId === null ? null : { caseId })
  if (caseId === null) return <IntakeForm key="new" editing={null} />
  const up = notices.data?.find((one) => noticeUp.includes(one.state))
  if (found.data === null || notices.data === null || up !== undefined)
    return (
      <Page title={text.editTitle} meta={<ArticleChip article={4} />} actions={<Button onClick={goBack}>返回</Button>}>
        <ErrorNote
          failure={
            up === undefined
              ? (found.failure ?? notices.failure)
              : { code: 'cases.noticesUp', params: { state: up.state } }
          }
        />
      </Page>
    )
  return (
    <RulesProvider hash={found.data.rules.hash}>
      <IntakeForm key={caseId} editing={found.data} />
    </RulesProvider>
  )
}

/** 立项: enterprise, matter, the ten triggers verbatim, the Art. 22 question; earlier cases appear at the right. */
function IntakeForm({ editing }: { editing: CaseDetail | null }) {
  const rules = useRules()
  const session = useSession()
  const act = useAct()
  const slot = `intake/${editing?.id ?? 'new'}`
  const caseId = editing?.id ?? null
  const [left, setLeft] = useState(() => unfinished<Left>(slot))
  const [draft, setDraft] = useState<Draft>(left?.draft ?? editing?.intake ?? blank)
  const [stored, setStored] = useState<Left['stored']>(
    left?.stored ?? { version: editing?.intakeVersion ?? 0, intake: editing?.intake ?? null },
  )
  const [files, setFiles] = useState<readonly ChosenFile[]>(left?.files ?? [])
  const [theirs, setTheirs] = useState<CaseDetail | null>(null)
  // The inputs keep their own text: a merged form is shown by mounting them anew.
  const [round, setRound] = useState(0)
  const [enterprises, setEnterprises] = useState<readonly Enterprise[]>(
    left?.enterprises ?? editing?.enterpriseList ?? [],
  )
  const [sumFault, setSumFault] = useState(false)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const put = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const enterpriseIds = enterprises.map((one) => one.id)
  // Whatever way the page is left, and through a lock, what was typed is there again until it is sent.
  const done = useRef(false)
  const first = { ...(editing?.intake ?? { ...blank, enterpriseIds: [] }), enterpriseIds: undefined }
  const touched =
    JSON.stringify({ ...draft, enterpriseIds: undefined }) !== JSON.stringify(first) ||
    enterpriseIds.join() !== (editing?.intake.enterpriseIds ?? []).join() ||
    files.length > 0
  useEffect(() => {
    if (done.current) return
    keepUnfinished(slot, caseId, touched ? ({ draft, enterprises, stored, files } satisfies Left) : null)
  }, [slot, caseId, touched, draft, enterprises, stored, files])
  const sent = () => {
    done.current = true
    keepUnfinished(slot, caseId, null)
  }
  const restart = () => {
    setDraft(editing?.intake ?? blank)
    setEnterprises(editing?.enterpriseList ?? [])
    setStored({ version: editing?.intakeVersion ?? 0, intake: editing?.intake ?? null })
    setFiles([])
    setLeft(null)
    setTried(false)
    setSumFault(false)
    setRound((n) => n + 1)
  }
  const offices = useCall('parties.offices', {})
  const office = editing?.office ?? session.account.office
  const covered = dutyCovered(
    draft,
    (offices.data ?? []).find((one) => one.name === office),
  )
  const faults = [
    ...intakeFaults(
      { ...draft, excluded: draft.excluded ?? 'none', enterpriseIds },
      { today: dayInChina(session.now), dutyCovered: covered },
    ),
    ...(enterprises.length === 0 ? [{ field: 'enterpriseIds', code: '', words: '请选择被约谈企业' }] : []),
    ...(draft.matter.trim() === '' ? [{ field: 'matter', code: '', words: '请填写约谈事由' }] : []),
    ...(draft.triggers.length === 0 ? [{ field: 'triggers', code: '', words: '请至少勾选一种情形' }] : []),
    ...(draft.excluded === null ? [{ field: 'excluded', code: '', words: '请回答本问' }] : []),
    ...(sumFault ? [{ field: 'amountFen', code: '', words: '不是金额；可写 1250 或 1250.5' }] : []),
  ]
  const persons = draft.persons.map((one) => one.name.trim()).filter(Boolean)
  const asked = enterpriseIds.length + draft.triggers.length + persons.length > 0
  const earlier = useCall(
    'cases.earlier',
    asked ? { enterpriseIds, triggers: [...draft.triggers], persons, except: editing?.id ?? null } : null,
  )
  const faultOf = (field: string): string | null => {
    const fault = faults.find((one) => one.field === field)
    if (fault === undefined || (!tried && field !== 'excluded')) return null
    if (field === 'excluded' && !tried && draft.excluded === null) return null
    return 'words' in fault ? fault.words : wordsFor({ code: fault.code, params: {} }).happened
  }
  const submit = async () => {
    setTried(true)
    if (faults.length > 0 || draft.excluded === null) return showFirstFault(form.current)
    const value = { ...draft, excluded: draft.excluded, enterpriseIds }
    if (editing === null) {
      const made = await act.run('cases.create', value)
      if (made === null) return
      sent()
      await attachChosen(made.caseId, files)
      return navigate({ room: 'case', caseId: made.caseId, tab: 'overview' })
    }
    // Who may know is applied for beside this form: what stands there now is sent back as it is.
    const intake = { ...value, scope: editing.intake.scope }
    if ((await act.run('cases.edit', { caseId: editing.id, version: stored.version, intake })) !== null) {
      sent()
      return navigate({ room: 'case', caseId: editing.id, tab: 'overview' })
    }
    const now = await call('cases.get', { caseId: editing.id })
    if (now.intakeVersion !== stored.version) setTheirs(now)
  }
  const colleagues = session.colleagues.filter(
    (one) => one.id !== session.account.id && one.roles.some((role) => businessRoles.some((known) => known === role)),
  )
  // What stands behind the ids and codes of a form, for reading two of them side by side.
  const names = new Map<string, string>([
    ...[...enterprises, ...(theirs?.enterpriseList ?? [])].map((one) => [one.id, one.name] as const),
    ...(theirs?.scope ?? []).map((one) => [one.accountId, one.name] as const),
    ...session.colleagues.map((one) => [one.id, one.name] as const),
    ...rules.triggers.map((one) => [one.code, `情形（${one.mark}）`] as const),
    ...(referenceOf(rules, 'situations')?.entries ?? []).map((one) => [one.code, one.name] as const),
  ])
  return (
    <Page
      title={editing === null ? text.intakeTitle : text.editTitle}
      meta={<ArticleChip article={3} />}
      note={
        <>
          <ErrorNote failure={act.failure} />
          {tried && faults.length > 0 && (
            <p className="y-owed" role="alert">
              还有 {faults.length} 处需要补正，见各栏红字
            </p>
          )}
        </>
      }
      actions={<Button onClick={goBack}>返回</Button>}
      primary={
        <Button type="primary" onClick={submit} disabled={act.busy}>
          {editing === null ? text.intake : text.saveIntake}
        </Button>
      }
    >
      <div className="y-two" key={round} ref={form}>
        <div>
          {left !== null && (
            <Panel
              title={text.leftIntake}
              extra={
                <button type="button" className="y-quiet-button" onClick={restart}>
                  {text.restartIntake}
                </button>
              }
            >
              <p className="y-quiet" role="status">
                {text.leftWhy}
              </p>
            </Panel>
          )}
          <Panel title="企业与事由" extra={<ArticleChip article={6} />}>
            <FieldGroup label="约谈形式" required fault={faultOf('form')}>
              <OneOf
                options={(['individual', 'collective'] as const).map((value) => ({ value, text: formNames[value] }))}
                value={draft.form}
                onChange={(form) => put({ form })}
              />
            </FieldGroup>
            <EnterprisePicker chosen={enterprises} onChange={setEnterprises} fault={faultOf('enterpriseIds')} />
            <Field label="约谈事由" required fault={faultOf('matter')} hint="将原样印入通知书">
              {(control) => (
                <TextLine {...control} initial={draft.matter} maxLength={500} onText={(matter) => put({ matter })} />
              )}
            </Field>
          </Panel>
          <Panel title="约谈情形" extra={<ArticleChip article={3} />}>
            <FieldGroup label="第三条所列情形（可多选）" required fault={faultOf('triggers')}>
              <AnyOf<TriggerCode>
                column
                options={rules.triggers.map((one) => ({
                  value: one.code as TriggerCode,
                  text: `（${one.mark}）${one.text}`,
                }))}
                value={draft.triggers}
                onChange={(triggers) => put({ triggers })}
              />
            </FieldGroup>
            {draft.triggers.includes('four') && (
              <FieldGroup label="情形（四）涉及的方面" required fault={faultOf('areas')}>
                <AnyOf
                  options={(rules.triggers.find((one) => one.code === 'four')?.areas ?? []).map((area) => ({
                    value: area,
                    text: area,
                  }))}
                  value={draft.areas}
                  onChange={(areas) => put({ areas })}
                />
              </FieldGroup>
            )}
            {draft.triggers.includes('six') && (
              <FieldGroup label="情形（六）：是否已启动责任追究程序" required fault={faultOf('accountabilityStarted')}>
                <OneOf
                  options={[
                    { value: 'no', text: '暂未启动' },
                    { value: 'yes', text: '已经启动' },
                  ]}
                  value={draft.accountabilityStarted === null ? null : draft.accountabilityStarted ? 'yes' : 'no'}
                  onChange={(answer) => put({ accountabilityStarted: answer === 'yes' })}
                />
              </FieldGroup>
            )}
            {draft.triggers.includes('eight') && (
              <Demands
                values={draft.demands}
                earlier={earlier.data ?? []}
                fault={faultOf('demands')}
                onChange={(demands) => put({ demands })}
              />
            )}
          </Panel>
          <Panel title="除外情形" extra={<ArticleChip article={22} />}>
            <FieldGroup
              label={text.gate}
              required
              fault={
                draft.excluded !== null && draft.excluded !== 'none'
                  ? text.gateStop[draft.excluded]
                  : faultOf('excluded')
              }
            >
              <OneOf
                options={(['none', 'productionSafety', 'pollution'] as const).map((value) => ({
                  value,
                  text: text.gateAnswers[value],
                }))}
                value={draft.excluded}
                onChange={(excluded) => put({ excluded })}
              />
            </FieldGroup>
          </Panel>
          <Panel title="问题事实">
            <Field label="事实与依据">
              {(control) => (
                <TextBlock {...control} rows={5} initial={draft.facts} onText={(facts) => put({ facts })} />
              )}
            </Field>
            <div className="y-grid-2">
              <Sources value={draft.sources} onChange={(sources) => put({ sources })} />
              <div>
                <SumField
                  label="涉及金额（万元）"
                  value={draft.amountFen}
                  fault={faultOf('amountFen')}
                  onChange={(fen) => {
                    setSumFault(Number.isNaN(fen))
                    put({ amountFen: Number.isNaN(fen) ? null : fen })
                  }}
                />
                <LossBand fen={draft.amountFen} />
              </div>
            </div>
            <Situations
              values={draft.situations}
              fault={faultOf('situations')}
              onChange={(situations) => put({ situations })}
            />
            <Persons enterpriseIds={enterpriseIds} values={draft.persons} onChange={(persons) => put({ persons })} />
            <Instructions
              values={draft.instructions}
              fault={faultOf('instructions')}
              onChange={(instructions) => put({ instructions })}
            />
          </Panel>
          {editing === null && <ChosenFiles values={files} onChange={setFiles} />}
          <Panel title="启动职责与回避" extra={<ArticleChip article={4} />}>
            <Recusals asked={draft.recusalAsked} values={draft.recusals} fault={faultOf('recusals')} onChange={put} />
            <Field
              label="非本处室职责的启动理由"
              fault={faultOf('dutyReason')}
              required={covered === false}
              hint={`本事项由${office}启动${covered === true ? '，所选方面属其职责' : covered === false ? '，所选方面不在其职责内，审签时将一并报告' : '；属本处室职责的不填'}（第四条）`}
            >
              {(control) => (
                <TextLine {...control} initial={draft.dutyReason} onText={(dutyReason) => put({ dutyReason })} />
              )}
            </Field>
          </Panel>
          <Panel title="拟定密级与知悉范围" extra={<ArticleChip article={21} />}>
            <FieldGroup label="事项拟定密级" required hint="自拟稿起即按此保护；标志待定密后才印">
              <OneOf
                options={levels.map((level) => ({
                  value: level,
                  text: levelNames[level],
                  disabled: levelRank(level) > levelRank(session.machineLevel),
                }))}
                value={draft.proposedLevel}
                onChange={(proposedLevel) => put({ proposedLevel })}
              />
            </FieldGroup>
            {editing === null ? (
              <FieldGroup label="知悉范围" hint="审签、定密、记录、归档的同志须在范围内才能办理；您本人自动在内">
                <AnyOf
                  options={colleagues.map((one) => ({
                    value: one.id,
                    text: `${one.name} · ${one.roles.map((role) => roleNames[role]).join('、')}`,
                  }))}
                  value={draft.scope}
                  onChange={(scope) => put({ scope })}
                />
                <button
                  type="button"
                  className="y-quiet-button"
                  onClick={() => put({ scope: colleagues.map((one) => one.id) })}
                >
                  按办理环节全部选入
                </button>
              </FieldGroup>
            ) : (
              <FieldGroup label="知悉范围" hint={text.scopeElsewhere}>
                <p>{editing.scope.map((one) => one.name).join('、')}</p>
              </FieldGroup>
            )}
            <Field label="知悉单位" hint="每行一个；抄送只能从中选择（第四条）">
              {(control) => (
                <TextBlock
                  {...control}
                  rows={2}
                  initial={draft.scopeUnits.join('\n')}
                  onText={(typed) =>
                    put({
                      scopeUnits: typed
                        .split('\n')
                        .map((line) => line.trim())
                        .filter(Boolean),
                    })
                  }
                />
              )}
            </Field>
          </Panel>
        </div>
        <Earlier found={earlier} asked={asked} />
      </div>
      {theirs !== null && stored.intake !== null && (
        <StaleForm<IntakeInput>
          base={stored.intake}
          mine={{ ...draft, excluded: draft.excluded ?? 'none', enterpriseIds }}
          theirs={theirs.intake}
          who={theirs.history.find((one) => one.act === 'cases.edit')?.who ?? ''}
          nameOf={(field) => intakeNames[field] ?? field}
          textOf={(value, field) => intakeFieldText(value, field, names)}
          onCancel={() => setTheirs(null)}
          onSettled={(settled) => {
            setStored({ version: theirs.intakeVersion, intake: theirs.intake })
            setDraft(settled)
            const known = [...enterprises, ...theirs.enterpriseList]
            setEnterprises(settled.enterpriseIds.flatMap((id) => known.find((one) => one.id === id) ?? []))
            setTheirs(null)
            act.clear()
            setRound((n) => n + 1)
          }}
        />
      )}
    </Page>
  )
}

const sameNames = { enterprise: '同一企业', family: '上下级企业', person: '同一人员', trigger: '同类情形' } as const

/** Earlier cases of the same enterprises, persons or triggers, as the intake is being typed (老问题). */
function Earlier({ found, asked }: { found: Loaded<VerbOutput<'cases.earlier'>>; asked: boolean }) {
  return (
    <div className="y-sticky">
      <Panel title="此前事项">
        {found.data === null || found.data.length === 0 ? (
          <EmptyState title={asked ? '知悉范围内没有此前事项' : '选定企业、人员或情形后，此前的事项在这里列出'} />
        ) : (
          <ul className="y-list" aria-label="此前事项">
            {found.data.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="y-row-link"
                  onClick={() => navigate({ room: 'case', caseId: one.id, tab: 'overview' })}
                >
                  {one.matter}
                </button>
                <div className="y-quiet">
                  {one.enterprise} · {stageNames[one.stage]} · {officialMoment(one.at)}
                </div>
                {one.same.map((kind) => (
                  <span key={kind} className={kind === 'enterprise' || kind === 'person' ? 'y-tag y-red' : 'y-tag'}>
                    {sameNames[kind]}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}
