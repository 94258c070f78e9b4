import { borrowingTables } from './cases-0001-borrowings.ts'
import { compilationTables } from './cases-0001-compilations.ts'
import { lineTables } from './cases-0001-lines.ts'
import { commonTables, interviewTables, partyTables } from './cases-0001-people.ts'
import { preparationTables } from './cases-0001-preparation.ts'
import { rectificationTables } from './cases-0001-rectification.ts'
import { redactionTables } from './cases-0001-redactions.ts'
import { referralTables } from './cases-0001-referrals.ts'
import { searchTables } from './cases-0001-search.ts'
import { archiveTables, caseTables, paperTables, secrecyTables } from './cases-0001-work.ts'
import { logTables } from './common.ts'
import type { Migration } from './index.ts'

/**
 * `cases.db`: everything about cases. Ids are ULIDs, times ISO UTC, dates of the law plain ISO dates, money fen,
 * booleans 0 and 1. Account ids have no foreign key: accounts are proved by the ledger in `office.db`.
 */
export const cases0001: Migration = {
  version: 1,
  up: (db) => {
    db.exec(commonTables)
    db.exec(partyTables)
    db.exec(caseTables)
    db.exec(secrecyTables)
    db.exec(interviewTables)
    db.exec(compilationTables)
    db.exec(paperTables)
    db.exec(redactionTables)
    db.exec(rectificationTables)
    db.exec(archiveTables)
    db.exec(borrowingTables)
    db.exec(preparationTables)
    db.exec(referralTables)
    db.exec(lineTables)
    db.exec(searchTables)
    db.exec(logTables('cases'))
  },
}
