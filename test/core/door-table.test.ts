import * as v from 'valibot'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openAudit } from '#electron/core/audit/index.ts'
import { createDoor, type DoorSession } from '#electron/core/dispatch.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { noPrinting } from '#electron/core/printing.ts'
import { contract } from '#shared/contract/index.ts'
import type { VerbSpec } from '#shared/contract/verb.ts'
import { allRoles, businessRoles, officerRoles, type Role } from '#shared/domain/accounts.ts'
import { makeTestArchive, testIds } from '../support/archive.ts'

/*
 * Written by hand, on purpose: who may do what, and whether the case must lie in the account's 知悉范围. The contract
 * and the door are compared with it, so that a changed list of roles is noticed here and not in the field.
 */
const nobodySignedIn = 'sign-in window'
const everyone: readonly Role[] = allRoles
const business: readonly Role[] = businessRoles
const desk: readonly Role[] = ['caseOfficer', 'officeHead']
const writers: readonly Role[] = ['minuteTaker', 'caseOfficer', 'officeHead']
const leaders: readonly Role[] = ['deputyLeader', 'chiefLeader']
const keepers: readonly Role[] = ['secrecyOfficer', 'archivist', ...desk, 'accountabilityOffice']
const filers: readonly Role[] = ['caseOfficer', 'officeHead', 'archivist']

type Row = readonly [roles: readonly Role[] | typeof nobodySignedIn, scope: 'inside' | 'any' | 'borrowed']

