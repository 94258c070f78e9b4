import { extname } from 'node:path'
import {
  addToScope,
  changeIntake,
  demandsOf,
  earlierCases,
  enterprisesOfCase,
  insertCase,
  personsOf,
  scopeOf,
  setAccountability,
  triggersOf,
} from '#db/repositories/cases.ts'
import { linesById, officesOfLines, pageOfLines } from '#db/repositories/lines.ts'
import { changesOfCase, updateChange } from '#db/repositories/notice-changes.ts'
import { insertNotice, noticesOfCase, storedOf, updateNotice } from '#db/repositories/notices.ts'
import { attachmentsOf, insertPaper, papersOfCase } from '#db/repositories/papers.ts'
import { enterprisesById, familyOf, listOffices } from '#db/repositories/parties.ts'
import { keepPreference, preferenceOf } from '#db/repositories/preferences.ts'
import { documentsOfCase } from '#db/repositories/rectification.ts'
import { supersede } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { isOfficerRole } from '#shared/domain/accounts.ts'
import { type ArticleLine, dutyCovered, type Intake, intakeFaults } from '#shared/domain/cases.ts'
import { articleLines, nextStep } from '#shared/domain/cases-panel.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { openChange } from '#shared/domain/notice-changes.ts'
import { noticeUp } from '#shared/domain/notices.ts'
import type { PaperKind } from '#shared/domain/papers.ts'
import type { ReceivedDocument } from '#shared/domain/rectification.ts'
import { highestLevel, levelNames, levelRank } from '#shared/domain/secrecy.ts'
import { type RuleProfile, referenceOf } from '#shared/rules/profile.ts'
import { insertBlob } from '../blobs.ts'
import type { Context, Handlers } from '../context.ts'
import { storeFile } from '../incoming.ts'
import { releaseNumber } from '../numbers/register.ts'
import { exportTable } from '../papers/export.ts'
import { leaveUnclosed, rectifyOn } from '../rectification/closing.ts'
import { rulesOf } from '../rules/rules.ts'
import { openEvents, openLines, openOnes } from '../secrecy/closed.ts'
import { assertCaseActs } from './acts.ts'
import { amountHandlers } from './amount.ts'
import { assertStage, caseOf, factsOfCase, nameOf, openStages, recordEvent, take } from './case-file.ts'
import { refreshLines, shownLine } from './lines.ts'
import { exportLimit, listFile } from './list-export.ts'
import { panelOf } from './panel.ts'

/** Every account of a 知悉范围 is an active business account: an officer holds no key and cannot be let in by a list. */
function assertColleagues(context: Context, accountIds: readonly string[]): void {
  const { ledger } = context.session.archive
  for (const id of accountIds) {
    const account = ledger.account(id)
    if (account?.state !== 'active' || account.roles.length === 0 || account.roles.some(isOfficerRole))
      fail('cases.scopeUnknown', { account: id })
  }
}

/** Art. 3: what the profile does not list is no trigger of its, no area of (四), and no 责任追究情形. */
function assertListed(profile: RuleProfile, value: Intake): void {
  const unknown = value.triggers.find((code) => !profile.triggers.some((one) => one.code === code))
  if (unknown) fail('cases.unknownTrigger', { field: 'triggers', trigger: unknown })
  const areas = profile.triggers.flatMap((one) => (value.triggers.some((code) => code === one.code) ? one.areas : []))
  if (!value.areas.every((area) => areas.includes(area))) fail('cases.unknownArea', { field: 'areas' })
  const situations = referenceOf(profile, 'situations')?.entries ?? []
  if (!value.situations.every((code) => situations.some((one) => one.code === code)))
    fail('cases.unknownSituation', { field: 'situations' })
}

/**
 * Checks an intake against who stands in the 知悉范围. Errors: the first fault of the intake with its field;
 * `cases.recusedInScope`, `cases.earlierUnknown`, `secrecy.aboveMachine`, `parties.unknownEnterprise`.
 */
