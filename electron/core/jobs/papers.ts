import { makePaper, type PaperFile, type PaperRequest } from '../../documents/make-paper.ts'
import { serveJob } from './worker.ts'

/** Job `papers`: makes one paper outside the core's thread; its bytes are moved to the caller. */
serveJob<PaperRequest, PaperFile>(makePaper, (file) =>
  file.bytes.buffer instanceof ArrayBuffer ? [file.bytes.buffer] : [],
)