const table: Readonly<Record<string, Row>> = {
  'session.status': [nobodySignedIn, 'any'],
  'session.choose': [nobodySignedIn, 'any'],
  'session.signIn': [nobodySignedIn, 'any'],
  'session.changePassword': [nobodySignedIn, 'any'],
  'session.current': [everyone, 'any'],
  'session.colleagues': [everyone, 'any'],
  'session.lock': [everyone, 'any'],
  'session.stepUpAsked': [everyone, 'any'],
  'session.stepUp': [everyone, 'any'],
  'session.reveal': [everyone, 'any'],
  'accounts.createTrial': [nobodySignedIn, 'any'],
  'accounts.beginCeremony': [nobodySignedIn, 'any'],
  'accounts.enrol': [nobodySignedIn, 'any'],
  'accounts.completeCeremony': [nobodySignedIn, 'any'],
  'accounts.abandonCeremony': [nobodySignedIn, 'any'],
  'accounts.activate': [nobodySignedIn, 'any'],
  'accounts.handOver': [business, 'any'],
  'accounts.waiting': [everyone, 'any'],
  'accounts.confirm': [everyone, 'any'],
  'accounts.withdraw': [everyone, 'any'],
  'accounts.replaceOfficer': [nobodySignedIn, 'any'],
  'accounts.renewAuthority': [nobodySignedIn, 'any'],
  'accounts.revoke': [['systemAdmin', 'securityOfficer'], 'any'],
  'accounts.makeSheets': [nobodySignedIn, 'any'],
  'accounts.checkSheets': [nobodySignedIn, 'any'],
  'accounts.useSheets': [nobodySignedIn, 'any'],
  'accounts.devicePaper': [nobodySignedIn, 'any'],
  'accounts.restoreDevice': [nobodySignedIn, 'any'],
  'accounts.handOverCases': [['chiefLeader'], 'any'],
  'accounts.renewKey': [['chiefLeader', 'deputyLeader', 'officeHead', 'systemAdmin', 'securityOfficer'], 'any'],
  'accounts.unlock': [['securityOfficer'], 'any'],
  'accounts.blankSheets': [['securityOfficer'], 'any'],
  'settings.policies': [officerRoles, 'any'],
  'settings.setPolicy': [['securityOfficer'], 'any'],
  'settings.duties': [everyone, 'any'],
  'settings.proposeRestore': [['systemAdmin'], 'any'],
  'settings.setClock': [['securityOfficer'], 'any'],
  'accounts.list': [[...officerRoles, 'chiefLeader'], 'any'],
  'accounts.disable': [['systemAdmin', 'securityOfficer'], 'any'],
  'papers.fonts': [everyone, 'any'],
  'today.get': [business, 'any'],
  'search.query': [business, 'any'],
  'analysis.figures': [['accountabilityOffice', ...leaders], 'any'],
  'analysis.cases': [['accountabilityOffice', ...leaders], 'any'],
  'analysis.ledgers': [['accountabilityOffice', ...leaders], 'any'],
  'compilations.list': [['accountabilityOffice', ...leaders, 'classifier'], 'any'],
  'compilations.leaders': [['accountabilityOffice'], 'any'],
  'compilations.draft': [['accountabilityOffice'], 'any'],
  'compilations.get': [['accountabilityOffice', ...leaders, 'classifier'], 'inside'],
  'compilations.save': [['accountabilityOffice'], 'inside'],
  'compilations.preview': [['accountabilityOffice', ...leaders, 'classifier'], 'inside'],
  'compilations.submit': [['accountabilityOffice'], 'inside'],
  'compilations.decide': [leaders, 'inside'],
  'compilations.issue': [['accountabilityOffice'], 'inside'],
  'compilations.reclassify': [['classifier'], 'inside'],
  'compilations.file': [['accountabilityOffice'], 'inside'],
  'compilations.withdraw': [['accountabilityOffice'], 'inside'],
  'inspections.get': [['accountabilityOffice', ...leaders, 'classifier'], 'inside'],
  'inspections.enter': [['accountabilityOffice'], 'inside'],
  'inspections.close': [['accountabilityOffice'], 'inside'],
  'backups.list': [['systemAdmin', 'auditor', 'archivist', 'chiefLeader'], 'any'],
  'backups.make': [['systemAdmin'], 'any'],
  'backups.drill': [['systemAdmin', 'archivist', 'chiefLeader'], 'any'],
  'backups.restore': [nobodySignedIn, 'any'],
  'audit.list': [['auditor', 'securityOfficer'], 'any'],
  'audit.verify': [['auditor'], 'any'],
  'audit.cancel': [['auditor'], 'any'],
  'audit.checkpoint': [['auditor'], 'any'],
  'audit.compare': [['auditor'], 'any'],
  'audit.anchor': [['auditor'], 'any'],
  'rules.norms': [everyone, 'any'],
  'rules.profile': [everyone, 'any'],
  'rules.readNorm': [[...desk, 'accountabilityOffice', 'archivist', ...leaders], 'any'],
  'rules.compareNorm': [everyone, 'any'],
  'rules.proposeNorm': [[...desk, 'accountabilityOffice', 'archivist', ...leaders], 'any'],
  'rules.approveNorm': [[...desk, 'accountabilityOffice', 'archivist', ...leaders], 'any'],
  'rules.declineNorm': [[...desk, 'accountabilityOffice', 'archivist', ...leaders], 'any'],
  'rules.setPlanAnchor': [['securityOfficer'], 'any'],
  'parties.search': [business, 'any'],
  'parties.tree': [business, 'any'],
  'parties.enterprise': [business, 'any'],
  'parties.person': [business, 'any'],
  'parties.holders': [business, 'any'],
  'parties.updateEnterprise': [[...desk, 'accountabilityOffice'], 'any'],
  'parties.savePost': [[...writers, 'accountabilityOffice'], 'any'],
  'parties.merge': [[...desk, 'accountabilityOffice'], 'any'],
  'parties.unmerge': [[...desk, 'accountabilityOffice'], 'any'],
  'parties.readImport': [[...desk, 'accountabilityOffice'], 'any'],
  'parties.import': [[...desk, 'accountabilityOffice'], 'any'],
  'parties.export': [[...desk, 'accountabilityOffice'], 'any'],
  'parties.offices': [business, 'any'],
  'parties.saveOffice': [['officeHead', 'accountabilityOffice'], 'any'],
  'parties.createEnterprise': [[...desk, 'accountabilityOffice'], 'any'],
  'parties.people': [business, 'any'],
  'parties.createPerson': [[...writers, 'accountabilityOffice'], 'any'],
  'cases.list': [business, 'any'],
  'cases.export': [business, 'any'],
  'cases.views': [business, 'any'],
  'cases.saveViews': [business, 'any'],
  'cases.offices': [business, 'any'],
  'cases.create': [desk, 'any'],
  'cases.accept': [desk, 'inside'],
  'cases.get': [business, 'inside'],
  'cases.earlier': [business, 'any'],
  'cases.beginFiling': [desk, 'inside'],
  'cases.edit': [desk, 'inside'],
  'cases.attach': [desk, 'inside'],
  'cases.accountability': [[...desk, 'accountabilityOffice'], 'inside'],
  'cases.correctAmount': [desk, 'inside'],
  'cases.reopen': [['officeHead', ...leaders], 'inside'],
  'cases.withdraw': [['officeHead', ...leaders], 'inside'],
  'notices.list': [business, 'inside'],
  'notices.save': [desk, 'inside'],
  'notices.submit': [desk, 'inside'],
  'notices.withdraw': [desk, 'inside'],
  'notices.address': [desk, 'inside'],
  'notices.approvers': [business, 'inside'],
  'notices.versions': [business, 'inside'],
  'notices.changes': [business, 'inside'],
  'notices.proposeChange': [desk, 'inside'],
  'notices.withdrawChange': [desk, 'inside'],
  'notices.decideChange': [leaders, 'inside'],
  'notices.issueChange': [desk, 'inside'],
  'preparation.get': [business, 'inside'],
  'preparation.consult': [desk, 'inside'],
  'preparation.remind': [desk, 'inside'],
  'preparation.serve': [desk, 'inside'],
  'notices.decide': [leaders, 'inside'],
  'notices.issue': [desk, 'inside'],
  'notices.confirm': [desk, 'inside'],
  'numbers.register': [['accountabilityOffice'], 'any'],
  'numbers.allocate': [['accountabilityOffice'], 'any'],
  'numbers.void': [['accountabilityOffice'], 'any'],
  'numbers.allocateInspection': [['accountabilityOffice'], 'inside'],
  'numbers.reserve': [['accountabilityOffice'], 'any'],
  'numbers.giveBlock': [['accountabilityOffice'], 'any'],
  'numbers.settleBlock': [['accountabilityOffice'], 'any'],
  'numbers.reconcile': [['accountabilityOffice'], 'any'],
  'numbers.print': [['accountabilityOffice'], 'any'],
  'numbers.export': [['accountabilityOffice'], 'any'],
  'numbers.blocks': [desk, 'any'],
  'numbers.takeBlock': [desk, 'any'],
  'numbers.drawFromBlock': [desk, 'inside'],
  'numbers.returnBlock': [desk, 'any'],
  'secrecy.waiting': [['classifier'], 'any'],
  'secrecy.list': [business, 'inside'],
  'secrecy.inheriting': [business, 'inside'],
  'secrecy.propose': [writers, 'inside'],
  'secrecy.decide': [['classifier'], 'inside'],
  'secrecy.proposeChange': [[...desk, 'secrecyOfficer', 'classifier'], 'inside'],
  'secrecy.terms': [business, 'any'],
  'secrecy.review': [['classifier'], 'inside'],
  'secrecy.report': [[...desk, 'secrecyOfficer'], 'inside'],
  'secrecy.notices': [business, 'any'],
  'secrecy.acknowledge': [business, 'any'],
  'secrecy.scope': [business, 'inside'],
  'secrecy.requestScope': [business, 'inside'],
  'secrecy.scopeRequests': [[...leaders, 'classifier'], 'any'],
  'secrecy.decideScope': [[...leaders, 'classifier'], 'inside'],
  'secrecy.removeFromScope': [['officeHead', ...leaders, 'classifier'], 'inside'],
  'interviews.list': [business, 'any'],
  'interviews.get': [business, 'inside'],
  'interviews.prepare': [writers, 'inside'],
  'interviews.draft': [writers, 'inside'],
  'interviews.check': [writers, 'inside'],
  'interviews.selfTest': [writers, 'inside'],
  'interviews.attend': [writers, 'inside'],
  'interviews.join': [writers, 'inside'],
  'interviews.start': [writers, 'inside'],
  'interviews.pause': [writers, 'inside'],
  'interviews.resume': [writers, 'inside'],
  'interviews.keep': [writers, 'inside'],
  'interviews.append': [writers, 'inside'],
  'interviews.edit': [writers, 'inside'],
  'interviews.versions': [business, 'inside'],
  'interviews.again': [desk, 'inside'],
  'interviews.end': [writers, 'inside'],
  'forms.unfinished': [business, 'any'],
  'forms.keep': [business, 'any'],
  'side.show': [writers, 'inside'],
  'side.get': [writers, 'any'],
  'aids.tools': [business, 'any'],
  'aids.words': [business, 'inside'],
  'aids.savePhrase': [writers, 'any'],
  'aids.removePhrase': [writers, 'any'],
  'aids.saveTemplate': [writers, 'any'],
  'aids.removeTemplate': [writers, 'any'],
  'aids.savePreferences': [writers, 'any'],
  'aids.keyCard': [writers, 'any'],
  'minutes.list': [business, 'inside'],
  'minutes.draft': [writers, 'inside'],
  'minutes.save': [writers, 'inside'],
  'minutes.submit': [writers, 'inside'],
  'minutes.finalise': [['officeHead', ...leaders], 'inside'],
  'minutes.reopen': [['officeHead', ...leaders], 'inside'],
  'minutes.edition': [business, 'inside'],
  'minutes.keep': [writers, 'inside'],
  'minutes.kept': [writers, 'inside'],
  'minutes.comments': [business, 'inside'],
  'minutes.comment': [business, 'inside'],
  'minutes.answer': [business, 'inside'],
  'minutes.resolve': [business, 'inside'],
  'minutes.dispatches': [business, 'inside'],
  'minutes.dispatch': [desk, 'inside'],
  'minutes.withhold': [desk, 'inside'],
  'record.get': [business, 'inside'],
  'record.edition': [business, 'inside'],
  'record.freeze': [writers, 'inside'],
  'record.correct': [['officeHead', 'minuteTaker'], 'inside'],
  'record.sign': [writers, 'inside'],
  'rectification.get': [business, 'inside'],
  'rectification.addItem': [desk, 'inside'],
  'rectification.closeItem': [desk, 'inside'],
  'rectification.receive': [desk, 'inside'],
  'rectification.editItem': [desk, 'inside'],
  'rectification.enter': [desk, 'inside'],
  'rectification.strike': [desk, 'inside'],
  'rectification.formal': [desk, 'inside'],
  'rectification.remind': [desk, 'inside'],
  'rectification.close': [desk, 'inside'],
  'rectification.reopen': [['officeHead', ...leaders], 'inside'],
  'rectification.check': [desk, 'inside'],
  'rectification.askExtension': [desk, 'inside'],
  'rectification.decideExtension': [['officeHead', ...leaders], 'inside'],
  'papers.preview': [business, 'inside'],
  'papers.working': [business, 'inside'],
  'papers.scans': [business, 'inside'],
  'papers.attachScan': [filers, 'inside'],
  'papers.finals': [business, 'inside'],
  'papers.compareFinal': [business, 'inside'],
  'papers.bringFinal': [writers, 'inside'],
  'papers.decideFinal': [['officeHead', ...leaders], 'inside'],
  'papers.list': [business, 'inside'],
  'redactions.list': [business, 'inside'],
  'redactions.passages': [writers, 'inside'],
  'redactions.submit': [writers, 'inside'],
  'redactions.get': [business, 'inside'],
  'redactions.review': [['officeHead', ...leaders, 'classifier', 'secrecyOfficer'], 'inside'],
  'incidents.list': [['secrecyOfficer', 'officeHead', ...leaders], 'any'],
  'incidents.open': [business, 'any'],
  'incidents.report': [['secrecyOfficer', 'officeHead'], 'any'],
  'incidents.close': [['secrecyOfficer', 'chiefLeader'], 'any'],
  'incidents.selfChecks': [['secrecyOfficer', 'officeHead', ...leaders], 'any'],
  'incidents.selfCheck': [['secrecyOfficer'], 'any'],
  'copies.request': [business, 'inside'],
  'copies.tickets': [business, 'inside'],
  'copies.waiting': [['officeHead', ...leaders], 'any'],
  'copies.decide': [['officeHead', ...leaders], 'inside'],
  'copies.take': [business, 'inside'],
  'copies.takeAll': [business, 'inside'],
  'copies.printers': [business, 'any'],
  'copies.print': [business, 'inside'],
  'copies.register': [business, 'any'],
  'copies.outside': [keepers, 'any'],
  'copies.clear': [keepers, 'any'],
  'copies.enterFate': [keepers, 'inside'],
  'books.show': [['secrecyOfficer', 'archivist', 'officeHead', ...leaders], 'any'],
  'books.export': [['secrecyOfficer', 'archivist', 'officeHead', ...leaders], 'any'],
  'copies.askDestroy': [keepers, 'inside'],
  'copies.confirmDestroy': [keepers, 'inside'],
  'papers.freeze': [business, 'inside'],
  'archive.list': [business, 'any'],
  'archive.assemble': [desk, 'inside'],
  'archive.get': [business, 'inside'],
  'archive.arrange': [filers, 'inside'],
  'archive.handOver': [desk, 'inside'],
  'archive.receive': [['archivist'], 'inside'],
  'archive.return': [['archivist'], 'inside'],
  'archive.custody': [business, 'inside'],
  'archive.file': [['archivist'], 'inside'],
  'archive.check': [['archivist'], 'inside'],
  'archive.recipient': [['archivist'], 'any'],
  'archive.pieces': [business, 'any'],
  'archive.pieceSheet': [['archivist'], 'any'],
  'archive.exportPieceSheet': [['archivist'], 'any'],
  'disposals.list': [business, 'any'],
  'disposals.hold': [['archivist', 'officeHead', 'accountabilityOffice', 'chiefLeader'], 'inside'],
  'disposals.ask': [['archivist'], 'inside'],
  'disposals.decide': [['officeHead', ...leaders], 'inside'],
  'disposals.destroy': [['archivist'], 'inside'],
  'disposals.certificate': [business, 'any'],
  'disposals.exportCertificate': [['archivist'], 'any'],
  'fixity.list': [['archivist'], 'any'],
  'fixity.run': [['archivist'], 'any'],
  'archive.requestSeal': [['archivist'], 'inside'],
  'archive.seal': [['archivist'], 'inside'],
  'archive.reopen': [['archivist', 'officeHead'], 'inside'],
  'archive.editions': [business, 'inside'],
  'archive.cancel': [['archivist'], 'any'],
  'archive.bundles': [business, 'inside'],
  'borrowings.ask': [business, 'any'],
  'borrowings.list': [business, 'any'],
  'borrowings.decide': [[...leaders, 'archivist'], 'inside'],
  'borrowings.read': [business, 'borrowed'],
  'borrowings.file': [business, 'borrowed'],
  'borrowings.giveBack': [business, 'borrowed'],
  'borrowings.callIn': [[...leaders, 'archivist'], 'inside'],
  'archive.verify': [['archivist'], 'any'],
  'referrals.choices': [business, 'inside'],
  'referrals.send': [desk, 'inside'],
  'referrals.ofCase': [business, 'inside'],
  'referrals.discipline': [business, 'inside'],
  'referrals.askDiscipline': [desk, 'inside'],
  'referrals.decideDiscipline': [leaders, 'inside'],
  'referrals.sendDiscipline': [desk, 'inside'],
  'referrals.receiptDiscipline': [desk, 'inside'],
  'referrals.register': [['accountabilityOffice'], 'any'],
  'referrals.receive': [['accountabilityOffice'], 'any'],
  'referrals.return': [['accountabilityOffice'], 'any'],
  'referrals.file': [business, 'any'],
  'receivings.certificate': [['archivist', 'accountabilityOffice'], 'any'],
  'receivings.open': [['archivist', 'accountabilityOffice'], 'any'],
  'receivings.discard': [['archivist', 'accountabilityOffice'], 'any'],
  'receivings.receive': [['archivist', 'accountabilityOffice'], 'any'],
  'receivings.list': [['archivist', 'accountabilityOffice'], 'any'],
  'receivings.get': [['archivist', 'accountabilityOffice'], 'any'],
  'receivings.file': [['archivist', 'accountabilityOffice'], 'any'],
  'receivings.receipt': [['archivist', 'accountabilityOffice'], 'any'],
}

