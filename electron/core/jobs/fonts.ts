import { type FontLine, fontReport } from '../../documents/font-report.ts'
import { serveJob } from './worker.ts'

/** Job `fonts`: what the papers of this machine are printed with. Every face is opened, so never in the core's thread. */
serveJob<{ readonly folders: readonly string[] }, FontLine[]>(async ({ folders }) => fontReport(folders))
