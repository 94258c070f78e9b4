import { accounts } from './accounts.ts'
import { aids } from './aids.ts'
import { analysis } from './analysis.ts'
import { archive } from './archive.ts'
import { audit } from './audit.ts'
import { backups } from './backups.ts'
import { books } from './books.ts'
import { borrowings } from './borrowings.ts'
import { cases } from './cases.ts'
import { compilations } from './compilations.ts'
import { copies } from './copies.ts'
import { disposals } from './disposals.ts'
import { fixity } from './fixity.ts'
import { forms } from './forms.ts'
import { incidents } from './incidents.ts'
import { interviews } from './interviews.ts'
import { minutes } from './minutes.ts'
import { notices } from './notices.ts'
import { numbers } from './numbers.ts'
import { papers } from './papers.ts'
import { parties } from './parties.ts'
import { preparation } from './preparation.ts'
import { receivings } from './receivings.ts'
import { record } from './record.ts'
import { rectification } from './rectification.ts'
import { redactions } from './redactions.ts'
import { referrals } from './referrals.ts'
import { rules } from './rules.ts'
import { search } from './search.ts'
import { secrecy } from './secrecy.ts'
import { session } from './session.ts'
import { settings } from './settings.ts'
import { side } from './side.ts'
import { today } from './today.ts'

/** Every verb of the program, by `room.verb`. The typed client, the preload and the core derive from this table. */
export const contract = {
  ...session,
  ...accounts,
  ...settings,
  ...today,
  ...search,
  ...analysis,
  ...compilations,
  ...audit,
  ...backups,
  ...parties,
  ...cases,
  ...notices,
  ...numbers,
  ...secrecy,
  ...copies,
  ...books,
  ...incidents,
  ...interviews,
  ...record,
  ...aids,
  ...forms,
  ...side,
  ...minutes,
  ...preparation,
  ...rectification,
  ...papers,
  ...redactions,
  ...archive,
  ...borrowings,
  ...disposals,
  ...fixity,
  ...receivings,
  ...referrals,
  ...rules,
} as const
