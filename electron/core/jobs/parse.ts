import { readTable } from '#electron/parsing/read-table.ts'
import type { Table } from '#electron/parsing/table.ts'
import { serveJob } from './worker.ts'

/** Where no child can be started (a packaged program is no Node for others): the same reader in a worker thread. */
serveJob<{ readonly bytes: Uint8Array }, Table>(async ({ bytes }) => readTable(Buffer.from(bytes)))
