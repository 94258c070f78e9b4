import { aidsHandlers } from './aids/handlers.ts'
import { analysisHandlers } from './analysis/handlers.ts'
import { borrowingHandlers } from './archive/borrowings.ts'
import { archiveHandlers } from './archive/handlers.ts'
import { receivingHandlers } from './archive/receiving.ts'
import { backupHandlers } from './backups/handlers.ts'
import { casesHandlers } from './cases/handlers.ts'
import { compilationHandlers } from './compilations/handlers.ts'
import { disposalHandlers } from './disposals/handlers.ts'
import { fixityHandlers } from './fixity/handlers.ts'
import { formsHandlers } from './forms/handlers.ts'
import { interviewsHandlers } from './interviews/handlers.ts'
import { minutesHandlers } from './minutes/handlers.ts'
import { noticesHandlers } from './notices/handlers.ts'
import { numbersHandlers } from './numbers/handlers.ts'
import { papersHandlers } from './papers/handlers.ts'
import { partiesHandlers } from './parties/handlers.ts'
import { preparationHandlers } from './preparation/handlers.ts'
import { recordHandlers } from './record/handlers.ts'
import { rectificationHandlers } from './rectification/handlers.ts'
import { referralHandlers } from './referrals/handlers.ts'
import { rulesHandlers } from './rules/handlers.ts'
import { searchHandlers } from './search/handlers.ts'
import { secrecyHandlers } from './secrecy/handlers.ts'
import { sideHandlers } from './side/handlers.ts'
import { todayHandlers } from './today/handlers.ts'

/** The use cases of every business room; they need nothing but the context of a call. */
export const roomHandlers = {
  ...aidsHandlers,
  ...analysisHandlers,
  ...archiveHandlers,
  ...receivingHandlers,
  ...borrowingHandlers,
  ...disposalHandlers,
  ...fixityHandlers,
  ...backupHandlers,
  ...referralHandlers,
  ...casesHandlers,
  ...compilationHandlers,
  ...formsHandlers,
  ...interviewsHandlers,
  ...minutesHandlers,
  ...noticesHandlers,
  ...numbersHandlers,
  ...papersHandlers,
  ...partiesHandlers,
  ...recordHandlers,
  ...preparationHandlers,
  ...rectificationHandlers,
  ...searchHandlers,
  ...secrecyHandlers,
  ...rulesHandlers,
  ...sideHandlers,
  ...todayHandlers,
}
