import { existsSync } from 'node:fs'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import { allRoles, isOfficerRole, type Role } from '#shared/domain/accounts.ts'
import { appendLine } from '../audit/log.ts'
import type { Context, Handlers } from '../context.ts'
import type { CoreControl } from '../core.ts'
import { archiveLayout } from '../session/folder.ts'
import type { Account } from '../session/types.ts'
import { activateAccount, handOver } from './activation.ts'
import { exportBlankSheets } from './blank-sheets.ts'
import { Ceremony } from './ceremony.ts'
import { devicePaper, restoreDevice } from './device.ts'
import { noteAtDoor } from './door-log.ts'
import { listKeyFiles } from './key-files.ts'
import { handOverCases } from './leaving.ts'
import { appendRecord, fingerprintsOf } from './ledger.ts'
import { renewAuthority, replaceOfficer } from './officers.ts'
import { changePassword } from './password.ts'
import { makeSheets, type SheetDraft, useSheets } from './recovery.ts'
import { proposeRenewal } from './renewal.ts'
import { createTrial, trialPassword } from './trial.ts'
import { closeArchive, ledgerOf, openOffice, proveAccount, unlockArchive } from './unlock.ts'
import { confirmWaiting, waitingActs, withdrawWaiting } from './waiting.ts'

/** What the accounts need of the process around them. */
interface AccountsOptions {
  /** The preview shell opens trial archives only. */
  readonly trialOnly: boolean
  /** Fills a new trial archive with sample cases, through the use cases themselves. */
  readonly sample: (folder: string, machineFolder: string, password: string) => Promise<void>
}

