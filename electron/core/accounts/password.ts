import { isEarlierPassword, passwordCheckOf, sealKeyFile } from '#electron/crypto/keyring.ts'
import { fail } from '#shared/contract/errors.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { appendLine } from '../audit/log.ts'
import { archiveLayout } from '../session/folder.ts'
import { deviceSecret } from './device.ts'
import { noteAtDoor } from './door-log.ts'
import { writeKeyFile } from './key-files.ts'
import { assertPassword } from './policy.ts'
import { openOffice, proveAccount, type UnlockRequest } from './unlock.ts'

/**
 * Replaces an account's password, before sign-in: also the way in once it has expired. The keys stay the same; they
 * are sealed anew. Earlier passwords are compared by their checks, which stand sealed among the keys.
 *
 * Errors: those of `proveAccount`; `password.weak`, `password.symbols`, `password.repeated`; `signin.disabled`.
 */
export async function changePassword(request: UnlockRequest & { readonly next: string }): Promise<void> {
  const { folder, machineFolder, password, next, now } = request
  const layout = archiveLayout(folder)
  const { file, secrets } = await proveAccount(request)
  const { office, ledger, key } = await openOffice(layout.officeDatabase, file, secrets)
  try {
    const account = ledger.account(file.id)
    if (account === undefined || account.state === 'disabled') return fail('signin.disabled')
    assertPassword(next, ledger)
    const device = deviceSecret(machineFolder, false)
    const kept = policyValue(ledger, 'passwordHistory') - 1
    const history = [...(secrets.history ?? []), await passwordCheckOf(password, device)].slice(-kept)
    if (await isEarlierPassword(next, history, device)) fail('password.repeated', { kept: kept + 1 })
    const { id, login, trial } = file
    const owner = { id, login, trial, roles: account.roles, passwordSince: now }
    const sealed = await sealKeyFile(owner, { ...secrets, history }, next, device)
    writeKeyFile(layout.accounts, { ...file, ...sealed, wraps: file.wraps })
    await office.transaction((trx) =>
      appendLine(trx, 'office', {
        at: now,
        account: id,
        roles: account.roles,
        action: 'session.changePassword',
        objectKind: 'account',
        objectId: id,
        level: null,
        result: 'ok',
        detail: {},
      }),
    )
    noteAtDoor(layout.doorLog, 'password.changed', id, now)
  } finally {
    key.fill(0)
    await office.close()
  }
}