/** The real declarations with any input and output, so that only the rights decide. */
const rightsOnly: Record<string, VerbSpec> = Object.fromEntries(
  Object.entries<VerbSpec>(contract).map(([name, spec]) => [
    name,
    { ...spec, input: v.looseObject({}), output: v.any() },
  ]),
)
const passThrough = Object.fromEntries(Object.keys(contract).map((name) => [name, () => 'passed']))

/** A door with one signed-in account holding the given role; the account's scope is the first test case. */
async function doorFor(role: Role | null) {
  const maker = await makeTestArchive()
  const archive = await maker.open()
  const identity = { ...archive.identity, roles: role ? [role] : [] }
  const officer = role !== null && (officerRoles as readonly Role[]).includes(role)
  const session = {
    archive: { ...archive, identity, cases: officer ? null : archive.cases },
    openedAt: '2026-03-01T00:00:00.000Z',
    journal: null,
    findings: [],
    resources: '',
    printing: noPrinting,
  }
  const now = () => '2026-03-01T00:00:00.000Z'
  const audit = await openAudit({ archive: session.archive, now, witness: () => undefined })
  onTestFinished(() => audit.close())
  const signedIn: DoorSession | null = role ? { session, audit, hidden: false, takeStepUp: () => true } : null
  return createDoor({
    contract: rightsOnly,
    handlers: passThrough,
    session: () => signedIn,
    now,
    jobs: createJobs(),
    push: () => undefined,
    refused: () => undefined,
  })
}

