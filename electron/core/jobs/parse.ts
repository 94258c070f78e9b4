import { type Foreign, type Readable, readForeign } from '#electron/parsing/read-foreign.ts'
import { serveJob } from './worker.ts'

/** Where no child can be started (a packaged program is no Node for others): the same reader in a worker thread. */
serveJob<Foreign, Readable>(readForeign)
