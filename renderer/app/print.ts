import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import type { PrintBridge } from '#shared/contract/print.ts'
import './print.css'

// The page of sheets: a paper drawn as fine as a printer sets it, page by page, with what is laid over it.

GlobalWorkerOptions.workerSrc = worker

declare global {
  interface Window {
    readonly yuetanPrint?: PrintBridge
  }
}

/** Dots an inch on the sheet. */
const fineness = 300
const points = 72
/** Lines of the watermark over a sheet, and how often a line says it. */
const markLines = 14
const markTimes = 8

function markOver(text: string): HTMLElement {
  const over = document.createElement('div')
  over.className = 'sheet-marks'
  over.append(
    ...Array.from({ length: markLines }, () => {
      const line = document.createElement('div')
      line.textContent = Array.from({ length: markTimes }, () => text).join('　　　　')
      return line
    }),
  )
  return over
}

async function draw(bridge: PrintBridge): Promise<void> {
  const { pdf, watermark } = await bridge.sheets()
  const paper = await getDocument({ data: pdf, useWasm: false, useWorkerFetch: false, disableAutoFetch: true }).promise
  let landscape = false
  for (let number = 1; number <= paper.numPages; number += 1) {
    const page = await paper.getPage(number)
    const viewport = page.getViewport({ scale: fineness / points })
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(viewport.width)
    canvas.height = Math.round(viewport.height)
    // Drawn as for a printer, and not held back while nobody looks at the window.
    await page.render({ canvas, viewport, intent: 'print' }).promise
    page.cleanup()
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (picture === null) throw new Error('a page could not be drawn')
    const image = new Image()
    image.src = URL.createObjectURL(picture)
    await image.decode()
    const wide = viewport.width > viewport.height
    if (number === 1) landscape = wide
    const sheet = document.createElement('section')
    sheet.className = wide ? 'sheet sheet-wide' : 'sheet'
    sheet.append(image)
    if (watermark !== null) sheet.append(markOver(watermark))
    document.body.append(sheet)
  }
  bridge.drawn({ pages: paper.numPages, landscape })
}

const bridge = window.yuetanPrint
if (bridge !== undefined) draw(bridge).catch(() => bridge.drawn(null))