async function assertIntake(context: Context, intake: Intake, office: string, scope: readonly string[]): Promise<void> {
  const { ledger } = context.session.archive
  const own = (await listOffices(context.trx)).find((one) => one.name === office)
  const known = { today: dayInChina(context.now), dutyCovered: dutyCovered(intake, own) }
  const [fault] = intakeFaults(intake, known)
  if (fault) fail(fault.code, { field: fault.field })
  const recused = intake.recusals.filter((one) => one.decision === 'recused').map((one) => one.name)
  const members = scope.map((id) => ledger.account(id)?.name ?? '')
  if (members.some((name) => recused.includes(name))) fail('cases.recusedInScope', { field: 'recusals' })
  const earlier = intake.demands.flatMap((one) => one.caseId ?? [])
  if (earlier.length > 0) {
    const known = await linesById(context.trx, context.account.id, earlier)
    if (known.length !== new Set(earlier).size) fail('cases.earlierUnknown', { field: 'demands' })
  }
  // A machine holds nothing above its level, not even as a draft (实施条例 32; DOMAIN §2.1 row 21).
  const { machineLevel } = ledger
  if (levelRank(intake.proposedLevel) > levelRank(machineLevel)) fail('secrecy.aboveMachine', { level: machineLevel })
  const { enterpriseIds } = intake
  if ((await enterprisesById(context.trx, enterpriseIds)).length !== enterpriseIds.length)
    fail('parties.unknownEnterprise')
}

/** The 知悉范围 of an opened case is widened by application and narrowed by decision, never by its intake (Art. 21). */
async function assertSameScope(context: Context, caseId: string, sent: readonly string[]): Promise<string[]> {
  const stored = await scopeOf(context.trx, caseId)
  const asked = new Set(sent)
  if (asked.size !== stored.length || !stored.every((id) => asked.has(id)))
    fail('cases.scopeElsewhere', { field: 'scope' })
  return stored
}

/** Which frozen paper shows that an article was kept, the most telling first. */
const paperOfArticle: Readonly<Record<number, readonly PaperKind[]>> = {
  3: ['attachment'],
  4: ['notice'],
  5: ['consultation'],
  7: ['notice'],
  8: ['record', 'outline'],
  9: ['minutes', 'record'],
  10: ['confirmation', 'receipt'],
  12: ['rectificationLedger'],
  16: ['evaluation', 'reminder'],
  20: ['contents'],
  21: ['classification'],
}

/** Which paper of the enterprise shows it. */
const documentOfArticle: Readonly<Record<number, ReceivedDocument['kind']>> = { 11: 'workPlan', 15: 'specialReport' }

/** Articles whose papers stand before the interview: they are shown while the article is still being kept. */
const papersBefore = [5, 8, 10]

function withPapers(
  lines: ArticleLine[],
  papers: readonly { id: string; kind: string; title: string }[],
  documents: readonly Pick<ReceivedDocument, 'id' | 'kind' | 'title' | 'state'>[],
): ArticleLine[] {
  return lines.map((line) => {
    const stands = line.state === 'done' || papersBefore.includes(line.article)
    const kinds = stands ? (paperOfArticle[line.article] ?? []) : []
    const found = kinds.flatMap((kind) => papers.filter((one) => one.kind === kind)).at(0)
    if (found) return { ...line, paper: { id: found.id, title: found.title, tab: 'papers' } }
    const kind = line.state === 'done' ? documentOfArticle[line.article] : undefined
    const sent = documents.findLast((one) => one.kind === kind && one.state !== 'returned')
    return sent ? { ...line, paper: { id: sent.id, title: sent.title, tab: 'rectification' } } : line
  })
}

/** Short text of an event's detail for the history; ids stay out of sight. */
function detailText(detail: string): string {
  const parsed: { readonly text?: string } = JSON.parse(detail)
  return parsed.text ?? ''
}

