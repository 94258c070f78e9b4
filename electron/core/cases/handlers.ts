import {
  addToScope,
  casesInScope,
  earlierCases,
  earlierDemandOf,
  enterprisesOfCase,
  eventsOf,
  insertCase,
  listCases,
  scopeOf,
  triggersOf,
} from '#db/repositories/cases.ts'
import { insertNotice, noticesOfCase, updateNotice } from '#db/repositories/notices.ts'
import { enterprisesById, familyOf } from '#db/repositories/parties.ts'
import { fail } from '#shared/contract/errors.ts'
import { isOfficerRole } from '#shared/domain/accounts.ts'
import { type Intake, intakeFaults } from '#shared/domain/cases.ts'
import { articleLines, nextStep } from '#shared/domain/cases-panel.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { levelRank } from '#shared/domain/secrecy.ts'
import type { RuleProfile } from '#shared/rules/profile.ts'
import type { Context, Handlers } from '../context.ts'
import { rulesOf } from '../rules/rules.ts'
import { assertCaseActs } from './acts.ts'
import { caseOf, nameOf, recordEvent, take } from './case-file.ts'
import { panelOf, shownCases } from './panel.ts'

/** Every account of a 知悉范围 is an active business account: an officer holds no key and cannot be let in by a list. */
function assertColleagues(context: Context, accountIds: readonly string[]): void {
  const { ledger } = context.session.archive
  for (const id of accountIds) {
    const account = ledger.account(id)
    if (account?.state !== 'active' || account.roles.length === 0 || account.roles.some(isOfficerRole))
      fail('cases.scopeUnknown', { account: id })
  }
}

/** Art. 3: what the profile does not list is no trigger of its, and no area of (四). */
function assertTriggers(profile: RuleProfile, value: Intake): void {
  const unknown = value.triggers.find((code) => !profile.triggers.some((one) => one.code === code))
  if (unknown) fail('cases.unknownTrigger', { field: 'triggers', trigger: unknown })
  const areas = profile.triggers.flatMap((one) => (value.triggers.some((code) => code === one.code) ? one.areas : []))
  if (!value.areas.every((area) => areas.includes(area))) fail('cases.unknownArea', { field: 'areas' })
}

/** Short text of an event's detail for the history; ids stay out of sight. */
function detailText(detail: string): string {
  const parsed: { readonly text?: string } = JSON.parse(detail)
  return parsed.text ?? ''
}

export const casesHandlers = {
  'cases.list': async (context, { stage }) => {
    const { trx, account } = context
    const rows = await listCases(trx, casesInScope(trx, account.id), { stage })
    const ids = casesInScope(trx, account.id)
    if (stage !== null) ids.whereIn('case_id', trx('cases').where({ state: stage }).select('id'))
    return shownCases(context, rows, ids)
  },

  'cases.create': async (context, input) => {
    const { trx, account, now } = context
    const [fault] = intakeFaults(input)
    if (fault) fail(fault.code, { field: fault.field })
    // A machine holds nothing above its level, not even as a draft (实施条例 32; DOMAIN §2.1 row 21).
    const { machineLevel } = context.session.archive.ledger
    if (levelRank(input.proposedLevel) > levelRank(machineLevel)) fail('secrecy.aboveMachine', { level: machineLevel })
    if ((await enterprisesById(trx, input.enterpriseIds)).length !== input.enterpriseIds.length)
      fail('parties.unknownEnterprise')
    assertColleagues(context, input.scope)
    const { profile, hash } = (await rulesOf(context)).on(dayInChina(now))
    assertTriggers(profile, input)
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
    for (const enterprise of await enterprisesOfCase(trx, caseId)) {
      const form = {
        addressee: enterprise.name,
        day: '',
        clock: '',
        place: '',
        unit: row.office,
        hostName: '',
        hostTitle: '',
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
    const enterprises = await enterprisesOfCase(trx, caseId)
    const scope = await scopeOf(trx, caseId)
    const [shown] = await shownCases(context, [row], trx('cases').where({ id: caseId }).select('id'))
    if (!shown) fail('cases.unknown')
    const { triggers, areas } = await triggersOf(trx, caseId)
    context.note({ level: facts.level })
    return {
      ...shown,
      next: nextStep(facts),
      rules: { id: row.profile, version: row.profile_version, hash: row.profile_hash },
      intake: {
        form: row.form,
        enterpriseIds: enterprises.map((one) => one.id),
        matter: row.matter,
        triggers,
        areas,
        facts: row.facts,
        sources: row.sources,
        amountFen: row.amount_fen,
        instruction: row.instruction,
        excluded: row.safety_gate,
        accountabilityStarted: row.accountability_started === null ? null : row.accountability_started === 1,
        earlierDemand: await earlierDemandOf(trx, caseId),
        proposedLevel: row.proposed_level ?? 'none',
        scope,
      },
      enterpriseList: enterprises,
      articles: articleLines(facts),
      history: (await eventsOf(trx, caseId)).map((event) => ({
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
      createdAt: row.created_at,
    }
  },

  'cases.earlier': async ({ trx, account }, input) => {
    if (input.enterpriseIds.length === 0 && input.triggers.length === 0) return []
    // A duplicate that was merged still carries its own cases (老问题).
    const enterpriseIds = await familyOf(trx, 'enterprises', input.enterpriseIds)
    const rows = await earlierCases(trx, account.id, { ...input, enterpriseIds })
    return rows.map((row) => ({
      id: row.id,
      matter: row.matter,
      enterprise: row.enterprise,
      stage: row.state,
      at: row.created_at,
      same: row.sameEnterprise ? (row.sameTrigger ? 'both' : 'enterprise') : 'trigger',
    }))
  },

  'cases.beginFiling': async (context, { caseId }) => {
    await take(context, caseId, 'beginFiling')
    await recordEvent(context, caseId, 'cases.beginFiling', 16)
    return {}
  },

  'cases.withdraw': async (context, { caseId, reason }) => {
    const { trx, now } = context
    await take(context, caseId, 'withdraw')
    // A notice that went out stays what it was; the others are cancelled with the case.
    for (const notice of await noticesOfCase(trx, caseId)) {
      if (notice.state !== 'issued') await updateNotice(trx, notice.id, { state: 'cancelled', updated_at: now })
    }
    await recordEvent(context, caseId, 'cases.withdraw', 4, { text: reason })
    return {}
  },
} satisfies Partial<Handlers>
