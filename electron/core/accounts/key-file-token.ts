import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { isEarlierPassword, type KeyFile, openKeyFile, passwordCheckOf, sealKeyFile } from '#electron/crypto/keyring.ts'
import type { KeyToken, TokenSession } from '#electron/crypto/token.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import { archiveLayout } from '../session/folder.ts'
import { deviceSecret } from './device.ts'
import { attemptsOf, noteAtDoor, readDoorLog } from './door-log.ts'
import { keyFilePath, readKeyFile, writeKeyFile } from './key-files.ts'
import { signInLimits } from './policy.ts'

const longestDelay = 4000

interface Place {
  readonly folder: string
  readonly machineFolder: string
  readonly now: string
}

/**
 * The software token: the key file is the token, the password its PIN. Wrong PINs are counted in door.log, each takes
 * longer than the one before, and after as many as the policy says the token rests. It is removed when its file is.
 */
export function keyFileToken(place: Place, id: string): KeyToken {
  const { accounts, doorLog } = archiveLayout(place.folder)
  const path = keyFilePath(accounts, id)
  const present = (): void => {
    if (!existsSync(path)) fail('token.removed')
  }

  async function open(pin: string, file: KeyFile, device: Buffer) {
    const { failures, lastFailure } = attemptsOf(readDoorLog(doorLog), id)
    const { lockAfter, lockMinutes } = signInLimits(accounts)
    const rest = Date.parse(lastFailure ?? place.now) + lockMinutes * 60_000 - Date.parse(place.now)
    if (failures >= lockAfter && rest > 0) fail('signin.locked', { minutes: Math.ceil(rest / 60_000) })
    try {
      return await openKeyFile(file, pin, device)
    } catch (error) {
      if (!(error instanceof YuetanError) || error.code !== 'crypto.sealBroken') throw error
      noteAtDoor(doorLog, 'signin.wrong', id, place.now)
      await wait(Math.min(250 * 2 ** failures, longestDelay))
      return fail('signin.wrong', { left: Math.max(0, lockAfter - 1 - failures) })
    }
  }

  return {
    login: async (pin): Promise<TokenSession> => {
      present()
      const device = deviceSecret(place.machineFolder, false)
      const { keys, genesis, history } = await open(pin, readKeyFile(accounts, id), device)
      return {
        genesis,
        keys: () => {
          present()
          return keys.keys()
        },
        sign: (key, data) => {
          present()
          return keys.sign(key, data)
        },
        unwrap: (key, wrapped) => {
          present()
          return keys.unwrap(key, wrapped)
        },
        setPin: async (now, next, kept) => {
          present()
          const earlier = [...history, await passwordCheckOf(now, device)].slice(-kept)
          if (await isEarlierPassword(next, earlier, device)) fail('password.repeated', { kept: kept + 1 })
          // Read again: a renewal finished since the login has put other wraps into it.
          const file = readKeyFile(accounts, id)
          const owner = { ...file, passwordSince: place.now }
          const { sealed, kdf } = await sealKeyFile(owner, { keys, genesis, history: earlier }, next, device)
          writeKeyFile(accounts, { ...file, passwordSince: place.now, sealed, kdf })
        },
        logout: () => keys.logout(),
      }
    },
  }
}
