// The build for older engines: the Electron line that domestic systems take may lag behind.
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { ErrorNote } from './error-note.tsx'

GlobalWorkerOptions.workerSrc = worker

/** Draws one page off screen at the width it will be shown at, sharp on the screen it is shown on. */
async function drawPage(pdf: PDFDocumentProxy, number: number, width: number, label: string) {
  const page = await pdf.getPage(number)
  const natural = page.getViewport({ scale: 1 })
  const density = Math.min(window.devicePixelRatio || 1, 2)
  const viewport = page.getViewport({ scale: (width / natural.width) * density })
  const canvas = document.createElement('canvas')
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  canvas.style.width = `${width}px`
  canvas.style.height = `${Math.round((natural.height / natural.width) * width)}px`
  canvas.className = 'y-paper-page'
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', `${label}，第${number}页，共${pdf.numPages}页`)
  await page.render({ canvas, viewport }).promise
  page.cleanup()
  return canvas
}

/**
 * The paper as it will print: the PDF itself, drawn page by page. A newer PDF replaces the older one only when it is
 * completely drawn, so the paper never flickers and keeps its scroll position (UX principle 7).
 */
export function PaperView({ pdf, label }: { pdf: Uint8Array | null; label: string }) {
  const frame = useRef<HTMLDivElement>(null)
  const sheets = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [broken, setBroken] = useState(false)
  const [drawn, setDrawn] = useState(false)

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(Math.floor(Math.min(element.clientWidth - 32, 900))))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    if (pdf === null || width < 100) return
    let current = true
    // pdf.js takes the buffer away to its worker: the bytes of the caller stay the caller's.
    const task = getDocument({ data: pdf.slice(), useWasm: false, useWorkerFetch: false, disableAutoFetch: true })
    const draw = async () => {
      const document = await task.promise
      const pages: HTMLCanvasElement[] = []
      for (let number = 1; number <= document.numPages && current; number += 1)
        pages.push(await drawPage(document, number, width, label))
      if (!current) return
      sheets.current?.replaceChildren(...pages)
      setBroken(false)
      setDrawn(true)
    }
    draw().catch(() => {
      if (current) setBroken(true)
    })
    return () => {
      current = false
      void task.destroy()
    }
  }, [pdf, width, label])

  return (
    <section className="y-paper" ref={frame} aria-label={label} aria-busy={!drawn} tabIndex={-1}>
      {broken && <ErrorNote failure={{ code: 'window.paperUnreadable', params: {} }} />}
      {!drawn && !broken && <p className="y-paper-wait">正在排版，首次约需几秒</p>}
      <div ref={sheets} className="y-paper-sheets" />
    </section>
  )
}
