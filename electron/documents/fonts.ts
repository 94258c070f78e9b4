import { readFileSync } from 'node:fs'
import * as fontkit from 'fontkit'
import { fail } from '#shared/contract/errors.ts'
import { type FontFile, findFontFiles, normaliseName } from './font-files.ts'
import { type FaceRole, faces } from './gbt9704.ts'

/** Faces that are the standard's own, by the names they go by on different systems. */
const genuine: Readonly<Record<FaceRole, readonly string[]>> = {
  xiaobiaosong: ['方正小标宋_GBK', '方正小标宋简体', 'FZXiaoBiaoSong-B05', 'FZXiaoBiaoSong-B05S', 'FZXBSK--GBK1-0'],
  fangsong: ['仿宋_GB2312', 'FangSong_GB2312', '仿宋', 'FangSong', '方正仿宋_GBK', 'FZFSK--GBK1-0', 'STFangsong'],
  kaiti: [
    '楷体_GB2312',
    'KaiTi_GB2312',
    '楷体',
    'KaiTi',
    '方正楷体_GBK',
    'FZKTK--GBK1-0',
    'STKaiti',
    'STKaitiSC-Regular',
  ],
  heiti: ['黑体', 'SimHei', '方正黑体_GBK', 'FZHTK--GBK1-0', 'STHeitiSC-Medium'],
  songti: ['宋体', 'SimSun', '方正书宋_GBK', 'FZSSK--GBK1-0', 'STSongti-SC-Regular', 'STSong'],
}

/**
 * Open faces that stand in, best first. FandolSong-Regular is left out (its descent is positive), and FandolKai comes
 * before WenKai, whose quotation marks are half width.
 */
const substitutes: Readonly<Record<FaceRole, readonly string[]>> = {
  xiaobiaosong: ['NotoSerifSC-Bold', 'SourceHanSerifSC-Bold', 'NotoSerifCJKsc-Bold', 'FandolSong-Bold', 'STZhongsong'],
  fangsong: ['ZhuqueFangsong-Regular', 'FandolFang-Regular', 'NotoSerifSC-Regular', 'NotoSerifCJKsc-Regular'],
  kaiti: [
    'FandolKai-Regular',
    'LXGWWenKai-Regular',
    'GBZenKai-Medium',
    'NotoSerifSC-Regular',
    'NotoSerifCJKsc-Regular',
  ],
  heiti: [
    'NotoSansSC-Medium',
    'FandolHei-Regular',
    'SourceHanSansSC-Medium',
    'NotoSansCJKsc-Bold',
    'NotoSansSC-Regular',
  ],
  songti: ['NotoSerifSC-Regular', 'SourceHanSerifSC-Regular', 'NotoSerifCJKsc-Regular'],
}

/** Nearest in weight and stroke where a role's face lacks a character: a rare name should not stand out on its line. */
const companions: Readonly<Record<FaceRole, readonly string[]>> = {
  xiaobiaosong: ['NotoSerifSC-Bold', 'NotoSerifCJKsc-Bold'],
  fangsong: ['LXGWWenKai-Light', 'LXGWWenKai-Regular'],
  kaiti: ['LXGWWenKai-Regular'],
  heiti: ['NotoSansSC-Medium', 'NotoSansCJKsc-Regular'],
  songti: [],
}

/** Asked in this order for a character the role's own faces do not have: rare names come out, whatever the face. */
const lastResort = [
  'NotoSerifSC-Regular',
  'NotoSansSC-Regular',
  'NotoSerifCJKsc-Regular',
  'NotoSansCJKsc-Regular',
  'LXGWWenKai-Regular',
  'SimSun',
  'SimSun-ExtB',
  'DejaVuSans',
]

/** What a role is printed with; `genuine` false means the window has to say 替代字体. */
export interface FaceChoice {
  readonly role: FaceRole
  readonly wanted: string
  readonly used: string
  readonly genuine: boolean
}

/** Free families whose files keep silent about their licence. */
const knownLicences: readonly (readonly [family: string, licence: string])[] = [
  ['Fandol', 'GNU GPL v3 with font exception'],
  ['LXGWWenKai', 'SIL Open Font License 1.1'],
]

/**
 * OpenType features for measuring and for drawing alike. Localised forms are off: fontkit chooses a script by a text's
 * first letters, so the same word would be wider beside a quotation mark than alone. Every face here is Chinese anyway.
 */
export const shaping = { locl: false } as const

