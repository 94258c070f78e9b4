import { fail } from '#shared/contract/errors.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { appendLine } from '../audit/log.ts'
import { archiveLayout } from '../session/folder.ts'
import { noteAtDoor } from './door-log.ts'
import { readKeyFile, writeKeyFile } from './key-files.ts'
import { assertPassword } from './policy.ts'
import { openOffice, proveAccount, type UnlockRequest } from './unlock.ts'

/**
 * Replaces an account's password, before sign-in: also the way in once it has expired. The keys stay the same; they
 * are sealed anew. Earlier passwords are compared by their checks, which stand sealed among the keys.
 *
 * Errors: those of `proveAccount`; `password.weak`, `password.symbols`, `password.repeated`; `signin.disabled`.
 */
export async function changePassword(request: UnlockRequest & { readonly next: string }): Promise<void> {
  const { folder, password, next, now } = request
  const layout = archiveLayout(folder)
  const { file, keys } = await proveAccount(request)
  const { office, ledger, key } = await openOffice(layout.officeDatabase, file, keys)
  try {
    const account = ledger.account(file.id)
    if (account === undefined || account.state === 'disabled') return fail('signin.disabled')
    assertPassword(next, ledger)
    const { id } = file
    await keys.token.setPin(password, next, policyValue(ledger, 'passwordHistory') - 1)
    // The sign-in screen's hint of the roles follows the ledger.
    writeKeyFile(layout.accounts, { ...readKeyFile(layout.accounts, id), roles: [...account.roles] })
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
    keys.token.logout()
    await office.close()
  }
}
