import { makePaper, type PaperFile, type PaperRequest } from '../../documents/make-paper.ts'
import { serveJob } from './worker.ts'

/** Job `papers`: makes one paper outside the core's thread; its bytes are moved to the caller. */
serveJob<PaperRequest, PaperFile>(
  async (request) => {
    const { paper, format } = request
    const file = await makePaper(request)
    // Nothing that was struck leaves this worker (保密法 35): `redactions.survives`.
    if (paper.kind === 'redaction') {
      const { assertGone } = await import('../../parsing/survivors.ts')
      await assertGone(file.bytes, format, paper.data.gone, file.pages)
    }
    return file
  },
  (file) => (file.bytes.buffer instanceof ArrayBuffer ? [file.bytes.buffer] : []),
)