/** One loaded face. Widths and heights are in thousandths of the size. */
export class Face {
  readonly key: string
  readonly source: FontFile
  readonly bytes: Buffer
  readonly ascent: number
  private readonly font: fontkit.Font
  private readonly words = new Map<string, number>()
  private readonly coverage = new Map<number, boolean>()

  constructor(key: string, source: FontFile) {
    this.key = key
    this.source = source
    this.bytes = readFileSync(source.file)
    const opened = source.collection ? fontkit.create(this.bytes, source.postscriptName) : fontkit.create(this.bytes)
    if (!('layout' in opened)) fail('papers.fontUnreadable', { font: source.label })
    this.font = opened
    this.ascent = (this.font.ascent / this.font.unitsPerEm) * 1000
  }

  has(codePoint: number): boolean {
    const known = this.coverage.get(codePoint)
    if (known !== undefined) return known
    const answer = this.font.hasGlyphForCodePoint(codePoint)
    this.coverage.set(codePoint, answer)
    return answer
  }

  /** Licence as the file states it (name id 13), as we know it of a free family, or the copyright line; one line. */
  licence(): string {
    const known = knownLicences.find(([family]) => this.source.postscriptName.startsWith(family))?.[1]
    const stated = this.font.getName('license', 'en') ?? known ?? this.font.copyright ?? ''
    return stated.replace(/\s+/g, ' ').trim().slice(0, 160)
  }

  /** Advance of a stretch of text as the PDF writer's own shaping gives it. */
  advance(text: string): number {
    const known = this.words.get(text)
    if (known !== undefined) return known
    const width = (this.font.layout(text, shaping).advanceWidth / this.font.unitsPerEm) * 1000
    this.words.set(text, width)
    return width
  }
}

const loaded = new Map<string, Face>()

function load(source: FontFile): Face {
  const id = `${source.file}#${source.postscriptName}`
  const known = loaded.get(id)
  if (known) return known
  const face = new Face(`face-${loaded.size}`, source)
  loaded.set(id, face)
  return face
}

function pick(files: readonly FontFile[], wanted: readonly string[]): FontFile[] {
  return wanted.flatMap((name) => files.find((file) => file.names.has(normaliseName(name))) ?? [])
}

/** The faces of a set of font files: role → face, with a fallback for every single character. */
export class FontBook {
  /** Characters no face at hand can print, collected while papers are made. */
  readonly missing = new Set<string>()
  private readonly chains = new Map<FaceRole, readonly FontFile[]>()
  private readonly choicesMade = new Map<FaceRole, FaceChoice>()
  private readonly faceOf = new Map<string, Face>()

  /** Looks for the faces; nothing is loaded yet. Throws `papers.noFont` when no Chinese face exists at all. */
  constructor(files: readonly FontFile[]) {
    const rest = pick(files, lastResort)
    for (const role of Object.keys(faces) as FaceRole[]) {
      const own = pick(files, genuine[role])
      const [first, ...others] = [...own, ...pick(files, substitutes[role]), ...rest]
      if (!first) fail('papers.noFont', { face: faces[role] })
      this.chains.set(role, [...new Set([first, ...own, ...pick(files, companions[role]), ...others])])
      this.choicesMade.set(role, { role, wanted: faces[role], used: first.label, genuine: own.length > 0 })
    }
  }

  choices(): FaceChoice[] {
    return [...this.choicesMade.values()]
  }

  /** The face that prints a character in a role. A character without any face is noted and left to the first one. */
  face(role: FaceRole, character: string): Face {
    const key = role + character
    const known = this.faceOf.get(key)
    const codePoint = character.codePointAt(0) ?? 0
    if (known) {
      if (!known.has(codePoint)) this.missing.add(character)
      return known
    }
    const chain = this.chains.get(role) ?? []
    let found: Face | undefined
    for (const source of chain) {
      const face = load(source)
      if (face.has(codePoint)) {
        found = face
        break
      }
    }
    if (!found) {
      this.missing.add(character)
      const first = chain[0]
      if (!first) fail('papers.noFont', { face: faces[role] })
      found = load(first)
    }
    this.faceOf.set(key, found)
    return found
  }
}

const books = new Map<string, FontBook>()

/** The book for a set of folders, made once: faces are large and slow to open. */
export function fontBook(folders: readonly string[]): FontBook {
  const key = folders.join('\n')
  const known = books.get(key)
  if (known) return known
  const book = new FontBook(findFontFiles(folders))
  books.set(key, book)
  return book
}