export const casesHandlers = {
  'cases.list': async (context, { order, offset, limit, mine, ...filter }) => {
    const { trx, account } = context
    await refreshLines(context)
    const wanted = { ...filter, officerId: mine ? account.id : null }
    const { rows, total } = await pageOfLines(trx, account, wanted, { order, offset, limit })
    return { rows: (await openLines(context, rows)).map((row) => shownLine(context, row)), total }
  },

  'cases.export': {
    long: async (context, { columns, format, folder, mine, ...filter }) => {
      const wanted = { ...filter, officerId: mine ? context.account.id : null }
      const rows = await context.read(async (inside) => {
        await refreshLines(inside)
        const page = { order: 'updated' as const, offset: 0, limit: exportLimit }
        const found = await pageOfLines(inside.trx, context.account, wanted, page)
        return (await openLines(inside, found.rows)).map((row) => shownLine(inside, row))
      })
      const bytes = listFile(rows, columns, format)
      const level = highestLevel(rows.map((row) => row.level))
      return context.commit((inside) => {
        const name = `约谈事项一览（${officialDay(dayInChina(inside.now))}）.${format}`
        return exportTable(inside, folder, name, { bytes, rows: rows.length, level })
      })
    },
  },

  'cases.views': async ({ trx, account }) => {
    const body = await preferenceOf(trx, account.id, 'cases.list')
    return body === null ? { views: [], columns: [] } : JSON.parse(body)
  },

  'cases.saveViews': async ({ trx, account, now }, chosen) => {
    await keepPreference(trx, { accountId: account.id, slot: 'cases.list', body: JSON.stringify(chosen), now })
    return chosen
  },

  'cases.offices': async (context) => {
    await refreshLines(context)
    return officesOfLines(context.trx, context.account.id)
  },

  'cases.create': async (context, input) => {
    const { trx, account, now } = context
    await assertIntake(context, input, account.office, [account.id, ...input.scope])
    assertColleagues(context, input.scope)
    const { profile, hash } = (await rulesOf(context)).on(dayInChina(now))
    assertListed(profile, input)
    const caseId = context.newId()
    await insertCase(trx, {
      id: caseId,
      pin: { id: profile.id, version: profile.version, hash },
      intake: input,
      office: account.office,
      officerId: account.id,
      now,
      newId: () => context.newId(),
    })
    for (const accountId of new Set([account.id, ...input.scope])) {
      await addToScope(trx, { id: context.newId(), caseId, accountId, by: account.id, now })
    }
    await recordEvent(context, caseId, 'cases.create', 3)
    context.note({ objectKind: 'case', objectId: caseId, level: input.proposedLevel })
    return { caseId }
  },

  'cases.accept': async (context, { caseId }) => {
    const { trx, now, account } = context
    const row = await caseOf(context, caseId)
    await take(context, caseId, 'acceptIntake')
    const [host] = (await rulesOf(context)).of(row).hostRanks
    for (const enterprise of await enterprisesOfCase(trx, caseId)) {
      const form = {
        addressee: enterprise.name,
        day: '',
        clock: '',
        place: '',
        unit: row.office,
        hostName: '',
        hostTitle: '',
        ...(host ? { hostRank: host.code } : {}),
        matter: row.matter,
        interviewees: [],
        materials: '',
        materialsDue: '',
        contact: account.name,
        telephone: '',
        copies: [],
      }
      await insertNotice(trx, { id: context.newId(), caseId, enterpriseId: enterprise.id, form }, now)
    }
    await recordEvent(context, caseId, 'cases.accept', 4)
    return {}
  },

  'cases.get': async (context, { caseId }) => {
    const { trx } = context
    await assertCaseActs(context, caseId)
    const row = await caseOf(context, caseId)
    const facts = await panelOf(context, row)
    const profile = (await rulesOf(context)).of(row)
    const enterprises = await enterprisesOfCase(trx, caseId)
    const scope = await scopeOf(trx, caseId)
    await refreshLines(context)
    const [line] = await openLines(context, await linesById(trx, context.account.id, [caseId]))
    if (!line) fail('cases.unknown')
    const { triggers, areas } = await triggersOf(trx, caseId)
    const recusals: { asked: boolean; relations: Intake['recusals'] } = JSON.parse(row.recusals)
    const papers = await openOnes(context, caseId, await papersOfCase(trx, caseId), (one) => one.id)
    context.note({ level: facts.level })
    return {
      ...shownLine(context, line),
      next: nextStep(facts, profile),
      rules: { id: row.profile, version: row.profile_version, hash: row.profile_hash },
      intake: {
        form: row.form,
        enterpriseIds: enterprises.map((one) => one.id),
        matter: row.matter,
        triggers,
        areas,
        facts: row.facts,
        sources: row.sources,
        situations: JSON.parse(row.situations),
        amountFen: row.amount_fen,
        instructions: JSON.parse(row.instructions),
        excluded: row.safety_gate,
        accountabilityStarted: row.accountability_started === null ? null : row.accountability_started === 1,
        demands: await demandsOf(trx, caseId),
        persons: await personsOf(trx, caseId),
        recusalAsked: recusals.asked,
        recusals: recusals.relations,
        dutyReason: row.duty_reason,
        proposedLevel: row.proposed_level ?? 'none',
        scope,
        scopeUnits: JSON.parse(row.scope_units),
      },
      enterpriseList: enterprises,
      articles: withPapers(articleLines(facts, profile), papers, await documentsOfCase(trx, caseId)),
      attachments: (await attachmentsOf(trx, caseId)).map(({ accountId, ...one }) => ({
        ...one,
        by: nameOf(context, accountId),
      })),
      intakeVersion: row.intake_version,
      history: (await openEvents(context, caseId)).map((event) => ({
        at: event.at,
        who: nameOf(context, event.account_id),
        act: event.kind,
        article: Number(event.article ?? 0),
        detail: detailText(event.detail),
      })),
      scope: scope.map((accountId) => ({ accountId, name: nameOf(context, accountId) })),
      interviewId: facts.interviewId,
      volumeId: facts.volumeId,
      version: row.version,
    }
  },

  'cases.earlier': async ({ trx, account }, input) => {
    if (input.enterpriseIds.length + input.triggers.length + input.persons.length === 0) return []
    // A duplicate that was merged still carries its own cases (老问题).
    const enterpriseIds = await familyOf(trx, 'enterprises', input.enterpriseIds)
    const rows = await earlierCases(trx, account.id, { ...input, enterpriseIds })
    return rows.map((row) => ({
      id: row.id,
      matter: row.matter,
      enterprise: row.enterprise,
      stage: row.state,
      at: row.created_at,
      same: [
        ...(row.sameEnterprise ? (['enterprise'] as const) : row.sameFamily ? (['family'] as const) : []),
        ...(row.samePerson ? (['person'] as const) : []),
        ...(row.sameTrigger ? (['trigger'] as const) : []),
      ],
    }))
  },

  'cases.edit': async (context, { caseId, version, intake }) => {
    const { trx } = context
    const row = await assertStage(context, caseId, ['intake', 'notice'])
    const up = (await noticesOfCase(trx, caseId)).find((one) => noticeUp.includes(one.state))
    if (up) fail('cases.noticesUp', { state: up.state })
    await assertIntake(context, intake, row.office, await assertSameScope(context, caseId, intake.scope))
    assertListed((await rulesOf(context)).of(row), intake)
    const before = (await enterprisesOfCase(trx, caseId)).map((one) => one.id)
    // Each enterprise has its notice by then: who is interviewed is no longer the intake's to change (Art. 4, 6).
    const same =
      before.length === intake.enterpriseIds.length && before.every((id) => intake.enterpriseIds.includes(id))
    if (row.state !== 'intake' && (!same || row.form !== intake.form))
      fail('cases.enterprisesFixed', { field: 'enterpriseIds' })
    if (!(await changeIntake(trx, caseId, intake, version, () => context.newId()))) fail('cases.changed')
    await recordEvent(context, caseId, 'cases.edit', 3)
    return {}
  },

  'cases.attach': {
    long: async (context, { caseId, title, level, file }) => {
      const { machineLevel } = context.session.archive.ledger
      if (levelRank(level) > levelRank(machineLevel)) fail('secrecy.aboveMachine', { level: machineLevel })
      await context.read((inside) => caseOf(inside, caseId))
      const { blob, ...meta } = await storeFile(context, file)
      return context.commit(async (inside) => {
        const { trx, now, account } = inside
        await assertStage(inside, caseId, openStages)
        await insertBlob(trx, blob, { ...meta, now })
        const ending = extname(meta.name).slice(1).toLowerCase()
        // It leaves as every other paper of the case does: by ticket, at the level of the case or its own, if that is higher.
        const id = inside.newId()
        const paper = {
          id,
          caseId,
          compilationId: null,
          kind: 'attachment' as const,
          objectId: id,
          edition: 1,
          title,
          format: /^[a-z0-9]{1,16}$/.test(ending) ? ending : 'bin',
          sha256: blob.sha256,
          size: blob.size,
          pages: null,
          level: highestLevel([(await factsOfCase(inside, caseId)).level, level]),
          marked: level,
          frozenAt: now,
          blobId: blob.id,
        }
        await insertPaper(trx, paper, 'attachment', account.id)
        const mark = level === 'none' ? '' : `（${levelNames[level]}）`
        await recordEvent(inside, caseId, 'cases.attach', 3, { text: `${title}${mark}` })
        inside.note({ level })
        return {}
      })
    },
  },

  'cases.accountability': async (context, { caseId, day, note }) => {
    const row = await assertStage(context, caseId, openStages)
    const { triggers } = await triggersOf(context.trx, caseId)
    if (!triggers.includes('six')) fail('cases.notTriggerSix')
    if (row.accountability_started === 1) fail('cases.accountabilityKnown')
    if (day > dayInChina(context.now)) fail('cases.dayAhead', { field: 'day' })
    await setAccountability(context.trx, caseId)
    await recordEvent(context, caseId, 'cases.accountability', 3, { text: `${officialDay(day)}：${note}` })
    return {}
  },

  ...amountHandlers,

  'cases.reopen': async (context, { caseId, reason }) => {
    const { trx, now } = context
    if ((await caseOf(context, caseId)).state === 'withdrawn') {
      // Notices that were cancelled with the case are drafted anew; those that went out stand.
      const notices = await noticesOfCase(trx, caseId)
      for (const { id } of await enterprisesOfCase(trx, caseId)) {
        const last = notices.findLast((one) => one.enterprise_id === id)
        if (last?.state === 'cancelled')
          await insertNotice(trx, { id: context.newId(), caseId, enterpriseId: id, form: storedOf(last).form }, now)
      }
    } else await rectifyOn(context, caseId, reason)
    await take(context, caseId, 'reopen')
    await recordEvent(context, caseId, 'cases.reopen', 16, { text: reason })
    return {}
  },

  'cases.beginFiling': async (context, { caseId, reason }) => {
    if (reason !== '') await leaveUnclosed(context, caseId, reason)
    await take(context, caseId, 'beginFiling')
    await recordEvent(context, caseId, 'cases.beginFiling', 16)
    return {}
  },

  'cases.withdraw': async (context, { caseId, reason }) => {
    const { trx, now } = context
    await take(context, caseId, 'withdraw')
    // A paper that went out stays what it was; the others end with the case, and with them what was proposed for them.
    for (const notice of await noticesOfCase(trx, caseId)) {
      if (notice.state === 'issued' || notice.state === 'cancelled') continue
      await supersede(trx, 'notice', notice.id, ['proposed'])
      await releaseNumber(context, notice.number_id, reason)
      await updateNotice(trx, notice.id, { state: 'cancelled', updated_at: now })
    }
    for (const change of await changesOfCase(trx, caseId)) {
      if (!openChange.includes(change.state)) continue
      await releaseNumber(context, change.number_id, reason)
      await updateChange(trx, change.id, { state: 'withdrawn' })
    }
    await recordEvent(context, caseId, 'cases.withdraw', 4, { text: reason })
    return {}
  },
} satisfies Partial<Handlers>
