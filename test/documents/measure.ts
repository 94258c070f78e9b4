import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Measures a PDF with other programs: MuPDF tells where every glyph and rule stands, Poppler where ink falls. Everything
 * is in millimetres from the upper left corner of the sheet, as the standard counts.
 */

const millimetres = (points: number): number => (points * 25.4) / 72

export interface Glyph {
  readonly page: number
  readonly text: string
  /** Left edge of the character's box. */
  readonly left: number
  /** Right edge of the character's box. */
  readonly right: number
  readonly baseline: number
  /** Points. */
  readonly size: number
  readonly font: string
  readonly red: boolean
}

export interface Rule {
  readonly page: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Points. */
  readonly weight: number
  readonly red: boolean
}

export interface Measured {
  readonly pages: number
  readonly glyphs: readonly Glyph[]
  readonly rules: readonly Rule[]
}

function inFile<T>(bytes: Uint8Array, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'yuetan-measure-'))
  try {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, bytes)
    return work(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const attribute = (line: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(line)?.[1] ?? ''
const numbers = (text: string): number[] => text.trim().split(/\s+/).map(Number)
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }
const plain = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&\w+;/g, (name) => entities[name] ?? name)

/** Every glyph and every straight stroke of a PDF, as `mutool trace` draws them. */
export function measure(bytes: Uint8Array): Measured {
  const trace = inFile(bytes, (file) =>
    execFileSync('mutool', ['trace', file], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
  const glyphs: Glyph[] = []
  const rules: Rule[] = []
  let page = 0
  let red = false
  let matrix = [1, 0, 0, 1, 0, 0]
  let font = ''
  let size = 0
  let stroke: { weight: number; points: [number, number][] } | null = null
  const at = (x: number, y: number): [number, number] => {
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix
    return [millimetres(a * x + c * y + e), millimetres(b * x + d * y + f)]
  }
  for (const line of trace.split('\n')) {
    if (line.startsWith('<page ')) page += 1
    if (/<(fill_text|stroke_path|fill_path)\b/.test(line)) {
      const [first = 0, second = 0] = numbers(attribute(line, 'color'))
      red = first > 0.6 && second < 0.2
      matrix = numbers(attribute(line, 'transform'))
    }
    if (line.includes('<stroke_path')) stroke = { weight: Number(attribute(line, 'linewidth')), points: [] }
    if (stroke && /<(moveto|lineto) /.test(line))
      stroke.points.push(at(Number(attribute(line, 'x')), Number(attribute(line, 'y'))))
    if (line.includes('</stroke_path') && stroke) {
      const [across, down] = [stroke.points.map(([x]) => x), stroke.points.map(([, y]) => y)]
      rules.push({
        page,
        left: Math.min(...across),
        right: Math.max(...across),
        top: Math.min(...down),
        bottom: Math.max(...down),
        weight: stroke.weight,
        red,
      })
      stroke = null
    }
    if (line.includes('<span ')) {
      font = attribute(line, 'font').replace(/^[A-Z]+\+/, '')
      size = numbers(attribute(line, 'trm'))[0] ?? 0
    }
    if (line.includes('<g ')) {
      const [left, baseline] = at(Number(attribute(line, 'x')), Number(attribute(line, 'y')))
      const right = left + millimetres(Number(attribute(line, 'adv')) * size)
      glyphs.push({ page, text: plain(attribute(line, 'unicode')), left, right, baseline, size, font, red })
    }
  }
  return { pages: page, glyphs, rules }
}

/** One line of text: glyphs of one baseline, from left to right. */
export interface MeasuredLine {
  readonly page: number
  readonly baseline: number
  readonly left: number
  readonly right: number
  readonly text: string
  readonly size: number
  readonly glyphs: readonly Glyph[]
}

/** Glyphs gathered by page and baseline, top to bottom. Blanks are left out of the edges, not of the text. */
export function linesOf(glyphs: readonly Glyph[], page?: number): MeasuredLine[] {
  const groups = new Map<string, Glyph[]>()
  for (const glyph of glyphs) {
    if (page !== undefined && glyph.page !== page) continue
    const key = `${glyph.page}/${Math.round(glyph.baseline * 10)}`
    groups.set(key, [...(groups.get(key) ?? []), glyph])
  }
  return [...groups.values()]
    .map((group) => {
      const sorted = [...group].sort((one, other) => one.left - other.left)
      const inked = sorted.filter((glyph) => glyph.text.trim() !== '')
      return {
        page: sorted[0]?.page ?? 0,
        baseline: sorted[0]?.baseline ?? 0,
        left: Math.min(...inked.map((glyph) => glyph.left)),
        right: Math.max(...inked.map((glyph) => glyph.right)),
        text: sorted.map((glyph) => glyph.text).join(''),
        size: Math.max(...sorted.map((glyph) => glyph.size)),
        glyphs: sorted,
      }
    })
    .sort((one, other) => one.page - other.page || one.baseline - other.baseline)
}

const density = 300

/**
 * The box of the ink inside a window of a page (millimetres; the whole page without one), seen at 300 dpi. `red` counts
 * red ink only. Null when nothing is printed there.
 */
export function inkOf(
  bytes: Uint8Array,
  page: number,
  window: { left: number; top: number; right: number; bottom: number },
  red = false,
): { left: number; top: number; right: number; bottom: number } | null {
  const pixel = (length: number): number => Math.round((length * density) / 25.4)
  const [x, y] = [pixel(window.left), pixel(window.top)]
  const [width, height] = [pixel(window.right) - x, pixel(window.bottom) - y]
  const image = inFile(bytes, (file) => {
    const crop = ['-x', x, '-y', y, '-W', width, '-H', height].map(String)
    return execFileSync('pdftoppm', ['-r', String(density), '-f', String(page), '-l', String(page), ...crop, file], {
      maxBuffer: 1 << 28,
    })
  })
  // P6: three lines of text, then three bytes a pixel.
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(image.subarray(0, 40).toString('latin1'))
  if (!head) throw new Error('pdftoppm did not answer with a picture')
  const columns = Number(head[1])
  const rows = Number(head[2])
  const start = head[0].length
  let box: { left: number; top: number; right: number; bottom: number } | null = null
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const offset = start + (row * columns + column) * 3
      const [r = 255, g = 255, b = 255] = image.subarray(offset, offset + 3)
      if (red ? !(r > 150 && g < 128 && b < 128) : r > 128 && g > 128) continue
      const here = { left: column, right: column + 1, top: row, bottom: row + 1 }
      box = box
        ? {
            left: Math.min(box.left, here.left),
            right: Math.max(box.right, here.right),
            top: Math.min(box.top, here.top),
            bottom: Math.max(box.bottom, here.bottom),
          }
        : here
    }
  }
  const back = (pixels: number, from: number): number => ((pixels + from) * 25.4) / density
  return (
    box && {
      left: back(box.left, x),
      right: back(box.right, x),
      top: back(box.top, y),
      bottom: back(box.bottom, y),
    }
  )
}
