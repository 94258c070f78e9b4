import type { VerbInput, VerbName, VerbOutput } from '#shared/contract/bridge.ts'
import { YuetanError } from '#shared/contract/errors.ts'
import { contract } from '#shared/contract/index.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { noteHead } from '../accounts/device.ts'
import { closeArchive, unlockArchive } from '../accounts/unlock.ts'
import { openAudit } from '../audit/index.ts'
import { createDoor } from '../dispatch.ts'
import type { Jobs } from '../jobs/runner.ts'
import { type Journal, journalKey, openJournal } from '../journal.ts'
import { noPrinting, type Printing } from '../printing.ts'
import { roomHandlers } from '../rooms.ts'
import { archiveLayout } from '../session/folder.ts'
import type { Session } from '../session/types.ts'

/** One account at work without a window: the same door, the same checks, the same log. */
export interface Desk {
  readonly accountId: string
  readonly session: Session
  /** Calls a verb of the case window; a refusal is thrown as it stands. */
  call<N extends VerbName>(verb: N, input: VerbInput<N>): Promise<VerbOutput<N>>
  close(): Promise<void>
}

export interface DeskRequest {
  readonly folder: string
  readonly machineFolder: string
  readonly resources: string
  readonly login: string
  readonly password: string
  readonly jobs: Jobs
  readonly now: () => string
  /** Opens the journal too: one desk at a time may. */
  readonly journal?: boolean
  /** Left out, nothing prints. */
  readonly printing?: Printing
}

/** Signs an account in and seats it. Errors: those of the sign-in. */
export async function openDesk(request: DeskRequest): Promise<Desk> {
  const { folder, machineFolder, resources, login, password, jobs, now } = request
  const { archive } = await unlockArchive({ folder, machineFolder, login, password, now: now() })
  const { cases, identity, ledger } = archive
  let journal: Journal | null = null
  if (request.journal && cases) {
    journal = await openJournal({ file: archiveLayout(folder).journal, key: await journalKey(cases, now()) })
  }
  const session: Session = {
    archive,
    openedAt: now(),
    journal,
    findings: [],
    resources,
    printing: request.printing ?? noPrinting,
  }
  const audit = await openAudit({ archive, now, witness: (head) => noteHead(machineFolder, ledger.genesis, head) })
  // What was signed at the sign-in must not meet the transaction of whoever sits down next.
  await audit.idle()
  const door = createDoor({
    contract,
    handlers: roomHandlers,
    // A desk has no window to ask in: where the policy asks, nothing leaves from here.
    session: () => ({ session, audit, hidden: false, takeStepUp: () => policyValue(ledger, 'exportStepUp') === 0 }),
    now,
    jobs,
    push: () => undefined,
    refused: () => undefined,
  })
  return {
    accountId: identity.id,
    session,
    call: async <N extends VerbName>(verb: N, input: VerbInput<N>) => {
      const answer = await door.call('case', verb, input)
      // Several desks sit at one archive: what is signed behind an act must not meet the next one's transaction.
      await audit.idle()
      if (!answer.ok) throw new YuetanError(answer.error.code, answer.error.params)
      return answer.value as VerbOutput<N>
    },
    close: async () => {
      await audit.close()
      await journal?.close()
      await closeArchive(archive)
    },
  }
}
