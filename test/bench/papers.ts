import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { findChromium } from '#build/runtime.ts'
import { createJobs, type Jobs } from '#electron/core/jobs/runner.ts'
import { makePaper, type PaperFile, type PaperRequest } from '#electron/documents/make-paper.ts'
import type { PaperSource } from '#electron/documents/paper-of.ts'
import { noticeData, recordData } from '../documents/samples.ts'
import { type Figure, figure, median } from './figure.ts'

const rounds = 5

/** A notice of three pages: a long matter, as a collective interview has it. */
const longNotice = (round: number): PaperSource => ({
  kind: 'notice',
  data: { ...noticeData, cause: `${`${noticeData.cause}、`.repeat(22)}第${round}次修改` },
})
const longRecord: PaperSource = { kind: 'record', data: recordData(322) }

/**
 * `paper.notice-3p`, `paper.record-50p`: a paper made by the job the window asks, its worker warm as in a session,
 * beside LibreOffice converting the DOCX of the same paper. `paper.memory`: peak resident memory of a process that makes
 * the record, beside LibreOffice's on the same DOCX. `preview.update`: the changed notice made and drawn by pdf.js in
 * Chromium, all pages, beside LibreOffice making its PDF alone.
 */
export async function benchPapers(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yuetan-bench-papers-'))
  const jobs = createJobs()
  try {
    const notice = await office(folder, 'notice', longNotice(0))
    const record = await office(folder, 'record', longRecord)
    const noticeTime = await ours(jobs, longNotice)
    const recordTime = await ours(jobs, () => longRecord)
    const shown = await preview(jobs)
    const maker = fileURLToPath(new URL('../support/paper-once.ts', import.meta.url))
    const peer = 'LibreOffice converting the same paper'
    return [
      figure('paper.notice-3p', 'ms', noticeTime, peer, notice.ms),
      figure('paper.record-50p', 'ms', recordTime, peer, record.ms),
      figure('paper.memory', 'MB', peakOf(process.execPath, [maker]), peer, record.peak),
      figure('preview.update', 'ms', shown, 'LibreOffice making its PDF', notice.ms),
    ]
  } finally {
    await jobs.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const make = (jobs: Jobs, paper: PaperSource): Promise<PaperFile> =>
  jobs.run<PaperRequest, PaperFile>('papers', { paper, format: 'pdf', fontFolders: [] })

async function ours(jobs: Jobs, paper: (round: number) => PaperSource): Promise<number> {
  await make(jobs, paper(0))
  const times: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const begun = performance.now()
    await make(jobs, paper(round))
    times.push(performance.now() - begun)
  }
  return median(times)
}

/** LibreOffice on the DOCX of a paper: median time of a conversion in ms, its profile made beforehand; peak in MB. */
async function office(folder: string, name: string, paper: PaperSource): Promise<{ ms: number; peak: number }> {
  const file = join(folder, `${name}.docx`)
  writeFileSync(file, (await makePaper({ paper, format: 'docx', fontFolders: [] })).bytes)
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  const args = [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, file]
  const times: number[] = []
  let peak = 0
  for (let round = 0; round <= 3; round += 1) {
    const begun = performance.now()
    peak = Math.max(peak, peakOf('soffice', args))
    if (round > 0) times.push(performance.now() - begun)
  }
  return { ms: median(times), peak }
}

/** Peak resident memory in MB of a program and what it starts, as the system accounts for ended children. */
function peakOf(program: string, args: readonly string[]): number {
  const script =
    'import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);' +
    'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)'
  const child = spawnSync('python3', ['-c', script, program, ...args], { encoding: 'utf8' })
  if (child.status !== 0) throw new Error(`bench child: ${child.stderr}`)
  return Number(child.stdout.trim()) / 1024
}

/** From the change to the last page drawn: the job, then pdf.js in Chromium at the width of the preview. */
async function preview(jobs: Jobs): Promise<number> {
  const executablePath = findChromium(false)
  if (executablePath === null) throw new Error('no Chromium is to be had; install chromium or set CHROME_PATH')
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  try {
    const page = await browser.newPage()
    const source = (name: string): string =>
      readFileSync(new URL(`../../node_modules/pdfjs-dist/legacy/build/${name}`, import.meta.url), 'utf8')
    await page.addScriptTag({ type: 'module', content: `${source('pdf.min.mjs')};window.pdfjs = globalThis.pdfjsLib` })
    await page.addScriptTag({ type: 'module', content: source('pdf.worker.min.mjs') })
    await page.waitForFunction('globalThis.pdfjsLib && globalThis.pdfjsWorker')
    const times: number[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const begun = performance.now()
      const { bytes } = await make(jobs, longNotice(round))
      const drawn = await page.evaluate(`(${draw})('${Buffer.from(bytes).toString('base64')}')`)
      if (drawn !== 3) throw new Error(`a notice of ${drawn} pages`)
      if (round > 0) times.push(performance.now() - begun)
    }
    return median(times)
  } finally {
    await browser.close()
  }
}

/** Runs in the page: opens the PDF and draws every page 560 px wide. Returns the number of pages. */
const draw = `async (text) => {
  const data = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const pdf = await globalThis.pdfjsLib.getDocument({ data, useWasm: false }).promise
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const viewport = page.getViewport({ scale: 560 / page.getViewport({ scale: 1 }).width })
    const canvas = document.createElement('canvas')
    canvas.width = viewport.width
    canvas.height = viewport.height
    await page.render({ canvas, viewport }).promise
  }
  return pdf.numPages
}`