/** First run, sign-in, accounts. Before sign-in nothing is open: these use cases work on the folder itself. */
export function accountHandlers(control: CoreControl, options: AccountsOptions) {
  let ceremony: Ceremony | null = null
  let draft: SheetDraft | null = null

  function status() {
    const { folder, refusal } = control
    if (folder === null) {
      const state = refusal === null ? ('none' as const) : ('refused' as const)
      const shown = refusal === null ? null : { code: refusal.code, params: { ...refusal.params } }
      return { state, folder, kind: null, logins: [], refusal: shown }
    }
    const layout = archiveLayout(folder)
    const files = listKeyFiles(layout.accounts)
    const broken = [layout.officeDatabase, layout.casesDatabase].some((file) => !existsSync(file))
    if (files.length === 0 || broken) {
      const code =
        files.length === 0 && !existsSync(layout.officeDatabase) ? 'archive.none' : 'archive.incompleteFolder'
      return { state: 'refused' as const, folder, kind: null, logins: [], refusal: { code, params: {} } }
    }
    return {
      state: 'ready' as const,
      folder,
      kind: files.every((file) => file.trial) ? ('trial' as const) : ('production' as const),
      logins: files.map(({ login, roles }) => ({ login, roles: roles.filter(isRole) })),
      refusal: null,
    }
  }

  function taken(): string {
    return control.folder ?? fail('folder.none')
  }

  return {
    'session.status': () => status(),
    'session.choose': (_context, { folder }) => {
      try {
        control.useFolder(folder)
      } catch (error) {
        if (!(error instanceof YuetanError)) throw error
        const refusal = { code: error.code, params: { ...error.params } }
        return { state: 'refused' as const, folder, kind: null, logins: [], refusal }
      }
      return status()
    },
    'session.signIn': {
      long: async (context, { login, password }) => {
        const folder = taken()
        const unlocked = await unlockArchive({
          folder,
          machineFolder: control.machineFolder,
          login,
          password,
          now: context.now,
          progress: (told) => context.push('jobs.progress', { job: 'renew', ...told }),
        })
        const { archive, ...told } = unlocked
        if (options.trialOnly && archive.ledger.kind !== 'trial') {
          await closeArchive(archive)
          fail('preview.trialOnly')
        }
        await control.opened(archive)
        return { account: shown(archive.identity), ...told }
      },
    },
    'session.changePassword': {
      long: async (context, { login, password, next }) => {
        const { machineFolder } = control
        await changePassword({ folder: taken(), machineFolder, login, password, next, now: context.now })
        return {}
      },
    },
    'accounts.createTrial': {
      long: async (context, { folder, unit, sample }) => {
        const { machineFolder } = control
        const furnish = (made: string) => options.sample(made, machineFolder, trialPassword)
        const request = { folder, machineFolder, unit, now: context.now }
        const accounts = await createTrial(sample ? { ...request, furnish } : request)
        control.useFolder(folder)
        return { status: status(), accounts }
      },
    },
    'accounts.beginCeremony': (_context, { folder, unit, machineLevel }) => {
      if (options.trialOnly) fail('preview.trialOnly')
      ceremony = new Ceremony(folder, unit, machineLevel)
      return ceremony.state()
    },
    'accounts.enrol': (_context, person) => {
      const running = ceremony ?? fail('ceremony.none')
      running.enrol(person)
      return running.state()
    },
    'accounts.completeCeremony': {
      long: async (context) => {
        const running = ceremony ?? fail('ceremony.none')
        await running.complete(control.machineFolder, context.now)
        ceremony = null
        control.useFolder(running.folder)
        return { status: status() }
      },
    },
    'accounts.abandonCeremony': () => {
      ceremony = null
      return status()
    },
    'accounts.activate': {
      long: async (context, input) => {
        return activateAccount({ ...input, folder: taken(), machineFolder: control.machineFolder, now: context.now })
      },
    },
    'accounts.replaceOfficer': {
      long: async ({ now }, asked) => {
        return replaceOfficer({ folder: taken(), machineFolder: control.machineFolder, now }, asked)
      },
    },
    'accounts.renewAuthority': {
      long: async ({ now }, officers) => {
        const place = { folder: taken(), machineFolder: control.machineFolder, now }
        const { certificate } = await renewAuthority(place, officers)
        return { fingerprint: certificateFingerprint(certificate) }
      },
    },
    'accounts.makeSheets': {
      long: async ({ now }, people) => {
        draft = await makeSheets({ folder: taken(), machineFolder: control.machineFolder, now }, people)
        return { sheets: [...draft.sheets] }
      },
    },
    'accounts.checkSheets': {
      long: async (_context, { sheets }) => {
        await (draft ?? fail('recovery.noDraft')).commit(sheets)
        draft = null
        return {}
      },
    },
    'accounts.useSheets': {
      long: async ({ now }, asked) => {
        await useSheets({ folder: taken(), machineFolder: control.machineFolder, now }, asked)
        return {}
      },
    },
    'accounts.devicePaper': {
      long: async ({ now }, { systemAdmin }) => {
        const { machineFolder } = control
        const admin = await proveAccount({ folder: taken(), machineFolder, now, ...systemAdmin })
        const { office, ledger, key } = await openOffice(archiveLayout(taken()).officeDatabase, admin.file, admin.keys)
        try {
          if (!ledger.holds(admin.file.id, 'systemAdmin')) fail('accounts.notOfficer', { role: 'systemAdmin' })
          const paper = devicePaper(machineFolder)
          await office.transaction((trx) =>
            appendLine(trx, 'office', {
              at: now,
              account: admin.file.id,
              roles: ['systemAdmin'],
              action: 'accounts.devicePaper',
              objectKind: 'machine',
              objectId: null,
              level: null,
              result: 'ok',
              detail: {},
            }),
          )
          return { paper }
        } finally {
          key.fill(0)
          admin.keys.token.logout()
          await office.close()
        }
      },
    },
    'accounts.restoreDevice': (_context, { paper }) => {
      const [file] = listKeyFiles(archiveLayout(taken()).accounts)
      restoreDevice(control.machineFolder, paper, file?.kdf.device ?? fail('device.mismatch'))
      return {}
    },
    'accounts.handOver': async (context, { accountId, slip }) => {
      context.note({ objectKind: 'account', objectId: accountId })
      await handOver(context.session.archive, context.trx, accountId, slip, context.now)
      return {}
    },
    'accounts.waiting': ({ session }) => waitingActs(session.archive),
    'accounts.confirm': async ({ session, trx, now, note }, act) => {
      note({ objectKind: 'ledger', objectId: String(act.seq) })
      const done = await confirmWaiting(session.archive, trx, act, now)
      // A renewal is carried out at the next sign-in, when nobody works in the database.
      if (done.complete && done.kind === 'databaseKey') control.lock('lock')
      return done
    },
    'accounts.withdraw': async ({ session, trx, now, note }, act) => {
      note({ objectKind: 'ledger', objectId: String(act.seq) })
      await withdrawWaiting(session.archive, trx, act, now)
      return {}
    },
    'accounts.handOverCases': (context, { from, to, reason }) => {
      context.note({ objectKind: 'account', objectId: from, detail: { to } })
      return handOverCases(context, from, to, reason)
    },
    'accounts.renewKey': async ({ session, trx, now, note }, { database }) => {
      note({ objectKind: 'database', objectId: database })
      await proposeRenewal(session.archive, trx, database, now)
      return {}
    },
    'accounts.unlock': async ({ session, trx, now, note }, { accountId }) => {
      const { ledger, signer } = ledgerOf(session.archive)
      note({ objectKind: 'account', objectId: accountId })
      const { id } = ledger.account(accountId) ?? fail('accounts.unknown')
      await appendRecord(trx, ledger, 'unlock', { account: id, at: now }, signer)
      noteAtDoor(archiveLayout(session.archive.folder).doorLog, 'signin.unlocked', id, now)
      return {}
    },
    'accounts.blankSheets': {
      long: async (context, { folder }) => ({ files: await exportBlankSheets(context, folder) }),
    },
    'accounts.list': (context) =>
      context.session.archive.ledger.accounts().map((account) => ({ ...shown(account), state: account.state })),
    'accounts.revoke': async (context, { accountId, reason }) => {
      const { ledger, signer } = ledgerOf(context.session.archive)
      const account = dismissable(context, accountId)
      if (account.state === 'disabled') fail('accounts.unknown')
      const waits = ledger
        .waiting()
        .some((act) => act.kind === 'certificateRevoked' && aboutAccount(act.body, accountId))
      if (waits) fail('waiting.already')
      const body = { account: accountId, fingerprints: fingerprintsOf(account), reason, at: context.now }
      await appendRecord(context.trx, ledger, 'certificateRevoked', body, signer)
      return {}
    },
    'accounts.disable': async (context, { accountId, reason }) => {
      const { ledger, signer } = ledgerOf(context.session.archive)
      dismissable(context, accountId)
      await appendRecord(context.trx, ledger, 'disable', { account: accountId, reason, at: context.now }, signer)
      return {}
    },
  } satisfies Partial<Handlers>
}

/** The account, when it may be let in no more. Errors: `accounts.unknown`, `accounts.officerStays`, `accounts.lastKeyHolder`. */
function dismissable({ session, note }: Context, accountId: string): Account {
  const { ledger, signer } = ledgerOf(session.archive)
  note({ objectKind: 'account', objectId: accountId })
  if (accountId === signer.id) fail('accounts.self')
  const account = ledger.account(accountId) ?? fail('accounts.unknown')
  // An officer leaves by being replaced, and an archive must never be left without a hand that can open it.
  if (account.roles.some(isOfficerRole)) fail('accounts.officerStays')
  const openers = ledger.accounts().filter((one) => one.state === 'active' && !one.roles.some(isOfficerRole))
  if (openers.every((one) => one.id === accountId)) fail('accounts.lastKeyHolder')
  return account
}

const aboutAccount = (body: unknown, accountId: string): boolean =>
  (body as { readonly account?: string }).account === accountId

function isRole(value: string): value is Role {
  return (allRoles as readonly string[]).includes(value)
}

function shown({ id, login, name, office, roles }: Account) {
  return { id, login, name, office, roles: [...roles] }
}