async function answer(door: ReturnType<typeof createDoor>, name: string, input: unknown): Promise<string> {
  const { window } = rightsOnly[name] ?? { window: 'case' }
  const result = await door.call(window, name, input)
  return result.ok ? 'passed' : result.error.code
}

describe('who may do what', () => {
  test('the table names every verb and no other', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(contract).sort())
  })

  test('before sign-in only the sign-in window is answered', async () => {
    const door = await doorFor(null)
    for (const [name, [roles]] of Object.entries(table)) {
      const expected = roles === nobodySignedIn ? 'passed' : 'session.none'
      expect([name, await answer(door, name, { caseId: testIds.case })]).toEqual([name, expected])
    }
  })

  test('no window is answered the verbs of another one: the screen of the room can only read itself', async () => {
    const door = await doorFor('minuteTaker')
    for (const window of ['signin', 'case', 'side', 'stepup'] as const)
      for (const [name, spec] of Object.entries(rightsOnly)) {
        if (spec.window === window) continue
        const result = await door.call(window, name, { caseId: testIds.case })
        expect([window, name, result.ok || result.error.code]).toEqual([window, name, 'door.wrongWindow'])
      }
    expect(Object.keys(table).filter((name) => rightsOnly[name]?.window === 'side')).toEqual(['side.get'])
    // What leaves with the content of a case asks for the password again.
    expect(Object.keys(table).filter((name) => rightsOnly[name]?.stepUp === 'password')).toEqual([
      'analysis.ledgers',
      'backups.make',
      'parties.export',
      'cases.export',
      'numbers.export',
      'aids.keyCard',
      'copies.take',
      'copies.takeAll',
      'copies.print',
      'books.export',
      'archive.exportPieceSheet',
      'disposals.destroy',
      'disposals.exportCertificate',
      'archive.seal',
      'receivings.certificate',
      'receivings.receipt',
    ])
  })

  test.each(allRoles)('%s, inside and outside the 知悉范围', async (role) => {
    const door = await doorFor(role)
    for (const [name, [roles, scope]] of Object.entries(table)) {
      for (const [caseId, inside] of [
        [testIds.case, true],
        [testIds.otherCase, false],
        [undefined, false],
      ] as const) {
        let expected = 'passed'
        if (roles === nobodySignedIn) expected = 'door.wrongWindow'
        else if (!roles.includes(role)) expected = 'door.role'
        else if (scope === 'inside' && !inside) expected = 'door.scope'
        // Nothing is lent here, and standing in the scope is no loan.
        else if (scope === 'borrowed') expected = 'door.scope'
        expect([name, caseId, await answer(door, name, { caseId })]).toEqual([name, caseId, expected])
      }
    }
  })
})
