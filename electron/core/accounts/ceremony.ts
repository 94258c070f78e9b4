import { existsSync, readdirSync, statSync } from 'node:fs'
import { fail } from '#shared/contract/errors.ts'
import { rolesAreSeparate } from '#shared/domain/accounts.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { type Founder, foundArchive, foundingFaults } from './founding.ts'
import { assertPassword } from './policy.ts'

/** The ceremony of a production archive: persons come one after the other; nothing stands on disk before the end. */
export class Ceremony {
  readonly folder: string
  readonly unit: string
  readonly machineLevel: Level
  readonly #people: Founder[] = []

  /** Errors: `folder.isFile`, `archive.folderTaken`. */
  constructor(folder: string, unit: string, machineLevel: Level) {
    if (existsSync(folder)) {
      if (!statSync(folder).isDirectory()) fail('folder.isFile')
      if (readdirSync(folder).length > 0) fail('archive.folderTaken')
    }
    this.folder = folder
    this.unit = unit
    this.machineLevel = machineLevel
  }

  /** One person more. Errors: `accounts.loginTaken`, `accounts.separation`, `accounts.officerTwice`, `password.weak`. */
  enrol(person: Founder): void {
    if (!rolesAreSeparate(person.roles)) fail('accounts.separation')
    if (this.#people.some((one) => one.login.toLowerCase() === person.login.toLowerCase())) fail('accounts.loginTaken')
    const officer = person.roles.find(
      (role) => role === 'systemAdmin' || role === 'securityOfficer' || role === 'auditor',
    )
    if (officer && this.#people.some((one) => one.roles.includes(officer)))
      fail('accounts.officerTwice', { role: officer })
    // Nobody has set a policy yet: the floors of the machine's level hold.
    const { machineLevel } = this
    assertPassword(person.password, { kind: 'production', machineLevel, policy: (_name, standard) => standard })
    this.#people.push(person)
  }

  state() {
    return {
      folder: this.folder,
      unit: this.unit,
      enrolled: this.#people.map(({ login, name, roles }) => ({ login, name, roles: [...roles] })),
      missing: [...foundingFaults(this.#people)],
    }
  }

  /** Founds the archive. Errors: `archive.incomplete`, those of `foundArchive`; the persons stay enrolled. */
  async complete(machineFolder: string, now: string): Promise<void> {
    const { folder, unit, machineLevel } = this
    await foundArchive({ folder, machineFolder, kind: 'production', unit, machineLevel, people: this.#people, now })
  }
}
