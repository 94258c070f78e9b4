import { afterAll, describe, expect, it } from 'vitest'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { makePaper, type PaperFile, type PaperRequest } from '#electron/documents/make-paper.ts'
import { noticeData, recordData } from './samples.ts'

const jobs = createJobs()
afterAll(() => jobs.close())

describe('the papers job', () => {
  it('gives the same bytes as the call, so that a preview is the filed file', async () => {
    const request: PaperRequest = { paper: { kind: 'notice', data: noticeData }, format: 'pdf', fontFolders: [] }
    const file = await jobs.run<PaperRequest, PaperFile>('papers', request)
    expect(Buffer.from(file.bytes).equals(Buffer.from((await makePaper(request)).bytes))).toBe(true)
    // The same worker, warm and with another paper in between: still the filed file.
    await jobs.run('papers', { ...request, paper: { kind: 'record', data: recordData(5) } })
    const again = await jobs.run<PaperRequest, PaperFile>('papers', request)
    expect(Buffer.from(again.bytes).equals(Buffer.from(file.bytes))).toBe(true)
    // This machine may have the standard's faces; what it lacks has to be named.
    for (const one of file.substitutions) expect(one.used).not.toBe('')
  })

  it('makes two papers at once without mixing them', async () => {
    const sizes = [5, 30].map(
      (count): PaperRequest => ({
        paper: { kind: 'record', data: recordData(count) },
        format: 'pdf',
        fontFolders: [],
      }),
    )
    const together = await Promise.all(sizes.map((request) => makePaper(request)))
    for (const [index, request] of sizes.entries()) {
      expect(Buffer.from((await makePaper(request)).bytes).equals(Buffer.from(together[index]?.bytes ?? []))).toBe(true)
    }
  })
})
