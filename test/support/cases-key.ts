import { casesKeyOf } from '#electron/core/accounts/unlock.ts'
import type { OpenArchive } from '#electron/core/session/types.ts'

/** The key of `cases.db` of an archive that a test unlocked itself. Test code only: no package contains this folder. */
export function casesKeyForTest(archive: OpenArchive): Buffer {
  return casesKeyOf(archive)
}
